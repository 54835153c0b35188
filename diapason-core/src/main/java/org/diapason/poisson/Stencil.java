package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;

/**
 * A symmetric operator A that couples every point of a grid with its 3 × 3 × 3 neighbours, kept as
 * the half of its coefficients that point to later neighbours.
 *
 * <p>The coefficient of the point p and its neighbour at (di, dj, dk) lies at {@code half[di + 3 dj
 * + 9 dk][p]}, {@code p} as in {@link PaddedGrid}; where an axis has one point there is no array. A
 * point without an equation has only zeros.
 */
final class Stencil {
    private static final int CODES = 14;

    final PaddedGrid grid;
    final float[][] half = new float[CODES][];

    private Stencil(PaddedGrid grid) {
        this.grid = grid;
        for (int code = 0; code < CODES; code++) {
            int[] offset = offset(code);
            if ((offset[1] == 0 || grid.nj > 1) && (offset[2] == 0 || grid.nk > 1)) {
                half[code] = new float[grid.size];
            }
        }
    }

    /** Returns the operator of the grid's own equations. */
    static Stencil of(PoissonGrid g) {
        Stencil fine = new Stencil(new PaddedGrid(g.ni(), g.nj(), g.nk()));
        fine.grid.forRows((j, k) -> fine.row(g, j, k));
        return fine;
    }

    private void row(PoissonGrid g, int j, int k) {
        boolean[] inside = g.inside();
        int ni = g.ni();
        int step = ni * g.nj();
        int q = grid.at(0, j, k);
        int p = ni * (j + g.nj() * k);
        boolean lastJ = j == g.nj() - 1;
        boolean lastK = k == g.nk() - 1;
        double across =
                g.screen()
                        + g.wj() * ((j > 0 ? 1 : 0) + (lastJ ? 0 : 1))
                        + g.wk() * ((k > 0 ? 1 : 0) + (lastK ? 0 : 1));
        for (int i = 0; i < ni; i++, p++, q++) {
            if (!inside[p]) {
                continue;
            }
            int along = (i > 0 ? 1 : 0) + (i < ni - 1 ? 1 : 0);
            half[0][q] = (float) (across + g.wi() * along);
            half[1][q] = i < ni - 1 && inside[p + 1] ? (float) -g.wi() : 0;
            if (!lastJ && inside[p + ni]) {
                half[3][q] = (float) -g.wj();
            }
            if (!lastK && inside[p + step]) {
                half[9][q] = (float) -g.wk();
            }
        }
    }

    static int code(int di, int dj, int dk) {
        return di + 3 * dj + 9 * dk;
    }

    private static int[] offset(int code) {
        int dk = code > 4 ? 1 : 0;
        int dj = Math.floorDiv(code - 9 * dk + 1, 3);
        return new int[] {code - 9 * dk - 3 * dj, dj, dk};
    }

    /** Returns the coefficient of two points, the first not after the second. */
    float coefficient(int p, int q) {
        for (int code = 0; code < CODES; code++) {
            int[] offset = offset(code);
            int distance = offset[0] + offset[1] * grid.row + offset[2] * grid.plane;
            if (half[code] != null && q - p == distance) {
                return half[code][p];
            }
        }
        return 0;
    }

    /** Returns 1 / diagonal, 0 where there is no equation. */
    float[] inverse() {
        float[] inverse = new float[grid.size];
        grid.forRows(
                (j, k) -> {
                    int from = grid.at(0, j, k);
                    for (int p = from; p < from + grid.ni; p++) {
                        inverse[p] = half[0][p] > 0 ? 1 / half[0][p] : 0;
                    }
                });
        return inverse;
    }

    /** A coefficient of the fine operator and what it adds to one of the coarse operator. */
    private record Term(float weight, float[] from, int shift) {}

    /**
     * Returns {@code Pᵀ A P}, where P interpolates linearly along one axis: every second point is a
     * coarse one, and the others lie in the middle of two. Products along several axes give the
     * bilinear or trilinear P. That P stays in the mask needs no care, as A is 0 outside.
     */
    Stencil coarsen(int axis) {
        Stencil coarse = new Stencil(grid.halved(axis));
        List<List<Term>> terms = new ArrayList<>();
        for (int code = 0; code < CODES; code++) {
            terms.add(half[code] == null ? List.of() : terms(code, axis));
        }
        coarse.grid.forRows(
                (j, k) -> {
                    int p = coarse.grid.at(0, j, k);
                    int q = grid.at(0, axis == 1 ? 2 * j : j, axis == 2 ? 2 * k : k);
                    for (int code = 0; code < CODES; code++) {
                        float[] out = coarse.half[code];
                        for (Term term : terms.get(code)) {
                            int from = q + term.shift;
                            if (axis == 0) {
                                addSecond(term.weight, term.from, from, out, p, coarse.grid.ni);
                            } else {
                                add(term.weight, term.from, from, out, p, coarse.grid.ni);
                            }
                        }
                    }
                });
        return coarse;
    }

    /** Coarse points lie at fine 2I; the fine ones around both ends of a coupling add to it. */
    private List<Term> terms(int code, int axis) {
        int[] offset = offset(code);
        int[] step = {1, grid.row, grid.plane};
        int coarse = offset[axis];
        List<Term> terms = new ArrayList<>();
        for (int s = -1; s <= 1; s++) {
            for (int t = -1; t <= 1; t++) {
                offset[axis] = 2 * coarse + t - s;
                if (Math.abs(offset[axis]) > 1) {
                    continue;
                }
                float weight = (s == 0 ? 1 : 0.5f) * (t == 0 ? 1 : 0.5f);
                int fine = code(offset[0], offset[1], offset[2]);
                int shift = s * step[axis];
                if (fine < 0) {
                    shift += offset[0] + offset[1] * grid.row + offset[2] * grid.plane;
                }
                terms.add(new Term(weight, half[Math.abs(fine)], shift));
            }
        }
        return terms;
    }

    /** Adds {@code weight · from[q …]} to {@code out[p …]}. */
    static void add(float weight, float[] from, int q, float[] out, int p, int n) {
        for (int i = 0; i < n; i++) {
            out[p + i] += weight * from[q + i];
        }
    }

    private static void addSecond(float weight, float[] from, int q, float[] out, int p, int n) {
        for (int i = 0; i < n; i++) {
            out[p + i] += weight * from[q + 2 * i];
        }
    }
}
