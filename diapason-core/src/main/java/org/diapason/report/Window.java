package org.diapason.report;

import java.util.Arrays;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/** Chooses the values shown black and white. */
final class Window {
    private static final double SOFT_LOW = -160;
    private static final double SOFT_HIGH = 240;
    private static final double SOFT_LEAST = 200;

    private Window() {}

    /** The 1st to 99th percentile of all pixels; 40/400 HU where HU fill half of it or more. */
    static double[] of(Picture.Slice... slices) {
        double[] sorted =
                Arrays.stream(slices)
                        .flatMapToDouble(s -> Arrays.stream(s.values().toArray()))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        if (sorted.length == 0) {
            return new double[] {0, 1};
        }
        double low = sorted[(int) Math.floor(0.01 * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil(0.99 * (sorted.length - 1))];
        if (slices[0].quantity() == Quantity.HU) {
            if (low >= SOFT_LOW && high <= SOFT_HIGH && high - low >= SOFT_LEAST) {
                return new double[] {SOFT_LOW, SOFT_HIGH};
            }
            low = 10 * Math.floor(low / 10);
            high = 10 * Math.ceil(high / 10);
        }
        return high > low ? new double[] {low, high} : new double[] {low - 0.5, low + 0.5};
    }

    /** Writes a number with a true minus sign. */
    static String text(double value, int digits) {
        return Numbers.fixed(value, digits).replace('-', '−');
    }

    static String words(double[] window, String unit) {
        double width = window[1] - window[0];
        int digits = width >= 20 ? 0 : width >= 2 ? 1 : 2;
        return text(window[0], digits)
                + " to "
                + text(window[1], digits)
                + (unit.equals("1") ? "" : " " + unit);
    }
}
