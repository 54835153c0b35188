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
 * multiplied by 0, so that loops have no branches.
 */
final class MultigridFinest {
    private final MultigridSlabs g;

    MultigridFinest(MultigridSlabs slabs) {
        g = slabs;
    }

    /** Smooths from zero and writes what is left of r, restricted to the coarse level. */
    void descend(float[][][] r, RowGrid coarse, float[][][] out) {
        boolean halved = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        RowGrid.inRanges(
                g.volume ? coarse.nk : coarse.nj,
                halved ? g.side / 2 : g.side,
                (a, b) -> {
                    Block block = new Block();
                    MultigridGathering down = new MultigridGathering(g, coarse, halved);
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
    double[] ascend(float[][][] r, float[][][] e, RowGrid coarse, float[][][] z) {
        double[][] dots = new double[r.length][g.blocks()];
        RowGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    Block block = new Block();
                    for (int c = 0; c < r.length; c++) {
                        MultigridInterpolation up =
                                new MultigridInterpolation(g.grid, coarse, e[c]);
                        RowSum dot = new RowSum(g.grid.width);
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
        private final float[][][] red = new float[3][g.rows + 1][g.grid.width];
        private final float[][][] black = new float[3][g.rows + 1][g.grid.width];
        private final float[] t = new float[g.grid.width];
        private final float[] shifted = new float[g.grid.width];
        private int lo;
        private int hi;

        /** Computes the red points of a slab, and the black ones of the slab before. */
        void smooth(float[][] r, MultigridInterpolation up, int s, int from) {
            for (int y = 0; y < g.rows; y++) {
                int h = g.red(s, y);
                float[] out = red[slot(s)][y];
                if (begin(out, h)) {
                    if (up == null) {
                        RowMath.product(r[h], g.inverse(h), g.mask[h], out, lo, hi);
                    } else {
                        float[] add = interpolated(up, s, y, h & 1);
                        RowMath.fresh(g.mask[h], r[h], g.inverse(h), add, out, lo, hi);
                    }
                }
            }
            for (int y = 0; y < g.rows && s >= from; y++) {
                int h = g.red(s - 1, y) ^ 1;
                float[] out = black[slot(s - 1)][y];
                if (begin(out, h)) {
                    neighbours(red, s - 1, y, h);
                    RowMath.relaxed(g.mask[h], g.inverse(h), r[h], t, out, lo, hi);
                }
            }
        }

        private float[] interpolated(MultigridInterpolation up, int s, int y, int parity) {
            return g.volume ? up.half(y, s, parity, lo, hi) : up.half(s, 0, parity, lo, hi);
        }

        /**
         * Writes the residual of red points: what their black neighbours add. That of black ones is
         * 0.
         */
        void left(int s, float[][] out) {
            for (int y = 0; y < g.rows; y++) {
                int h = g.red(s, y);
                if (begin(out[y], h)) {
                    neighbours(black, s, y, h);
                    RowMath.product(g.mask[h], t, out[y], lo, hi);
                }
            }
        }

        /** Writes black points and red ones computed anew. */
        void finish(float[][] r, int s, float[][] z, RowSum dot) {
            for (int y = 0; y < g.rows; y++) {
                int h = g.red(s, y);
                range(h);
                neighbours(black, s, y, h);
                RowMath.relaxed(g.mask[h], g.inverse(h), r[h], t, z[h], lo, hi);
                RowMath.addProduct(r[h], z[h], dot.sums, lo, hi);
                range(h ^ 1);
                RowMath.copy(black[slot(s)][y], z[h ^ 1], lo, hi);
                RowMath.addProduct(r[h ^ 1], z[h ^ 1], dot.sums, lo, hi);
                dot.added();
            }
        }

        private int slot(int s) {
            return (s + 3) % 3;
        }

        private void range(int h) {
            lo = g.from(h);
            hi = g.to(h);
        }

        /** Clears a half outside its range; returns whether it has one. */
        private boolean begin(float[] out, int h) {
            range(h);
            boolean any = lo < hi;
            Arrays.fill(out, 0, any ? lo : out.length, 0);
            Arrays.fill(out, any ? hi : out.length, out.length, 0);
            return any;
        }

        /** Writes the sum of the weighted neighbours of a half, of the other colour, into t. */
        private void neighbours(float[][][] slab, int s, int y, int h) {
            float[][] at = slab[slot(s)];
            float[] beside = RowMath.beside(h, at[y], shifted, lo, hi);
            float[] before = slab[slot(s - 1)][y];
            float[] after = slab[slot(s + 1)][y];
            RowMath.cross(g.wi, at[y], beside, g.wSlab, before, after, t, lo, hi);
            if (g.rows > 1) {
                float[] above = at[y > 0 ? y - 1 : g.rows];
                RowMath.pair(g.wRow, above, at[y + 1], t, lo, hi);
            }
        }
    }
}
