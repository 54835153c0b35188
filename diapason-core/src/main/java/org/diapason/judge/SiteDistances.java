package org.diapason.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.diapason.stats.BrownForsythe;
import org.diapason.stats.KolmogorovSmirnov;
import org.diapason.stats.ShrunkDiscriminant;

/**
 * What is left between sites besides their means: spreads, distributions, distances of the means
 * over all features and distances of the covariances, all of residuals of biology and covariates.
 *
 * @param spread share of the features whose spread differs between sites at 5 % (Brown and
 *     Forsythe); 0.05 by chance
 * @param distribution share of the features whose distribution differs between any two sites at 5 %
 *     (Kolmogorov and Smirnov, the smallest p times the number of pairs); below 0.05 by chance
 * @param mahalanobis mean distance between the means of two sites in shrunk SD, never 0: read it
 *     before beside after
 * @param covariance mean over pairs of sites of ‖S₁ − S₂‖/‖S‖ (Frobenius), S the covariance of
 *     features in units of their SD; about 0 without a difference
 */
record SiteDistances(double spread, double distribution, double mahalanobis, double covariance) {

    static SiteDistances of(Panel panel, Predicate<String> counts) {
        Map<String, List<Integer>> sites = new TreeMap<>();
        for (int r = 0; r < panel.rows(); r++) {
            sites.computeIfAbsent(panel.site(r), s -> new ArrayList<>()).add(r);
        }
        List<double[]> complete = new ArrayList<>();
        int[] tested = new int[2];
        int[] differ = new int[2];
        for (int f = 0; f < panel.features().size(); f++) {
            double[] rest = counts.test(panel.features().get(f)) ? panel.spreadOut(f) : null;
            if (rest == null) {
                continue;
            }
            double[][] groups = groups(rest, sites);
            double levene = groups.length < 2 ? Double.NaN : BrownForsythe.of(groups).p();
            count(levene, 0, tested, differ);
            count(smallest(groups), 1, tested, differ);
            if (groups.length == sites.size()
                    && java.util.Arrays.stream(rest).allMatch(Double::isFinite)) {
                complete.add(rest);
            }
        }
        Covariances c = new Covariances(complete, sites);
        return new SiteDistances(
                (double) differ[0] / tested[0],
                (double) differ[1] / tested[1],
                c.mahalanobis(),
                c.distance());
    }

    void put(Map<String, Double> figures, String when) {
        figures.put("spreadDiffers" + when, spread);
        figures.put("distributionDiffers" + when, distribution);
        figures.put("mahalanobis" + when, mahalanobis);
        figures.put("covarianceDistance" + when, covariance);
    }

    private static void count(double p, int kind, int[] tested, int[] differ) {
        if (!Double.isNaN(p)) {
            tested[kind]++;
            differ[kind] += p < 0.05 ? 1 : 0;
        }
    }

    /** Returns the finite values per site of at least two. */
    private static double[][] groups(double[] values, Map<String, List<Integer>> sites) {
        return sites.values().stream()
                .map(
                        rows ->
                                rows.stream()
                                        .mapToDouble(r -> values[r])
                                        .filter(Double::isFinite)
                                        .toArray())
                .filter(g -> g.length > 1)
                .toArray(double[][]::new);
    }

    private static double smallest(double[][] groups) {
        double smallest = Double.NaN;
        int pairs = 0;
        for (int a = 0; a < groups.length; a++) {
            for (int b = 0; b < a; b++) {
                double p = KolmogorovSmirnov.of(groups[a], groups[b]).p();
                smallest = pairs++ == 0 ? p : Math.min(smallest, p);
            }
        }
        return Math.min(1, smallest * pairs);
    }

    /** Distances over the features that are complete. */
    private static final class Covariances {
        private final double[][] rows;
        private final int[] site;
        private final int sites;

        Covariances(List<double[]> features, Map<String, List<Integer>> bySite) {
            int n = bySite.values().stream().mapToInt(List::size).sum();
            rows = new double[n][features.size()];
            site = new int[n];
            sites = bySite.size();
            int s = 0;
            for (List<Integer> members : bySite.values()) {
                for (int r : members) {
                    site[r] = s;
                }
                s++;
            }
            for (int f = 0; f < features.size(); f++) {
                for (int r = 0; r < n; r++) {
                    rows[r][f] = features.get(f)[r];
                }
            }
        }

        double mahalanobis() {
            if (rows[0].length == 0 || sites < 2) {
                return Double.NaN;
            }
            ShrunkDiscriminant d = ShrunkDiscriminant.of(rows, site, sites);
            double sum = 0;
            for (int a = 0; a < sites; a++) {
                for (int b = 0; b < a; b++) {
                    sum += Math.sqrt(d.distance(a, b));
                }
            }
            return sum / (sites * (sites - 1) / 2);
        }

        /**
         * Norms of products of covariances from inner products of different rows only, so that few
         * rows do not look like a difference: Li and Chen 2012, doi:10.1214/12-AOS993, first order.
         */
        double distance() {
            if (rows[0].length == 0 || sites < 2) {
                return Double.NaN;
            }
            double[][] centred = centred();
            double[][] products = new double[sites][sites];
            double[] count = new double[sites];
            for (int a = 0; a < rows.length; a++) {
                count[site[a]]++;
                for (int b = 0; b < rows.length; b++) {
                    double inner = 0;
                    for (int f = 0; f < centred[a].length; f++) {
                        inner += centred[a][f] * centred[b][f];
                    }
                    products[site[a]][site[b]] += a == b ? 0 : inner * inner;
                }
            }
            double all = 0;
            double pairs = 0;
            for (int a = 0; a < sites; a++) {
                for (int b = 0; b < sites; b++) {
                    double count2 = count[a] * (a == b ? count[b] - 1 : count[b]);
                    all += products[a][b];
                    pairs += count2;
                    products[a][b] /= count2;
                }
            }
            all /= pairs;
            double sum = 0;
            for (int a = 0; a < sites; a++) {
                for (int b = 0; b < a; b++) {
                    double square = products[a][a] + products[b][b] - 2 * products[a][b];
                    sum += Math.sqrt(Math.max(0, square) / all);
                }
            }
            return sum / (sites * (sites - 1) / 2);
        }

        private double[][] centred() {
            double[][] means = new double[sites][rows[0].length];
            double[] count = new double[sites];
            for (int r = 0; r < rows.length; r++) {
                count[site[r]]++;
                for (int f = 0; f < rows[r].length; f++) {
                    means[site[r]][f] += rows[r][f];
                }
            }
            double[][] centred = new double[rows.length][rows[0].length];
            for (int r = 0; r < rows.length; r++) {
                for (int f = 0; f < rows[r].length; f++) {
                    centred[r][f] = rows[r][f] - means[site[r]][f] / count[site[r]];
                }
            }
            return centred;
        }
    }
}
