package org.diapason.math;

/**
 * Exact order statistics of many floats without sorting them: values are counted by the upper half
 * of their bits once, and by the lower half in the one bucket that holds the rank asked for.
 */
public final class Ranks {
    private static final int HALF = 1 << 16;
    private static final int BLOCK = 1 << 20;

    private final float[] values;

    /** How many values lie in the buckets before each; one entry more than buckets. */
    private final int[] before;

    private int bucket = -1;
    private int[] within;

    private Ranks(float[] values) {
        this.values = values;
        before = new int[HALF + 1];
        int[] counts = count(-1);
        for (int b = 0; b < HALF; b++) {
            before[b + 1] = before[b] + counts[b];
        }
    }

    /**
     * Counts the values, none of which is NaN; kept, do not write to them afterwards.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Ranks of(float[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("order statistics need at least one value, got 0");
        }
        return new Ranks(values);
    }

    /** Counts all values by their upper half, or those of one bucket by their lower half. */
    private int[] count(int only) {
        int blocks = (values.length + BLOCK - 1) / BLOCK;
        int[][] parts = new int[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] counts = new int[HALF];
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        int key = SortedFloats.key(values[v]);
                        if (only < 0) {
                            counts[key >>> 16]++;
                        } else if (key >>> 16 == only) {
                            counts[key & HALF - 1]++;
                        }
                    }
                    parts[b] = counts;
                });
        int[] sum = parts[0];
        for (int b = 1; b < blocks; b++) {
            for (int c = 0; c < HALF; c++) {
                sum[c] += parts[b][c];
            }
        }
        return sum;
    }

    /** Returns the value of a rank, 0 for the smallest; −0 counts as 0. */
    public float at(int rank) {
        int low = 0;
        int high = HALF;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before[middle] <= rank) {
                low = middle;
            } else {
                high = middle;
            }
        }
        if (bucket != low) {
            within = count(low);
            bucket = low;
        }
        int left = rank - before[low];
        int lower = 0;
        while (left >= within[lower]) {
            left -= within[lower++];
        }
        return SortedFloats.value(low << 16 | lower);
    }

    /** Returns a quantile, 0 to 1, straight between ranks: type 7 of Hyndman and Fan. */
    public double quantile(double probability) {
        double place = probability * (values.length - 1);
        int below = (int) place;
        double low = at(below);
        double part = place - below;
        return part == 0 ? low : low + part * (at(below + 1) - low);
    }

    /** Returns the share of values that are less than x. */
    public double shareBelow(double x) {
        int blocks = (values.length + BLOCK - 1) / BLOCK;
        int[] parts = new int[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    int count = 0;
                    for (int v = b * BLOCK; v < end; v++) {
                        count += values[v] < x ? 1 : 0;
                    }
                    parts[b] = count;
                });
        long sum = 0;
        for (int part : parts) {
            sum += part;
        }
        return (double) sum / values.length;
    }
}
