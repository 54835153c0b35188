package org.diapason.poisson;

import java.util.Arrays;

/**
 * The finest level of a multigrid cycle: one red-black Gauss-Seidel step from zero before the
 * coarse grid, one black-red step after it.
 *
 * <p>Smoothing from zero needs r only, so the second half need not know what the first made: red
 * points are {@code D⁻¹ r}, black ones see these, and after the coarse grid only the red points and
 * what it adds to them matter. Each block of slabs computes two more on either side anew; r is read
 * once a half and the result written once. Points outside the mask are computed like all others and
 * multiplied by 0, as are those of the other colour, so that loops have no branches.
 */
final class MultigridFinest {
    private final MultigridSlabs g;

    /** 1 at even and at odd i. */
    private final float[][] colour;

    MultigridFinest(MultigridSlabs slabs) {
        g = slabs;
        colour = new float[2][g.grid.ni];
        for (int i = 0; i < g.grid.ni; i++) {
            colour[i & 1][i] = 1;
        }
    }

    /** Smooths from zero and writes what is left of r, restricted to the coarse level. */
    void descend(float[][] r, PaddedGrid coarse, float[][] out) {
        boolean halved = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        PaddedGrid.inRanges(
                g.volume ? coarse.nk : coarse.nj,
                halved ? g.side / 2 : g.side,
                (a, b) -> {
                    Block block = new Block();
                    MultigridRestriction down = new MultigridRestriction(g, coarse, halved);
                    int first = halved ? 2 * a - 1 : a;
                    int end = halved ? 2 * b : b;
                    for (int c = 0; c < r.length; c++) {
                        for (int s = first - 2; s < end + 2; s++) {
                            block.smooth(r[c], null, s, first);
                            if (s >= first + 2) {
                                block.left(s - 2, down.fine);
                                down.add(s - 2, out[c], a);
                            }
                        }
                    }
                });
    }

    /**
     * Adds what the coarse level found, smooths and writes the result into z, nothing outside the
     * mask; returns r·z of every channel.
     */
    double[] ascend(float[][] r, float[][] e, PaddedGrid coarse, float[][] z) {
        double[][] dots = new double[r.length][g.blocks()];
        PaddedGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    Block block = new Block();
                    for (int c = 0; c < r.length; c++) {
                        MultigridInterpolation up = new MultigridInterpolation(g, coarse, e[c]);
                        RowSum dot = new RowSum(g.grid.ni);
                        for (int s = a - 2; s < b + 2; s++) {
                            block.smooth(r[c], up, s, a);
                            if (s >= a + 2) {
                                block.finish(r[c], s - 2, z[c], dot);
                            }
                        }
                        dots[c][a / g.side] = dot.total();
                    }
                });
        return Arrays.stream(dots).mapToDouble(d -> Arrays.stream(d).sum()).toArray();
    }

    /** The last three slabs of red points and of black points. */
    private final class Block {
        private final float[][] red = new float[3][g.stride];
        private final float[][] black = new float[3][g.stride];
        private final float[] t = new float[g.grid.ni];
        private final float[] none = new float[g.grid.ni];

        /** Computes the red points of a slab, and the black ones of the slab before. */
        void smooth(float[] r, MultigridInterpolation up, int s, int first) {
            for (int y = 0; y < g.rows; y++) {
                int l = begin(red[slot(s)], s, y);
                int lo = g.from(s, y);
                int n = g.to(s, y) - lo;
                if (n > 0) {
                    float[] add = up == null ? none : up.row(s, y);
                    float[] inv = g.inverse(s, y);
                    float[] c = colour[s + y & 1];
                    redRow(red[slot(s)], l + lo, g.mask, r, g.at(s, y) + lo, c, inv, add, lo, n);
                }
            }
            if (s < first) {
                return;
            }
            int b = s - 1;
            for (int y = 0; y < g.rows; y++) {
                int l = begin(black[slot(b)], b, y);
                int lo = g.from(b, y);
                int n = g.to(b, y) - lo;
                if (n > 0) {
                    neighbours(red, b, l + lo, n);
                    float[] inv = g.inverse(b, y);
                    float[] c = colour[b + y + 1 & 1];
                    int p = g.at(b, y) + lo;
                    blackRow(black[slot(b)], l + lo, g.mask, r, p, c, inv, t, lo, n);
                }
            }
        }

        /** Writes the residual: 0 at black points, at red ones what their black neighbours add. */
        void left(int s, float[] out) {
            for (int y = 0; y < g.rows; y++) {
                int l = begin(out, s, y);
                int lo = g.from(s, y);
                int n = g.to(s, y) - lo;
                if (n > 0) {
                    neighbours(black, s, l + lo, n);
                    leftRow(out, l + lo, g.mask, g.at(s, y) + lo, colour[s + y & 1], t, lo, n);
                }
            }
        }

        /** Writes black points and red ones computed anew. */
        void finish(float[] r, int s, float[] z, RowSum dot) {
            for (int y = 0; y < g.rows; y++) {
                int l = g.lead + y * g.grid.row;
                int lo = g.from(s, y);
                int n = g.to(s, y) - lo;
                if (n > 0) {
                    neighbours(black, s, l + lo, n);
                    float[] inv = g.inverse(s, y);
                    float[] c = colour[s + y & 1];
                    int p = g.at(s, y) + lo;
                    finishRow(z, p, g.mask, r, c, inv, black[slot(s)], l + lo, t, lo, n, dot.sums);
                    dot.added();
                }
            }
        }

        private int slot(int s) {
            return (s + 3) % 3;
        }

        /** Clears a row outside its range; returns where it begins. */
        private int begin(float[] slab, int s, int y) {
            int l = g.lead + y * g.grid.row;
            Arrays.fill(slab, l, l + g.from(s, y), 0);
            Arrays.fill(slab, l + g.to(s, y), l + g.grid.ni, 0);
            return l;
        }

        /** Writes the sum of the weighted neighbours of a row into t. */
        private void neighbours(float[][] slab, int s, int l, int n) {
            float[] at = slab[slot(s)];
            sum(at, l, slab[slot(s - 1)], l, slab[slot(s + 1)], l, g.wi, g.wSlab, t, n);
            if (g.rows > 1) {
                sumRows(at, l - g.grid.row, l + g.grid.row, g.wRow, t, n);
            }
        }
    }

    /** Writes {@code wi (west + east) + ws (before + after)} of n points into t. */
    static void sum(
            float[] at,
            int l,
            float[] before,
            int lb,
            float[] after,
            int la,
            float wi,
            float ws,
            float[] t,
            int n) {
        for (int i = 0; i < n; i++) {
            t[i] = wi * (at[l + i - 1] + at[l + i + 1]) + ws * (before[lb + i] + after[la + i]);
        }
    }

    /** Adds {@code w (before + after)} in the slab itself. */
    static void sumRows(float[] at, int l0, int l1, float w, float[] t, int n) {
        for (int i = 0; i < n; i++) {
            t[i] += w * (at[l0 + i] + at[l1 + i]);
        }
    }

    private static void redRow(
            float[] z,
            int l,
            float[] m,
            float[] r,
            int p,
            float[] colour,
            float[] inv,
            float[] add,
            int lo,
            int n) {
        for (int i = 0; i < n; i++) {
            z[l + i] = m[p + i] * colour[lo + i] * (r[p + i] * inv[lo + i] + add[lo + i]);
        }
    }

    private static void blackRow(
            float[] z,
            int l,
            float[] m,
            float[] r,
            int p,
            float[] colour,
            float[] inv,
            float[] t,
            int lo,
            int n) {
        for (int i = 0; i < n; i++) {
            z[l + i] = m[p + i] * colour[lo + i] * (inv[lo + i] * (r[p + i] + t[i]));
        }
    }

    private static void leftRow(
            float[] z, int l, float[] m, int p, float[] colour, float[] t, int lo, int n) {
        for (int i = 0; i < n; i++) {
            z[l + i] = m[p + i] * colour[lo + i] * t[i];
        }
    }

    private static void finishRow(
            float[] z,
            int p,
            float[] m,
            float[] r,
            float[] colour,
            float[] inv,
            float[] black,
            int l,
            float[] t,
            int lo,
            int n,
            float[] dot) {
        for (int i = 0; i < n; i++) {
            float red = m[p + i] * colour[lo + i] * (inv[lo + i] * (r[p + i] + t[i]));
            float value = black[l + i] + red;
            z[p + i] = value;
            dot[lo + i] += r[p + i] * value;
        }
    }
}
