package org.diapason.features;

import java.util.Arrays;

/**
 * Counts one (row, column) after the other, to be emptied and used again.
 *
 * <p>Columns below {@code width} are counted in a table, others are listed and sorted in the end:
 * zones may be as large as the image, but few are.
 */
final class Tally {
    private final int width;
    private final int[] table;
    private final int[] end;
    private long[] listed = new long[16];
    private int many;
    private int least;
    private int most = -1;

    /** Makes a tally of rows 0 … {@code rows} − 1 and columns from 0. */
    Tally(int rows, int width) {
        this.width = width;
        table = new int[Math.multiplyExact(rows, width)];
        end = new int[rows];
        least = rows;
    }

    void add(int row, int column) {
        if (column < width) {
            table[row * width + column]++;
            if (column >= end[row]) {
                end[row] = column + 1;
                least = Math.min(least, row);
                most = Math.max(most, row);
            }
            return;
        }
        if (many == listed.length) {
            listed = Arrays.copyOf(listed, 2 * many);
        }
        listed[many++] = Counts.key(row, column);
        least = Math.min(least, row);
        most = Math.max(most, row);
    }

    /** Returns what was counted, and starts anew. */
    Counts take() {
        Arrays.sort(listed, 0, many);
        int room = many;
        for (int row = least; row <= most; row++) {
            room += end[row];
        }
        long[] key = new long[room];
        double[] count = new double[room];
        int used = 0;
        int far = 0;
        for (int row = least; row <= most; row++) {
            int at = row * width;
            for (int column = 0; column < end[row]; column++) {
                if (table[at + column] > 0) {
                    key[used] = Counts.key(row, column);
                    count[used++] = table[at + column];
                    table[at + column] = 0;
                }
            }
            end[row] = 0;
            for (; far < many && listed[far] >> 32 == row; far++) {
                if (used == 0 || key[used - 1] != listed[far]) {
                    key[used++] = listed[far];
                }
                count[used - 1]++;
            }
        }
        many = 0;
        least = end.length;
        most = -1;
        return new Counts(Arrays.copyOf(key, used), Arrays.copyOf(count, used), used);
    }
}
