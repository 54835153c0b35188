package org.diapason.poisson;

/** Rows of {@code P e} on the finest grid. */
final class MultigridInterpolation {
    private final MultigridSlabs g;
    private final RowGrid coarse;
    private final float[][] e;
    private final boolean halvedRows;
    private final boolean halvedSlabs;
    private final float[] t;
    private final float[][] out;

    MultigridInterpolation(MultigridSlabs g, RowGrid coarse, float[][] e) {
        this.g = g;
        this.coarse = coarse;
        this.e = e;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        halvedSlabs = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        t = new float[coarse.width];
        out = new float[2][g.grid.width];
    }

    /** Returns the red points {@code lo … hi} of row y of slab s, the black ones being 0. */
    float[] row(int s, int y, int lo, int hi) {
        int s0 = halvedSlabs ? s >> 1 : s;
        int s1 = halvedSlabs ? s + 1 >> 1 : s;
        int y0 = halvedRows ? y >> 1 : y;
        int y1 = halvedRows ? y + 1 >> 1 : y;
        boolean halved = coarse.ni < g.grid.ni;
        int from = halved ? lo / 2 : lo;
        int to = Math.min(coarse.width, halved ? hi / 2 + 2 : hi);
        if (g.volume) {
            float[] a = e[coarse.row(y0, s0)];
            float[] b = e[coarse.row(y1, s0)];
            RowMath.mean(a, b, e[coarse.row(y0, s1)], e[coarse.row(y1, s1)], t, from, to);
        } else {
            RowMath.mean(e[s0], e[s0], e[s1], e[s1], t, from, to);
        }
        int red = s + y & 1;
        if (halved) {
            RowMath.spread(t, red, out[red], lo, hi);
        } else {
            for (int i = lo + (lo + red & 1); i < hi; i += 2) {
                out[red][i] = t[i];
            }
        }
        return out[red];
    }
}
