package org.diapason.poisson;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * The finest level of a plain multigrid cycle in one pass: what the coarse grid found, red-black
 * Gauss-Seidel, the residual and its restriction.
 *
 * <p>A wave of half sweeps goes through the slabs, each one slab behind the one before; every block
 * computes as many slabs beside it anew as there are half sweeps. After the last one, which is
 * black, the residual is 0 at black points and at red ones what their neighbours changed by: so
 * half a vector is kept, and the next cycle needs no smoothing before its restriction.
 */
final class MultigridWave {
    /** What the coarse grid finds is a little short, as its own cycle is not exact. */
    private static final float BEYOND = 1.05f;

    /** Points in the slabs of one block: the slabs computed twice are few. */
    private static final int BLOCK = 1 << 18;

    private final MultigridSlabs g;
    private final RowGrid coarse;
    private final boolean halved;
    private final int side;
    private final int blocks;

    MultigridWave(MultigridSlabs slabs, RowGrid coarse) {
        g = slabs;
        this.coarse = coarse;
        halved = g.volume ? coarse.nk < g.grid.nk : coarse.nj < g.grid.nj;
        int fine = Math.max(32, BLOCK / Math.max(1, g.grid.ni * g.rows) & ~1);
        side = halved ? fine / 2 : fine;
        blocks = ((g.volume ? coarse.nk : coarse.nj) + side - 1) / side;
    }

    /**
     * One right-hand side.
     *
     * @param r its residual; red points only, but in a first pass
     * @param add what the coarse level found, {@code null} in a first pass
     * @param e the solution, added to; overwritten by a first pass
     * @param left for the residual, red points only
     * @param down for the residual on the coarse level
     */
    record Vectors(float[][] r, float[][] add, float[][] e, float[][] left, float[][] down) {}

    /** Runs so many sweeps for each right-hand side; returns the squared norms of what is left. */
    double[] run(int sweeps, Vectors... all) {
        double[][] squares = new double[all.length][blocks];
        Parallel.forEach(
                blocks * all.length,
                n -> {
                    int c = n / blocks;
                    int b = n % blocks;
                    squares[c][b] = new Block(all[c], 2 * sweeps).run(b * side);
                });
        return Arrays.stream(squares).mapToDouble(s -> Arrays.stream(s).sum()).toArray();
    }

    private final class Block {
        private final Vectors v;
        private final int halfSweeps;
        private final MultigridInterpolation up;
        private final MultigridGathering down;
        private final int kept;

        /** Points of the slabs that the wave is in, by colours. */
        private final float[][][] red;

        private final float[][][] black;

        /** What the last half sweep changed black points by, of three slabs. */
        private final float[][][] change = new float[3][g.rows + 1][g.grid.width];

        private float[] spare = new float[g.grid.width];
        private final float[] t = new float[g.grid.width];
        private final float[] shifted = new float[g.grid.width];
        private final RowSum square = new RowSum(g.grid.width);

        Block(Vectors v, int halfSweeps) {
            this.v = v;
            this.halfSweeps = halfSweeps;
            up = v.add == null ? null : new MultigridInterpolation(g.grid, coarse, v.add);
            down = new MultigridGathering(g, coarse, halved);
            kept = (halfSweeps + 2) / 3 * 3 + 3;
            red = new float[kept][g.rows + 1][g.grid.width];
            black = new float[kept][g.rows + 1][g.grid.width];
        }

        /** Returns the squared norm of what is left in the slabs of the block. */
        double run(int firstCoarse) {
            int endCoarse = Math.min(firstCoarse + side, g.volume ? coarse.nk : coarse.nj);
            int first = halved ? 2 * firstCoarse - 1 : firstCoarse;
            int end = halved ? 2 * endCoarse : endCoarse;
            int own = Math.max(0, halved ? 2 * firstCoarse : firstCoarse);
            for (int s = first - 1 - halfSweeps; s < end + 1 + halfSweeps; s++) {
                begin(s);
                for (int m = 1; m <= halfSweeps; m++) {
                    int at = s - m;
                    int beside = 1 + halfSweeps - m;
                    if (at >= first - beside && at < end + beside) {
                        relax(at, m);
                    }
                }
                int done = s - halfSweeps - 1;
                if (done >= first) {
                    finish(done, done >= own);
                    down.add(done, v.down, firstCoarse);
                }
            }
            return square.total();
        }

        /** Clears a row outside the range of its half. */
        private void clearOutside(float[] row, int h) {
            Arrays.fill(row, 0, g.from(h), 0);
            Arrays.fill(row, g.to(h), row.length, 0);
        }

        private int slot(int s) {
            return (s + 2 * kept) % kept;
        }

        /** Begins with what the coarse grid found, of which red points are not asked. */
        private void begin(int s) {
            for (int y = 0; y < g.rows; y++) {
                int h = g.red(s, y) ^ 1;
                int lo = g.from(h);
                int hi = g.to(h);
                clearOutside(red[slot(s)][y], h ^ 1);
                float[] out = black[slot(s)][y];
                clearOutside(out, h);
                if (up == null) {
                    Arrays.fill(out, lo, hi, 0);
                } else if (lo < hi) {
                    int j = g.volume ? y : s;
                    float[] add = up.half(j, g.volume ? s : 0, h & 1, lo, hi);
                    RowMath.product(BEYOND, g.mask[h], add, out, lo, hi);
                }
            }
        }

        private void relax(int s, int m) {
            boolean odd = (m & 1) == 1;
            float[][] mine = (odd ? red : black)[slot(s)];
            for (int y = 0; y < g.rows; y++) {
                int h = odd ? g.red(s, y) : g.red(s, y) ^ 1;
                if (m < halfSweeps) {
                    relax(s, y, h, odd, mine[y]);
                } else {
                    // what was there before is not needed again: its array is the next spare one
                    float[] before = mine[y];
                    float[] by = change[slot(s) % 3][y];
                    clearOutside(spare, h);
                    clearOutside(by, h);
                    relax(s, y, h, odd, spare);
                    RowMath.difference(spare, before, by, g.from(h), g.to(h));
                    mine[y] = spare;
                    spare = before;
                }
            }
        }

        private void relax(int s, int y, int h, boolean odd, float[] out) {
            int lo = g.from(h);
            int hi = g.to(h);
            if (lo < hi) {
                float[][][] other = odd ? black : red;
                neighbours(other[slot(s - 1)][y], other[slot(s)], other[slot(s + 1)][y], y, h);
                if (odd || up == null) {
                    RowMath.relaxed(g.mask[h], g.inverse(h), v.r[h], t, out, lo, hi);
                } else {
                    RowMath.product(g.mask[h], g.inverse(h), t, out, lo, hi);
                }
            }
        }

        /** Writes the sum of the weighted neighbours of a half, of the other colour, into t. */
        private void neighbours(float[] before, float[][] at, float[] after, int y, int h) {
            int lo = g.from(h);
            int hi = g.to(h);
            float[] beside = RowMath.beside(h, at[y], shifted, lo, hi);
            RowMath.cross(g.wi, at[y], beside, g.wSlab, before, after, t, lo, hi);
            if (g.rows > 1) {
                RowMath.pair(g.wRow, at[y > 0 ? y - 1 : g.rows], at[y + 1], t, lo, hi);
            }
        }

        /** Computes what is left of a slab; writes that and the solution if the slab is its own. */
        private void finish(int s, boolean own) {
            for (int y = 0; y < g.rows; y++) {
                int h = g.red(s, y);
                int lo = g.from(h);
                int hi = g.to(h);
                float[] left = down.fine[y];
                clearOutside(left, h);
                if (lo < hi) {
                    int n = slot(s) % 3;
                    float[][] at = change[n];
                    neighbours(change[(n + 2) % 3][y], at, change[(n + 1) % 3][y], y, h);
                    RowMath.product(g.mask[h], t, left, lo, hi);
                }
                if (own && s < g.slabs) {
                    RowMath.copy(left, v.left[h], lo, hi);
                    RowMath.addProduct(left, left, square.sums, lo, hi);
                    square.added();
                    solution(red[slot(s)][y], h);
                    solution(black[slot(s)][y], h ^ 1);
                }
            }
        }

        private void solution(float[] z, int h) {
            if (up == null) {
                RowMath.copy(z, v.e[h], g.from(h), g.to(h));
            } else {
                RowMath.add(1, z, v.e[h], g.from(h), g.to(h));
            }
        }
    }
}
