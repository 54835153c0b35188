package org.diapason.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.diapason.math.Parallel;
import org.diapason.stats.MixedModel;
import org.diapason.stats.RandomTerm;
import org.diapason.volume.RefusedException;

/**
 * Share of a feature's variance that lies between sites: σ²_site/(σ²_site + σ²_ε) of {@code feature
 * ~ covariates + biology + (1 | site)} by restricted likelihood. A variance that would be negative
 * is 0, and so is the share.
 */
final class SiteIcc {
    private SiteIcc() {}

    /** Returns the share per feature; NaN where it does not vary or there are too few sites. */
    static double[] perFeature(Panel panel) {
        int[] site = new int[panel.rows()];
        Arrays.setAll(site, r -> panel.siteNames().indexOf(panel.site(r)));
        double[] shares = new double[panel.features().size()];
        Map<String, MixedModel> models = new HashMap<>();
        MixedModel[] own = new MixedModel[shares.length];
        for (int f = 0; f < shares.length; f++) {
            int[] rows = panel.rowsOf(f);
            if (rows != null) {
                own[f] =
                        models.computeIfAbsent(
                                Arrays.toString(rows), k -> model(panel, rows, site));
            }
        }
        Parallel.forEach(
                shares.length,
                f -> shares[f] = own[f] == null ? Double.NaN : share(own[f], panel, f));
        return shares;
    }

    /** Returns null where sites cannot be told from the residual. */
    private static MixedModel model(Panel panel, int[] rows, int[] site) {
        double[][] fixed = new double[rows.length][];
        for (int k = 0; k < fixed.length; k++) {
            fixed[k] = panel.plainRow(rows[k]);
        }
        int[] own = Arrays.stream(rows).map(r -> site[r]).toArray();
        try {
            return MixedModel.of(fixed, java.util.List.of(RandomTerm.intercept(own)), true);
        } catch (RefusedException e) {
            return null;
        }
    }

    private static double share(MixedModel model, Panel panel, int feature) {
        int[] rows = panel.rowsOf(feature);
        double[] column = panel.column(feature);
        double[] y = Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
        try {
            MixedModel.Fit fit = model.fit(y);
            double between = fit.random().get(0).covariance().get(0);
            return between / (between + fit.residualVariance());
        } catch (RefusedException e) {
            return Double.NaN;
        }
    }
}
