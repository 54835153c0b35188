package org.diapason.poisson;

import java.util.Arrays;

/**
 * A coarse level of a multigrid cycle: Gauss-Seidel by colours on a {@link Stencil}, and the way to
 * the next level. A point without an equation has inverse 0 and stays 0.
 */
final class MultigridLevel {
    private static final int ALL = -1;

    final PaddedGrid g;
    final Stencil stencil;
    private final float[][] half;
    private final float[] inverse;

    MultigridLevel(Stencil stencil) {
        this.stencil = stencil;
        g = stencil.grid;
        half = stencil.half;
        inverse = stencil.inverse();
    }

    /** Replaces z by one step of Gauss-Seidel from zero. */
    void smoothFromZero(float[][] r, float[][] z) {
        for (float[] one : z) {
            Arrays.fill(one, 0);
        }
        for (int c = 0; c < classes(); c++) {
            smooth(r, z, c, true);
        }
    }

    /** Adds to z one step in the opposite order; both together are symmetric. */
    void smoothBack(float[][] r, float[][] z) {
        for (int c = classes() - 1; c >= 0; c--) {
            smooth(r, z, c, false);
        }
    }

    private int classes() {
        return (g.nj > 1 ? 2 : 1) * (g.nk > 1 ? 2 : 1);
    }

    /**
     * Smooths the rows whose j and k have one pair of parities, first the points of even i, then
     * the others: of points of one colour none is another's neighbour.
     */
    private void smooth(float[][] r, float[][] z, int which, boolean fromZero) {
        int j0 = g.nj > 1 ? which & 1 : 0;
        int k0 = g.nj > 1 ? which >> 1 : which;
        int nj = g.nj > 1 ? (g.nj - j0 + 1) / 2 : 1;
        int nk = g.nk > 1 ? (g.nk - k0 + 1) / 2 : 1;
        PaddedGrid.forRanges(
                nj * nk,
                g.ni,
                (from, to) -> {
                    float[] t = new float[g.ni];
                    for (int l = from; l < to; l++) {
                        int p = g.at(0, j0 + 2 * (l % nj), k0 + 2 * (l / nj));
                        for (int c = 0; c < r.length; c++) {
                            rest(r[c], z[c], p, t, fromZero ? which : ALL);
                            relax(z[c], half[1], inverse, p, t, fromZero ? 0 : 1);
                            relax(z[c], half[1], inverse, p, t, fromZero ? 1 : 0);
                        }
                    }
                });
    }

    /**
     * Writes r − A z of a row into t, but for what the row itself adds, and what rows of its class
     * or later ones do where {@code before} is its class and not ALL: these are still 0.
     */
    private void rest(float[] r, float[] z, int p, float[] t, int before) {
        System.arraycopy(r, p, t, 0, t.length);
        int nj = g.nj > 1 ? 1 : 0;
        int nk = g.nk > 1 ? 1 : 0;
        for (int dk = -nk; dk <= nk; dk++) {
            for (int dj = -nj; dj <= nj; dj++) {
                int across = Math.abs(dj) + (nj + 1) * Math.abs(dk);
                if (before != ALL && (before ^ across) > before) {
                    continue;
                }
                int c = Stencil.code(0, dj, dk);
                int q = p + dj * g.row + dk * g.plane;
                if (c > 0) {
                    subtract(half[c - 1], half[c], half[c + 1], p, p, p, z, q, t);
                } else if (c < 0) {
                    subtract(half[1 - c], half[-c], half[-1 - c], q - 1, q, q + 1, z, q, t);
                }
            }
        }
    }

    private static void subtract(
            float[] a,
            float[] b,
            float[] c,
            int pa,
            int pb,
            int pc,
            float[] z,
            int q,
            float[] t) {
        for (int i = 0; i < t.length; i++) {
            t[i] -= a[pa + i] * z[q + i - 1] + b[pb + i] * z[q + i] + c[pc + i] * z[q + i + 1];
        }
    }

    private static void relax(
            float[] z, float[] east, float[] inverse, int p, float[] t, int first) {
        for (int i = first; i < t.length; i += 2) {
            int q = p + i;
            z[q] = inverse[q] * (t[i] - east[q - 1] * z[q - 1] - east[q] * z[q + 1]);
        }
    }

    /** Writes r − A z into out. */
    void residual(float[][] r, float[][] z, float[][] out) {
        float[] east = half[1];
        PaddedGrid.forRanges(
                g.nj * g.nk,
                g.ni,
                (from, to) -> {
                    float[] t = new float[g.ni];
                    for (int l = from; l < to; l++) {
                        int p = g.at(0, l % g.nj, l / g.nj);
                        for (int c = 0; c < r.length; c++) {
                            rest(r[c], z[c], p, t, ALL);
                            subtract(east, half[0], east, p - 1, p, p, z[c], p, t);
                            System.arraycopy(t, 0, out[c], p, t.length);
                        }
                    }
                });
    }

    /** Writes {@code Pᵀ r} into the residuals of the coarse level. */
    void restrict(float[][] r, PaddedGrid coarse, float[][] out) {
        int sj = coarse.nj < g.nj ? 2 : 1;
        int sk = coarse.nk < g.nk ? 2 : 1;
        PaddedGrid.forRanges(
                coarse.nj * coarse.nk,
                g.ni,
                (from, to) -> {
                    float[] t = new float[g.row];
                    for (int l = from; l < to; l++) {
                        int j = l % coarse.nj;
                        int k = l / coarse.nj;
                        int q = g.at(-1, sj * j, sk * k);
                        for (int c = 0; c < r.length; c++) {
                            Arrays.fill(t, 0);
                            for (int dk = 1 - sk; dk < sk; dk++) {
                                for (int dj = 1 - sj; dj < sj; dj++) {
                                    float w = (dj == 0 ? 1 : 0.5f) * (dk == 0 ? 1 : 0.5f);
                                    int at = q + dj * g.row + dk * g.plane;
                                    Stencil.add(w, r[c], at, t, 0, g.row - 1);
                                }
                            }
                            if (coarse.ni < g.ni) {
                                MultigridRestriction.halve(
                                        t, out[c], coarse.at(0, j, k), coarse.ni);
                            } else {
                                System.arraycopy(t, 1, out[c], coarse.at(0, j, k), g.ni);
                            }
                        }
                    }
                });
    }

    /** Adds {@code P e} to z; what it adds where there is no equation is removed by smoothing. */
    void prolong(float[][] e, PaddedGrid coarse, float[][] z) {
        boolean cj = coarse.nj < g.nj;
        boolean ck = coarse.nk < g.nk;
        PaddedGrid.forRanges(
                g.nj * g.nk,
                g.ni,
                (from, to) -> {
                    float[] t = new float[coarse.ni + 1];
                    for (int l = from; l < to; l++) {
                        int j = l % g.nj;
                        int k = l / g.nj;
                        int q = coarse.at(0, cj ? j / 2 : j, ck ? k / 2 : k);
                        int dj = cj ? (j & 1) * coarse.row : 0;
                        int dk = ck ? (k & 1) * coarse.plane : 0;
                        for (int c = 0; c < e.length; c++) {
                            MultigridInterpolation.mean(
                                    e[c], q, q + dj, q + dk, q + dj + dk, t, coarse.ni);
                            if (coarse.ni < g.ni) {
                                spread(t, z[c], g.at(0, j, k), g.ni);
                            } else {
                                Stencil.add(1, t, 0, z[c], g.at(0, j, k), g.ni);
                            }
                        }
                    }
                });
    }

    private static void spread(float[] t, float[] z, int p, int n) {
        for (int i = 0; i + 1 < n; i += 2) {
            z[p + i] += t[i / 2];
            z[p + i + 1] += 0.5f * (t[i / 2] + t[i / 2 + 1]);
        }
        if ((n & 1) == 1) {
            z[p + n - 1] += t[n / 2];
        }
    }
}
