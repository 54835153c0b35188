package org.diapason.stats;

import org.hipparchus.distribution.continuous.FDistribution;

/**
 * How much of the spread of single measurements lies between subjects: the intraclass correlation,
 * with an interval of 95 %.
 *
 * <p>With the mean squares between subjects B, within subjects W, between measurements J and of the
 * residual E, of n subjects measured k times: {@code ICC(1,1) = (B − W)/(B + (k − 1) W)}, {@code
 * ICC(2,1) = (B − E)/(B + (k − 1) E + k (J − E)/n)}, {@code ICC(3,1) = (B − E)/(B + (k − 1) E)}. It
 * may be negative. Where nothing differs at all it is NaN; where subjects differ and repeats do not
 * it is 1.
 *
 * <p>Shrout and Fleiss 1979, Psychological Bulletin 86(2):420–428, doi:10.1037/0033-2909.86.2.420;
 * intervals as in McGraw and Wong 1996, Psychological Methods 1(1):30–46,
 * doi:10.1037/1082-989X.1.1.30.
 *
 * @param value the estimate; NaN where it is not defined
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param subjects how many subjects were compared
 * @param repeats how often each was measured
 */
public record Icc(double value, double low, double high, int subjects, int repeats) {

    /** Which differences between measurements count as error. */
    public enum Form {
        /** ICC(1,1): the repeats of a subject have nothing in common with those of another. */
        ONE_WAY,
        /** ICC(2,1): the n-th measurements are of one kind; that kinds differ counts as error. */
        AGREEMENT,
        /** ICC(3,1): the n-th measurements are of one kind; that kinds differ does not count. */
        CONSISTENCY
    }

    private static final double UPPER = 0.975;

    /** Differences below this part of the largest value are rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * Returns the correlation of subjects (rows) measured equally often (columns). Subjects with a
     * NaN are left out.
     *
     * @throws IllegalArgumentException if a row has another length than the first, or less than 2
     */
    public static Icc of(double[][] measured, Form form) {
        int k = measured.length == 0 ? 2 : measured[0].length;
        int n = 0;
        double[][] rows = new double[measured.length][];
        for (double[] row : measured) {
            if (row.length != k || k < 2) {
                throw new IllegalArgumentException(
                        "every subject needs the same number of measurements, at least 2; got "
                                + row.length
                                + " and "
                                + k);
            }
            boolean whole = true;
            for (double v : row) {
                whole &= Double.isFinite(v);
            }
            if (whole) {
                rows[n++] = row;
            }
        }
        return n < 2 ? new Icc(Double.NaN, Double.NaN, Double.NaN, n, k) : of(rows, n, k, form);
    }

    private static Icc of(double[][] rows, int n, int k, Form form) {
        double[] subject = new double[n];
        double[] repeat = new double[k];
        double origin = rows[0][0];
        double largest = 0;
        double mean = 0;
        for (int s = 0; s < n; s++) {
            for (int r = 0; r < k; r++) {
                double v = rows[s][r] - origin;
                largest = Math.max(largest, Math.abs(rows[s][r]));
                subject[s] += v / k;
                repeat[r] += v / n;
            }
            mean += subject[s] / n;
        }
        double between = 0;
        double within = 0;
        double residual = 0;
        double kinds = 0;
        for (int s = 0; s < n; s++) {
            between += k * square(subject[s] - mean) / (n - 1);
            for (int r = 0; r < k; r++) {
                double off = rows[s][r] - origin - subject[s];
                within += square(off) / (n * (k - 1));
                residual += square(off - (repeat[r] - mean)) / ((n - 1) * (k - 1));
            }
        }
        for (int r = 0; r < k; r++) {
            kinds += n * square(repeat[r] - mean) / (k - 1);
        }
        double rounding = square(ROUNDING * largest);
        between = between > rounding ? between : 0;
        within = within > rounding ? within : 0;
        residual = residual > rounding ? residual : 0;
        kinds = kinds > rounding ? kinds : 0;
        return switch (form) {
            case ONE_WAY -> ratio(between, within, n, k, n * (k - 1));
            case CONSISTENCY -> ratio(between, residual, n, k, (n - 1) * (k - 1));
            case AGREEMENT -> agreement(between, kinds, residual, n, k);
        };
    }

    private static Icc ratio(double between, double error, int n, int k, int freedom) {
        double value = (between - error) / (between + (k - 1) * error);
        if (!(error > 0)) {
            return new Icc(value, value, value, n, k);
        }
        double f = between / error;
        double low = f / quantile(n - 1, freedom);
        double high = f * quantile(freedom, n - 1);
        return new Icc(value, (low - 1) / (low + k - 1), (high - 1) / (high + k - 1), n, k);
    }

    private static Icc agreement(double between, double kinds, double error, int n, int k) {
        double value = (between - error) / (between + (k - 1) * error + k * (kinds - error) / n);
        if (!(error > 0)) {
            boolean same = !(kinds > 0);
            return new Icc(value, same ? value : Double.NaN, same ? value : Double.NaN, n, k);
        }
        double f = kinds / error;
        double a = k * value * f;
        double b = n * (1 + (k - 1) * value) - k * value;
        double freedom = (k - 1.0) * (n - 1) * square(a + b) / ((n - 1) * square(a) + square(b));
        double lower = quantile(n - 1, freedom);
        double upper = quantile(freedom, n - 1);
        double rest = k * kinds + ((double) k * n - k - n) * error;
        return new Icc(
                value,
                n * (between - lower * error) / (lower * rest + n * between),
                n * (upper * between - error) / (rest + n * upper * between),
                n,
                k);
    }

    /**
     * Returns the correlation of the mean of a subject's {@code k} repeats, ICC(1,k), ICC(2,k) or
     * ICC(3,k): {@code k·r/(1 + (k − 1)·r)} of the value and of the ends of its interval
     * (Spearman–Brown; Shrout and Fleiss, p. 426). Below {@code −1/(k − 1)} it is NaN.
     */
    public Icc ofMean() {
        return new Icc(stepUp(value), stepUp(low), stepUp(high), subjects, repeats);
    }

    private double stepUp(double r) {
        double below = 1 + (repeats - 1) * r;
        return below > 0 ? repeats * r / below : Double.NaN;
    }

    /** Returns the word of Koo and Li 2016 for the lower end of the interval; empty for NaN. */
    public String grade() {
        // Journal of Chiropractic Medicine 15(2):155–163, doi:10.1016/j.jcm.2016.02.012
        if (Double.isNaN(low)) {
            return "";
        }
        return low < 0.5 ? "poor" : low < 0.75 ? "moderate" : low < 0.9 ? "good" : "excellent";
    }

    private static double quantile(double upper, double lower) {
        return new FDistribution(upper, lower).inverseCumulativeProbability(UPPER);
    }

    private static double square(double x) {
        return x * x;
    }
}
