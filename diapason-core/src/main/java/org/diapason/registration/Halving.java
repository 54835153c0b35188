package org.diapason.registration;

import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Takes every second voxel of a blurred image, without blurring the ones that are left out.
 *
 * <p>Gaussian of 0.85 voxel along the axes that are halved: what folds back is below 3 %. Edges
 * repeat the border voxel. NaN and infinite mean no measurement: the mean of what was measured is
 * taken ({@link Gauss}), and what has none at its place stays NaN.
 */
final class Halving {
    private static final float[] WEIGHTS = weights();

    private Halving() {}

    private static float[] weights() {
        double[] all = Gauss.kernel(0.85);
        float[] near = new float[5];
        double sum = 0;
        for (int t = 1; t < near.length; t++) {
            near[t] = (float) all[t];
            sum += 2.0 * near[t];
        }
        near[0] = (float) (1 - sum);
        return near;
    }

    /** Returns the values on the coarse grid, which has about half as many along some axes. */
    static float[] of(Geometry g, float[] values, Geometry coarse) {
        boolean gaps = false;
        for (int v = 0; v < values.length && !gaps; v++) {
            gaps = values[v] - values[v] != 0;
        }
        if (!gaps) {
            return blurred(g, values, coarse);
        }
        float[] filled = new float[values.length];
        float[] measured = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            boolean known = values[v] - values[v] == 0;
            filled[v] = known ? values[v] : 0;
            measured[v] = known ? 1 : 0;
        }
        float[] out = blurred(g, filled, coarse);
        float[] share = blurred(g, measured, coarse);
        for (int v = 0; v < out.length; v++) {
            int row = v / coarse.ni();
            int i = (v - row * coarse.ni()) * (coarse.ni() == g.ni() ? 1 : 2);
            int j = row % coarse.nj() * (coarse.nj() == g.nj() ? 1 : 2);
            int k = row / coarse.nj() * (coarse.nk() == g.nk() ? 1 : 2);
            out[v] = measured[g.index(i, j, k)] == 0 ? Float.NaN : out[v] / share[v];
        }
        return out;
    }

    private static float[] blurred(Geometry g, float[] values, Geometry coarse) {
        float[] k = along(values, g.ni() * g.nj(), g.nk(), 1, coarse.nk());
        float[] j = along(k, g.ni(), g.nj(), coarse.nk(), coarse.nj());
        return g.ni() == coarse.ni() ? j : rows(j, g.ni(), coarse.ni());
    }

    /** Halves an axis of {@code n} runs of {@code run} neighbours, {@code times} over. */
    private static float[] along(float[] in, int run, int n, int times, int to) {
        if (n == to) {
            return in;
        }
        float[] out = new float[run * to * times];
        Parallel.forEach(
                times * to,
                b -> {
                    int first = b / to * n;
                    int centre = b % to * 2;
                    weigh(in, (first + centre) * run, -1, WEIGHTS[0], out, b * run, run);
                    for (int t = 1; t < WEIGHTS.length; t++) {
                        int low = (first + Math.max(0, centre - t)) * run;
                        int high = (first + Math.min(n - 1, centre + t)) * run;
                        weigh(in, low, high, WEIGHTS[t], out, b * run, run);
                    }
                });
        return out;
    }

    private static void weigh(float[] in, int low, int high, float w, float[] out, int at, int n) {
        if (high < 0) {
            for (int i = 0; i < n; i++) {
                out[at + i] = w * in[low + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[at + i] += w * (in[low + i] + in[high + i]);
            }
        }
    }

    private static float[] rows(float[] in, int n, int to) {
        float[] out = new float[in.length / n * to];
        int rows = in.length / n;
        int many = 256;
        Parallel.forEach(
                (rows + many - 1) / many,
                b -> {
                    int end = Math.min(rows, (b + 1) * many);
                    for (int row = b * many; row < end; row++) {
                        for (int x = 0; x < to; x++) {
                            float sum = WEIGHTS[0] * in[row * n + 2 * x];
                            for (int t = 1; t < WEIGHTS.length; t++) {
                                int low = Math.max(0, 2 * x - t);
                                int high = Math.min(n - 1, 2 * x + t);
                                sum += WEIGHTS[t] * (in[row * n + low] + in[row * n + high]);
                            }
                            out[row * to + x] = sum;
                        }
                    }
                });
        return out;
    }
}
