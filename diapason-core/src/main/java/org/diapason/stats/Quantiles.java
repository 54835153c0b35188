package org.diapason.stats;

import java.util.Arrays;

/** Sample quantiles by linear interpolation: type 7 of Hyndman and Fan 1996, R's default. */
public final class Quantiles {
    private Quantiles() {}

    /**
     * Returns a quantile of the numbers that are not NaN; NaN where there is none.
     *
     * @param values not modified, in any order
     * @param probability 0 … 1
     */
    public static double of(double[] values, double probability) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    public static double median(double[] values) {
        return of(values, 0.5);
    }
}
