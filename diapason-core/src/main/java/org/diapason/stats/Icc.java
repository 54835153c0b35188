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
 * <p>Where cells are missing, B is that of subjects adjusted for measurements and J the other way
 * round, and k and n are the numbers that make the variances unbiased: {@code (N − k)/(n − 1)} and
 * {@code (N − n)/(k − 1)} of N cells, one way {@code (N − Σkᵢ²/N)/(n − 1)} (Henderson's method 3;
 * Searle, Casella and McCulloch 1992, Variance Components, chapter 5). Without a gap these are k
 * and n.
 *
 * <p>Shrout and Fleiss 1979, Psychological Bulletin 86(2):420–428, doi:10.1037/0033-2909.86.2.420.
 * Intervals of ICC(1,1) and ICC(3,1) are exact, with gaps too: the F of subjects at a given ratio
 * of variances (Wald 1940, Annals of Mathematical Statistics 11(1):96–100; Seely and El-Bassiouni
 * 1983, Annals of Statistics 11(1):197–201). That of ICC(2,1) is McGraw and Wong's 1996,
 * Psychological Methods 1(1):30–46, doi:10.1037/1082-989X.1.1.30, with these k and n: approximate.
 *
 * @param value the estimate; NaN where it is not defined
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param subjects how many subjects were compared
 * @param repeats how often each was to be measured
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

    /**
     * Returns the correlation of subjects (rows) measured equally often (columns). NaN is a cell
     * that is missing; subjects and measurements without any value are left out.
     *
     * @throws IllegalArgumentException if a row has another length than the first, or less than 2
     */
    public static Icc of(double[][] measured, Form form) {
        int k = measured.length == 0 ? 2 : measured[0].length;
        for (double[] row : measured) {
            if (row.length != k || k < 2) {
                throw new IllegalArgumentException(
                        "every subject needs the same number of measurements, at least 2; got "
                                + row.length
                                + " and "
                                + k);
            }
        }
        IccSums sums = new IccSums(measured, form != Form.ONE_WAY);
        int n = sums.subjects;
        if (n < 2 || sums.columns < 2 || sums.freedom < 1 || sums.between < 1) {
            return new Icc(Double.NaN, Double.NaN, Double.NaN, n, k);
        }
        return form == Form.AGREEMENT ? agreement(sums, k) : ratio(sums, k);
    }

    private static Icc ratio(IccSums s, int k) {
        double value = (s.b - s.e) / (s.b + (s.k0 - 1) * s.e);
        if (!(s.e > 0)) {
            return new Icc(value, value, value, s.subjects, k);
        }
        double low = s.ratioAt(quantile(s.between, s.freedom));
        double high = s.ratioAt(1 / quantile(s.freedom, s.between));
        return new Icc(value, low / (1 + low), high / (1 + high), s.subjects, k);
    }

    private static Icc agreement(IccSums s, int k) {
        double value = (s.b - s.e) / (s.b + (s.k0 - 1) * s.e + s.k0 * (s.j - s.e) / s.n0);
        if (!(s.e > 0)) {
            boolean same = !(s.j > 0);
            double end = same ? value : Double.NaN;
            return new Icc(value, end, end, s.subjects, k);
        }
        double a = s.k0 * value * s.j / s.e;
        double c = s.n0 * (1 + (s.k0 - 1) * value) - s.k0 * value;
        double freedom = square(a + c) / (square(a) / s.kinds + square(c) / s.freedom);
        if (!(s.b > 0 && freedom > 0)) {
            // no spread of subjects at all: both ends meet in the value, whatever the F
            return new Icc(value, value, value, s.subjects, k);
        }
        double lower = quantile(s.between, freedom);
        double upper = quantile(freedom, s.between);
        double rest = s.k0 * s.j + (s.k0 * s.n0 - s.k0 - s.n0) * s.e;
        return new Icc(
                value,
                s.n0 * (s.b - lower * s.e) / (lower * rest + s.n0 * s.b),
                s.n0 * (upper * s.b - s.e) / (rest + s.n0 * upper * s.b),
                s.subjects,
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
