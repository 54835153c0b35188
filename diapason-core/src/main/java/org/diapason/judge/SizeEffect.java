package org.diapason.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.diapason.stats.Holm;
import org.diapason.stats.LeastSquares;
import org.diapason.stats.Omega;
import org.diapason.stats.Quantiles;
import org.diapason.volume.FeatureTable;

/**
 * Whether the effect of the site depends on the size of what was measured: {@code feature ~
 * covariates + site + biology + size + site × size}, the last tested by F with the degrees of
 * freedom of the sites charged, and its ω². Partial volume and resolution act more on small
 * lesions, and a correction of the table that does not know the size leaves that.
 */
final class SizeEffect {
    private SizeEffect() {}

    /**
     * One table.
     *
     * @param share ω² of site × size, median over features
     * @param found features where it is found at 5 % after Holm's correction for the features
     * @param tested features that were tested
     */
    record Found(double share, int found, int tested) {

        void put(Map<String, Double> figures, String when) {
            figures.put("siteBySizeShare" + when, share);
            figures.put("siteBySizeFound" + when, (double) found);
            figures.put("siteBySizeTested" + when, (double) tested);
        }
    }

    /**
     * Tests a table.
     *
     * @param size size of every row
     * @param name where the size stands; a feature of that name is not counted
     * @param spent degrees of freedom that the fit has taken besides those of the model
     */
    static Found of(Panel panel, double[] size, String name, Predicate<String> counts, int spent) {
        int n = panel.rows();
        int sites = panel.siteNames().size();
        double[][] base = new double[n][];
        double[][] full = new double[n][];
        for (int r = 0; r < n; r++) {
            double[] row = panel.siteRow(r);
            base[r] = Arrays.copyOf(row, row.length + 1);
            base[r][row.length] = size[r];
            full[r] = Arrays.copyOf(base[r], base[r].length + sites - 1);
            int s = panel.siteNames().indexOf(panel.site(r));
            if (s > 0) {
                full[r][base[r].length + s - 1] = size[r];
            }
        }
        double[] shares = new double[panel.features().size()];
        double[] p = new double[shares.length];
        Arrays.fill(shares, Double.NaN);
        Arrays.fill(p, Double.NaN);
        Map<String, LeastSquares[]> models = new HashMap<>();
        for (int f = 0; f < shares.length; f++) {
            String feature = panel.features().get(f);
            int[] rows = panel.rowsOf(f);
            if (rows == null || !counts.test(feature) || feature.equals(name)) {
                continue;
            }
            LeastSquares[] pair =
                    models.computeIfAbsent(
                            Arrays.toString(rows),
                            k ->
                                    new LeastSquares[] {
                                        LeastSquares.of(some(base, rows)),
                                        LeastSquares.of(some(full, rows))
                                    });
            double[] column = panel.column(f);
            double[] y = Arrays.stream(rows).mapToDouble(r -> column[r]).toArray();
            shares[f] = Omega.share(y, pair[0], pair[1]);
            p[f] = test(y, pair[0], pair[1], spent).p();
        }
        int tested = (int) Arrays.stream(p).filter(v -> !Double.isNaN(v)).count();
        return new Found(Quantiles.median(shares), holm(p), tested);
    }

    private static Panel.Test test(double[] y, LeastSquares base, LeastSquares full, int spent) {
        int over = full.rank() - base.rank();
        int under = full.rows() - full.rank() - spent;
        double left = full.residualSquares(y);
        return new Panel.Test(
                (base.residualSquares(y) - left) / over / (left / under), over, under);
    }

    private static double[][] some(double[][] all, int[] rows) {
        double[][] some = new double[rows.length][];
        Arrays.setAll(some, k -> all[rows[k]]);
        return some;
    }

    /** Returns how many are below 5 % after Holm's correction. */
    static int holm(double[] p) {
        return (int) Arrays.stream(Holm.adjusted(p)).filter(v -> v < 0.05).count();
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
