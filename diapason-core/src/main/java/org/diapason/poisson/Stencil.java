package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator A that couples every point of a grid with its 3 × 3 × 3 neighbours: coefficients
 * {@code rows(13 + di + 3 dj + 9 dk)} of the points of a row and their neighbours at (di, dj, dk).
 */
interface Stencil {
    int MIDDLE = 13;
    int CODES = 27;

    RowGrid grid();

    /**
     * Returns the coefficients of a row, {@code null} if all are 0.
     *
     * @param row {@code grid().rows} for the zeros beyond the grid
     * @param room an array to use for them; may be left unused
     */
    float[] row(int code, int row, float[] room);

    static int code(int di, int dj, int dk) {
        return MIDDLE + di + 3 * dj + 9 * dk;
    }

    /** Coefficients in memory. */
    record Stored(RowGrid grid, float[][][] coefficients) implements Stencil {
        @Override
        public float[] row(int code, int row, float[] room) {
            return coefficients[code] == null ? null : coefficients[code][row];
        }
    }

    /** Returns the same operator in memory. */
    default Stored stored() {
        float[][][] out = new float[CODES][][];
        for (int code = 0; code < CODES; code++) {
            out[code] = grid().vector();
            for (int l = 0; l < grid().rows; l++) {
                float[] row = row(code, l, new float[grid().width]);
                out[code][l] = row == null ? out[code][l] : row;
            }
        }
        return new Stored(grid(), out);
    }

    /**
     * Returns {@code Pᵀ A P}, where P interpolates linearly along one axis: every second point is a
     * coarse one, and the others lie in the middle of two. Products along several axes give the
     * bilinear or trilinear P. That P stays in the mask needs no care, as A is 0 outside.
     */
    default Stored coarsen(int axis) {
        RowGrid fine = grid();
        RowGrid coarse = fine.halved(axis);
        float[][][] out = new float[CODES][][];
        List<Term> terms = new ArrayList<>();
        for (int code = 0; code < CODES; code++) {
            int[] offset = {code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1};
            boolean beyond = offset[1] != 0 && fine.nj == 1 || offset[2] != 0 && fine.nk == 1;
            if (!beyond) {
                out[code] = coarse.vector();
            }
            if (!beyond && code >= MIDDLE) {
                terms(code, offset, axis, terms);
            }
        }
        coarse.forRows(
                coarse.rows,
                (from, to) -> {
                    Folding folding = new Folding(this, axis);
                    for (int l = from; l < to; l++) {
                        for (Term term : terms) {
                            folding.add(term, l % coarse.nj, l / coarse.nj, out[term.to][l]);
                        }
                    }
                });
        coarse.forRows(
                coarse.rows,
                (from, to) -> {
                    for (int l = from; l < to; l++) {
                        mirror(coarse, out, l);
                    }
                });
        return new Stored(coarse, out);
    }

    /** Completes a row by symmetry: the coefficient of p and p + o is that of p + o and p. */
    private static void mirror(RowGrid grid, float[][][] out, int l) {
        for (int code = 0; code < MIDDLE; code++) {
            int q = grid.row(l % grid.nj + code / 3 % 3 - 1, l / grid.nj + code / 9 - 1);
            if (out[code] != null && q < grid.rows) {
                float[] from = out[2 * MIDDLE - code][q];
                System.arraycopy(from, code % 3, out[code][l], 1, grid.ni);
            }
        }
    }

    /**
     * What a fine coefficient adds to a coarse one.
     *
     * @param shift where it lies from the fine point that is the coarse one, −1, 0 or 1
     */
    record Term(float weight, int from, int to, int shift) {}

    /** Coarse points lie at fine 2I; the fine ones around both ends of a coupling add to it. */
    private static void terms(int code, int[] offset, int axis, List<Term> terms) {
        int coarse = offset[axis];
        for (int s = -1; s <= 1; s++) {
            for (int t = -1; t <= 1; t++) {
                int between = 2 * coarse + t - s;
                if (Math.abs(between) <= 1) {
                    offset[axis] = between;
                    float weight = (s == 0 ? 1 : 0.5f) * (t == 0 ? 1 : 0.5f);
                    int from = code(offset[0], offset[1], offset[2]);
                    terms.add(new Term(weight, from, code, s));
                }
            }
        }
        offset[axis] = coarse;
    }

    /** Adds rows of fine coefficients to coarse ones. */
    final class Folding {
        private final Stencil fine;
        private final int axis;
        private final RowGrid grid;
        private final float[] room;
        private final float[][] even = new float[CODES][];
        private final float[][] odd = new float[CODES][];
        private final float[] before;
        private int halvedRow = -1;

        Folding(Stencil fine, int axis) {
            this.fine = fine;
            this.axis = axis;
            grid = fine.grid();
            room = new float[grid.width];
            before = new float[grid.width];
        }

        void add(Term term, int j, int k, float[] out) {
            int n = out.length - 1;
            if (axis == 0) {
                halve(grid.row(j, k));
                float[] from = term.shift == 0 ? even[term.from] : odd[term.from];
                if (from == null) {
                    return;
                }
                if (term.shift < 0) {
                    RowMath.west(from, before, 1, n);
                    from = before;
                }
                RowMath.add(term.weight, from, out, 1, n);
                return;
            }
            int row = axis == 1 ? grid.row(2 * j + term.shift, k) : grid.row(j, 2 * k + term.shift);
            float[] from = row == grid.rows ? null : fine.row(term.from, row, room);
            if (from != null) {
                RowMath.add(term.weight, from, out, 1, n);
            }
        }

        /** Parts the coefficients of a row into those of even and of odd points. */
        private void halve(int row) {
            if (row == halvedRow) {
                return;
            }
            halvedRow = row;
            int n = grid.ni / 2 + 3;
            for (int code = MIDDLE - 1; code < CODES; code++) {
                float[] from = fine.row(code, row, room);
                even[code] = from == null ? null : new float[n];
                odd[code] = from == null ? null : new float[n];
                if (from != null) {
                    part(from, even[code], odd[code], grid.ni);
                }
            }
        }

        private static void part(float[] from, float[] even, float[] odd, int ni) {
            for (int i = 0; 2 * i < ni; i++) {
                even[i + 1] = from[2 * i + 1];
                odd[i + 1] = from[2 * i + 2];
            }
        }
    }
}
