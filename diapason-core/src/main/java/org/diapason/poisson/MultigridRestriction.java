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
    private int lo;
    private int hi;

    MultigridRestriction(MultigridSlabs g, RowGrid coarse, boolean halved) {
        this.g = g;
        this.coarse = coarse;
        this.halved = halved;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        fine = new float[g.rows + 1][g.grid.width];
        sums = new float[2][g.rows + 1][g.grid.width];
        t = new float[g.grid.width + 2];
    }

    /**
     * Adds fine slab s, of which the points {@code lo − 1 … hi + 1} are known, to its coarse ones,
     * and writes the points {@code lo … hi} of the one it completes, if that is not before first.
     *
     * @param lo odd: a coarse point
     */
    void add(int s, float[][] out, int first, int lo, int hi) {
        this.lo = lo;
        this.hi = Math.min(hi, g.grid.width);
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
            Arrays.fill(row, lo - 1, Math.min(hi + 1, row.length), 0);
        }
        add(0.5f, next);
    }

    private void add(float weight, float[][] to) {
        for (int y = 0; y < g.rows; y++) {
            RowMath.add(weight, fine[y], to[y], lo - 1, Math.min(hi + 1, g.grid.width));
        }
    }

    private void write(float[][] slab, int s, float[][] out) {
        for (int y = 0; y < (g.volume ? coarse.nj : 1); y++) {
            float[] to = out[g.volume ? coarse.row(y, s) : coarse.row(s, 0)];
            int from = lo - 1;
            int n = Math.min(hi + 1, g.grid.width) - from;
            if (halvedRows) {
                System.arraycopy(line(slab, 2 * y), from, t, from, n);
                RowMath.add(0.5f, line(slab, 2 * y - 1), t, from, from + n);
                RowMath.add(0.5f, line(slab, 2 * y + 1), t, from, from + n);
            } else {
                System.arraycopy(slab[y], from, t, from, n);
            }
            if (coarse.ni < g.grid.ni) {
                RowMath.halve(t, to, (lo + 1) / 2, Math.min(coarse.ni + 1, (hi + 2) / 2));
            } else {
                System.arraycopy(t, lo, to, lo, Math.min(hi, g.grid.ni + 1) - lo);
            }
        }
    }

    private float[] line(float[][] slab, int y) {
        return slab[y < 0 || y > g.rows ? g.rows : y];
    }
}
