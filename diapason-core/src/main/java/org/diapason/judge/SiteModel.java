package org.diapason.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.diapason.math.Parallel;
import org.diapason.stats.MixedModel;
import org.diapason.stats.RandomTerm;
import org.diapason.stats.Students;
import org.diapason.volume.RefusedException;

/**
 * The mixed model {@code feature ~ covariates + biology + (1 | site)} of each feature by restricted
 * likelihood: how much lies between sites, and what biology does.
 *
 * <p>A variance that would be negative is 0. Degrees of freedom are Satterthwaite's (1946,
 * Biometrics Bulletin 2(6):110–114, doi:10.2307/3002019); those that a harmonization has spent on
 * the sites are taken off them, and the error grows in proportion.
 *
 * @param share of the variance between sites, σ²_site/(σ²_site + σ²_ε)
 * @param effect of biology (a number, or the second of two levels) in σ_ε
 * @param df degrees of freedom of its test
 * @param p of its test, two-sided; all NaN where the feature does not vary or there are too few
 *     sites, the last three where biology has more than one number
 */
record SiteModel(double share, double effect, double df, double p) {
    private static final SiteModel NONE =
            new SiteModel(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Returns the model of each feature.
     *
     * @param spent degrees of freedom that a harmonization has taken
     */
    static List<SiteModel> perFeature(Panel panel, int spent) {
        int[] site = new int[panel.rows()];
        Arrays.setAll(site, r -> panel.siteNames().indexOf(panel.site(r)));
        int features = panel.features().size();
        Map<String, MixedModel> models = new HashMap<>();
        MixedModel[] own = new MixedModel[features];
        for (int f = 0; f < features; f++) {
            int[] rows = panel.rowsOf(f);
            if (rows != null) {
                own[f] =
                        models.computeIfAbsent(
                                Arrays.toString(rows), k -> model(panel, rows, site));
            }
        }
        SiteModel[] found = new SiteModel[features];
        Parallel.forEach(
                features, f -> found[f] = own[f] == null ? NONE : of(own[f], panel, f, spent));
        return List.of(found);
    }

    /** Returns null where sites cannot be told from the residual. */
    private static MixedModel model(Panel panel, int[] rows, int[] site) {
        double[][] fixed = new double[rows.length][];
        for (int k = 0; k < fixed.length; k++) {
            fixed[k] = panel.plainRow(rows[k]);
        }
        int[] own = Arrays.stream(rows).map(r -> site[r]).toArray();
        try {
            return MixedModel.of(fixed, List.of(RandomTerm.intercept(own)), true);
        } catch (RefusedException e) {
            return null;
        }
    }

    private static SiteModel of(MixedModel model, Panel panel, int feature, int spent) {
        int[] rows = panel.rowsOf(feature);
        double[] column = panel.column(feature);
        double[] y = Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
        MixedModel.Fit fit;
        try {
            fit = model.fit(y);
        } catch (RefusedException e) {
            return NONE;
        }
        double between = fit.random().get(0).covariance().get(0);
        double share = between / (between + fit.residualVariance());
        if (!panel.oneNumber()) {
            return new SiteModel(share, Double.NaN, Double.NaN, Double.NaN);
        }
        int last = fit.coefficients().size() - 1;
        double b = fit.coefficients().get(last);
        double error = Math.sqrt(fit.covariance().get((last + 1) * (last + 1) - 1));
        double full = model.degreesOfFreedom(fit, y).get(last);
        double df = full - spent;
        double t = b / error * Math.sqrt(df / full);
        double effect = b / Math.sqrt(fit.residualVariance());
        return new SiteModel(share, effect, df, Students.twoSided(t, df));
    }

    /** The models before and after. */
    record Pair(List<SiteModel> before, List<SiteModel> after) {
        /** What stands in the table of features, in the order of {@link #row}. */
        static final List<String> COLUMNS =
                List.of(
                        "siteIccBefore",
                        "siteIccAfter",
                        "mixedEffectBefore",
                        "mixedEffectAfter",
                        "mixedDfBefore",
                        "mixedDfAfter",
                        "mixedPBefore",
                        "mixedPAfter");

        double[] row(int feature) {
            SiteModel b = before.get(feature);
            SiteModel a = after.get(feature);
            return new double[] {b.share, a.share, b.effect, a.effect, b.df, a.df, b.p, a.p};
        }

        /** Adds the medians over the features that count: shares, and sizes of effects. */
        void figures(Map<String, Double> figures, Panel panel, Predicate<String> counts) {
            for (int c = 0; c < 4; c++) {
                double[] values = new double[before.size()];
                for (int f = 0; f < values.length; f++) {
                    values[f] = Math.abs(row(f)[c]);
                }
                figures.put(COLUMNS.get(c), SiteShare.median(panel, values, counts));
            }
        }
    }
}
