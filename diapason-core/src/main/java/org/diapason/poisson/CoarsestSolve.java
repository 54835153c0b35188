package org.diapason.poisson;

import java.util.stream.IntStream;

/**
 * The equations of the coarsest level by {@code L D Lᵀ} in double.
 *
 * <p>Coarse points that several fine ones do not tell apart make A singular, though consistent; a
 * pivot that is rounding alone marks such a point, which then stays 0: nothing on the fine grid
 * depends on the choice.
 */
final class CoarsestSolve {
    private static final double ROUNDING = 1e-5;

    private final int[] half;
    private final int[] number;
    private final double[][] lower;
    private final double[] pivot;

    CoarsestSolve(Stencil.Stored stencil) {
        RowGrid g = stencil.grid();
        float[][] diagonal = stencil.coefficients()[Stencil.MIDDLE];
        int[] all =
                IntStream.range(0, g.rows * g.ni)
                        .filter(p -> diagonal[half(p, g)][number(p, g)] > 0)
                        .toArray();
        int n = all.length;
        half = IntStream.of(all).map(p -> half(p, g)).toArray();
        number = IntStream.of(all).map(p -> number(p, g)).toArray();
        lower = new double[n][n];
        pivot = new double[n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                lower[a][b] = coefficient(stencil, all[a], all[b], a);
            }
        }
        factor();
    }

    private static int half(int p, RowGrid g) {
        return 2 * (p / g.ni) + (p % g.ni & 1);
    }

    private static int number(int p, RowGrid g) {
        return 1 + p % g.ni / 2;
    }

    /** Returns the coefficient of points p and q, p being the a-th with an equation. */
    private double coefficient(Stencil.Stored stencil, int p, int q, int a) {
        int ni = stencil.grid().ni;
        int nj = stencil.grid().nj;
        int di = q % ni - p % ni;
        int dj = q / ni % nj - p / ni % nj;
        int dk = q / ni / nj - p / ni / nj;
        if (Math.max(Math.abs(di), Math.max(Math.abs(dj), Math.abs(dk))) > 1) {
            return 0;
        }
        return stencil.coefficients()[Stencil.code(di, dj, dk)][half[a]][number[a]];
    }

    private void factor() {
        int n = half.length;
        for (int a = 0; a < n; a++) {
            double diagonal = lower[a][a];
            for (int b = 0; b < a; b++) {
                double sum = lower[a][b];
                for (int c = 0; c < b; c++) {
                    sum -= lower[a][c] * lower[b][c] * pivot[c];
                }
                lower[a][b] = pivot[b] > 0 ? sum / pivot[b] : 0;
            }
            double rest = diagonal;
            for (int c = 0; c < a; c++) {
                rest -= lower[a][c] * lower[a][c] * pivot[c];
            }
            pivot[a] = rest > ROUNDING * diagonal ? rest : 0;
        }
    }

    void solve(float[][] r, float[][] z) {
        int n = half.length;
        double[] x = new double[n];
        for (int a = 0; a < n; a++) {
            double sum = r[half[a]][number[a]];
            for (int b = 0; b < a; b++) {
                sum -= lower[a][b] * x[b];
            }
            x[a] = sum;
        }
        for (int a = n - 1; a >= 0; a--) {
            x[a] = pivot[a] > 0 ? x[a] / pivot[a] : 0;
            for (int b = a + 1; b < n; b++) {
                x[a] -= pivot[a] > 0 ? lower[b][a] * x[b] : 0;
            }
        }
        for (int a = 0; a < n; a++) {
            z[half[a]][number[a]] = (float) x[a];
        }
    }
}
