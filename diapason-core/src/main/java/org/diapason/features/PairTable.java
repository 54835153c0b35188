package org.diapason.features;

/**
 * How often each pair of levels occurs in a window that moves: pairs come and go one by one, and
 * what is there is read in rising order without looking at what is not.
 *
 * <p>At N levels it takes 4 N² bytes and one bit per pair of levels.
 */
final class PairTable {
    /** The most levels a table has: 512² counts are 1 MB, per thread and table. */
    static final int MOST = 512;

    private final int levels;
    private final int[] table;
    private final long[] present;
    private int different;

    PairTable(int levels) {
        this.levels = levels;
        table = new int[levels * levels];
        present = new long[(table.length + 63) / 64];
    }

    /** Counts one pair of levels 1 … N more. */
    void add(int a, int b) {
        int at = place(a, b);
        if (table[at]++ == 0) {
            present[at >> 6] |= 1L << at;
            different++;
        }
    }

    /** Counts one pair less; it must be there. */
    void remove(int a, int b) {
        int at = place(a, b);
        if (--table[at] == 0) {
            present[at >> 6] &= ~(1L << at);
            different--;
        }
    }

    private int place(int a, int b) {
        return (Math.min(a, b) - 1) * levels + Math.abs(a - b);
    }

    /** Returns what is counted now: row = lower level, column = difference. */
    Counts counts() {
        long[] key = new long[different];
        double[] count = new double[different];
        int used = 0;
        for (int w = 0; used < different; w++) {
            for (long bits = present[w]; bits != 0; bits &= bits - 1) {
                int at = w << 6 | Long.numberOfTrailingZeros(bits);
                key[used] = Counts.key(at / levels + 1, at % levels);
                count[used++] = table[at];
            }
        }
        return new Counts(key, count, used);
    }

    /** Counts nothing any more. */
    void clear() {
        for (int w = 0; w < present.length; w++) {
            for (long bits = present[w]; bits != 0; bits &= bits - 1) {
                table[w << 6 | Long.numberOfTrailingZeros(bits)] = 0;
            }
            present[w] = 0;
        }
        different = 0;
    }
}
