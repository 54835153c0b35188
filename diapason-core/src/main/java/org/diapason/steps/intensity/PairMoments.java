package org.diapason.steps.intensity;

/**
 * Count, means and centred products of pairs of numbers, by sums that can be merged (Chan, Golub
 * and LeVeque 1983, The American Statistician 37(3):242–247).
 */
record PairMoments(long count, double a, double b, double aa, double ab, double bb) {

    static PairMoments of(double a, double b) {
        return new PairMoments(1, a, b, 0, 0, 0);
    }

    PairMoments plus(PairMoments other) {
        long n = count + other.count;
        double share = (double) other.count / n;
        double da = other.a - a;
        double db = other.b - b;
        double weight = count * share;
        return new PairMoments(
                n,
                a + share * da,
                b + share * db,
                aa + other.aa + weight * da * da,
                ab + other.ab + weight * da * db,
                bb + other.bb + weight * db * db);
    }

    /** Returns the variance of the mean of {@code x·a + y·b}. */
    double varianceOfMean(double x, double y) {
        return Math.max(0, x * x * aa + 2 * x * y * ab + y * y * bb) / ((count - 1.0) * count);
    }
}
