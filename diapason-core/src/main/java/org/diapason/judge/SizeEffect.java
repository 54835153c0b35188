package org.diapason.judge;

import java.util.Map;
import java.util.function.Predicate;
import org.diapason.stats.LeastSquares;
import org.diapason.stats.Omega;
import org.diapason.stats.Quantiles;
import org.diapason.volume.FeatureTable;

/**
 * Whether the effect of the site depends on the size of what was measured: ω² of site × size beyond
 * covariates, biology, site and size, median over features. Partial volume and resolution act more
 * on small lesions, and a correction of the table that does not know the size leaves that.
 */
final class SizeEffect {
    private SizeEffect() {}

    /**
     * Puts the median share.
     *
     * @param size a feature of the table, or a covariate of numbers; its own feature is not counted
     */
    static void put(
            Map<String, Double> figures,
            String when,
            Panel panel,
            double[] size,
            String name,
            Predicate<String> counts) {
        int n = panel.rows();
        int sites = panel.siteNames().size();
        double[][] base = new double[n][];
        double[][] full = new double[n][];
        for (int r = 0; r < n; r++) {
            double[] row = panel.siteRow(r);
            base[r] = java.util.Arrays.copyOf(row, row.length + 1);
            base[r][row.length] = size[r];
            full[r] = java.util.Arrays.copyOf(base[r], base[r].length + sites - 1);
            int s = panel.siteNames().indexOf(panel.site(r));
            if (s > 0) {
                full[r][base[r].length + s - 1] = size[r];
            }
        }
        LeastSquares without = LeastSquares.of(base);
        LeastSquares with = LeastSquares.of(full);
        double[] shares = new double[panel.features().size()];
        for (int f = 0; f < shares.length; f++) {
            String feature = panel.features().get(f);
            double[] y = panel.column(f);
            boolean complete = java.util.Arrays.stream(y).allMatch(Double::isFinite);
            shares[f] =
                    complete && counts.test(feature) && !feature.equals(name)
                            ? Omega.share(y, without, with)
                            : Double.NaN;
        }
        figures.put("siteBySizeShare" + when, Quantiles.median(shares));
    }

    /** Returns the sizes of all rows; null where one is not a number. */
    static double[] of(FeatureTable table, String name) {
        double[] size = new double[table.size()];
        boolean feature = table.features().contains(name);
        double[] column = feature ? table.column(name) : null;
        for (int r = 0; r < size.length; r++) {
            try {
                size[r] = feature ? column[r] : Double.parseDouble(table.covariate(r, name));
            } catch (NumberFormatException e) {
                return null;
            }
            if (!Double.isFinite(size[r])) {
                return null;
            }
        }
        return size;
    }
}
