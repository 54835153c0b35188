package org.diapason.math;

import java.util.function.IntToDoubleFunction;

/**
 * How much room values take on their axis: the exponential of the entropy of their histogram, which
 * is the length of the uniform distribution that is as uncertain. Gaps between peaks take no room.
 *
 * <p>Bins are 0.01 wide, and each value is shared by its two nearest. For two independent
 * quantities the width of the sum is at least {@code sqrt(a² + b²)}.
 *
 * <p>Method: Shannon 1948, Bell System Technical Journal 27(4):623–656,
 * doi:10.1002/j.1538-7305.1948.tb00917.x, theorem 15 (the entropy power inequality).
 */
public final class HistogramWidth {
    private static final double BIN = 0.01;

    private HistogramWidth() {}

    /** Returns the width of the values whose weight is above 0; 0 where there is none. */
    public static double of(IntToDoubleFunction value, float[] weights) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double total = 0;
        for (int v = 0; v < weights.length; v++) {
            if (weights[v] > 0) {
                double x = value.applyAsDouble(v);
                least = Math.min(least, x);
                most = Math.max(most, x);
                total += weights[v];
            }
        }
        if (total == 0) {
            return 0;
        }
        double[] bins = new double[(int) ((most - least) / BIN) + 2];
        for (int v = 0; v < weights.length; v++) {
            if (weights[v] > 0) {
                double bin = (value.applyAsDouble(v) - least) / BIN;
                int below = Math.min(bins.length - 2, (int) bin);
                bins[below] += weights[v] * (below + 1 - bin);
                bins[below + 1] += weights[v] * (bin - below);
            }
        }
        double entropy = 0;
        for (double bin : bins) {
            double share = bin / total;
            entropy -= share > 0 ? share * StrictMath.log(share) : 0;
        }
        return BIN * StrictMath.exp(entropy);
    }
}
