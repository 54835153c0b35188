package org.diapason.poisson;

import java.util.Arrays;

/**
 * Sums products of rows: position by position in float over a few rows, which runs on vectors, then
 * in double. Off by some 10⁻⁶ at most; the same bits whenever rows come in the same order.
 */
final class RowSum {
    private static final int ROWS = 64;

    /** Add to this, then call {@link #added}. */
    final float[] sums;

    private int rows;
    private double total;

    RowSum(int n) {
        sums = new float[n];
    }

    void added() {
        if (++rows == ROWS) {
            collect();
        }
    }

    private void collect() {
        double sum = 0;
        for (float one : sums) {
            sum += one;
        }
        total += sum;
        Arrays.fill(sums, 0);
        rows = 0;
    }

    double total() {
        collect();
        return total;
    }
}
