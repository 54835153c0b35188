package org.diapason.features;

/** Logarithms to base 2, the same bits on every JDK; entropies are in bits. */
final class Log2 {
    private static final double LN_2 = StrictMath.log(2);
    private static final double[] TIMES = new double[1024];

    static {
        for (int n = 1; n < TIMES.length; n++) {
            TIMES[n] = n * of(n);
        }
    }

    private Log2() {}

    static double of(double x) {
        return StrictMath.log(x) / LN_2;
    }

    /** Returns n · log₂ n for a count, whole or weighted; 0 for 0. */
    static double times(double n) {
        int whole = (int) n;
        return whole == n && whole < TIMES.length ? TIMES[whole] : n * of(n);
    }

    /**
     * Returns the entropy of counts n in bits, given Σ n log₂ n and Σ n. What is below 1e-12 is
     * rounding: of counts in two places it is at least log₂(Σ n)/Σ n.
     */
    static double entropy(double logs, double total) {
        double bits = of(total) - logs / total;
        return bits < 1e-12 ? 0 : bits;
    }

    /**
     * Returns −Σ p log₂(p + ε) given −Σ p log₂ p and in how many cells p is not 0, to first order
     * in ε: each of them takes ε/ln 2 away.
     */
    static double shifted(double entropy, int cells, double epsilon) {
        return entropy - cells * (epsilon / LN_2);
    }
}
