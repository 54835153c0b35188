package org.diapason.poisson;

import java.util.Arrays;

/** Gathers fine slabs, which come in order, into the slabs of a coarse grid: {@code Pᵀ r}. */
final class MultigridRestriction {
    /** Write a slab here, then {@link #add} it. */
    final float[] fine;

    private final MultigridSlabs g;
    private final PaddedGrid coarse;
    private final boolean halved;
    private final boolean halvedRows;
    private final boolean halvedAlong;
    private final float[][] sums;
    private final float[] t;

    MultigridRestriction(MultigridSlabs g, PaddedGrid coarse, boolean halved) {
        this.g = g;
        this.coarse = coarse;
        this.halved = halved;
        halvedRows = g.rows > 1 && coarse.nj < g.grid.nj;
        halvedAlong = coarse.ni < g.grid.ni;
        fine = new float[g.stride];
        sums = new float[2][g.stride];
        t = new float[g.grid.row];
    }

    /** Adds fine slab s to its coarse ones, and writes the one it completes if not before first. */
    void add(int s, float[] out, int first) {
        if (!halved) {
            write(fine, s, out);
            return;
        }
        int before = Math.floorDiv(s, 2);
        float[] sum = sums[before & 1];
        if ((s & 1) == 0) {
            Stencil.add(1, fine, 0, sum, 0, g.stride);
            return;
        }
        if (before >= first) {
            Stencil.add(0.5f, fine, 0, sum, 0, g.stride);
            write(sum, before, out);
        }
        float[] next = sums[before + 1 & 1];
        Arrays.fill(next, 0);
        Stencil.add(0.5f, fine, 0, next, 0, g.stride);
    }

    private void write(float[] slab, int s, float[] out) {
        for (int y = 0; y < (g.volume ? coarse.nj : 1); y++) {
            int l = g.lead - 1 + (halvedRows ? 2 * y : y) * g.grid.row;
            System.arraycopy(slab, l, t, 0, g.grid.row - 1);
            if (halvedRows) {
                Stencil.add(0.5f, slab, l - g.grid.row, t, 0, g.grid.row - 1);
                Stencil.add(0.5f, slab, l + g.grid.row, t, 0, g.grid.row - 1);
            }
            int p = g.volume ? coarse.at(0, y, s) : coarse.at(0, s, 0);
            if (halvedAlong) {
                halve(t, out, p, coarse.ni);
            } else {
                System.arraycopy(t, 1, out, p, coarse.ni);
            }
        }
    }

    /** Restricts along a row; {@code t[0]} lies before it. */
    static void halve(float[] t, float[] out, int p, int n) {
        for (int i = 0; i < n; i++) {
            out[p + i] = t[2 * i + 1] + 0.5f * (t[2 * i] + t[2 * i + 2]);
        }
    }
}
