package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Rng;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coarse operators are {@code Pᵀ A P}: applied in one go, or P, then A, then Pᵀ. */
class StencilTest {
    private static int half(RowGrid g, int i, int j, int k) {
        return 2 * g.row(j, k) + (i & 1);
    }

    private static float at(RowGrid g, float[][] v, int i, int j, int k) {
        return i < 0 || i >= g.ni ? 0 : v[half(g, i, j, k)][1 + i / 2];
    }

    private static float[][] noise(RowGrid g, Rng rng) {
        float[][] v = g.vector();
        for (int p = 0; p < g.ni * g.rows; p++) {
            int i = p % g.ni;
            v[2 * (p / g.ni) + (i & 1)][1 + i / 2] = (float) rng.nextGaussian();
        }
        return v;
    }

    private static float times(Stencil.Stored a, float[][] e, int i, int j, int k) {
        RowGrid g = a.grid();
        float sum = 0;
        for (int code = 0; code < Stencil.CODES; code++) {
            if (a.coefficients()[code] != null) {
                float weight = at(g, a.coefficients()[code], i, j, k);
                float other = at(g, e, i + code % 3 - 1, j + code / 3 % 3 - 1, k + code / 9 - 1);
                sum += weight * other;
            }
        }
        return sum;
    }

    /** Interpolates, leaves out what is not in the mask, applies L in double, restricts. */
    private static float[][] product(PoissonGrid grid, RowGrid fine, RowGrid coarse, float[][] e) {
        MultigridInterpolation up = new MultigridInterpolation(fine, coarse, e);
        double[] spread = new double[grid.inside().length];
        for (int p = 0; p < spread.length; p++) {
            int i = p % fine.ni;
            int j = p / fine.ni % fine.nj;
            int k = p / fine.ni / fine.nj;
            float[] half = up.half(j, k, i & 1, 1, fine.end(i));
            spread[p] = grid.inside()[p] ? half[1 + i / 2] : 0;
        }
        double[] applied = grid.apply(spread);
        float[][] r = fine.vector();
        for (int p = 0; p < applied.length; p++) {
            int i = p % fine.ni;
            r[2 * (p / fine.ni) + (i & 1)][1 + i / 2] = (float) applied[p];
        }
        float[][] out = coarse.vector();
        for (int row = 0; row < coarse.rows; row++) {
            new MultigridRestriction(fine, coarse).row(r, row, out);
        }
        return out;
    }

    @ParameterizedTest(name = "{0} × {1} × {2}, halved along {3}")
    @CsvSource({
        "13, 10, 1, 01",
        "12, 9, 1, 01",
        "13, 10, 1, 0",
        "12, 9, 1, 1",
        "7, 6, 5, 012",
        "8, 7, 6, 012",
        "7, 6, 5, 2",
        "8, 7, 6, 12",
        "7, 6, 5, 02"
    })
    void coarseOperatorsAreProducts(int ni, int nj, int nk, String axes) {
        Rng rng = new Rng(1);
        boolean[] inside = new boolean[ni * nj * nk];
        for (int p = 0; p < inside.length; p++) {
            inside[p] = rng.nextInt(10) < 8;
        }
        PoissonGrid grid = PoissonGrid.of(ni, nj, nk, inside, 1, 2, 3, 0.5);
        Stencil stencil = new MultigridSlabs(grid);
        RowGrid fine = stencil.grid();
        for (int axis = 2; axis >= 0; axis--) {
            stencil = axes.contains("" + axis) ? stencil.coarsen(axis) : stencil;
        }
        Stencil.Stored coarse =
                stencil instanceof Stencil.Stored stored ? stored : stencil.stored();
        RowGrid g = coarse.grid();
        float[][] e = noise(g, rng);
        float[][] product = product(grid, fine, g, e);
        for (int p = 0; p < g.ni * g.rows; p++) {
            int i = p % g.ni;
            int j = p / g.ni % g.nj;
            int k = p / g.ni / g.nj;
            assertEquals(at(g, product, i, j, k), times(coarse, e, i, j, k), 2e-4, "point " + p);
        }
    }
}
