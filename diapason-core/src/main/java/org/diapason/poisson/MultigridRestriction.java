package org.diapason.poisson;

import java.util.Arrays;

/** Gathers fine slabs, which come in order, into the slabs of a coarse grid: {@code Pᵀ r}. */
final class MultigridRestriction {
    /** Write a slab here, then {@link #add} it; the last row stays 0. */
    final float[][] fine;

    private final MultigridSlabs g;
    private final RowGrid coarse;
    private final boolean halved;
    private final boolean halvedRows;
    private final float[][][] sums;
    private final float[] t;

    MultigridRestriction(MultigridSlabs g, RowGrid coarse, boolean halved) {
        this.g = g;
        this.coarse = coarse;
        this.halved = halved;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        fine = new float[g.rows + 1][g.grid.width];
        sums = new float[2][g.rows + 1][g.grid.width];
        t = new float[g.grid.width + 2];
    }

    /** Adds fine slab s to its coarse ones, and writes the one it completes if not before first. */
    void add(int s, float[][] out, int first) {
        if (!halved) {
            write(fine, s, out);
            return;
        }
        int before = Math.floorDiv(s, 2);
        float[][] sum = sums[before & 1];
        if ((s & 1) == 0) {
            add(1, sum);
            return;
        }
        if (before >= first) {
            add(0.5f, sum);
            write(sum, before, out);
        }
        float[][] next = sums[before + 1 & 1];
        for (float[] row : next) {
            Arrays.fill(row, 0);
        }
        add(0.5f, next);
    }

    private void add(float weight, float[][] to) {
        for (int y = 0; y < g.rows; y++) {
            RowMath.add(weight, fine[y], to[y], 1, g.grid.ni + 1);
        }
    }

    private void write(float[][] slab, int s, float[][] out) {
        for (int y = 0; y < (g.volume ? coarse.nj : 1); y++) {
            float[] to = out[g.volume ? coarse.row(y, s) : coarse.row(s, 0)];
            int n = g.grid.ni + 1;
            if (halvedRows) {
                System.arraycopy(line(slab, 2 * y), 0, t, 0, n);
                RowMath.add(0.5f, line(slab, 2 * y - 1), t, 1, n);
                RowMath.add(0.5f, line(slab, 2 * y + 1), t, 1, n);
            } else {
                System.arraycopy(slab[y], 0, t, 0, n);
            }
            if (coarse.ni < g.grid.ni) {
                RowMath.halve(t, to, 1, coarse.ni + 1);
            } else {
                System.arraycopy(t, 0, to, 0, n);
            }
        }
    }

    private float[] line(float[][] slab, int y) {
        return slab[y < 0 || y > g.rows ? g.rows : y];
    }
}
