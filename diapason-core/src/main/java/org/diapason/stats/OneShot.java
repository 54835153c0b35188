package org.diapason.stats;

/**
 * Mean areas over readers and their difference, with a variance from U-statistics: readers,
 * positive and negative cases are random, and not every reader must have read every case.
 *
 * <p>With the comparison s of a positive with a negative case by a reader (1, ½ or 0) and weights w
 * that give every reader the same share, the variance is {@code Σ_k C_k (M_k − M₈)}: the pairs of
 * comparisons are sorted by what they share (reader, positive case, negative case: eight kinds, M₈
 * sharing nothing), C_k is the sum of w w' and M_k the mean of s s' over the pairs of a kind. It is
 * unbiased and may be negative at few readers; then z and p are NaN.
 *
 * <p>Gallas 2006, Academic Radiology 13(3):353–362, doi:10.1016/j.acra.2005.11.030; Gallas and
 * others 2009, Communications in Statistics – Theory and Methods 38(15):2586–2603. The interval is
 * Student's, with Satterthwaite's degrees of freedom from the three first-order parts (readers,
 * positive and negative cases; Obuchowski, Gallas and Hillis 2012, Academic Radiology
 * 19(12):1508–1517), each part taken as 0 where negative.
 *
 * @param first mean area of the first test
 * @param firstVariance its variance
 * @param second mean area of the second test
 * @param secondVariance its variance
 * @param covariance of both
 * @param freedom degrees of freedom of the difference
 */
public record OneShot(
        double first,
        double firstVariance,
        double second,
        double secondVariance,
        double covariance,
        double freedom) {
    /** The most comparisons (readers · positive · negative cases) that are held in memory. */
    public static final long MOST = 10_000_000;

    private static final int READER = 1;
    private static final int POSITIVE = 2;
    private static final int NEGATIVE = 4;
    private static final int KINDS = 8;

    /**
     * Compares two tests.
     *
     * @throws IllegalArgumentException if there are fewer than 2 readers, positive or negative
     *     cases, or more than 10⁷ comparisons
     */
    public static OneShot of(ReaderScores scores, int a, int b) {
        int readers = scores.readers().size();
        int positives = 0;
        for (int c = 0; c < scores.cases(); c++) {
            positives += scores.positive(c) ? 1 : 0;
        }
        int negatives = scores.cases() - positives;
        long comparisons = (long) readers * positives * negatives;
        if (readers < 2 || positives < 2 || negatives < 2 || comparisons > MOST) {
            throw new IllegalArgumentException(
                    "U-statistics need 2 readers, 2 positive and 2 negative cases and at most "
                            + MOST
                            + " comparisons, got "
                            + readers
                            + ", "
                            + positives
                            + ", "
                            + negatives
                            + " and "
                            + comparisons);
        }
        int[] size = {readers, positives, negatives};
        Comparisons first = new Comparisons(scores, a, size);
        Comparisons second = new Comparisons(scores, b, size);
        double[][] both = {
            first.with(first, size), second.with(second, size), first.with(second, size)
        };
        double sum = 0;
        double squares = 0;
        for (int part = 1; part <= 3; part++) {
            double own = Math.max(0, both[0][part] + both[1][part] - 2 * both[2][part]);
            sum += own;
            squares += own * own / (size[part - 1] - 1.0);
        }
        return new OneShot(
                first.area,
                both[0][0],
                second.area,
                both[1][0],
                both[2][0],
                squares > 0 ? sum * sum / squares : Double.NaN);
    }

    /** Returns the variance of the difference. */
    public double variance() {
        return firstVariance + secondVariance - 2 * covariance;
    }

    /**
     * Returns first − second with its interval; its ends are NaN where the variance is not
     * positive.
     */
    public Estimate difference() {
        double error = variance() > 0 ? Math.sqrt(variance()) : Double.NaN;
        double reach = freedom > 0 ? Students.t95(freedom) : Double.NaN;
        double d = first - second;
        return new Estimate(d, d - reach * error, d + reach * error);
    }

    /** Returns the two-sided p-value of no difference. */
    public double p() {
        double t = (first - second) / Math.sqrt(variance());
        return variance() > 0 ? Students.twoSided(t, freedom) : Double.NaN;
    }

    /** All comparisons of one test: [reader][positive][negative] one after another. */
    private static final class Comparisons {
        private final double[] s;
        private final double[] there;
        private final double[] weight;
        private final double area;

        Comparisons(ReaderScores scores, int test, int[] size) {
            int[] positive = new int[size[1]];
            int[] negative = new int[size[2]];
            int p = 0;
            int n = 0;
            for (int c = 0; c < scores.cases(); c++) {
                if (scores.positive(c)) {
                    positive[p++] = c;
                } else {
                    negative[n++] = c;
                }
            }
            s = new double[size[0] * p * n];
            there = new double[s.length];
            weight = new double[s.length];
            double[] pairs = new double[size[0]];
            int at = 0;
            for (int r = 0; r < size[0]; r++) {
                for (int i : positive) {
                    for (int j : negative) {
                        double x = scores.score(test, r, i);
                        double y = scores.score(test, r, j);
                        if (!Double.isNaN(x) && !Double.isNaN(y)) {
                            there[at] = 1;
                            s[at] = x > y ? 1 : x == y ? 0.5 : 0;
                            pairs[r]++;
                        }
                        at++;
                    }
                }
            }
            double reading = 0;
            for (double own : pairs) {
                reading += own > 0 ? 1 : 0;
            }
            double sum = 0;
            for (int k = 0; k < s.length; k++) {
                double own = pairs[k / (p * n)];
                weight[k] = own > 0 ? there[k] / (own * reading) : 0;
                sum += weight[k] * s[k];
            }
            area = sum;
        }

        /** Returns covariance, and its parts of readers, positive and negative cases. */
        double[] with(Comparisons other, int[] size) {
            double[] products = kinds(s, other.s, size);
            double[] pairs = kinds(there, other.there, size);
            double[] weights = kinds(weight, other.weight, size);
            double apart = products[0] / pairs[0];
            double sum = 0;
            double[] own = new double[4];
            for (int kind = 1; kind < KINDS; kind++) {
                if (pairs[kind] > 0.5) {
                    double more = products[kind] / pairs[kind] - apart;
                    sum += weights[kind] * more;
                    int part = kind == READER ? 1 : kind == POSITIVE ? 2 : kind == NEGATIVE ? 3 : 0;
                    if (part > 0) {
                        double shared = 0;
                        for (int k = kind; k < KINDS; k++) {
                            shared += (k & kind) == kind ? weights[k] : 0;
                        }
                        own[part] = shared * more;
                    }
                }
            }
            own[0] = sum;
            return own;
        }
    }

    /** Returns Σ x x' over the pairs that share exactly the things of each kind. */
    private static double[] kinds(double[] x, double[] y, int[] size) {
        double[] exact = new double[KINDS];
        for (int kind = 0; kind < KINDS; kind++) {
            double[] sumX = margin(x, kind, size);
            double[] sumY = margin(y, kind, size);
            for (int k = 0; k < sumX.length; k++) {
                exact[kind] += sumX[k] * sumY[k];
            }
        }
        for (int thing = READER; thing < KINDS; thing *= 2) {
            for (int kind = 0; kind < KINDS; kind++) {
                if ((kind & thing) == 0) {
                    exact[kind] -= exact[kind | thing];
                }
            }
        }
        return exact;
    }

    /** Sums over all that the kind does not name. */
    private static double[] margin(double[] x, int kind, int[] size) {
        int readers = (kind & READER) != 0 ? size[0] : 1;
        int positives = (kind & POSITIVE) != 0 ? size[1] : 1;
        int negatives = (kind & NEGATIVE) != 0 ? size[2] : 1;
        double[] sum = new double[readers * positives * negatives];
        int at = 0;
        for (int r = 0; r < size[0]; r++) {
            for (int i = 0; i < size[1]; i++) {
                int row =
                        ((readers == 1 ? 0 : r) * positives + (positives == 1 ? 0 : i)) * negatives;
                for (int j = 0; j < size[2]; j++) {
                    sum[row + (negatives == 1 ? 0 : j)] += x[at++];
                }
            }
        }
        return sum;
    }
}
