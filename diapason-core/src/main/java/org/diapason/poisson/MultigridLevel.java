package org.diapason.poisson;

import java.util.Arrays;

/**
 * A coarse level of a multigrid cycle: Gauss-Seidel by colours, and the way to the next level. A
 * point without an equation has inverse 0 and stays 0.
 *
 * <p>A colour is a pair of parities of j and k, the class of a row, and one of i: of one colour no
 * point is another's neighbour.
 */
final class MultigridLevel {
    /** Which rows around a row count, by how their class lies to its own. */
    private static final int EARLIER = -1;

    private static final int LATER = 1;
    private static final int ALL = 0;

    final RowGrid g;
    private final float[][][] a;
    private final float[][] inverse;
    private final int[] from;
    private final int[] to;
    private final int classes;

    MultigridLevel(Stencil.Stored stencil) {
        g = stencil.grid();
        a = stencil.coefficients();
        inverse = g.vector();
        from = new int[inverse.length];
        to = new int[inverse.length];
        classes = (g.nj > 1 ? 2 : 1) * (g.nk > 1 ? 2 : 1);
        g.forRows(
                g.rows,
                (first, end) -> {
                    for (int h = 2 * first; h < 2 * end; h++) {
                        invert(h);
                    }
                });
    }

    private void invert(int h) {
        float[] diagonal = a[Stencil.MIDDLE][h];
        from[h] = 1;
        for (int n = 1; n < g.end(h); n++) {
            if (diagonal[n] > 0) {
                inverse[h][n] = 1 / diagonal[n];
                from[h] = to[h] == 0 ? n : from[h];
                to[h] = n + 1;
            }
        }
        to[h] = Math.max(from[h], to[h]);
    }

    /** Replaces z by one step of Gauss-Seidel from zero. */
    void smoothFromZero(float[][][] r, float[][][] z) {
        for (int which = 0; which < classes; which++) {
            int now = which;
            inClass(
                    which,
                    (room, c, row) -> {
                        room.relax(r[c], z[c], row, 0, now, EARLIER);
                        room.relax(r[c], z[c], row, 1, now, EARLIER);
                    },
                    r.length);
        }
    }

    /**
     * Changes z by one step of Gauss-Seidel.
     *
     * @param back whether in the opposite order: symmetric together with {@link #smoothFromZero}
     */
    void smooth(float[][][] r, float[][][] z, boolean back) {
        int first = back ? 1 : 0;
        for (int n = 0; n < classes; n++) {
            int now = back ? classes - 1 - n : n;
            inClass(
                    now,
                    (room, c, row) -> {
                        room.relax(r[c], z[c], row, first, now, ALL);
                        room.relax(r[c], z[c], row, 1 - first, now, ALL);
                    },
                    r.length);
        }
    }

    /** Subtracts A z from r. */
    void subtract(float[][][] z, float[][][] r) {
        inRows((room, c, row) -> room.subtract(z[c], row, r[c]), z.length);
    }

    /** Adds one vector to another. */
    void add(float[][][] one, float[][][] to) {
        g.forRows(
                g.rows,
                (first, end) -> {
                    for (int c = 0; c < one.length; c++) {
                        for (int h = 2 * first; h < 2 * end; h++) {
                            RowMath.add(1, one[c][h], to[c][h], from[h], this.to[h]);
                        }
                    }
                });
    }

    /** Writes r − A z into out, z being r smoothed from zero: what later colours added. */
    void residual(float[][][] z, float[][][] out) {
        inRows((room, c, row) -> room.left(z[c], row, out[c]), z.length);
    }

    private interface Step {
        void run(Room room, int channel, int row);
    }

    /** Takes a step for all channels of all rows. */
    private void inRows(Step step, int channels) {
        g.forRows(
                g.rows,
                (first, end) -> {
                    Room room = new Room();
                    for (int row = first; row < end; row++) {
                        for (int c = 0; c < channels; c++) {
                            step.run(room, c, row);
                        }
                    }
                });
    }

    /** Takes a step for all channels of all rows of a class. */
    private void inClass(int which, Step step, int channels) {
        int j0 = g.nj > 1 ? which & 1 : 0;
        int k0 = g.nj > 1 ? which >> 1 : which;
        int nj = g.nj > 1 ? (g.nj - j0 + 1) / 2 : 1;
        int nk = g.nk > 1 ? (g.nk - k0 + 1) / 2 : 1;
        g.forRows(
                nj * nk,
                (first, end) -> {
                    Room room = new Room();
                    for (int n = first; n < end; n++) {
                        int row = g.row(j0 + 2 * (n % nj), k0 + 2 * (n / nj));
                        for (int c = 0; c < channels; c++) {
                            step.run(room, c, row);
                        }
                    }
                });
    }

    private int classOf(int row) {
        int j = g.nj > 1 ? row % g.nj & 1 : 0;
        int k = g.nk > 1 ? row / g.nj & 1 : 0;
        return j + (g.nj > 1 ? 2 : 1) * k;
    }

    /** Arrays to compute in. */
    private final class Room {
        private final float[] t = new float[g.width];
        private final float[] shifted = new float[g.width];

        /**
         * Solves the equations of a half for its points.
         *
         * @param which which rows around count, the others being 0: those of all classes or of
         *     earlier ones
         */
        void relax(float[][] r, float[][] z, int row, int parity, int now, int which) {
            int h = 2 * row + parity;
            RowMath.copy(r[h], t, from[h], to[h]);
            around(z, row, h, now, which);
            if (which == ALL || parity == 1) {
                own(z, h);
            }
            RowMath.product(inverse[h], t, z[h], from[h], to[h]);
        }

        void subtract(float[][] z, int row, float[][] r) {
            for (int h = 2 * row; h < 2 * row + 2; h++) {
                RowMath.copy(r[h], t, from[h], to[h]);
                around(z, row, h, classOf(row), ALL);
                row(Stencil.MIDDLE, z, h, h);
                RowMath.copy(t, r[h], from[h], to[h]);
            }
        }

        void left(float[][] z, int row, float[][] out) {
            int now = classOf(row);
            for (int h = 2 * row; h < 2 * row + 2; h++) {
                Arrays.fill(t, from[h], to[h], 0);
                around(z, row, h, now, LATER);
                if (h == 2 * row) {
                    own(z, h);
                }
                RowMath.copy(t, out[h], from[h], to[h]);
            }
        }

        /** Subtracts what the rows around add to a half. */
        private void around(float[][] z, int row, int h, int now, int which) {
            int nj = g.nj > 1 ? 1 : 0;
            int nk = g.nk > 1 ? 1 : 0;
            int j = row % g.nj;
            int k = row / g.nj;
            for (int dk = -nk; dk <= nk; dk++) {
                for (int dj = -nj; dj <= nj; dj++) {
                    int across = Math.abs(dj) + (nj + 1) * Math.abs(dk);
                    int order = Integer.compare(now ^ across, now);
                    int q = g.row(j + dj, k + dk);
                    if (order != 0 && q < g.rows && (which == ALL || which == order)) {
                        row(Stencil.code(0, dj, dk), z, 2 * q + (h & 1), h);
                    }
                }
            }
        }

        private void row(int code, float[][] z, int there, int h) {
            int lo = from[h];
            int hi = to[h];
            float[] beside = RowMath.beside(h, z[there ^ 1], shifted, lo, hi);
            float[] same = z[there ^ 1];
            float[] west = west(h) ? beside : same;
            float[] east = west(h) ? same : beside;
            float[] middle = a[code][h];
            RowMath.subtract(
                    a[code - 1][h], west, middle, z[there], a[code + 1][h], east, t, lo, hi);
        }

        /** Subtracts what the points between those of a half add. */
        private void own(float[][] z, int h) {
            int lo = from[h];
            int hi = to[h];
            float[] beside = RowMath.beside(h, z[h ^ 1], shifted, lo, hi);
            float[] west = west(h) ? beside : z[h ^ 1];
            float[] east = west(h) ? z[h ^ 1] : beside;
            RowMath.subtract(a[12][h], west, a[14][h], east, t, lo, hi);
        }

        /** Tells whether the neighbour with another number is the one before. */
        private boolean west(int h) {
            return (h & 1) == 0;
        }
    }

    /** Writes {@code Pᵀ r} into the residuals of the coarse level. */
    void restrict(float[][][] r, RowGrid coarse, float[][][] out) {
        coarse.forRows(
                coarse.rows,
                (first, end) -> {
                    MultigridRestriction down = new MultigridRestriction(g, coarse);
                    for (int row = first; row < end; row++) {
                        for (int c = 0; c < r.length; c++) {
                            down.row(r[c], row, out[c]);
                        }
                    }
                });
    }

    /** Adds {@code P e} to z; what it adds where there is no equation is removed by smoothing. */
    void prolong(float[][][] e, RowGrid coarse, float[][][] z) {
        g.forRows(
                g.rows,
                (first, end) -> {
                    for (int c = 0; c < e.length; c++) {
                        MultigridInterpolation up = new MultigridInterpolation(g, coarse, e[c]);
                        for (int h = 2 * first; h < 2 * end; h++) {
                            int j = h / 2 % g.nj;
                            int k = h / 2 / g.nj;
                            float[] add = up.half(j, k, h & 1, from[h], to[h]);
                            RowMath.add(1, add, z[c][h], from[h], to[h]);
                        }
                    }
                });
    }
}
