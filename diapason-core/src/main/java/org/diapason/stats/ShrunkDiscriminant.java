package org.diapason.stats;

/**
 * Linear discriminant of several classes that share one covariance, shrunk towards a multiple of
 * the identity so that it can be inverted with more columns than rows: Σ = (1 − λ)·S + λ·μ·I.
 *
 * <p>Columns are put in units of their spread within classes first; one without spread is left out.
 * λ: Ledoit and Wolf 2004, Journal of Multivariate Analysis 88(2):365–411,
 * doi:10.1016/S0047-259X(03)00096-4, equation 14. Everything happens in the space of the rows: n²
 * numbers however many columns there are.
 */
public final class ShrunkDiscriminant {
    private final double[] centre;
    private final double[] spread;

    /** Means of the classes in units of spread, {@code [class][column]}. */
    private final double[][] means;

    /** Σ⁻¹ times the means. */
    private final double[][] weights;

    private final double[] offsets;
    private final double shrinkage;

    private ShrunkDiscriminant(
            double[] centre,
            double[] spread,
            double[][] means,
            double[][] weights,
            double[] offsets,
            double shrinkage) {
        this.centre = centre;
        this.spread = spread;
        this.means = means;
        this.weights = weights;
        this.offsets = offsets;
        this.shrinkage = shrinkage;
    }

    /**
     * Learns from rows of finite numbers; not modified.
     *
     * @param classes class of each row, 0 … count − 1; each class has a row
     */
    public static ShrunkDiscriminant of(double[][] rows, int[] classes, int count) {
        int n = rows.length;
        int p = rows[0].length;
        double[] share = new double[count];
        double[][] means = new double[count][p];
        double[] centre = new double[p];
        for (int r = 0; r < n; r++) {
            share[classes[r]]++;
            for (int f = 0; f < p; f++) {
                means[classes[r]][f] += rows[r][f];
                centre[f] += rows[r][f] / n;
            }
        }
        for (int k = 0; k < count; k++) {
            for (int f = 0; f < p; f++) {
                means[k][f] /= share[k];
            }
            share[k] /= n;
        }
        double[][] within = new double[n][p];
        double[] spread = new double[p];
        for (int f = 0; f < p; f++) {
            double squares = 0;
            double size = 0;
            for (int r = 0; r < n; r++) {
                double d = rows[r][f] - means[classes[r]][f];
                within[r][f] = d;
                squares += d * d;
                size += rows[r][f] * rows[r][f];
            }
            spread[f] = squares > 1e-24 * size ? Math.sqrt(squares / n) : 0;
            for (int r = 0; r < n; r++) {
                within[r][f] = spread[f] == 0 ? 0 : within[r][f] / spread[f];
            }
            for (int k = 0; k < count; k++) {
                means[k][f] = spread[f] == 0 ? 0 : (means[k][f] - centre[f]) / spread[f];
            }
        }
        double[] gram = gram(within);
        double[] mu = new double[1];
        double lambda = shrinkage(gram, n, p, mu);
        double[][] weights = new double[count][];
        double[] offsets = new double[count];
        Inverse inverse = new Inverse(within, gram, lambda, mu[0]);
        for (int k = 0; k < count; k++) {
            weights[k] = inverse.times(means[k]);
            offsets[k] = StrictMath.log(share[k]) - dot(weights[k], means[k]) / 2;
        }
        return new ShrunkDiscriminant(centre, spread, means, weights, offsets, lambda);
    }

    /** Returns λ, 0 (as measured) … 1 (columns taken as independent and of one spread). */
    public double shrinkage() {
        return shrinkage;
    }

    /** Returns the probability of each class for a row of finite numbers; not modified. */
    public double[] probabilities(double[] row) {
        double[] z = new double[row.length];
        for (int f = 0; f < z.length; f++) {
            z[f] = spread[f] == 0 ? 0 : (row[f] - centre[f]) / spread[f];
        }
        double[] scores = new double[offsets.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = dot(weights[k], z) + offsets[k];
            highest = Math.max(highest, scores[k]);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = StrictMath.exp(scores[k] - highest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /**
     * Returns Fisher's ratio of many columns, tr(Σ⁻¹·Sb), Sb = Σ wₖ·bₖ·bₖ'.
     *
     * @param within rows of what is left beside classes, of mean 0; not modified. Σ is their
     *     covariance (divisor rows), shrunk; a column without spread is left out
     * @param between what classes add to the mean, {@code [class][column]}; not modified
     * @param weights share of each class
     */
    public static double ratio(double[][] within, double[][] between, double[] weights) {
        int n = within.length;
        int p = within[0].length;
        double[][] rows = new double[n][p];
        double[][] added = new double[between.length][p];
        for (int f = 0; f < p; f++) {
            double squares = 0;
            for (double[] row : within) {
                squares += row[f] * row[f];
            }
            double spread = Math.sqrt(squares / n);
            for (int r = 0; r < n && spread > 0; r++) {
                rows[r][f] = within[r][f] / spread;
            }
            for (int k = 0; k < added.length && spread > 0; k++) {
                added[k][f] = between[k][f] / spread;
            }
        }
        double[] gram = gram(rows);
        double[] mu = new double[1];
        double lambda = shrinkage(gram, n, p, mu);
        Inverse inverse = new Inverse(rows, gram, lambda, mu[0]);
        double sum = 0;
        for (int k = 0; k < added.length; k++) {
            sum += weights[k] * dot(added[k], inverse.times(added[k]));
        }
        return sum;
    }

    /** Returns the squared Mahalanobis distance between the means of two classes. */
    public double distance(int a, int b) {
        double sum = 0;
        for (int f = 0; f < centre.length; f++) {
            sum += (means[a][f] - means[b][f]) * (weights[a][f] - weights[b][f]);
        }
        return sum;
    }

    /** Returns the inner products of all pairs of rows. */
    private static double[] gram(double[][] rows) {
        int n = rows.length;
        double[] gram = new double[n * n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                gram[a * n + b] = dot(rows[a], rows[b]);
                gram[b * n + a] = gram[a * n + b];
            }
        }
        return gram;
    }

    /** Returns λ and writes μ, the mean variance. */
    private static double shrinkage(double[] gram, int n, int p, double[] mu) {
        double trace = 0;
        double fourth = 0;
        for (int r = 0; r < n; r++) {
            double square = gram[r * n + r];
            trace += square / n;
            fourth += square * square;
        }
        mu[0] = trace / p;
        double squares = dot(gram, gram) / n / n;
        double off = squares / p - mu[0] * mu[0];
        double noise = (fourth - n * squares) / n / n / p;
        return off > 0 ? Math.max(0, Math.min(1, noise / off)) : 1;
    }

    /** Σ⁻¹ by the matrix inversion lemma over rows. */
    private static final class Inverse {
        private final double[][] rows;
        private final double floor;
        private final Cholesky factor;

        Inverse(double[][] rows, double[] gram, double lambda, double mu) {
            this.rows = rows;
            int n = rows.length;
            // λ of 0 with fewer columns than rows would be sound, but never occurs with noise
            floor = Math.max(lambda, 1e-6) * mu;
            double weight = 1 - lambda;
            if (weight <= 0) {
                factor = null;
                return;
            }
            double[] matrix = gram.clone();
            double[] scale = new double[n];
            for (int r = 0; r < n; r++) {
                matrix[r * n + r] += n * floor / weight;
                scale[r] = matrix[r * n + r];
            }
            factor = Cholesky.of(matrix, scale);
        }

        double[] times(double[] vector) {
            double[] result = vector.clone();
            if (factor != null) {
                double[] along = new double[rows.length];
                for (int r = 0; r < along.length; r++) {
                    along[r] = dot(rows[r], vector);
                }
                factor.solve(along);
                for (int r = 0; r < along.length; r++) {
                    for (int f = 0; f < result.length; f++) {
                        result[f] -= along[r] * rows[r][f];
                    }
                }
            }
            for (int f = 0; f < result.length; f++) {
                result[f] = floor == 0 ? 0 : result[f] / floor;
            }
            return result;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
