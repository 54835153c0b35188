package org.diapason.poisson;

import java.util.Arrays;

/**
 * What conjugate gradients do with whole vectors, each in one pass: solution and right-hand side in
 * double, as the caller holds them, the others in single precision, by the rows of {@link
 * MultigridSlabs}.
 */
final class MultigridVectors {
    private final PoissonGrid grid;
    private final MultigridSlabs g;

    MultigridVectors(PoissonGrid grid, MultigridSlabs slabs) {
        this.grid = grid;
        g = slabs;
    }

    /** Sums what the body makes of every block of slabs, in order. */
    private double sum(Part body) {
        double[] sums = new double[g.blocks()];
        RowGrid.inRanges(g.slabs, g.side, (a, b) -> sums[a / g.side] = body.run(a, b));
        return Arrays.stream(sums).sum();
    }

    private interface Part {
        double run(int firstSlab, int endSlab);
    }

    /** Writes {@code z + β p} into p and returns p·Ap. */
    double direction(float[][] z, float[][] p, float beta) {
        return acrossBlocks(z, p, beta)
                + sum(
                        (a, b) -> {
                            RowSum energy = new RowSum(g.grid.width);
                            float[] beside = new float[g.grid.width];
                            for (int s = a; s < b; s++) {
                                for (int y = 0; y < g.rows && (s > a || s == 0); y++) {
                                    add(z, p, beta, g.row(s, y));
                                }
                                for (int y = 0; y < g.rows; y++) {
                                    energy(p, s, y, s > a, energy, beside);
                                }
                            }
                            return energy.total();
                        });
    }

    private void add(float[][] z, float[][] p, float beta, int row) {
        for (int h = 2 * row; h < 2 * row + 2; h++) {
            RowMath.addTo(z[h], beta, p[h], g.from(h), g.to(h));
        }
    }

    /**
     * Does the first slab of every block but the first, and the last of the block before it: the
     * energy between blocks needs both.
     */
    private double acrossBlocks(float[][] z, float[][] p, float beta) {
        RowSum energy = new RowSum(g.grid.width);
        float[] last = new float[g.grid.width];
        for (int s = g.side; s < g.slabs; s += g.side) {
            for (int y = 0; y < g.rows; y++) {
                int row = g.row(s, y);
                add(z, p, beta, row);
                for (int parity = 0; parity < 2; parity++) {
                    int h = 2 * row + parity;
                    int before = 2 * g.row(s - 1, y) + parity;
                    System.arraycopy(p[before], 0, last, 0, last.length);
                    RowMath.addTo(z[before], beta, last, 1, g.grid.end(h));
                    RowMath.addSquare(g.wSlab, p[h], last, energy.sums, 1, g.grid.end(h));
                }
                energy.added();
            }
        }
        return energy.total();
    }

    /**
     * Adds {@code w (p_a − p_b)²} for all pairs a row is the later part of; outside the mask p is
     * 0, and beyond the grid there are no pairs.
     */
    private void energy(float[][] p, int s, int y, boolean before, RowSum sum, float[] beside) {
        int row = g.row(s, y);
        int back = before ? g.row(s - 1, y) : row;
        int up = y > 0 ? g.row(s, y - 1) : row;
        int lo = Integer.MAX_VALUE;
        int hi = 0;
        for (int h = 0; h < 2; h++) {
            for (int one : new int[] {2 * row + h, 2 * back + h, 2 * up + h}) {
                if (g.from(one) < g.to(one)) {
                    lo = Math.min(lo, g.from(one));
                    hi = Math.max(hi, g.to(one));
                }
            }
        }
        if (hi == 0) {
            return;
        }
        // an even point has an odd one before it; the first has none
        float[] even = p[2 * row];
        float[] odd = p[2 * row + 1];
        int ends = Math.min(hi + 1, g.grid.end(0));
        int begins = Math.max(lo, 2);
        RowMath.beside(0, odd, beside, begins, ends);
        RowMath.addSquare(g.wi, even, beside, sum.sums, begins, ends);
        RowMath.addSquare(g.wi, odd, even, sum.sums, lo, Math.min(hi, g.grid.end(1)));
        for (int h = 0; h < 2; h++) {
            float[] half = p[2 * row + h];
            RowMath.addSquare(g.wSlab, half, p[2 * back + h], sum.sums, lo, hi);
            if (g.rows > 1) {
                RowMath.addSquare(g.wRow, half, p[2 * up + h], sum.sums, lo, hi);
            }
            if (g.screen > 0) {
                RowMath.addSquare(g.screen, half, p[2 * g.grid.rows], sum.sums, lo, hi);
            }
        }
        sum.added();
    }

    /** Adds α p to e, subtracts α A p from r and returns r·r. */
    double advance(float[][] p, float alpha, float[][] e, float[][] r) {
        return sum(
                (a, b) -> {
                    Advance advance = new Advance(p, alpha, e, r);
                    for (int s = a; s < b; s++) {
                        for (int y = 0; y < g.rows; y++) {
                            advance.half(s, y, 0);
                            advance.half(s, y, 1);
                        }
                    }
                    return advance.square.total();
                });
    }

    private final class Advance {
        final RowSum square = new RowSum(g.grid.width);
        private final float[][] p;
        private final float alpha;
        private final float[][] e;
        private final float[][] r;
        private final float[] t = new float[g.grid.width];
        private final float[] west = new float[g.grid.width];
        private final float[] east = new float[g.grid.width];

        Advance(float[][] p, float alpha, float[][] e, float[][] r) {
            this.p = p;
            this.alpha = alpha;
            this.e = e;
            this.r = r;
        }

        void half(int s, int y, int parity) {
            int h = 2 * g.row(s, y) + parity;
            int lo = g.from(h);
            int hi = g.to(h);
            if (lo == hi) {
                return;
            }
            float[] here = p[h];
            System.arraycopy(p[h ^ 1], lo - 1 + parity, west, lo, hi - lo);
            System.arraycopy(p[h ^ 1], lo + parity, east, lo, hi - lo);
            // beyond the grid there is no neighbour to differ from
            west[lo] = 2 * lo + parity == 2 ? here[lo] : west[lo];
            east[hi - 1] = 2 * hi + parity == g.grid.ni + 3 ? here[hi - 1] : east[hi - 1];
            float[] before = s > 0 ? p[2 * g.row(s - 1, y) + parity] : here;
            float[] after = s < g.slabs - 1 ? p[2 * g.row(s + 1, y) + parity] : here;
            RowMath.differences(here, g.wi, west, east, g.wSlab, before, after, t, lo, hi);
            if (g.rows > 1) {
                float[] up = y > 0 ? p[2 * g.row(s, y - 1) + parity] : here;
                float[] down = y < g.rows - 1 ? p[2 * g.row(s, y + 1) + parity] : here;
                RowMath.addDifferences(here, g.wRow, up, down, t, lo, hi);
            }
            RowMath.add(alpha, here, e[h], lo, hi);
            RowMath.step(alpha, g.mask[h], t, g.screen, here, r[h], lo, hi);
            RowMath.addProduct(r[h], r[h], square.sums, lo, hi);
            square.added();
        }
    }

    /** Moves {@code e / scale} to x, leaving e 0. */
    void collect(float[][] e, double scale, double[] x) {
        double back = 1 / scale;
        g.grid.forRows(
                g.grid.rows,
                (a, b) -> {
                    for (int h = 2 * a; h < 2 * b; h++) {
                        int u = first(h);
                        float[] half = e[h];
                        for (int n = g.from(h); n < g.to(h); n++) {
                            x[u + 2 * n] += back * half[n];
                        }
                        Arrays.fill(half, 0);
                    }
                });
    }

    /** Returns the place in the grid of point 0 of a half, which is two before its first. */
    private int first(int half) {
        return half / 2 * g.grid.ni + (half & 1) - 2;
    }

    /** Writes {@code scale b} into r. */
    void start(double[] b, double scale, float[][] r) {
        g.grid.forRows(
                g.grid.rows,
                (first, end) -> {
                    for (int h = 2 * first; h < 2 * end; h++) {
                        int u = first(h);
                        float[] half = r[h];
                        for (int n = g.from(h); n < g.to(h); n++) {
                            half[n] = (float) (scale * b[u + 2 * n]);
                        }
                    }
                });
    }

    /** Writes {@code scale (b − A x)} into r and returns the norm of {@code b − A x}. */
    double residual(double[] x, double[] b, double scale, float[][] r) {
        double squares =
                sum(
                        (from, to) -> {
                            PoissonRow room = new PoissonRow(grid);
                            RowSum sum = new RowSum(g.grid.width);
                            for (int row = from * g.rows; row < to * g.rows; row++) {
                                int even = 2 * row;
                                int odd = even + 1;
                                int lo = Math.min(2 * g.from(even) - 2, 2 * g.from(odd) - 1);
                                int hi = Math.max(2 * g.to(even) - 3, 2 * g.to(odd) - 2);
                                if (lo < hi) {
                                    double[] left = room.residual(row, lo, hi, x, b);
                                    take(left, scale, even, r[even], sum);
                                    take(left, scale, odd, r[odd], sum);
                                }
                            }
                            return sum.total();
                        });
        return Math.sqrt(squares) / scale;
    }

    private void take(double[] left, double scale, int half, float[] r, RowSum sum) {
        int i = (half & 1) - 2;
        int lo = g.from(half);
        int hi = g.to(half);
        for (int n = lo; n < hi; n++) {
            r[n] = (float) (scale * left[i + 2 * n]);
        }
        RowMath.times(g.mask[half], r, lo, hi);
        RowMath.addProduct(r, r, sum.sums, lo, hi);
        sum.added();
    }
}
