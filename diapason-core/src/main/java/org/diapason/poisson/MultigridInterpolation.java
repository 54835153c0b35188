package org.diapason.poisson;

/** Rows of {@code P e} on the finest grid. */
final class MultigridInterpolation {
    private final MultigridSlabs g;
    private final RowGrid coarse;
    private final float[][] e;
    private final boolean halvedRows;
    private final boolean halvedSlabs;
    private final float[] t;
    private final float[] out;

    MultigridInterpolation(MultigridSlabs g, RowGrid coarse, float[][] e) {
        this.g = g;
        this.coarse = coarse;
        this.e = e;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        halvedSlabs = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        t = new float[coarse.width];
        out = new float[g.grid.width];
    }

    /** Returns row y of slab s. */
    float[] row(int s, int y) {
        int s0 = halvedSlabs ? s >> 1 : s;
        int s1 = halvedSlabs ? s + 1 >> 1 : s;
        int y0 = halvedRows ? y >> 1 : y;
        int y1 = halvedRows ? y + 1 >> 1 : y;
        int n = coarse.ni + 1;
        if (g.volume) {
            float[] a = e[coarse.row(y0, s0)];
            float[] b = e[coarse.row(y1, s0)];
            RowMath.mean(a, b, e[coarse.row(y0, s1)], e[coarse.row(y1, s1)], t, 1, n);
        } else {
            RowMath.mean(e[s0], e[s0], e[s1], e[s1], t, 1, n);
        }
        if (coarse.ni == g.grid.ni) {
            return t;
        }
        RowMath.spread(t, out, 1, g.grid.ni + 1);
        return out;
    }
}
