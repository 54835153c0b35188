package org.diapason.features;

import java.util.Arrays;

/** How often each (row, column) occurs: what occurs at all, in rising order. Immutable. */
final class Counts {
    static final Counts NONE = new Counts(new long[0], new double[0], 0);

    private final long[] key;
    private final double[] count;
    private final int size;

    /** Keeps the arrays; keys are {@link #key} in rising order. */
    Counts(long[] key, double[] count, int size) {
        this.key = key;
        this.count = count;
        this.size = size;
    }

    static long key(int row, int column) {
        return (long) row << 32 | column;
    }

    int size() {
        return size;
    }

    int row(int n) {
        return (int) (key[n] >> 32);
    }

    int column(int n) {
        return (int) key[n];
    }

    double count(int n) {
        return count[n];
    }

    double total() {
        double total = 0;
        for (int n = 0; n < size; n++) {
            total += count[n];
        }
        return total;
    }

    /** Returns these counts and the other's times a weight; whole numbers add without rounding. */
    Counts plus(Counts other, double weight) {
        long[] keys = new long[size + other.size];
        double[] counts = new double[keys.length];
        int used = 0;
        int a = 0;
        int b = 0;
        while (a < size || b < other.size) {
            long mine = a < size ? key[a] : Long.MAX_VALUE;
            long theirs = b < other.size ? other.key[b] : Long.MAX_VALUE;
            keys[used] = Math.min(mine, theirs);
            counts[used] += mine <= theirs ? count[a++] : 0;
            counts[used++] += theirs <= mine ? other.count[b++] * weight : 0;
        }
        return new Counts(Arrays.copyOf(keys, used), Arrays.copyOf(counts, used), used);
    }
}
