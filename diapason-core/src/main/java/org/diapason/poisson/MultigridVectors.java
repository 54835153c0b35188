package org.diapason.poisson;

import java.util.Arrays;

/**
 * What conjugate gradients do with whole vectors, each in one pass: solution and right-hand side in
 * double, as the caller holds them, the others in single precision in {@link MultigridSlabs}.
 */
final class MultigridVectors {
    private final PoissonGrid grid;
    private final MultigridSlabs g;

    MultigridVectors(PoissonGrid grid, MultigridSlabs slabs) {
        this.grid = grid;
        g = slabs;
    }

    /** Writes {@code z + β p} into p and returns p·Ap. */
    double direction(float[] z, float[] p, float beta) {
        double[] energies = new double[g.blocks()];
        PaddedGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    RowSum energy = new RowSum(g.grid.ni);
                    for (int s = a; s < b; s++) {
                        for (int y = 0; y < g.rows; y++) {
                            int lo = g.from(s, y);
                            xpby(z, beta, p, g.at(s, y) + lo, g.to(s, y) - lo);
                        }
                        for (int y = 0; y < g.rows; y++) {
                            energy(p, s, y, s > a, energy);
                        }
                    }
                    energies[a / g.side] = energy.total();
                });
        return Arrays.stream(energies).sum() + acrossBlocks(p);
    }

    private static void xpby(float[] z, float beta, float[] p, int q, int n) {
        for (int i = 0; i < n; i++) {
            p[q + i] = z[q + i] + beta * p[q + i];
        }
    }

    /**
     * Adds {@code w (p_a − p_b)²} for all pairs a row is the later part of; outside the mask p is
     * 0, and beyond the grid there are no pairs.
     */
    private void energy(float[] p, int s, int y, boolean before, RowSum sum) {
        int lo = g.grid.ni;
        int hi = 0;
        for (int back = 0; back < 3; back++) {
            int s0 = back == 1 && before ? s - 1 : s;
            int y0 = back == 2 && y > 0 ? y - 1 : y;
            if (g.from(s0, y0) < g.to(s0, y0)) {
                lo = Math.min(lo, g.from(s0, y0));
                hi = Math.max(hi, Math.min(g.grid.ni, g.to(s0, y0) + 1));
            }
        }
        if (lo >= hi) {
            return;
        }
        int q = g.at(s, y);
        int qs = before ? q - g.stride : q;
        int qy = y > 0 ? q - g.grid.row : q;
        if (lo == 0) {
            float ds = p[q] - p[qs];
            float dy = p[q] - p[qy];
            sum.sums[0] += g.wSlab * ds * ds + g.wRow * dy * dy + g.screen * p[q] * p[q];
            lo = 1;
        }
        if (g.rows > 1 || g.screen > 0) {
            across(p, q + lo, qy + lo, g.wRow, g.screen, sum.sums, lo, hi - lo);
        }
        plane(p, q + lo, qs + lo, g.wi, g.wSlab, sum.sums, lo, hi - lo);
        sum.added();
    }

    private static void plane(
            float[] p, int q, int qs, float wi, float ws, float[] sum, int lo, int n) {
        for (int i = 0; i < n; i++) {
            float di = p[q + i] - p[q + i - 1];
            float ds = p[q + i] - p[qs + i];
            sum[lo + i] += wi * di * di + ws * ds * ds;
        }
    }

    private static void across(
            float[] p, int q, int qy, float wy, float screen, float[] sum, int lo, int n) {
        for (int i = 0; i < n; i++) {
            float dy = p[q + i] - p[qy + i];
            sum[lo + i] += wy * dy * dy + screen * p[q + i] * p[q + i];
        }
    }

    /** Returns the energy of pairs of slabs in two blocks. */
    private double acrossBlocks(float[] p) {
        double total = 0;
        for (int s = g.side; s < g.slabs; s += g.side) {
            for (int y = 0; y < g.rows; y++) {
                double sum = 0;
                int q = g.at(s, y);
                for (int i = 0; i < g.grid.ni; i++) {
                    float d = p[q + i] - p[q + i - g.stride];
                    sum += d * d;
                }
                total += g.wSlab * sum;
            }
        }
        return total;
    }

    /** Adds α p to e, subtracts α A p from r and returns r·r. */
    double advance(float[] p, float alpha, float[] e, float[] r) {
        double[] squares = new double[g.blocks()];
        PaddedGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    RowSum square = new RowSum(g.grid.ni);
                    float[] t = new float[g.grid.ni];
                    for (int s = a; s < b; s++) {
                        for (int y = 0; y < g.rows; y++) {
                            int lo = g.from(s, y);
                            int n = g.to(s, y) - lo;
                            if (n == 0) {
                                continue;
                            }
                            int q = g.at(s, y) + lo;
                            MultigridFinest.sum(
                                    p, q, p, q - g.stride, p, q + g.stride, g.wi, g.wSlab, t, n);
                            if (g.rows > 1) {
                                int row = g.grid.row;
                                MultigridFinest.sumRows(p, q - row, q + row, g.wRow, t, n);
                            }
                            float[] d = g.diagonal(s, y);
                            step(p, q, alpha, e, r, g.mask, d, t, lo, n, square.sums);
                            square.added();
                        }
                    }
                    squares[a / g.side] = square.total();
                });
        return Arrays.stream(squares).sum();
    }

    private static void step(
            float[] p,
            int q,
            float alpha,
            float[] e,
            float[] r,
            float[] m,
            float[] d,
            float[] t,
            int lo,
            int n,
            float[] square) {
        for (int i = 0; i < n; i++) {
            e[q + i] += alpha * p[q + i];
            float left = r[q + i] - alpha * m[q + i] * (d[lo + i] * p[q + i] - t[i]);
            r[q + i] = left;
            square[lo + i] += left * left;
        }
    }

    /** Moves {@code e / scale} to x, leaving e 0. */
    void collect(float[] e, double scale, double[] x) {
        double back = 1 / scale;
        PaddedGrid.inRanges(
                g.slabs,
                g.side,
                (a, b) -> {
                    for (int l = a * g.rows; l < b * g.rows; l++) {
                        int lo = g.from(l / g.rows, l % g.rows);
                        int n = g.to(l / g.rows, l % g.rows) - lo;
                        int q = g.at(l / g.rows, l % g.rows) + lo;
                        int u = l * g.grid.ni + lo;
                        for (int i = 0; i < n; i++) {
                            x[u + i] += back * e[q + i];
                        }
                        Arrays.fill(e, q, q + n, 0);
                    }
                });
    }

    /** Writes {@code scale (b − A x)} into r and returns the norm of {@code b − A x}. */
    double residual(double[] x, double[] b, double scale, float[] r) {
        double[] squares = new double[g.blocks()];
        PaddedGrid.inRanges(
                g.slabs,
                g.side,
                (from, to) -> {
                    double[] row = new double[g.grid.ni];
                    double total = 0;
                    for (int l = from * g.rows; l < to * g.rows; l++) {
                        int lo = g.from(l / g.rows, l % g.rows);
                        int hi = g.to(l / g.rows, l % g.rows);
                        int q = g.at(l / g.rows, l % g.rows);
                        grid.residualRow(l, lo, hi, x, b, row);
                        double sum = 0;
                        for (int i = lo; i < hi; i++) {
                            sum += row[i] * row[i];
                            r[q + i] = (float) (scale * row[i]);
                        }
                        total += sum;
                    }
                    squares[from / g.side] = total;
                });
        return Math.sqrt(Arrays.stream(squares).sum());
    }
}
