package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Weighted means, mean squares and mean products of two images in a window that slides over them,
 * for windows that lie inside wholly.
 *
 * <p>With {@link #packed} four fields are filtered instead of five: p = x + y, q = x − y and their
 * squares, from which
 *
 * <pre>
 * 2 μx μy = (μp² − μq²)/2      μx² + μy² = (μp² + μq²)/2
 * 2 σxy   = (σp² − σq²)/2      σx² + σy² = (σp² + σq²)/2
 * </pre>
 *
 * <p>which is all that SSIM and the universal quality index ask for. Sums run in double in a fixed
 * order: a variance is a small difference of large numbers, and in float it would be lost. NaN
 * makes every window NaN that holds it. Beside the images it keeps rows for the planes that the
 * window spans, a strip at a time.
 */
public final class LocalMoments {
    /** Rows of windows worked on at a time, so that the planes of a strip stay in the cache. */
    private static final int STRIP = 16;

    private final int ni;
    private final int nj;
    private final float[] x;
    private final float[] y;
    private final double offset;
    private final double[] wi;
    private final double[] wj;
    private final double[] wk;
    private final boolean packed;
    private final int fields;
    private final int run;

    /** Takes the windows of one row, in order of their first voxel. */
    public interface Row {
        /**
         * @param j first voxel of the windows along j
         * @param k the same along k
         * @param means by field: packed μp, μq, mean p², mean q²; else μx, μy, mean x², y² and xy;
         *     all of values less the offset. May be written to, but not kept
         * @param n windows; the first begins at i = 0
         */
        void take(int j, int k, double[][] means, int n);
    }

    /**
     * @param x the first image, i fastest; not modified
     * @param y the second
     * @param offset taken off every value before anything is squared; any number near the values
     * @param weights of the window along i, j, k, each of sum 1; a single 1 where it has no width
     * @param packed whether sum and difference are filtered instead of both images and the product
     */
    public LocalMoments(
            Geometry g, float[] x, float[] y, double offset, double[][] weights, boolean packed) {
        ni = g.ni();
        nj = g.nj();
        this.x = x;
        this.y = y;
        this.offset = offset;
        wi = weights[0];
        wj = weights[1];
        wk = weights[2];
        this.packed = packed;
        fields = packed ? 4 : 5;
        run = ni - wi.length + 1;
    }

    /** Hands over the rows of windows that begin at j0 … j1 − 1 and k0 … k1 − 1. */
    public void rows(int j0, int j1, int k0, int k1, Row to) {
        for (int j = j0; j < j1 && run > 0; j += STRIP) {
            strip(j, Math.min(j1, j + STRIP), k0, k1, to);
        }
    }

    /** Along j, then k, and along i what these leave. */
    private void strip(int j0, int j1, int k0, int k1, Row to) {
        int rows = j1 - j0;
        double[][][][] planes = new double[wk.length][fields][rows][ni];
        double[][][] ring = new double[wj.length][fields][ni];
        double[][] out = new double[fields][run];
        double[][] from = new double[wk.length][];
        double[][] shifted = new double[wi.length][run];
        double[] row = new double[ni];
        for (int k = k0; k < k1 + wk.length - 1; k++) {
            plane(j0, rows, k, ring, planes[k % wk.length]);
            int first = k - wk.length + 1;
            for (int r = 0; r < rows && first >= k0; r++) {
                for (int f = 0; f < fields; f++) {
                    for (int t = 0; t < wk.length; t++) {
                        from[t] = planes[(first + t) % wk.length][f][r];
                    }
                    sum(from, wk, row, ni);
                    for (int t = 0; t < wi.length; t++) {
                        System.arraycopy(row, t, shifted[t], 0, run);
                    }
                    sum(shifted, wi, out[f], run);
                }
                to.take(j0 + r, first, out, run);
            }
        }
    }

    /** Filters along j what the windows of a strip see of one plane. */
    private void plane(int j0, int rows, int k, double[][][] ring, double[][][] plane) {
        double[][] from = new double[wj.length][];
        for (int j = j0; j < j0 + rows + wj.length - 1; j++) {
            read((k * nj + j) * ni, ring[j % wj.length]);
            int first = j - wj.length + 1;
            for (int f = 0; f < fields && first >= j0; f++) {
                for (int t = 0; t < wj.length; t++) {
                    from[t] = ring[(first + t) % wj.length][f];
                }
                sum(from, wj, plane[f][first - j0], ni);
            }
        }
    }

    private void read(int at, double[][] raw) {
        double[] a = raw[0];
        double[] b = raw[1];
        double[] aa = raw[2];
        double[] bb = raw[3];
        double add = packed ? 2 * offset : offset;
        for (int i = 0; i < ni; i++) {
            double u = x[at + i];
            double v = y[at + i];
            double p = (packed ? u + v : u) - add;
            double q = packed ? u - v : v - add;
            a[i] = p;
            b[i] = q;
            aa[i] = p * p;
            bb[i] = q * q;
        }
        for (int i = 0; i < ni && !packed; i++) {
            raw[4][i] = a[i] * b[i];
        }
    }

    /**
     * Weighs rows, four a pass: more streams are not vectorised by JDK 17, nor rows that do not
     * begin where their arrays begin.
     */
    private static void sum(double[][] in, double[] w, double[] out, int n) {
        int t = first(w.length);
        if (t == 3) {
            start(in, w, out, n);
        } else {
            start(in[0], w[0], out, n);
        }
        for (; t + 3 < w.length; t += 4) {
            add(in, t, w, out, n);
        }
        for (; t < w.length; t++) {
            add(in[t], w[t], out, n);
        }
    }

    /** Returns with how many taps to start, so that whole fours follow. */
    private static int first(int taps) {
        return taps % 4 == 3 ? 3 : 1;
    }

    private static void start(double[] a, double w, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = w * a[i];
        }
    }

    private static void start(double[][] in, double[] w, double[] out, int n) {
        double[] a = in[0];
        double[] b = in[1];
        double[] c = in[2];
        double wa = w[0];
        double wb = w[1];
        double wc = w[2];
        for (int i = 0; i < n; i++) {
            out[i] = wa * a[i] + wb * b[i] + wc * c[i];
        }
    }

    private static void add(double[] a, double w, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w * a[i];
        }
    }

    private static void add(double[][] in, int t, double[] w, double[] out, int n) {
        double[] a = in[t];
        double[] b = in[t + 1];
        double[] c = in[t + 2];
        double[] d = in[t + 3];
        double wa = w[t];
        double wb = w[t + 1];
        double wc = w[t + 2];
        double wd = w[t + 3];
        for (int i = 0; i < n; i++) {
            out[i] += wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
        }
    }
}
