package org.diapason.math;

import java.util.Arrays;

/**
 * Sorts many floats by their bits: three passes of 11, 11 and 10 bits, least significant first. A
 * stable distribution takes the same time whatever the values are.
 *
 * <p>The order is that of {@link Arrays#sort(float[])}, −0 before 0, for values without NaN.
 */
final class FloatSort {
    /** Fewer values than this are sorted faster by comparing them. */
    private static final int FEW = 1 << 14;

    /** More values than this would need more than 0.27 GB meanwhile, and are sorted in place. */
    private static final int MANY = 1 << 25;

    private static final int DIGIT = 1 << 11;
    private static final int MASK = DIGIT - 1;

    private FloatSort() {}

    /** Sorts in place; for up to 33 million values with two more arrays of the same length. */
    static void sort(float[] values) {
        int n = values.length;
        if (n < FEW || n > MANY) {
            Arrays.sort(values);
            return;
        }
        int[] keys = new int[n];
        int[][] starts = new int[3][DIGIT];
        for (int v = 0; v < n; v++) {
            int bits = Float.floatToRawIntBits(values[v]);
            // negative numbers grow downwards: all their bits turn round, else only the sign
            int key = bits ^ (bits >> 31 | Integer.MIN_VALUE);
            keys[v] = key;
            starts[0][key & MASK]++;
            starts[1][key >>> 11 & MASK]++;
            starts[2][key >>> 22]++;
        }
        int[] other = new int[n];
        for (int pass = 0; pass < 3; pass++) {
            scatter(keys, other, runningSum(starts[pass]), 11 * pass);
            int[] swap = keys;
            keys = other;
            other = swap;
        }
        for (int v = 0; v < n; v++) {
            int key = keys[v];
            values[v] = Float.intBitsToFloat(key ^ (~key >> 31 | Integer.MIN_VALUE));
        }
    }

    private static int[] runningSum(int[] counts) {
        int sum = 0;
        for (int d = 0; d < counts.length; d++) {
            int count = counts[d];
            counts[d] = sum;
            sum += count;
        }
        return counts;
    }

    private static void scatter(int[] from, int[] to, int[] next, int shift) {
        for (int key : from) {
            to[next[key >>> shift & MASK]++] = key;
        }
    }
}
