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

    /** Returns the largest of the parts; 0 where none is above. */
    static double largest(int n, Part part) {
        double[] parts = new double[(n + BLOCK - 1) / BLOCK];
        Parallel.forEach(
                parts.length, b -> parts[b] = part.over(b * BLOCK, Math.min(n, (b + 1) * BLOCK)));
        double most = 0;
        for (double p : parts) {
            most = Math.max(most, p);
        }
        return most;
    }

    /** Returns ‖now − before‖ / ‖now‖, 0 where nothing moved. */
    static double change(float[] before, float[] now) {
        double moved =
                of(
                        now.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int p = from; p < to; p++) {
                                double d = (double) now[p] - before[p];
                                sum += d * d;
                            }
                            return sum;
                        });
        return moved == 0 ? 0 : Math.sqrt(moved / Math.max(dot(now, now), Double.MIN_NORMAL));
    }
}
