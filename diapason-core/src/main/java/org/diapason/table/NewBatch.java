package org.diapason.table;

import java.util.Arrays;
import org.diapason.stats.Robust;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Places a batch that a fit has not seen: its rows are standardised by the frozen α, β and σ, and
 * γ*, δ*² and their priors come from these rows alone.
 */
final class NewBatch {
    private final ComBatModel model;

    NewBatch(ComBatModel model) {
        this.model = model;
    }

    ComBatModel.Batch place(FeatureTable rows, Trace trace) {
        String name = only(rows);
        trace.note("placed", name);
        trace.note("exams", rows.size());
        ComBatModel.Batch placed = shrunk(name, standardised(rows), trace);
        trace.note("standardError", median(placed.error().toArray()));
        int fewest = model.settings().minScaleExams();
        if (rows.size() < fewest) {
            trace.warn(
                    model.settings().batch()
                            + " \""
                            + name
                            + "\" is placed by "
                            + rows.size()
                            + (rows.size() == 1 ? " exam" : " exams")
                            + ", fewer than min-scale-exams "
                            + fewest
                            + ": only its mean is corrected.");
        }
        return placed;
    }

    /** Returns a batch by standardised rows of it, {@code [row][feature]}. */
    private ComBatModel.Batch shrunk(String name, double[][] z, Trace trace) {
        int features = model.columns().size();
        double[] gamma = new double[features];
        double[] delta = new double[features];
        int[] count = new int[features];
        for (int f = 0; f < features; f++) {
            if (model.settings().locationScale() == ComBat.LocationScale.ROBUST) {
                robust(f, z, gamma, delta, count);
            } else {
                moments(f, z, gamma, delta, count);
            }
        }
        EmpiricalBayes shrunk = new EmpiricalBayes(gamma, delta, count, z.length, model.settings());
        trace.note("iterations." + name, shrunk.iterations);
        return new ComBatModel.Batch(
                name,
                z.length,
                Numbers.of(shrunk.gamma),
                Numbers.of(shrunk.delta),
                Numbers.of(shrunk.error));
    }

    private String only(FeatureTable rows) {
        if (rows.size() == 0) {
            throw new RefusedException("ComBat has no exam to place a batch by. Add exams.");
        }
        String name = model.settings().batchOf(rows, 0);
        for (int r = 1; r < rows.size(); r++) {
            if (!model.settings().batchOf(rows, r).equals(name)) {
                throw new RefusedException(
                        "exams of "
                                + model.settings().batch()
                                + " \""
                                + name
                                + "\" and \""
                                + model.settings().batchOf(rows, r)
                                + "\" cannot be placed as one. Place them one after the other.");
            }
        }
        if (model.knows(name)) {
            throw new RefusedException(
                    model.settings().batch()
                            + " \""
                            + name
                            + "\" was in the fit of this model, so it cannot be placed anew.");
        }
        return name;
    }

    /** Returns {@code [row][feature]}, NaN where a feature is undefined, absent or unchanged. */
    private double[][] standardised(FeatureTable rows) {
        int[] place = Columns.places(model.columns(), rows.features());
        Transforms transforms = new Transforms(model.transforms(), model.columns());
        double[][] z = new double[rows.size()][place.length];
        for (int r = 0; r < z.length; r++) {
            double[] mean = model.expected(rows, r);
            double[] code = model.spreadCode(rows, r);
            double[] row = rows.row(r);
            for (int f = 0; f < place.length; f++) {
                double y = place[f] < 0 ? Double.NaN : transforms.forward(f, row[place[f]]);
                double sigma = model.sigma().get(f);
                for (int k = 0; k < code.length && sigma > 0; k++) {
                    double theta = model.scale().orElseThrow().effects().get(k).values().get(f);
                    sigma *= StrictMath.exp(code[k] * theta);
                }
                z[r][f] = sigma > 0 && Double.isFinite(y) ? (y - mean[f]) / sigma : Double.NaN;
            }
        }
        return z;
    }

    private static void robust(int f, double[][] z, double[] median, double[] variance, int[] n) {
        double[] values =
                Arrays.stream(z).mapToDouble(row -> row[f]).filter(v -> !Double.isNaN(v)).toArray();
        n[f] = values.length;
        median[f] = Robust.median(values);
        variance[f] = n[f] < 2 ? 0 : Robust.midvariance(values, median[f]);
    }

    private static void moments(int f, double[][] z, double[] mean, double[] variance, int[] n) {
        double sum = 0;
        for (double[] row : z) {
            if (!Double.isNaN(row[f])) {
                sum += row[f];
                n[f]++;
            }
        }
        mean[f] = n[f] == 0 ? Double.NaN : sum / n[f];
        double squares = 0;
        for (double[] row : z) {
            if (!Double.isNaN(row[f])) {
                squares += (row[f] - mean[f]) * (row[f] - mean[f]);
            }
        }
        variance[f] = n[f] < 2 ? 0 : squares / (n[f] - 1);
    }

    /** Returns the median of what is defined, NaN where nothing is. */
    static double median(double[] errors) {
        double[] sorted = Arrays.stream(errors).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
