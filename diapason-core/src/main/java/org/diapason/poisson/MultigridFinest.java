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

    /** 1 at points of even and of odd index. */
    private final float[][] colour;

    MultigridFinest(MultigridSlabs slabs) {
        g = slabs;
        colour = new float[2][g.grid.width];
        for (int i = 0; i < g.grid.width; i++) {
            colour[i & 1][i] = 1;
        }
    }

    /** Smooths from zero and writes what is left of r, restricted to the coarse level. */
    void descend(float[][][] r, RowGrid coarse, float[][][] out) {
        boolean halved = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        RowGrid.inRanges(
                g.volume ? coarse.nk : coarse.nj,
                halved ? g.side / 2 : g.side,
                (a, b) -> {
                    Block block = new Block();
                    MultigridRestriction down = new MultigridRestriction(g, coarse, halved);
                    int first = halved ? 2 * a - 1 : a;
                    int end = halved ? 2 * b : b;
                    for (int c = 0; c < r.length; c++) {
                        for (int i = 1; i < g.grid.ni + 2; i += g.strip) {
                            for (int s = first - 2; s < end + 2; s++) {
                                block.smooth(r[c], null, s, first, i, 3);
                                if (s >= first + 2) {
                                    block.within(i, 1);
                                    block.left(s - 2, down.fine);
                                    down.add(s - 2, out[c], a, i, i + g.strip);
                                }
                            }
                        }
                    }
                });
    }

    /**
     * Adds what the coarse level found, smooths and writes the result into z, nothing outside the
     * mask; returns r·z of every channel.
     */
    double[] ascend(float[][][] r, float[][][] e, RowGrid coarse, float[][][] z) {
        double[][] dots = new double[r.length][g.blocks()];
        RowGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    Block block = new Block();
                    for (int c = 0; c < r.length; c++) {
                        MultigridInterpolation up = new MultigridInterpolation(g, coarse, e[c]);
                        RowSum dot = new RowSum(g.grid.width);
                        for (int i = 1; i < g.grid.ni + 1; i += g.strip) {
                            for (int s = a - 2; s < b + 2; s++) {
                                block.smooth(r[c], up, s, a, i, 2);
                                if (s >= a + 2) {
                                    block.within(i, 0);
                                    block.finish(r[c], s - 2, z[c], dot);
                                }
                            }
                        }
                        dots[c][a / g.side] = dot.total();
                    }
                });
        return Arrays.stream(dots).mapToDouble(d -> Arrays.stream(d).sum()).toArray();
    }

    /** The last three slabs of red points and of black points, along some part of the rows. */
    private final class Block {
        private final float[][][] red = new float[3][g.rows + 1][g.grid.width];
        private final float[][][] black = new float[3][g.rows + 1][g.grid.width];
        private final float[] t = new float[g.grid.width];
        private final float[] west = new float[g.grid.width];
        private final float[] east = new float[g.grid.width];
        private int first;
        private int end;
        private int lo;
        private int hi;

        /** Works from now on the strip from i and on so many points more on either side. */
        void within(int i, int more) {
            first = Math.max(1, i - more);
            end = Math.min(g.grid.ni + 1, i + g.strip + more);
        }

        /**
         * Computes the red points of a slab, and the black ones of the slab before, in the strip
         * from i and so many points more on either side, for black ones one less.
         */
        void smooth(float[][] r, MultigridInterpolation up, int s, int from, int i, int more) {
            within(i, more);
            for (int y = 0; y < g.rows; y++) {
                int l = g.row(s, y);
                float[] out = red[slot(s)][y];
                if (begin(out, l)) {
                    float[] inverse = g.inverse(l, true);
                    if (up == null) {
                        RowMath.product(r[l], inverse, out, lo, hi);
                    } else {
                        float[] add = up.row(s, y, lo, hi);
                        RowMath.fresh(g.mask[l], r[l], inverse, add, out, lo, hi);
                    }
                }
            }
            within(i, more - 1);
            int b = s - 1;
            for (int y = 0; y < g.rows && s >= from; y++) {
                int l = g.row(b, y);
                float[] out = black[slot(b)][y];
                if (begin(out, l)) {
                    neighbours(red, b, y);
                    RowMath.relaxed(g.mask[l], g.inverse(l, false), r[l], t, out, lo, hi);
                }
            }
        }

        /** Writes the residual: 0 at black points, at red ones what their black neighbours add. */
        void left(int s, float[][] out) {
            for (int y = 0; y < g.rows; y++) {
                int l = g.row(s, y);
                if (begin(out[y], l)) {
                    neighbours(black, s, y);
                    RowMath.product(g.mask[l], colour[g.parity(l)], t, out[y], lo, hi);
                }
            }
        }

        /** Writes black points and red ones computed anew. */
        void finish(float[][] r, int s, float[][] z, RowSum dot) {
            for (int y = 0; y < g.rows; y++) {
                int l = g.row(s, y);
                range(l);
                if (lo < hi) {
                    neighbours(black, s, y);
                    float[] b = black[slot(s)][y];
                    RowMath.relaxed(b, g.mask[l], g.inverse(l, true), r[l], t, z[l], lo, hi);
                    RowMath.addProduct(r[l], z[l], dot.sums, lo, hi);
                    dot.added();
                }
            }
        }

        private int slot(int s) {
            return (s + 3) % 3;
        }

        private void range(int l) {
            lo = Math.max(first, g.from(l));
            hi = Math.min(end, g.to(l));
        }

        /** Clears a row outside its range; returns whether it has one. */
        private boolean begin(float[] out, int l) {
            range(l);
            boolean any = lo < hi;
            Arrays.fill(out, first - 1, any ? lo : end + 1, 0);
            Arrays.fill(out, any ? hi : end + 1, end + 1, 0);
            return any;
        }

        /** Writes the sum of the weighted neighbours of a row into t. */
        private void neighbours(float[][][] slab, int s, int y) {
            float[][] at = slab[slot(s)];
            RowMath.west(at[y], west, lo, hi);
            RowMath.east(at[y], east, lo, hi);
            float[] before = slab[slot(s - 1)][y];
            float[] after = slab[slot(s + 1)][y];
            RowMath.cross(g.wi, west, east, g.wSlab, before, after, t, lo, hi);
            if (g.rows > 1) {
                float[] above = at[y > 0 ? y - 1 : g.rows];
                RowMath.pair(g.wRow, above, at[y + 1], t, lo, hi);
            }
        }
    }
}
