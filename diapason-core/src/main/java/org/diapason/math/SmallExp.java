package org.diapason.math;

/** The exponential of small numbers without a table, for whole rows; the same bits on every JDK. */
final class SmallExp {
    /** Beyond it {@link StrictMath} is asked. */
    private static final double SMALL = 1;

    private SmallExp() {}

    /**
     * Replaces the values by their exponentials: within 1e-11 of them, relative, where all of the
     * row lie within ±1, by {@code (e^(x/16))^16}; else by {@link StrictMath#exp}.
     */
    static void row(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        if (largest <= SMALL) {
            for (int n = 0; n < x.length; n++) {
                x[n] = small(x[n]);
            }
        } else {
            for (int n = 0; n < x.length; n++) {
                x[n] = StrictMath.exp(x[n]);
            }
        }
    }

    private static double small(double x) {
        double y = x / 16;
        double e = 1.0 / 120 + y / 720;
        e = 1.0 / 24 + y * e;
        e = 1.0 / 6 + y * e;
        e = 1.0 / 2 + y * e;
        e = 1 + y * (1 + y * e);
        e *= e;
        e *= e;
        e *= e;
        return e * e;
    }
}
