package org.diapason.poisson;

import java.util.Arrays;

/**
 * Rows of {@code b − L e} in double. The neighbours of a row are copied first, so that loops run on
 * vectors (see {@link RowMath}); one object serves one thread.
 */
final class PoissonRow {
    private final PoissonGrid g;
    private final double[] here;
    private final double[][] there = new double[6][];
    private final double[] out;
    private final double[] sizes;

    PoissonRow(PoissonGrid grid) {
        g = grid;
        here = new double[g.ni()];
        for (int side = 0; side < 6; side++) {
            there[side] = new double[g.ni()];
        }
        out = new double[g.ni()];
        sizes = new double[g.ni()];
    }

    /**
     * Returns {@code b − Σ w (e_p − e_q) − λ e_p} at the points {@code lo … hi} of a row, whether
     * they are in the mask or not; overwritten by the next call.
     *
     * @param b {@code null} for 0
     */
    double[] residual(int row, int lo, int hi, double[] e, double[] b) {
        gather(row, lo, hi, e);
        if (b == null) {
            Arrays.fill(out, lo, hi, 0);
        } else {
            System.arraycopy(b, row * g.ni() + lo, out, lo, hi - lo);
        }
        if (g.screen() > 0) {
            subtract(g.screen(), here, out, lo, hi);
        }
        subtract(g.wi(), g.wj(), here, there, out, lo, hi);
        if (g.nk() > 1) {
            subtract(g.wk(), here, there[4], there[5], out, lo, hi);
        }
        return out;
    }

    /**
     * Returns {@code Σ w |e_p − e_q| + λ |e_p|} of the points whose residual was returned last;
     * overwritten by the next call.
     */
    double[] magnitudes(int lo, int hi) {
        add(g.screen(), g.wi(), g.wj(), here, there, sizes, lo, hi);
        if (g.nk() > 1) {
            add(g.wk(), here, there[4], there[5], sizes, lo, hi);
        }
        return sizes;
    }

    /** Copies the points and their neighbours; where the grid ends, the points for those. */
    private void gather(int row, int lo, int hi, double[] e) {
        int ni = g.ni();
        int at = row * ni;
        int j = row % g.nj();
        int k = row / g.nj();
        System.arraycopy(e, at + lo, here, lo, hi - lo);
        int west = Math.max(lo, 1);
        System.arraycopy(e, at + west - 1, there[0], west, Math.max(0, hi - west));
        there[0][lo] = lo == 0 ? here[0] : there[0][lo];
        int east = Math.min(hi, ni - 1);
        System.arraycopy(e, at + lo + 1, there[1], lo, Math.max(0, east - lo));
        there[1][hi - 1] = hi == ni ? here[hi - 1] : there[1][hi - 1];
        across(e, at + lo, j > 0 ? -ni : 0, there[2], lo, hi);
        across(e, at + lo, j < g.nj() - 1 ? ni : 0, there[3], lo, hi);
        if (g.nk() > 1) {
            int plane = ni * g.nj();
            across(e, at + lo, k > 0 ? -plane : 0, there[4], lo, hi);
            across(e, at + lo, k < g.nk() - 1 ? plane : 0, there[5], lo, hi);
        }
    }

    private static void across(double[] e, int at, int step, double[] out, int lo, int hi) {
        System.arraycopy(e, at + step, out, lo, hi - lo);
    }

    private static void subtract(double w, double[] a, double[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] - w * a[i];
        }
    }

    private static void subtract(
            double w, double[] a, double[] b, double[] c, double[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            double p = a[i];
            out[i] = out[i] - w * (p - b[i]) - w * (p - c[i]);
        }
    }

    private static void subtract(
            double wi, double wj, double[] a, double[][] to, double[] out, int lo, int hi) {
        double[] west = to[0];
        double[] east = to[1];
        double[] up = to[2];
        double[] down = to[3];
        for (int i = lo; i < hi; i++) {
            double p = a[i];
            out[i] =
                    out[i]
                            - wi * (p - west[i])
                            - wi * (p - east[i])
                            - wj * (p - up[i])
                            - wj * (p - down[i]);
        }
    }

    private static void add(
            double w, double[] a, double[] b, double[] c, double[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            double p = a[i];
            out[i] = out[i] + w * Math.abs(p - b[i]) + w * Math.abs(p - c[i]);
        }
    }

    private static void add(
            double screen,
            double wi,
            double wj,
            double[] a,
            double[][] to,
            double[] out,
            int lo,
            int hi) {
        double[] west = to[0];
        double[] east = to[1];
        double[] up = to[2];
        double[] down = to[3];
        for (int i = lo; i < hi; i++) {
            double p = a[i];
            out[i] =
                    screen * Math.abs(p)
                            + wi * (Math.abs(p - west[i]) + Math.abs(p - east[i]))
                            + wj * Math.abs(p - up[i])
                            + wj * Math.abs(p - down[i]);
        }
    }
}
