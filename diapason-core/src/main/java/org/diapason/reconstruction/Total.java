package org.diapason.reconstruction;

import org.diapason.math.Parallel;

/** Sums over voxels that are the same bits on any number of threads: fixed blocks, in order. */
final class Total {
    private static final int BLOCK = 1 << 14;

    private Total() {}

    /** The sum over voxels {@code from} to {@code to} − 1. */
    interface Part {
        double over(int from, int to);
    }

    static double of(int n, Part part) {
        double[] sums = new double[(n + BLOCK - 1) / BLOCK];
        Parallel.forEach(
                sums.length, b -> sums[b] = part.over(b * BLOCK, Math.min(n, (b + 1) * BLOCK)));
        double sum = 0;
        for (double s : sums) {
            sum += s;
        }
        return sum;
    }

    static double dot(float[] a, float[] b) {
        return of(
                a.length,
                (from, to) -> {
                    double sum = 0;
                    for (int p = from; p < to; p++) {
                        sum += (double) a[p] * b[p];
                    }
                    return sum;
                });
    }
}
