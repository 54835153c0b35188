package org.diapason.poisson;

import java.util.Arrays;

/**
 * A coarse level of a multigrid cycle: Gauss-Seidel by colours, and the way to the next level. A
 * point without an equation has inverse 0 and stays 0.
 */
final class MultigridLevel {
    private static final int ALL = -1;

    final RowGrid g;
    private final float[][][] a;
    private final float[][] inverse;
    private final int[] from;
    private final int[] to;

    /** 1 at points of even and of odd index. */
    private final float[][] colour;

    MultigridLevel(Stencil.Stored stencil) {
        g = stencil.grid();
        a = stencil.coefficients();
        inverse = g.vector();
        from = new int[g.rows];
        to = new int[g.rows];
        colour = new float[2][g.width];
        for (int i = 0; i < g.width; i++) {
            colour[i & 1][i] = 1;
        }
        g.forRows(
                g.rows,
                (first, end) -> {
                    for (int l = first; l < end; l++) {
                        invert(l);
                    }
                });
    }

    private void invert(int l) {
        float[] diagonal = a[Stencil.MIDDLE][l];
        from[l] = 1;
        for (int i = 1; i <= g.ni; i++) {
            if (diagonal[i] > 0) {
                inverse[l][i] = 1 / diagonal[i];
                from[l] = to[l] == 0 ? i : from[l];
                to[l] = i + 1;
            }
        }
        to[l] = Math.max(from[l], to[l]);
    }

    private int classes() {
        return (g.nj > 1 ? 2 : 1) * (g.nk > 1 ? 2 : 1);
    }

    /** Replaces z by one step of Gauss-Seidel from zero. */
    void smoothFromZero(float[][][] r, float[][][] z) {
        for (int c = 0; c < classes(); c++) {
            smooth(r, z, c, true);
        }
    }

    /** Changes z by one step in the opposite order; both together are symmetric. */
    void smoothBack(float[][][] r, float[][][] z) {
        for (int c = classes() - 1; c >= 0; c--) {
            smooth(r, z, c, false);
        }
    }

    /**
     * Smooths the rows whose j and k have one pair of parities, first the points of one colour,
     * then the others: of points of one class and colour none is another's neighbour.
     */
    private void smooth(float[][][] r, float[][][] z, int which, boolean fromZero) {
        int j0 = g.nj > 1 ? which & 1 : 0;
        int k0 = g.nj > 1 ? which >> 1 : which;
        int nj = g.nj > 1 ? (g.nj - j0 + 1) / 2 : 1;
        int nk = g.nk > 1 ? (g.nk - k0 + 1) / 2 : 1;
        g.forRows(
                nj * nk,
                (first, end) -> {
                    Room room = new Room();
                    for (int n = first; n < end; n++) {
                        int j = j0 + 2 * (n % nj);
                        int k = k0 + 2 * (n / nj);
                        for (int c = 0; c < r.length; c++) {
                            room.rest(r[c], z[c], j, k, fromZero ? which : ALL);
                            int l = g.row(j, k);
                            if (fromZero) {
                                int lo = from[l];
                                RowMath.product(colour[0], inverse[l], room.t, z[c][l], lo, to[l]);
                                room.relax(z[c][l], l, 1);
                            } else {
                                room.relax(z[c][l], l, 1);
                                room.relax(z[c][l], l, 0);
                            }
                        }
                    }
                });
    }

    /** Rows to compute in. */
    private final class Room {
        final float[] t = new float[g.width + 2];
        private final float[] u = new float[g.width];
        private final float[] west = new float[g.width];
        private final float[] east = new float[g.width];

        /**
         * Writes r − A z of a row into t, but for what the row itself adds, and what rows of its
         * class or later ones do where {@code before} is its class and not ALL: these are still 0.
         */
        void rest(float[][] r, float[][] z, int j, int k, int before) {
            int l = g.row(j, k);
            int lo = from[l];
            int hi = to[l];
            System.arraycopy(r[l], lo, t, lo, hi - lo);
            int nj = g.nj > 1 ? 1 : 0;
            int nk = g.nk > 1 ? 1 : 0;
            for (int dk = -nk; dk <= nk; dk++) {
                for (int dj = -nj; dj <= nj; dj++) {
                    int across = Math.abs(dj) + (nj + 1) * Math.abs(dk);
                    int q = g.row(j + dj, k + dk);
                    if (across == 0 || q == g.rows || before != ALL && (before ^ across) > before) {
                        continue;
                    }
                    int c = Stencil.code(0, dj, dk);
                    RowMath.west(z[q], west, lo, hi);
                    RowMath.east(z[q], east, lo, hi);
                    RowMath.subtract(
                            a[c - 1][l], west, a[c][l], z[q], a[c + 1][l], east, t, lo, hi);
                }
            }
        }

        /** Solves for the points of one colour of a row, t being what its own row leaves out. */
        void relax(float[] z, int l, int which) {
            int lo = from[l];
            int hi = to[l];
            beside(z, l);
            System.arraycopy(t, lo, u, lo, hi - lo);
            RowMath.subtract(a[12][l], west, a[14][l], east, u, lo, hi);
            RowMath.replace(colour[1 - which], colour[which], inverse[l], u, z, lo, hi);
        }

        private void beside(float[] z, int l) {
            RowMath.west(z, west, from[l], to[l]);
            RowMath.east(z, east, from[l], to[l]);
        }

        void residual(float[][] r, float[][] z, int l, float[] out) {
            rest(r, z, l % g.nj, l / g.nj, ALL);
            int lo = from[l];
            int hi = to[l];
            beside(z[l], l);
            RowMath.subtract(a[12][l], west, a[13][l], z[l], a[14][l], east, t, lo, hi);
            System.arraycopy(t, lo, out, lo, hi - lo);
        }
    }

    /** Writes r − A z into out. */
    void residual(float[][][] r, float[][][] z, float[][][] out) {
        g.forRows(
                g.rows,
                (first, end) -> {
                    Room room = new Room();
                    for (int l = first; l < end; l++) {
                        for (int c = 0; c < r.length; c++) {
                            room.residual(r[c], z[c], l, out[c][l]);
                        }
                    }
                });
    }

    /** Writes {@code Pᵀ r} into the residuals of the coarse level. */
    void restrict(float[][][] r, RowGrid coarse, float[][][] out) {
        int sj = coarse.nj < g.nj ? 2 : 1;
        int sk = coarse.nk < g.nk ? 2 : 1;
        coarse.forRows(
                coarse.rows,
                (first, end) -> {
                    float[] t = new float[g.width + 2];
                    for (int l = first; l < end; l++) {
                        int j = sj * (l % coarse.nj);
                        int k = sk * (l / coarse.nj);
                        for (int c = 0; c < r.length; c++) {
                            Arrays.fill(t, 0);
                            for (int dk = 1 - sk; dk < sk; dk++) {
                                for (int dj = 1 - sj; dj < sj; dj++) {
                                    float w = (dj == 0 ? 1 : 0.5f) * (dk == 0 ? 1 : 0.5f);
                                    RowMath.add(w, r[c][g.row(j + dj, k + dk)], t, 1, g.ni + 1);
                                }
                            }
                            if (coarse.ni < g.ni) {
                                RowMath.halve(t, out[c][l], 1, coarse.ni + 1);
                            } else {
                                System.arraycopy(t, 1, out[c][l], 1, g.ni);
                            }
                        }
                    }
                });
    }

    /** Adds {@code P e} to z; what it adds where there is no equation is removed by smoothing. */
    void prolong(float[][][] e, RowGrid coarse, float[][][] z) {
        boolean cj = coarse.nj < g.nj;
        boolean ck = coarse.nk < g.nk;
        g.forRows(
                g.rows,
                (first, end) -> {
                    float[] t = new float[coarse.width];
                    float[] fine = new float[g.width];
                    for (int l = first; l < end; l++) {
                        int j = l % g.nj;
                        int k = l / g.nj;
                        int j0 = cj ? j / 2 : j;
                        int k0 = ck ? k / 2 : k;
                        int j1 = cj ? (j + 1) / 2 : j;
                        int k1 = ck ? (k + 1) / 2 : k;
                        for (int c = 0; c < e.length; c++) {
                            float[] a0 = e[c][coarse.row(j0, k0)];
                            float[] b0 = e[c][coarse.row(j1, k0)];
                            float[] a1 = e[c][coarse.row(j0, k1)];
                            float[] b1 = e[c][coarse.row(j1, k1)];
                            RowMath.mean(a0, b0, a1, b1, t, 1, coarse.ni + 1);
                            float[] add = t;
                            if (coarse.ni < g.ni) {
                                RowMath.spread(t, fine, from[l], to[l]);
                                add = fine;
                            }
                            RowMath.add(1, add, z[c][l], from[l], to[l]);
                        }
                    }
                });
    }
}
