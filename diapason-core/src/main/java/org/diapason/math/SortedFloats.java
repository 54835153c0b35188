package org.diapason.math;

import java.util.Arrays;

/**
 * Many floats in ascending order, −0 counted as 0.
 *
 * <p>Whole numbers of a narrow range are counted. Others are dealt by the upper half of their bits
 * into 65,536 buckets, and every bucket by the two bytes of the lower half. Beside the values it
 * takes one array of their size.
 */
public final class SortedFloats {
    /** Fewer values than this are sorted faster by comparing them. */
    private static final int FEW = 1 << 12;

    /** The same in a bucket, where only two bytes differ. */
    private static final int FEWEST = 1 << 8;

    /** From here on a bucket is counted: four keys and more to each possible one. */
    private static final int DENSE = 1 << 18;

    private static final int BYTE_BITS = 8;

    /** Whole numbers are counted while they span no more than this. */
    private static final int WIDEST = 1 << 16;

    private static final int HALF = 1 << 16;
    private static final int MOST_BLOCKS = 16;
    private static final int BUCKETS_A_BLOCK = 4;

    private final int[] keys;

    private SortedFloats(int[] keys) {
        this.keys = keys;
    }

    /**
     * Orders values, none of which is NaN. Does not modify its input.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static SortedFloats of(float[] values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("needs at least one value, got none");
        }
        int[] keys = new int[n];
        if (n < FEW) {
            for (int v = 0; v < n; v++) {
                keys[v] = key(values[v]) ^ Integer.MIN_VALUE;
            }
            Arrays.sort(keys);
            for (int v = 0; v < n; v++) {
                keys[v] ^= Integer.MIN_VALUE;
            }
        } else if (!counted(values, keys)) {
            dealt(values, keys);
        }
        return new SortedFloats(keys);
    }

    /** Negative numbers grow downwards: all their bits turn round, of others only the sign. */
    static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0f); // −0 becomes 0
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    static float value(int key) {
        return Float.intBitsToFloat(key ^ (~key >> 31 | Integer.MIN_VALUE));
    }

    /** Says whether the values are whole numbers of a narrow range, and if so orders them. */
    private static boolean counted(float[] values, int[] keys) {
        float first = values[0];
        float corner = first - WIDEST / 2;
        if (!(Math.abs(first) < 1 << 23) || first != (int) first) {
            return false;
        }
        int blocks = blocks(values.length);
        int[][] parts = new int[blocks][];
        Parallel.forEach(blocks, b -> parts[b] = wholes(values, blocks, b, corner));
        int[] sum = parts[0];
        for (int b = 0; b < blocks; b++) {
            if (parts[b] == null) {
                return false;
            }
            for (int d = 0; b > 0 && d < WIDEST; d++) {
                sum[d] += parts[b][d];
            }
        }
        int at = 0;
        for (int d = 0; d < WIDEST; d++) {
            if (sum[d] > 0) {
                Arrays.fill(keys, at, at + sum[d], key(corner + d));
                at += sum[d];
            }
        }
        return true;
    }

    private static int[] wholes(float[] values, int blocks, int b, float corner) {
        int[] counts = new int[WIDEST];
        int end = start(values.length, blocks, b + 1);
        for (int v = start(values.length, blocks, b); v < end; v++) {
            float step = values[v] - corner;
            int whole = (int) step;
            if (whole != step || whole < 0 || whole >= WIDEST || corner + whole != values[v]) {
                return null;
            }
            counts[whole]++;
        }
        return counts;
    }

    private static int blocks(int n) {
        return Math.max(1, Math.min(MOST_BLOCKS, n >> 18));
    }

    private static int start(int n, int blocks, int b) {
        return (int) ((long) n * b / blocks);
    }

    private static void dealt(float[] values, int[] keys) {
        int n = values.length;
        int blocks = blocks(n);
        int[][] at = new int[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] counts = new int[HALF];
                    int end = start(n, blocks, b + 1);
                    for (int v = start(n, blocks, b); v < end; v++) {
                        counts[key(values[v]) >>> 16]++;
                    }
                    at[b] = counts;
                });
        int[] ends = new int[HALF + 1]; // of bucket d at d + 1
        for (int d = 0, sum = 0; d < HALF; d++) {
            for (int b = 0; b < blocks; b++) {
                int count = at[b][d];
                at[b][d] = sum;
                sum += count;
            }
            ends[d + 1] = sum;
        }
        Parallel.forEach(
                blocks,
                b -> {
                    int[] next = at[b];
                    int end = start(n, blocks, b + 1);
                    for (int v = start(n, blocks, b); v < end; v++) {
                        int key = key(values[v]);
                        keys[next[key >>> 16]++] = key;
                    }
                });
        Parallel.forEach(
                HALF / BUCKETS_A_BLOCK,
                b -> {
                    int first = b * BUCKETS_A_BLOCK;
                    if (ends[first + BUCKETS_A_BLOCK] > ends[first]) {
                        Scratch scratch = new Scratch();
                        for (int d = first; d < first + BUCKETS_A_BLOCK; d++) {
                            bucket(keys, ends[d], ends[d + 1], scratch);
                        }
                    }
                });
    }

    /** Orders one bucket, whose upper halves are all the same, in place. */
    private static void bucket(int[] keys, int from, int end, Scratch scratch) {
        int size = end - from;
        if (size < FEWEST) {
            Arrays.sort(keys, from, end);
        } else if (size < DENSE) {
            int[] other = scratch.of(size);
            deal(keys, from, other, 0, size, 0, scratch.starts);
            deal(other, 0, keys, from, size, BYTE_BITS, scratch.starts);
        } else {
            count(keys, from, end);
        }
    }

    /** Deals keys by one byte, in the order they come. */
    private static void deal(
            int[] keys, int from, int[] into, int to, int size, int shift, int[] starts) {
        Arrays.fill(starts, 0);
        for (int v = from; v < from + size; v++) {
            starts[keys[v] >>> shift & 0xFF]++;
        }
        int sum = to;
        for (int d = 0; d <= 0xFF; d++) {
            int count = starts[d];
            starts[d] = sum;
            sum += count;
        }
        for (int v = from; v < from + size; v++) {
            int key = keys[v];
            into[starts[key >>> shift & 0xFF]++] = key;
        }
    }

    private static void count(int[] keys, int from, int end) {
        int[] counts = new int[HALF];
        for (int v = from; v < end; v++) {
            counts[keys[v] & HALF - 1]++;
        }
        int upper = keys[from] & -HALF;
        int at = from;
        for (int low = 0; low < HALF; low++) {
            Arrays.fill(keys, at, at + counts[low], upper | low);
            at += counts[low];
        }
    }

    /** Room for the buckets of one block, which grows to the largest. */
    private static final class Scratch {
        private final int[] starts = new int[0x100];
        private int[] keys = new int[0];

        int[] of(int size) {
            if (keys.length < size) {
                keys = new int[size];
            }
            return keys;
        }
    }

    public int size() {
        return keys.length;
    }

    /** Returns the value of a rank counted from 0. */
    public float get(int rank) {
        return value(keys[rank]);
    }

    /** Says whether the value of a rank, not the first, is another than the one before it. */
    boolean rises(int rank) {
        return keys[rank] != keys[rank - 1];
    }

    /**
     * Returns the quantile of type 7 (Hyndman and Fan): straight between ranks {@code (n − 1)p}.
     */
    public double quantile(double probability) {
        double at = Math.max(0, Math.min(1, probability)) * (keys.length - 1);
        int low = (int) at;
        int high = Math.min(keys.length - 1, low + 1);
        return get(low) + (at - low) * ((double) get(high) - get(low));
    }

    /**
     * Returns the means of equal shares of the values, rising: their mean is the mean of all. A
     * value on a border counts in parts on both sides.
     */
    public double[] shareMeans(int shares) {
        int n = keys.length;
        double[] means = new double[shares];
        for (int s = 0; s < shares; s++) {
            double from = (double) n * s / shares;
            double to = (double) n * (s + 1) / shares;
            double sum = 0;
            for (int r = (int) from; r < Math.min(n, to); r++) {
                sum += (Math.min(r + 1, to) - Math.max(r, from)) * get(r);
            }
            means[s] = sum / (to - from);
        }
        return means;
    }
}
