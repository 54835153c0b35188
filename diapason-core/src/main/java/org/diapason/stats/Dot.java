package org.diapason.stats;

/** Sums of products in four sums side by side, always in the same order. */
final class Dot {
    private Dot() {}

    /** Returns Σ of {@code count} products of two runs. */
    static double of(double[] x, int a, double[] y, int b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < count; k += 4) {
            s0 += x[a + k] * y[b + k];
            s1 += x[a + k + 1] * y[b + k + 1];
            s2 += x[a + k + 2] * y[b + k + 2];
            s3 += x[a + k + 3] * y[b + k + 3];
        }
        for (; k < count; k++) {
            s0 += x[a + k] * y[b + k];
        }
        return s0 + s1 + (s2 + s3);
    }
}
