package org.diapason.poisson;

/**
 * {@code Pᵀ A P} along rows. Of coefficients (−1, dj, dk) … (1, dj, dk) those of even and of odd
 * fine points are at hand apart; those of coarse points are computed in their order, for the half
 * of all neighbours that the others mirror, then parted.
 */
final class StencilHalving {
    private final RowGrid fine;
    private final RowGrid coarse;
    private final Stencil.Reader reader;
    private final float[][] rooms;
    private final float[][] even = new float[3][];
    private final float[][] odd = new float[3][];
    private final float[] west;
    private final float[] west0;
    private final float[] zeros;
    private final float[] out;

    private StencilHalving(Stencil stencil, RowGrid coarse) {
        fine = stencil.grid();
        this.coarse = coarse;
        reader = stencil.reader();
        rooms = new float[6][fine.width];
        west = new float[fine.width];
        west0 = new float[fine.width];
        zeros = new float[fine.width];
        out = new float[2 * coarse.width];
    }

    /** Returns the operator on every second point of each row. */
    static Stencil.Stored along(Stencil stencil) {
        RowGrid coarse = stencil.grid().halved(0);
        float[][][] all = new float[Stencil.CODES][][];
        for (int code = 0; code < Stencil.CODES; code++) {
            all[code] = Stencil.flat(coarse, code) ? null : coarse.vector();
        }
        coarse.forRows(
                coarse.rows,
                (from, to) -> {
                    StencilHalving halving = new StencilHalving(stencil, coarse);
                    for (int row = from; row < to; row++) {
                        halving.fold(row, all);
                    }
                });
        coarse.forRows(
                coarse.rows,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        mirror(coarse, all, row);
                    }
                });
        return new Stencil.Stored(coarse, all);
    }

    private void fold(int row, float[][][] all) {
        for (int code = Stencil.MIDDLE; code < Stencil.CODES; code += 3) {
            if (all[code] != null && read(code, row)) {
                if (code > Stencil.MIDDLE) {
                    beside(even[0], west(odd[1], west0), west(odd[0], west));
                    write(all[code - 1], row);
                }
                middle(west(odd[1], west0), west(odd[2], west));
                write(all[code], row);
                beside(even[2], odd[1], odd[2]);
                write(all[code + 1], row);
            }
        }
    }

    /** Reads the coefficients beside one that has di = 0; returns whether there are any. */
    private boolean read(int code, int row) {
        boolean any = false;
        for (int di = 0; di < 3; di++) {
            float[] e = reader.half(code - 1 + di, 2 * row, rooms[di]);
            float[] o = reader.half(code - 1 + di, 2 * row + 1, rooms[3 + di]);
            any |= e != null || o != null;
            even[di] = e == null ? zeros : e;
            odd[di] = o == null ? zeros : o;
        }
        return any;
    }

    private float[] west(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 1, fine.width - 1);
        return to;
    }

    /** From a coarse point to itself. */
    private void middle(float[] west0, float[] west2) {
        int end = coarse.ni + 1;
        RowMath.copy(even[1], out, 1, end);
        RowMath.pair(0.5f, even[0], even[2], out, 1, end);
        RowMath.pair(0.5f, odd[0], west2, out, 1, end);
        RowMath.pair(0.25f, odd[1], west0, out, 1, end);
    }

    /** To the coarse point beside it: by the even fine point and the one between both. */
    private void beside(float[] even, float[] between0, float[] between) {
        int end = coarse.ni + 1;
        RowMath.product(0.25f, between0, out, 1, end);
        RowMath.pair(0.5f, even, between, out, 1, end);
    }

    private void write(float[][] all, int row) {
        RowMath.part(out, all[2 * row], all[2 * row + 1], coarse.ni);
    }

    /** Completes a row by symmetry: the coefficient of p and p + o is that of p + o and p. */
    private static void mirror(RowGrid grid, float[][][] all, int row) {
        for (int code = 0; code < Stencil.MIDDLE; code++) {
            int q = grid.row(row % grid.nj + code / 3 % 3 - 1, row / grid.nj + code / 9 - 1);
            if (all[code] == null || q == grid.rows) {
                continue;
            }
            float[][] from = all[2 * Stencil.MIDDLE - code];
            int di = code % 3 - 1;
            for (int parity = 0; parity < 2; parity++) {
                float[] there = from[2 * q + (parity + di & 1)];
                int shift = Math.floorDiv(parity + di, 2);
                int n = grid.end(parity) - 1;
                System.arraycopy(there, 1 + shift, all[code][2 * row + parity], 1, n);
            }
        }
    }
}
