package org.diapason.stats;

import java.util.Arrays;
import java.util.Comparator;
import org.diapason.math.Rng;

/**
 * Groups of rows with means of their own and one covariance, by expectation and maximisation
 * (Dempster, Laird and Rubin 1977, Journal of the Royal Statistical Society B 39(1):1–38).
 *
 * <p>One covariance, because with one each the likelihood has no bound and a few far rows are a
 * group. Of several starts (equal parts along each column, then k-means++: Arthur and Vassilvitskii
 * 2007, SODA) the one that is likeliest after a few rounds goes on; the same seed and order of rows
 * give the same groups.
 */
public final class GaussianMixture {
    private static final double TOLERANCE = 1e-6;
    private static final int FIRST_ITERATIONS = 5;
    private static final int MAX_ITERATIONS = 100;

    /** Share of the variance of a column under which its groups do not get. */
    private static final double FLOOR = 1e-6;

    private final double[] shares;
    private final double[][] means;
    private final double[] inverse;
    private final double[] constants;

    private GaussianMixture(double[] shares, double[][] means, double[] covariance) {
        this.shares = shares;
        this.means = means;
        int q = means[0].length;
        double[] scale = new double[q];
        for (int a = 0; a < q; a++) {
            scale[a] = covariance[a * q + a];
        }
        Cholesky factor = Cholesky.of(covariance, scale);
        double log = q * StrictMath.log(2 * Math.PI);
        inverse = new double[q * q];
        for (int a = 0; a < q; a++) {
            log += 2 * StrictMath.log(factor.root(a));
            double[] unit = new double[q];
            unit[a] = 1;
            factor.solve(unit);
            System.arraycopy(unit, 0, inverse, a * q, q);
        }
        constants = new double[shares.length];
        for (int g = 0; g < constants.length; g++) {
            constants[g] =
                    shares[g] > 0
                            ? StrictMath.log(shares[g]) - 0.5 * log
                            : Double.NEGATIVE_INFINITY;
        }
    }

    /**
     * Fits groups.
     *
     * @param rows finite numbers {@code [row][column]}, more rows than columns; not modified
     * @param groups how many, at least 1
     * @param starts how many k-means++ starts besides
     */
    public static GaussianMixture of(double[][] rows, int groups, int starts, long seed) {
        double[] spread = spread(rows);
        double[][] one = new double[rows.length][groups];
        GaussianMixture best = null;
        double likeliest = Double.NEGATIVE_INFINITY;
        int columns = spread.length;
        for (int s = 0; s < (groups == 1 ? 1 : columns + starts); s++) {
            if (s < columns) {
                parts(rows, s, one);
            } else {
                Rng rng = new Rng(Rng.seed(seed, "start " + (s - columns)));
                start(rows, spread, groups, rng, s % 2 == 0, one);
            }
            GaussianMixture now = maximise(rows, one, spread);
            double likelihood = now.expect(rows, one);
            for (int i = 0; i < FIRST_ITERATIONS && groups > 1; i++) {
                now = maximise(rows, one, spread);
                likelihood = now.expect(rows, one);
            }
            if (best == null || likelihood > likeliest) {
                likeliest = likelihood;
                best = now;
            }
        }
        double before = Double.NEGATIVE_INFINITY;
        double likelihood = best.expect(rows, one);
        for (int i = 0; i < MAX_ITERATIONS && groups > 1; i++) {
            if (!(likelihood - before > TOLERANCE * rows.length)) {
                break;
            }
            before = likelihood;
            best = maximise(rows, one, spread);
            likelihood = best.expect(rows, one);
        }
        return best;
    }

    /** Returns the variance of each column. */
    private static double[] spread(double[][] rows) {
        int q = rows[0].length;
        double[] variance = new double[q];
        for (int a = 0; a < q; a++) {
            double mean = 0;
            for (double[] row : rows) {
                mean += row[a] / rows.length;
            }
            for (double[] row : rows) {
                variance[a] += (row[a] - mean) * (row[a] - mean) / rows.length;
            }
        }
        return variance;
    }

    /** Cuts the rows into parts of the same size along a column. */
    private static void parts(double[][] rows, int column, double[][] one) {
        Integer[] order = new Integer[rows.length];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, Comparator.comparingDouble(r -> rows[r][column]));
        for (int n = 0; n < order.length; n++) {
            double[] of = one[order[n]];
            Arrays.fill(of, 0);
            of[(int) ((long) n * of.length / order.length)] = 1;
        }
    }

    /** Gives every row wholly to the nearest of centres drawn far from each other. */
    private static void start(
            double[][] rows, double[] spread, int groups, Rng rng, boolean scaled, double[][] one) {
        double[] weight = new double[spread.length];
        for (int a = 0; a < weight.length; a++) {
            weight[a] = scaled && spread[a] > 0 ? 1 / spread[a] : 1;
        }
        double[] nearest = new double[rows.length];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int[] group = new int[rows.length];
        int centre = rng.nextInt(rows.length);
        for (int g = 0; g < groups; g++) {
            double sum = 0;
            for (int r = 0; r < rows.length; r++) {
                double d = 0;
                for (int a = 0; a < weight.length; a++) {
                    double away = rows[r][a] - rows[centre][a];
                    d += weight[a] * away * away;
                }
                if (d < nearest[r]) {
                    nearest[r] = d;
                    group[r] = g;
                }
                sum += nearest[r];
            }
            double drawn = rng.nextDouble() * sum;
            centre = 0;
            while (centre < rows.length - 1 && (drawn -= nearest[centre]) > 0) {
                centre++;
            }
        }
        for (int r = 0; r < rows.length; r++) {
            Arrays.fill(one[r], 0);
            one[r][group[r]] = 1;
        }
    }

    private static GaussianMixture maximise(double[][] rows, double[][] one, double[] spread) {
        int q = spread.length;
        int groups = one[0].length;
        double[] shares = new double[groups];
        double[][] means = new double[groups][q];
        for (int r = 0; r < rows.length; r++) {
            for (int g = 0; g < groups; g++) {
                shares[g] += one[r][g];
                for (int a = 0; a < q; a++) {
                    means[g][a] += one[r][g] * rows[r][a];
                }
            }
        }
        for (int g = 0; g < groups; g++) {
            for (int a = 0; a < q; a++) {
                means[g][a] = shares[g] > 0 ? means[g][a] / shares[g] : 0;
            }
            shares[g] /= rows.length;
        }
        double[] covariance = new double[q * q];
        double[] away = new double[q];
        for (int r = 0; r < rows.length; r++) {
            for (int g = 0; g < groups; g++) {
                for (int a = 0; a < q; a++) {
                    away[a] = rows[r][a] - means[g][a];
                    double part = one[r][g] * away[a] / rows.length;
                    for (int b = 0; b <= a; b++) {
                        covariance[a * q + b] += part * away[b];
                    }
                }
            }
        }
        for (int a = 0; a < q; a++) {
            covariance[a * q + a] += FLOOR * Math.max(spread[a], Double.MIN_NORMAL);
            for (int b = 0; b < a; b++) {
                covariance[b * q + a] = covariance[a * q + b];
            }
        }
        return new GaussianMixture(shares, means, covariance);
    }

    /** Writes the probabilities of the groups of each row; returns the log likelihood. */
    private double expect(double[][] rows, double[][] one) {
        double sum = 0;
        for (int r = 0; r < rows.length; r++) {
            sum += expect(rows[r], one[r]);
        }
        return sum;
    }

    private double expect(double[] row, double[] probability) {
        double best = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < means.length; g++) {
            probability[g] = constants[g] - 0.5 * distance(row, means[g]);
            best = Math.max(best, probability[g]);
        }
        double sum = 0;
        for (int g = 0; g < means.length; g++) {
            probability[g] = StrictMath.exp(probability[g] - best);
            sum += probability[g];
        }
        for (int g = 0; g < means.length; g++) {
            probability[g] /= sum;
        }
        return best + StrictMath.log(sum);
    }

    private double distance(double[] a, double[] b) {
        int q = a.length;
        double sum = 0;
        for (int i = 0; i < q; i++) {
            double inner = 0;
            for (int j = 0; j < q; j++) {
                inner += inverse[i * q + j] * (a[j] - b[j]);
            }
            sum += (a[i] - b[i]) * inner;
        }
        return sum;
    }

    /** Returns the logarithm of the density at a row, of the fit or not. */
    public double logDensity(double[] row) {
        return expect(row, new double[means.length]);
    }

    /** Returns how likely a row is of each group. */
    public double[] probabilities(double[] row) {
        double[] probability = new double[means.length];
        expect(row, probability);
        return probability;
    }

    /** Returns the likeliest group of a row, the first of equal ones. */
    public int group(double[] row) {
        double[] probability = probabilities(row);
        int best = 0;
        for (int g = 1; g < probability.length; g++) {
            best = probability[g] > probability[best] ? g : best;
        }
        return best;
    }

    /** Returns the shares of the groups, of sum 1. */
    public double[] shares() {
        return shares.clone();
    }

    /** Returns the means {@code [group][column]}; do not write to it. */
    public double[][] means() {
        return means;
    }

    /** Returns the least distance of two means in standard deviations; infinite with one group. */
    public double separation() {
        double least = Double.POSITIVE_INFINITY;
        for (int g = 0; g < means.length; g++) {
            for (int h = 0; h < g; h++) {
                least = Math.min(least, Math.sqrt(distance(means[g], means[h])));
            }
        }
        return least;
    }
}
