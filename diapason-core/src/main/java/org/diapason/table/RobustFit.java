package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.diapason.stats.Robust;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * The last rounds of {@link ComBat} with a robust location and scale: the sums of the usual fit,
 * for β; then the standardised values of every exam, of which medians and midvariances are taken,
 * per batch for γ̂ and δ̂², pooled for α and σ. The latter are values of patients and do not leave
 * a site.
 *
 * @param fit the usual second round
 */
record RobustFit(ComBatFit fit) implements Learner<FeatureTable, ComBatSums> {
    @Override
    public ComBatSums empty() {
        return fit.empty();
    }

    @Override
    public void add(ComBatSums sum, FeatureTable table) {
        fit.add(sum, table);
    }

    @Override
    public void merge(ComBatSums into, ComBatSums from) {
        fit.merge(into, from);
    }

    @Override
    public Operation<FeatureTable> learn(ComBatSums sum, Trace trace) {
        return new Values(fit.learn(sum, trace));
    }

    /**
     * Third round: values per batch.
     *
     * @param usual what the sums say
     */
    record Values(ComBatModel usual)
            implements Learner<FeatureTable, TreeMap<String, List<double[]>>> {
        @Override
        public TreeMap<String, List<double[]>> empty() {
            return new TreeMap<>();
        }

        @Override
        public void add(TreeMap<String, List<double[]>> sum, FeatureTable table) {
            double[][] z = new NewBatch(usual).standardised(table);
            for (int r = 0; r < z.length; r++) {
                sum.computeIfAbsent(usual.settings().batchOf(table, r), b -> new ArrayList<>())
                        .add(z[r]);
            }
        }

        @Override
        public void merge(
                TreeMap<String, List<double[]>> into, TreeMap<String, List<double[]>> from) {
            from.forEach(
                    (batch, rows) ->
                            into.computeIfAbsent(batch, b -> new ArrayList<>()).addAll(rows));
        }

        @Override
        public ComBatModel learn(TreeMap<String, List<double[]>> sum, Trace trace) {
            int features = usual.columns().size();
            double[] alpha = usual.alpha().toArray();
            double[] sigma = usual.sigma().toArray();
            int tied = 0;
            for (int f = 0; f < features; f++) {
                if (sigma[f] > 0) {
                    tied += restandardise(f, sum, alpha, sigma) ? 0 : 1;
                }
            }
            if (tied > 0) {
                trace.warn(
                        tied
                                + (tied == 1 ? " feature has" : " features have")
                                + " one value in more than half of the exams, no robust scale, and "
                                + (tied == 1 ? "passes" : "pass")
                                + " unchanged.");
            }
            ComBatModel robust = with(alpha, sigma, usual.batches());
            List<ComBatModel.Batch> batches = new ArrayList<>();
            for (ComBatModel.Batch batch : usual.batches()) {
                double[][] z = sum.get(batch.name()).toArray(double[][]::new);
                batches.add(
                        reference(batch.name())
                                ? batch
                                : new NewBatch(robust).shrunk(batch.name(), z, trace));
            }
            return with(alpha, sigma, batches);
        }

        private boolean reference(String batch) {
            return usual.settings().reference().filter(batch::equals).isPresent();
        }

        private ComBatModel with(double[] alpha, double[] sigma, List<ComBatModel.Batch> batches) {
            return new ComBatModel(
                    usual.version(),
                    usual.settings(),
                    usual.design(),
                    usual.columns(),
                    Numbers.of(alpha),
                    usual.effects(),
                    Numbers.of(sigma),
                    batches);
        }

        /**
         * Brings a feature to the medians of the batches, weighted by their exams, and to the
         * midvariance of what is left about them; with a reference, to its own. Returns false where
         * there is no such scale.
         */
        private boolean restandardise(
                int f, TreeMap<String, List<double[]>> sum, double[] alpha, double[] sigma) {
            List<double[]> left = new ArrayList<>();
            double location = 0;
            int n = 0;
            for (String batch : sum.keySet()) {
                if (usual.settings().reference().isEmpty() || reference(batch)) {
                    double[] values = NewBatch.values(f, sum.get(batch));
                    double median = values.length == 0 ? 0 : Robust.median(values);
                    location += values.length * median;
                    n += values.length;
                    left.add(Arrays.stream(values).map(v -> v - median).toArray());
                }
            }
            double a = location / n;
            double[] all = left.stream().flatMapToDouble(Arrays::stream).toArray();
            double s = Math.sqrt(Robust.midvariance(all, 0));
            if (!(s > 0)) {
                sigma[f] = 0;
                sum.values().forEach(rows -> rows.forEach(z -> z[f] = Double.NaN));
                return false;
            }
            sum.values().forEach(rows -> rows.forEach(z -> z[f] = (z[f] - a) / s));
            alpha[f] += sigma[f] * a;
            sigma[f] *= s;
            return true;
        }
    }
}
