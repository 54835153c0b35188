package org.diapason.stats;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Several tests at once: Holm 1979, Scandinavian Journal of Statistics 6:65–70. The chance of one
 * false finding or more among all is at most the level, whatever the tests have to do with each
 * other.
 */
public final class Holm {
    private Holm() {}

    /**
     * Returns p adjusted for all tests, in their order: the k-th smallest of m is {@code max over
     * the smaller of (m − k + 1) p}, at most 1. NaN was not tested and stays NaN.
     */
    public static double[] adjusted(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, n -> n);
        Arrays.sort(order, Comparator.comparingDouble(n -> p[n])); // NaN last
        int tested = (int) Arrays.stream(p).filter(v -> !Double.isNaN(v)).count();
        double[] out = new double[p.length];
        Arrays.fill(out, Double.NaN);
        double least = 0;
        for (int k = 0; k < tested; k++) {
            least = Math.max(least, Math.min(1, (tested - k) * p[order[k]]));
            out[order[k]] = least;
        }
        return out;
    }
}
