package org.diapason.judge;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Quantiles;
import org.diapason.volume.FeatureTable;

/**
 * How much of the features the site explains: ω² after biology and covariates, not clipped, median
 * over features. See {@link org.diapason.stats.Omega}.
 */
public final class SiteShare {
    private SiteShare() {}

    /** Returns the median over the features that count; NaN where none has a share. */
    public static double of(
            FeatureTable table,
            String batch,
            Optional<String> biology,
            List<String> covariates,
            Predicate<String> counts) {
        Panel panel = new Panel(table, Coding.of(table, batch, biology, covariates));
        return median(panel, perFeature(panel), counts);
    }

    /**
     * Returns what the median reaches by chance alone in 95 % of {@code permutations} orders of the
     * rows; NaN where no feature counts.
     */
    public static double chance(
            FeatureTable table,
            String batch,
            Optional<String> biology,
            List<String> covariates,
            Predicate<String> counts,
            int permutations,
            long seed) {
        Panel panel = new Panel(table, Coding.of(table, batch, biology, covariates));
        return permutationLimit(panel, permutations, seed, counts);
    }

    /** Returns the share per feature, NaN where it does not vary or there is one site. */
    static double[] perFeature(Panel panel) {
        double[] shares = new double[panel.features().size()];
        for (int f = 0; f < shares.length; f++) {
            shares[f] = panel.siteShare(f);
        }
        return shares;
    }

    /** Returns the median over the features that count. */
    static double median(Panel panel, double[] shares, Predicate<String> counts) {
        double[] kept = shares.clone();
        for (int f = 0; f < kept.length; f++) {
            if (!counts.test(panel.features().get(f))) {
                kept[f] = Double.NaN;
            }
        }
        return Quantiles.median(kept);
    }

    /**
     * Returns the 95 % limit of the median when site explains nothing: residuals of biology and
     * covariates are permuted over all rows, all features alike, so that site keeps its tie with
     * biology (Freedman and Lane 1983, doi:10.1080/07350015.1983.10509354).
     */
    static double permutationLimit(
            Panel panel, int permutations, long seed, Predicate<String> counts) {
        double[][] residuals = new double[panel.features().size()][];
        for (int f = 0; f < residuals.length; f++) {
            residuals[f] = counts.test(panel.features().get(f)) ? panel.residuals(f) : null;
        }
        double[] medians = new double[permutations];
        Parallel.forEach(
                permutations,
                p -> {
                    int[] order = new int[panel.rows()];
                    java.util.Arrays.setAll(order, r -> r);
                    new Rng(Rng.seed(seed, "permutation " + p)).shuffle(order);
                    double[] shares = new double[panel.features().size()];
                    for (int f = 0; f < shares.length; f++) {
                        shares[f] =
                                residuals[f] == null
                                        ? Double.NaN
                                        : panel.siteShare(f, residuals[f], order);
                    }
                    medians[p] = Quantiles.median(shares);
                });
        return Quantiles.of(medians, 0.95);
    }
}
