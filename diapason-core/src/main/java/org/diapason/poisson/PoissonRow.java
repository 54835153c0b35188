package org.diapason.poisson;

import java.util.Arrays;

/**
 * Rows of {@code b − L e} in double. The neighbours of a row are copied first, so that loops run on
 * vectors (see {@link RowMath}); one object serves one thread.
 */
final class PoissonRow {
    private final PoissonGrid g;
    private final double[] here;
    private final double[] there;
    private final double[] out;

    PoissonRow(PoissonGrid grid) {
        g = grid;
        here = new double[g.ni()];
        there = new double[g.ni()];
        out = new double[g.ni()];
    }

    /**
     * Returns {@code b − Σ w (e_p − e_q) − λ e_p} at the points {@code lo … hi} of a row, whether
     * they are in the mask or not; overwritten by the next call.
     */
    double[] residual(int row, int lo, int hi, double[] e, double[] b) {
        start(row, lo, hi, e, b);
        scaled(-g.screen(), lo, hi);
        int at = row * g.ni();
        int west = Math.max(lo, 1);
        int east = Math.min(hi, g.ni() - 1);
        System.arraycopy(e, at + west - 1, there, west, Math.max(0, hi - west));
        subtract(g.wi(), west, hi);
        System.arraycopy(e, at + lo + 1, there, lo, Math.max(0, east - lo));
        subtract(g.wi(), lo, east);
        for (int side = 0; side < 4; side++) {
            if (copySide(row, side, lo, hi, e)) {
                subtract(side < 2 ? g.wj() : g.wk(), lo, hi);
            }
        }
        return out;
    }

    /** Returns {@code Σ w |e_p − e_q| + λ |e_p|}, in the same way. */
    double[] magnitudes(int row, int lo, int hi, double[] e) {
        start(row, lo, hi, e, null);
        int at = row * g.ni();
        for (int i = lo; i < hi; i++) {
            double c = here[i];
            double west = i > 0 ? Math.abs(c - e[at + i - 1]) : 0;
            double east = i < g.ni() - 1 ? Math.abs(c - e[at + i + 1]) : 0;
            out[i] = g.screen() * Math.abs(c) + g.wi() * (west + east);
        }
        for (int side = 0; side < 4; side++) {
            if (copySide(row, side, lo, hi, e)) {
                double w = side < 2 ? g.wj() : g.wk();
                for (int i = lo; i < hi; i++) {
                    out[i] += w * Math.abs(here[i] - there[i]);
                }
            }
        }
        return out;
    }

    private void start(int row, int lo, int hi, double[] e, double[] b) {
        int at = row * g.ni();
        System.arraycopy(e, at + lo, here, lo, hi - lo);
        if (b == null) {
            Arrays.fill(out, lo, hi, 0);
        } else {
            System.arraycopy(b, at + lo, out, lo, hi - lo);
        }
    }

    /**
     * Copies the row before (0) or after (1) along j, or along k (2, 3); returns if there is one.
     */
    private boolean copySide(int row, int side, int lo, int hi, double[] e) {
        int j = row % g.nj();
        int k = row / g.nj();
        boolean is =
                switch (side) {
                    case 0 -> j > 0;
                    case 1 -> j < g.nj() - 1;
                    case 2 -> k > 0;
                    default -> k < g.nk() - 1;
                };
        if (is) {
            int step = (side & 1) == 0 ? -1 : 1;
            int other = row + (side < 2 ? step : step * g.nj());
            System.arraycopy(e, other * g.ni() + lo, there, lo, hi - lo);
        }
        return is;
    }

    private void scaled(double w, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] += w * here[i];
        }
    }

    private void subtract(double w, int lo, int hi) {
        subtract(w, here, there, out, lo, hi);
    }

    private static void subtract(double w, double[] a, double[] b, double[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            double d = a[i] - b[i];
            out[i] = out[i] - w * d;
        }
    }
}
