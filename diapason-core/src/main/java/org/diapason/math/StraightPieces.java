package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Numbers;

/**
 * A map made of straight pieces between knots, whose outermost pieces go on beyond the last knots.
 *
 * @param from where the knots lie, rising
 * @param to what they become, finite
 */
public record StraightPieces(Numbers from, Numbers to) {
    private static final int BLOCK = 1 << 18;

    public StraightPieces {
        boolean sound = from.size() >= 2 && from.size() == to.size();
        for (int k = 0; sound && k < from.size(); k++) {
            sound = Double.isFinite(from.get(k)) && Double.isFinite(to.get(k));
            sound &= k == 0 || from.get(k) > from.get(k - 1);
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "knots must be at least 2, rising, each with a finite value, got "
                            + from.size()
                            + " with "
                            + to.size()
                            + " values");
        }
    }

    /** Returns the value at x; NaN stays NaN. */
    public double at(double x) {
        return at(from.toArray(), to.toArray(), x);
    }

    private static double at(double[] xs, double[] ys, double x) {
        int found = Arrays.binarySearch(xs, x);
        int above = found >= 0 ? found : -found - 1;
        int k = Math.min(Math.max(above, 1), xs.length - 1);
        double part = (x - xs[k - 1]) / (xs[k] - xs[k - 1]);
        return part == 1 ? ys[k] : ys[k - 1] + part * (ys[k] - ys[k - 1]);
    }

    /** Returns the mean of what the values become. */
    public double meanOf(double[] values) {
        double[] xs = from.toArray();
        double[] ys = to.toArray();
        double sum = 0;
        for (double x : values) {
            sum += at(xs, ys, x);
        }
        return sum / values.length;
    }

    /** Returns the mapped values; the array is not modified. */
    public float[] apply(float[] values) {
        double[] xs = from.toArray();
        double[] ys = to.toArray();
        float[] out = new float[values.length];
        Parallel.forEach(
                (values.length + BLOCK - 1) / BLOCK,
                b -> {
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        out[v] = Float.isNaN(values[v]) ? Float.NaN : (float) at(xs, ys, values[v]);
                    }
                });
        return out;
    }
}
