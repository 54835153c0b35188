package org.diapason.poisson;

/**
 * An operator A that couples every point of a grid with its 3 × 3 × 3 neighbours: coefficients
 * number {@code 13 + di + 3 dj + 9 dk} are those of a point and its neighbour at (di, dj, dk).
 */
interface Stencil {
    int MIDDLE = 13;
    int CODES = 27;

    RowGrid grid();

    /** Returns a way to read coefficients, for one thread. */
    Reader reader();

    /** Reads coefficients of the halves of rows. */
    interface Reader {
        /**
         * Returns the coefficients of a half, {@code null} if all are 0.
         *
         * @param room an array to use for them; may be left unused
         */
        float[] half(int code, int half, float[] room);
    }

    /** Tells whether coefficients lead out of a grid that is flat there. */
    static boolean flat(RowGrid g, int code) {
        return g.nj == 1 && code / 3 % 3 != 1 || g.nk == 1 && code / 9 != 1;
    }

    static int code(int di, int dj, int dk) {
        return MIDDLE + di + 3 * dj + 9 * dk;
    }

    /** Coefficients in memory; {@code null} for those across rows that a flat grid has not. */
    record Stored(RowGrid grid, float[][][] coefficients) implements Stencil {
        @Override
        public Reader reader() {
            return (code, half, room) ->
                    coefficients[code] == null ? null : coefficients[code][half];
        }
    }

    /** Returns the same operator in memory. */
    default Stored stored() {
        float[][][] out = new float[CODES][][];
        Reader reader = reader();
        for (int code = 0; code < CODES; code++) {
            if (flat(grid(), code)) {
                continue;
            }
            out[code] = grid().vector();
            for (int h = 0; h < 2 * grid().rows; h++) {
                float[] half = reader.half(code, h, out[code][h]);
                out[code][h] = half == null ? out[code][h] : half;
            }
        }
        return new Stored(grid(), out);
    }

    /**
     * Returns {@code Pᵀ A P}, where P interpolates linearly along one axis: every second point is a
     * coarse one, and the others lie in the middle of two. Products along several axes give the
     * bilinear or trilinear P. That P stays in the mask needs no care, as A is 0 outside.
     *
     * @return in memory for axis 0, computed at every reading for the others
     */
    default Stencil coarsen(int axis) {
        return axis == 0 ? StencilHalving.along(this) : new StencilFolding(this, axis);
    }
}
