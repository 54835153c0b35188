package org.diapason.poisson;

import java.util.Arrays;

/** Halves of rows of {@code Pᵀ r} for the next coarser grid; for one thread. */
final class MultigridRestriction {
    private final RowGrid fine;
    private final RowGrid coarse;
    private final float[][] sums;
    private final float[] west;
    private final float[] joined;

    MultigridRestriction(RowGrid fine, RowGrid coarse) {
        this.fine = fine;
        this.coarse = coarse;
        sums = new float[2][fine.width];
        west = new float[fine.width];
        joined = new float[2 * fine.width];
    }

    /** Sums up fine rows around a coarse one, whose number is given, and writes that. */
    void row(float[][] r, int row, float[][] out) {
        int sj = coarse.nj < fine.nj ? 2 : 1;
        int sk = coarse.nk < fine.nk ? 2 : 1;
        int j = sj * (row % coarse.nj);
        int k = sk * (row / coarse.nj);
        for (int parity = 0; parity < 2; parity++) {
            Arrays.fill(sums[parity], 0);
            for (int dk = 1 - sk; dk < sk; dk++) {
                for (int dj = 1 - sj; dj < sj; dj++) {
                    float w = (dj == 0 ? 1 : 0.5f) * (dk == 0 ? 1 : 0.5f);
                    float[] add = r[2 * fine.row(j + dj, k + dk) + parity];
                    RowMath.add(w, add, sums[parity], 1, fine.width);
                }
            }
        }
        along(sums[0], sums[1], row, out);
    }

    /** Writes a coarse row whose halves across rows are summed up. */
    void along(float[] even, float[] odd, int row, float[][] out) {
        if (coarse.ni == fine.ni) {
            RowMath.copy(even, out[2 * row], 1, fine.width);
            RowMath.copy(odd, out[2 * row + 1], 1, fine.width);
            return;
        }
        int end = coarse.ni + 1;
        System.arraycopy(odd, 0, west, 1, end - 1);
        RowMath.halve(even, odd, west, joined, 1, end);
        RowMath.part(joined, out[2 * row], out[2 * row + 1], coarse.ni);
    }
}
