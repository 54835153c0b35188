package org.diapason.math;

import org.diapason.volume.Geometry;

/** Images that transforms are tested on. */
final class Scales {
    private Scales() {}

    /** A picture of whole numbers that a script in numpy draws with the same formula. */
    static float[] numbers(Geometry g) {
        float[] x = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            int i = v % g.ni();
            int j = v / g.ni();
            x[v] = (7 * i + 13 * j + 3 * i * j) % 29;
        }
        return x;
    }

    /** One number of many: {@code Σ a[k] (k² mod 17 − 8)}. */
    static double print(float[] a) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * ((long) k * k % 17 - 8);
        }
        return sum;
    }

    /** Noise from −1000 to 1000. */
    static float[] noise(int n) {
        Rng rng = new Rng(n);
        float[] x = new float[n];
        for (int v = 0; v < n; v++) {
            x[v] = (float) (2000 * rng.nextDouble() - 1000);
        }
        return x;
    }

    static float[] flipped(Geometry g, float[] values, int axis) {
        float[] out = new float[values.length];
        for (int v = 0; v < out.length; v++) {
            int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / g.ni() / g.nj()};
            at[axis] = g.size(axis) - 1 - at[axis];
            out[g.index(at[0], at[1], at[2])] = values[v];
        }
        return out;
    }

    static void add(float[] part, float[] sum) {
        for (int v = 0; v < sum.length; v++) {
            sum[v] += part[v];
        }
    }

    /** Returns all details of a level, row after row told on its own. */
    static float[] details(LaplacianPyramid p, int level) {
        Geometry g = p.grids().get(level);
        float[] all = new float[g.voxels()];
        float[] row = new float[g.ni()];
        for (int from = 0; from < all.length; from += row.length) {
            p.detail(level, from, row.length, row);
            System.arraycopy(row, 0, all, from, row.length);
        }
        return all;
    }

    static double furthest(float[] a, float[] b) {
        double most = 0;
        for (int v = 0; v < a.length; v++) {
            double d = Math.abs((double) a[v] - b[v]);
            most = d <= most ? most : d; // NaN counts
        }
        return most;
    }
}
