package org.diapason.poisson;

import java.util.Arrays;

/**
 * Gathers the red points of fine slabs, which come in order, into the slabs of a coarse grid:
 * {@code Pᵀ r} where r is 0 at black points.
 */
final class MultigridGathering {
    /** Write the red points of a slab here, then {@link #add} it; the last row stays 0. */
    final float[][] fine;

    private final MultigridSlabs g;
    private final RowGrid coarse;
    private final MultigridRestriction along;
    private final boolean halved;
    private final boolean halvedRows;

    /** Coarse slabs of even and of odd number, with all rows that the fine ones have. */
    private final float[][][] sums;

    private final float[][] t;

    MultigridGathering(MultigridSlabs g, RowGrid coarse, boolean halved) {
        this.g = g;
        this.coarse = coarse;
        this.halved = halved;
        along = new MultigridRestriction(g.grid, coarse);
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        fine = new float[g.rows + 1][g.grid.width];
        sums = new float[2][2 * g.rows + 2][g.grid.width];
        t = new float[2][g.grid.width];
    }

    /**
     * Adds fine slab s to its coarse ones, and writes the one it completes, if that is not before
     * first.
     */
    void add(int s, float[][] out, int first) {
        if (!halved) {
            for (int y = 0; y < g.rows; y++) {
                Arrays.fill(sums[0][2 * y + (s + y + 1 & 1)], 0);
            }
            set(1, s, sums[0]);
            write(sums[0], s, out);
            return;
        }
        int before = Math.floorDiv(s, 2);
        float[][] sum = sums[before & 1];
        if ((s & 1) == 0) {
            set(1, s, sum);
            return;
        }
        if (before >= first) {
            for (int y = 0; y < g.rows; y++) {
                RowMath.add(0.5f, fine[y], sum[2 * y + (s + y & 1)], 1, g.grid.width);
            }
            write(sum, before, out);
        }
        set(0.5f, s, sums[before + 1 & 1]);
    }

    private void set(float weight, int s, float[][] to) {
        for (int y = 0; y < g.rows; y++) {
            RowMath.product(weight, fine[y], to[2 * y + (s + y & 1)], 1, g.grid.width);
        }
    }

    private void write(float[][] slab, int s, float[][] out) {
        for (int y = 0; y < (g.volume ? coarse.nj : 1); y++) {
            int row = g.volume ? coarse.row(y, s) : coarse.row(s, 0);
            if (halvedRows) {
                for (int parity = 0; parity < 2; parity++) {
                    RowMath.copy(line(slab, 2 * y, parity), t[parity], 1, g.grid.width);
                    float[] above = line(slab, 2 * y - 1, parity);
                    float[] below = line(slab, 2 * y + 1, parity);
                    RowMath.pair(0.5f, above, below, t[parity], 1, g.grid.width);
                }
                along.along(t[0], t[1], row, out);
            } else {
                along.along(slab[2 * y], slab[2 * y + 1], row, out);
            }
        }
    }

    private float[] line(float[][] slab, int y, int parity) {
        return slab[2 * (y < 0 || y > g.rows ? g.rows : y) + parity];
    }
}
