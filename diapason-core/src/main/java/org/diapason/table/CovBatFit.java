package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.stats.PrincipalComponents;
import org.diapason.step.Fold;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Third round of {@link CovBat}: the residuals of every exam, then components and their batches.
 *
 * @param settings what the recipe says
 * @param combat what the first rounds learned
 */
record CovBatFit(CovBat settings, ComBatModel combat)
        implements Learner<FeatureTable, CovBatFit.Residuals> {

    /** Residuals with the rows they are of. Values of patients. */
    static final class Residuals {
        private final List<FeatureTable> tables = new ArrayList<>();
        private final List<double[]> rows = new ArrayList<>();
    }

    @Override
    public Residuals empty() {
        return new Residuals();
    }

    @Override
    public void add(Residuals sum, FeatureTable table) {
        FeatureTable after = combat.apply(table, new Trace());
        int[] places = Columns.places(combat.columns(), table.features());
        sum.tables.add(names(table));
        for (int r = 0; r < table.size(); r++) {
            sum.rows.add(CovBatModel.residuals(combat, after, r, places));
        }
    }

    /** Returns the rows without their features. */
    private static FeatureTable names(FeatureTable table) {
        return CovBatModel.scoreTable(table, new double[table.size()][0]);
    }

    @Override
    public void merge(Residuals into, Residuals from) {
        into.tables.addAll(from.tables);
        into.rows.addAll(from.rows);
    }

    @Override
    public CovBatModel learn(Residuals sum, Trace trace) {
        double[][] e = sum.rows.toArray(double[][]::new);
        int features = combat.columns().size();
        if (e.length < 3) {
            throw new RefusedException(
                    "CovBat needs at least 3 exams for a covariance, and there are "
                            + e.length
                            + ". Add exams, or use ComBat.");
        }
        int[] gaps = {0};
        double[] centre = new double[features];
        double[] scale = new double[features];
        for (int f = 0; f < features; f++) {
            standardise(e, f, centre, scale, gaps);
        }
        PrincipalComponents found = PrincipalComponents.of(e);
        double[] variances = found.variances();
        int count = count(variances);
        double[][] rotation = Arrays.copyOf(found.directions(), count);
        ComBat first = settings.combat();
        ComBat ofScores =
                new ComBat(
                        first.batch(),
                        List.of(),
                        "*",
                        ComBat.Method.NONE,
                        ComBat.MeanOnly.NO,
                        first.reference(),
                        first.minScaleExams(),
                        false);
        FeatureTable all = FeatureTable.concat(sum.tables);
        FeatureTable scores = CovBatModel.scoreTable(all, CovBatModel.scores(e, rotation));
        Trace inner = new Trace();
        ComBatModel model =
                (ComBatModel) Fold.learn(List.of(ofScores), Fold.rows(scores), inner).get(0);
        report(variances, count, gaps[0], trace);
        List<CovBatModel.Component> components = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            components.add(new CovBatModel.Component(variances[k], Numbers.of(rotation[k])));
        }
        return new CovBatModel(
                combat,
                new CovBatModel.Covariance(
                        Numbers.of(centre), Numbers.of(scale), components, model));
    }

    /** Centres and scales a feature in place; 0 where it is undefined or does not vary. */
    private void standardise(double[][] e, int f, double[] centre, double[] scale, int[] gaps) {
        int n = 0;
        double sum = 0;
        for (double[] row : e) {
            if (Double.isFinite(row[f])) {
                sum += row[f];
                n++;
            }
        }
        centre[f] = n == 0 ? 0 : sum / n;
        double squares = 0;
        for (double[] row : e) {
            if (Double.isFinite(row[f])) {
                squares += (row[f] - centre[f]) * (row[f] - centre[f]);
            }
        }
        boolean varies = combat.sigma().get(f) > 0 && n > 1 && squares > 0;
        scale[f] = varies ? Math.sqrt(squares / (n - 1)) : 0;
        gaps[0] += varies ? e.length - n : 0;
        for (double[] row : e) {
            row[f] = varies && Double.isFinite(row[f]) ? (row[f] - centre[f]) / scale[f] : 0;
        }
    }

    /** Returns the components to harmonize: as many as asked for, or up to the share. */
    private int count(double[] variances) {
        double total = 0;
        for (double v : variances) {
            total += v;
        }
        int whole = variances.length;
        if (settings.components().isPresent()) {
            int asked = settings.components().getAsInt();
            if (asked > whole) {
                throw new RefusedException(
                        "CovBat: components "
                                + asked
                                + " are asked for, and the features of these exams have "
                                + whole
                                + ". Ask for fewer.");
            }
            return asked;
        }
        double sum = 0;
        for (int k = 0; k < whole; k++) {
            sum += variances[k];
            if (sum > settings.variance() * total) {
                return k + 1;
            }
        }
        return whole;
    }

    private void report(double[] variances, int count, int gaps, Trace trace) {
        double total = 0;
        double held = 0;
        for (int k = 0; k < variances.length; k++) {
            total += variances[k];
            held += k < count ? variances[k] : 0;
        }
        trace.note("components", count);
        trace.note("variance", total > 0 ? held / total : 0);
        if (gaps > 0) {
            trace.warn(
                    gaps
                            + (gaps == 1 ? " undefined cell counts" : " undefined cells count")
                            + " as the mean of the feature in the components, which makes its batch"
                            + " look less variable.");
        }
        if (count == 0) {
            trace.warn("no feature varies, so there is no covariance to harmonize.");
        }
    }
}
