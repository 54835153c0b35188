package org.diapason.math;

import java.util.Arrays;

/**
 * Sorts many floats by their bits: first into 65,536 buckets by the upper half of the key, then
 * every bucket by counting the lower half.
 *
 * <p>The order is that of {@link Arrays#sort(float[])}, −0 before 0, for values without NaN.
 */
final class FloatSort {
    /** Fewer values than this are sorted faster by comparing them, all or in a bucket. */
    private static final int FEW = 1 << 12;

    /** More values than this would need more than 0.27 GB meanwhile, and are sorted in place. */
    private static final int MANY = 1 << 26;

    private static final int HALF = 1 << 16;
    private static final int BUCKETS_A_BLOCK = 32;

    private FloatSort() {}

    /** Sorts in place; for up to 67 million values with one more array of the same length. */
    static void sort(float[] values) {
        int n = values.length;
        if (n < FEW || n > MANY) {
            Arrays.sort(values);
            return;
        }
        int[] ends = new int[HALF];
        for (float value : values) {
            ends[key(value) >>> 16]++;
        }
        int sum = 0;
        for (int d = 0; d < HALF; d++) {
            int count = ends[d];
            ends[d] = sum;
            sum += count;
        }
        int[] keys = new int[n];
        for (float value : values) {
            int key = key(value);
            keys[ends[key >>> 16]++] = key;
        }
        Parallel.forEach(
                HALF / BUCKETS_A_BLOCK,
                b -> {
                    for (int d = b * BUCKETS_A_BLOCK; d < (b + 1) * BUCKETS_A_BLOCK; d++) {
                        bucket(keys, d == 0 ? 0 : ends[d - 1], ends[d], values);
                    }
                });
    }

    /** Negative numbers grow downwards: all their bits turn round, of others only the sign. */
    static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    static float value(int key) {
        return Float.intBitsToFloat(key ^ (~key >> 31 | Integer.MIN_VALUE));
    }

    private static void bucket(int[] keys, int from, int end, float[] values) {
        if (end - from < FEW) {
            Arrays.sort(keys, from, end);
            for (int v = from; v < end; v++) {
                values[v] = value(keys[v]);
            }
            return;
        }
        int[] counts = new int[HALF];
        for (int v = from; v < end; v++) {
            counts[keys[v] & HALF - 1]++;
        }
        int upper = keys[from] & -HALF;
        int at = from;
        for (int low = 0; low < HALF; low++) {
            if (counts[low] > 0) {
                Arrays.fill(values, at, at + counts[low], value(upper | low));
                at += counts[low];
            }
        }
    }
}
