package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/** Sums over boxes of voxels, cut off at the border, at a cost that does not grow with the box. */
final class BoxSum {
    private BoxSum() {}

    /** Replaces values by the sum over all voxels at most {@code radius} away along each axis. */
    static void over(Geometry g, float[] values, int radius) {
        int ni = g.ni();
        int plane = ni * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] line = new double[ni];
                    for (int j = 0; j < g.nj(); j++) {
                        alongI(values, k * plane + j * ni, ni, radius, line);
                    }
                    across(values, k * plane, ni, ni, g.nj(), radius);
                });
        if (g.nk() > 1) {
            Parallel.forEach(g.nj(), j -> across(values, j * ni, ni, plane, g.nk(), radius));
        }
    }

    private static void alongI(float[] values, int at, int n, int radius, double[] line) {
        double sum = 0;
        for (int i = 0; i < Math.min(radius, n); i++) {
            sum += values[at + i];
        }
        for (int i = 0; i < n; i++) {
            sum += i + radius < n ? values[at + i + radius] : 0;
            sum -= i - radius > 0 ? values[at + i - radius - 1] : 0;
            line[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            values[at + i] = (float) line[i];
        }
    }

    /** Sums n rows of a width that lie a step apart. */
    private static void across(float[] values, int at, int width, int step, int n, int radius) {
        double[] sum = new double[width];
        float[][] kept = new float[radius + 1][width];
        for (int r = 0; r < Math.min(radius, n); r++) {
            add(values, at + r * step, sum);
        }
        for (int r = 0; r < n; r++) {
            if (r + radius < n) {
                add(values, at + (r + radius) * step, sum);
            }
            if (r - radius > 0) {
                // its row is overwritten by now
                float[] old = kept[(r - radius - 1) % (radius + 1)];
                for (int i = 0; i < width; i++) {
                    sum[i] -= old[i];
                }
            }
            float[] keep = kept[r % (radius + 1)];
            for (int i = 0; i < width; i++) {
                keep[i] = values[at + r * step + i];
                values[at + r * step + i] = (float) sum[i];
            }
        }
    }

    private static void add(float[] values, int at, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[at + i];
        }
    }
}
