package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Numbers;

/**
 * Counts of values in equal bins from {@code low} to {@code high}.
 *
 * @param low lower edge of the first bin
 * @param high upper edge of the last bin; above low
 * @param counts how many values, or what weight, each bin holds
 */
public record Bins(double low, double high, Numbers counts) {
    private static final int BLOCK = 1 << 18;

    public Bins {
        if (!(high > low) || Double.isInfinite(high - low) || counts.size() < 3) {
            throw new IllegalArgumentException(
                    "needs at least 3 bins from low to a higher end, got "
                            + counts.size()
                            + " from "
                            + low
                            + " to "
                            + high);
        }
    }

    /**
     * Counts values; those beyond the ends are counted in the first and last bin, or not at all.
     *
     * @param clamp whether values beyond the ends count at the ends
     */
    public static Bins of(float[] values, double low, double high, int bins, boolean clamp) {
        double perUnit = bins / (high - low);
        int blocks = (values.length + BLOCK - 1) / BLOCK;
        int[][] parts = new int[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] counts = new int[bins];
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        float x = values[v];
                        if (clamp || x >= low && x <= high) {
                            int bin = (int) ((x - low) * perUnit);
                            counts[Math.max(0, Math.min(bins - 1, bin))]++;
                        }
                    }
                    parts[b] = counts;
                });
        double[] sum = new double[bins];
        for (int[] part : parts) {
            for (int n = 0; n < bins; n++) {
                sum[n] += part[n];
            }
        }
        return new Bins(low, high, Numbers.of(sum));
    }

    public int size() {
        return counts.size();
    }

    public double width() {
        return (high - low) / counts.size();
    }

    /** Returns the middle of a bin; a fraction lies between middles. */
    public double middle(double bin) {
        return low + (bin + 0.5) * width();
    }

    /** Returns the bin of a value, the first or last where it lies beyond. */
    public int bin(double x) {
        return (int) Math.max(0, Math.min(size() - 1, (x - low) / width()));
    }

    /**
     * Returns the bins blurred by a Gaussian of the given standard deviation, in units of the
     * values, cut at 6 of them; the ends are mirrored, so that counts that fall from an end on have
     * their maximum at the end and not beside it.
     */
    public Bins smoothed(double sd) {
        double sigma = sd / width();
        int reach = (int) Math.min(size() - 1, Math.ceil(6 * sigma));
        double[] weights = new double[reach + 1];
        double total = 0;
        for (int t = 0; t <= reach; t++) {
            weights[t] = sigma > 0 ? StrictMath.exp(-0.5 * t * t / (sigma * sigma)) : 1;
            total += t == 0 ? weights[t] : 2 * weights[t];
        }
        int n = size();
        double[] out = new double[n];
        for (int b = 0; b < n; b++) {
            double sum = weights[0] * counts.get(b);
            for (int t = 1; t <= reach; t++) {
                int left = b - t < 0 ? t - b - 1 : b - t;
                int right = b + t >= n ? 2 * n - 1 - b - t : b + t;
                sum += weights[t] * (counts.get(left) + counts.get(right));
            }
            out[b] = sum / total;
        }
        return new Bins(low, high, Numbers.of(out));
    }

    /**
     * A maximum.
     *
     * @param at its place in units of the values, by a parabola through the highest bin and its
     *     neighbours
     * @param height its count
     * @param prominence how far it rises above the higher of the lowest points that part it from
     *     higher bins, or from the end
     */
    public record Peak(double at, double height, double prominence) {}

    /** Returns the maxima inside, in rising order of place; one at an end is none. */
    public Peak[] peaks() {
        Peak[] found = new Peak[size()];
        int many = 0;
        int n = size();
        for (int first = 1; first < n - 1; ) {
            int last = first;
            while (last < n - 1 && counts.get(last + 1) == counts.get(first)) {
                last++;
            }
            double height = counts.get(first);
            if (counts.get(first - 1) < height && last < n - 1 && counts.get(last + 1) < height) {
                double base = Math.max(lowest(first, -1), lowest(last, 1));
                found[many++] = new Peak(middle(top(first, last)), height, height - base);
            }
            first = last + 1;
        }
        return Arrays.copyOf(found, many);
    }

    private double lowest(int from, int step) {
        double least = counts.get(from);
        for (int b = from; b >= 0 && b < size() && !(counts.get(b) > counts.get(from)); b += step) {
            least = Math.min(least, counts.get(b));
        }
        return least;
    }

    private double top(int first, int last) {
        if (first < last) {
            return (first + last) / 2.0;
        }
        double before = counts.get(first - 1);
        double after = counts.get(first + 1);
        return first + (before - after) / (2 * (before - 2 * counts.get(first) + after));
    }
}
