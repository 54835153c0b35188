package org.diapason.poisson;

/** Rows of {@code P e} on the finest grid, at the points of one colour. */
final class MultigridInterpolation {
    private final MultigridSlabs g;
    private final PaddedGrid coarse;
    private final float[] e;
    private final boolean halvedAlong;
    private final boolean halvedRows;
    private final boolean halvedSlabs;
    private final float[] t;
    private final float[] out;

    MultigridInterpolation(MultigridSlabs g, PaddedGrid coarse, float[] e) {
        this.g = g;
        this.coarse = coarse;
        this.e = e;
        halvedAlong = coarse.ni < g.grid.ni;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        halvedSlabs = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        t = new float[coarse.ni + 1];
        out = new float[g.grid.ni + 2];
    }

    /** Returns row y of slab s at points with i + y + s even; other points hold anything. */
    float[] row(int s, int y) {
        int slab = halvedSlabs ? s >> 1 : s;
        int line = halvedRows ? y >> 1 : y;
        int p = g.volume ? coarse.at(0, line, slab) : coarse.at(0, slab, 0);
        int nextSlab = halvedSlabs ? (s & 1) * (g.volume ? coarse.plane : coarse.row) : 0;
        int nextLine = halvedRows ? (y & 1) * coarse.row : 0;
        mean(e, p, p + nextSlab, p + nextLine, p + nextSlab + nextLine, t, coarse.ni);
        if (!halvedAlong) {
            return t;
        }
        if ((s + y & 1) == 0) {
            for (int i = 0; i < coarse.ni; i++) {
                out[2 * i] = t[i];
            }
        } else {
            for (int i = 0; i < coarse.ni; i++) {
                out[2 * i + 1] = 0.5f * (t[i] + t[i + 1]);
            }
        }
        return out;
    }

    /** Writes the mean of four rows of e, some of which may be the same. */
    static void mean(float[] e, int a, int b, int c, int d, float[] t, int n) {
        for (int i = 0; i < n; i++) {
            t[i] = 0.25f * ((e[a + i] + e[b + i]) + (e[c + i] + e[d + i]));
        }
    }
}
