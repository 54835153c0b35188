package org.diapason.stats;

/**
 * The Hotelling observer: the linear score {@code t = Δᵀ K⁻¹ v} that tells two classes best apart
 * by its signal-to-noise ratio, Δ the difference of their means and K the mean of their
 * covariances.
 *
 * <p>For normal classes of one covariance it is the ideal observer, and its area under the ROC
 * curve {@code Φ(d'/√2)}, {@code d'² = Δᵀ K⁻¹ Δ}: Barrett and Myers 2004, Foundations of Image
 * Science, Wiley, section 13.2.12. A template that was learnt from n rows a class sees its own rows
 * too well and others a little worse, by shares of about numbers/n: judge it on others.
 */
public final class Hotelling {
    private final double[] weights;
    private final double separation;

    private Hotelling(double[] weights, double separation) {
        this.weights = weights;
        this.separation = separation;
    }

    /**
     * Learns from rows of finite numbers; not modified. A number that the ones before it explain
     * takes no part.
     *
     * @param rows {@code [row][number]}
     * @param signal which hold it; at least two do and two do not
     */
    public static Hotelling of(double[][] rows, boolean[] signal) {
        int p = rows[0].length;
        double[][] mean = new double[2][p];
        double[] count = new double[2];
        for (int r = 0; r < rows.length; r++) {
            int c = signal[r] ? 1 : 0;
            count[c]++;
            for (int f = 0; f < p; f++) {
                mean[c][f] += rows[r][f];
            }
        }
        if (count[0] < 2 || count[1] < 2) {
            throw new IllegalArgumentException(
                    "an observer learns from two rows or more of each class, got "
                            + (int) count[1]
                            + " with the signal and "
                            + (int) count[0]
                            + " without");
        }
        for (int f = 0; f < p; f++) {
            mean[0][f] /= count[0];
            mean[1][f] /= count[1];
        }
        double[] covariance = new double[p * p];
        for (int r = 0; r < rows.length; r++) {
            int c = signal[r] ? 1 : 0;
            double share = 0.5 / (count[c] - 1);
            for (int f = 0; f < p; f++) {
                double d = share * (rows[r][f] - mean[c][f]);
                for (int g = 0; g <= f; g++) {
                    covariance[f * p + g] += d * (rows[r][g] - mean[c][g]);
                }
            }
        }
        double[] scale = new double[p];
        double[] weights = new double[p];
        for (int f = 0; f < p; f++) {
            scale[f] = covariance[f * p + f];
            weights[f] = mean[1][f] - mean[0][f];
        }
        Cholesky.of(covariance, scale).solve(weights);
        double square = 0;
        for (int f = 0; f < p; f++) {
            square += weights[f] * (mean[1][f] - mean[0][f]);
        }
        return new Hotelling(weights, Math.sqrt(Math.max(0, square)));
    }

    /** Returns t of a row. */
    public double score(double[] row) {
        double sum = 0;
        for (int f = 0; f < weights.length; f++) {
            sum += weights[f] * row[f];
        }
        return sum;
    }

    /** Returns d' on the rows it was learnt from, which flatter it. */
    public double separation() {
        return separation;
    }
}
