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
                            float[] west = new float[g.grid.width];
                            for (int s = a; s < b; s++) {
                                for (int y = 0; y < g.rows; y++) {
                                    int l = g.row(s, y);
                                    if (s > a || s == 0) {
                                        RowMath.addTo(z[l], beta, p[l], g.from(l), g.to(l));
                                    }
                                }
                                for (int y = 0; y < g.rows; y++) {
                                    energy(p, s, y, s > a, energy, west);
                                }
                            }
                            return energy.total();
                        });
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
                int l = g.row(s, y);
                RowMath.addTo(z[l], beta, p[l], g.from(l), g.to(l));
                int before = g.row(s - 1, y);
                System.arraycopy(p[before], 0, last, 0, last.length);
                RowMath.addTo(z[before], beta, last, 1, g.grid.ni + 1);
                RowMath.addSquare(g.wSlab, p[l], last, energy.sums, 1, g.grid.ni + 1);
                energy.added();
            }
        }
        return energy.total();
    }

    /**
     * Adds {@code w (p_a − p_b)²} for all pairs a row is the later part of; outside the mask p is
     * 0, and beyond the grid there are no pairs.
     */
    private void energy(float[][] p, int s, int y, boolean before, RowSum sum, float[] west) {
        int l = g.row(s, y);
        int back = before ? g.row(s - 1, y) : l;
        int up = y > 0 ? g.row(s, y - 1) : l;
        int lo = Math.min(g.from(l), Math.min(g.from(back), g.from(up)));
        int hi = Math.max(g.to(l), Math.max(g.to(back), g.to(up)));
        if (hi == 0) {
            return;
        }
        lo = Math.max(1, lo);
        hi = Math.min(g.grid.ni + 1, hi + 1);
        float[] row = p[l];
        RowMath.west(row, west, lo, hi);
        west[1] = lo == 1 ? row[1] : west[1];
        RowMath.addSquares(g.wi, row, west, g.wSlab, p[back], sum.sums, lo, hi);
        if (g.rows > 1) {
            RowMath.addSquare(g.wRow, row, p[up], sum.sums, lo, hi);
        }
        if (g.screen > 0) {
            RowMath.addSquare(g.screen, row, p[g.grid.rows], sum.sums, lo, hi);
        }
        sum.added();
    }

    /** Adds α p to e, subtracts α A p from r and returns r·r. */
    double advance(float[][] p, float alpha, float[][] e, float[][] r) {
        return sum(
                (a, b) -> {
                    Advance advance = new Advance(p, alpha, e, r);
                    for (int i = 1; i <= g.grid.ni; i += g.strip) {
                        for (int s = a; s < b; s++) {
                            for (int y = 0; y < g.rows; y++) {
                                int l = g.row(s, y);
                                int lo = Math.max(i, g.from(l));
                                int hi = Math.min(i + g.strip, g.to(l));
                                if (lo < hi) {
                                    advance.row(s, y, lo, hi);
                                }
                            }
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

        void row(int s, int y, int lo, int hi) {
            int l = g.row(s, y);
            float[] here = p[l];
            RowMath.west(here, west, lo, hi);
            RowMath.east(here, east, lo, hi);
            // beyond the grid there is no neighbour to differ from
            west[lo] = lo == 1 ? here[lo] : west[lo];
            east[hi - 1] = hi == g.grid.ni + 1 ? here[hi - 1] : east[hi - 1];
            float[] before = s > 0 ? p[g.row(s - 1, y)] : here;
            float[] after = s < g.slabs - 1 ? p[g.row(s + 1, y)] : here;
            RowMath.differences(here, g.wi, west, east, g.wSlab, before, after, t, lo, hi);
            if (g.rows > 1) {
                float[] up = y > 0 ? p[g.row(s, y - 1)] : here;
                float[] down = y < g.rows - 1 ? p[g.row(s, y + 1)] : here;
                RowMath.addDifferences(here, g.wRow, up, down, t, lo, hi);
            }
            RowMath.add(alpha, here, e[l], lo, hi);
            RowMath.step(alpha, g.mask[l], t, g.screen, here, r[l], lo, hi);
            RowMath.addProduct(r[l], r[l], square.sums, lo, hi);
            square.added();
        }
    }

    /** Moves {@code e / scale} to x, leaving e 0. */
    void collect(float[][] e, double scale, double[] x) {
        double back = 1 / scale;
        g.grid.forRows(
                g.grid.rows,
                (a, b) -> {
                    for (int l = a; l < b; l++) {
                        int u = l * g.grid.ni - 1;
                        float[] row = e[l];
                        for (int i = g.from(l); i < g.to(l); i++) {
                            x[u + i] += back * row[i];
                        }
                        Arrays.fill(row, 0);
                    }
                });
    }

    /** Writes {@code scale b} into r. */
    void start(double[] b, double scale, float[][] r) {
        g.grid.forRows(
                g.grid.rows,
                (first, end) -> {
                    for (int l = first; l < end; l++) {
                        int u = l * g.grid.ni - 1;
                        for (int i = g.from(l); i < g.to(l); i++) {
                            r[l][i] = (float) (scale * b[u + i]);
                        }
                    }
                });
    }

    /** Writes {@code scale (b − A x)} into r and returns the norm of {@code b − A x}. */
    double residual(double[] x, double[] b, double scale, float[][] r) {
        return Math.sqrt(
                sum(
                        (from, to) -> {
                            PoissonRow room = new PoissonRow(grid);
                            double[] squares = new double[g.grid.ni];
                            for (int l = from * g.rows; l < to * g.rows; l++) {
                                int end = g.to(l) - 1;
                                for (int lo = g.from(l) - 1; lo < end; lo += g.strip) {
                                    int hi = Math.min(end, lo + g.strip);
                                    double[] row = room.residual(l, lo, hi, x, b);
                                    take(row, scale, g.mask[l], r[l], lo, hi);
                                    addSquares(row, squares, lo, hi);
                                }
                            }
                            return Arrays.stream(squares).sum();
                        }));
    }

    private static void take(double[] row, double scale, float[] mask, float[] r, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            row[i] *= mask[i + 1];
            r[i + 1] = (float) (scale * row[i]);
        }
    }

    private static void addSquares(double[] row, double[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] += row[i] * row[i];
        }
    }
}
