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

    private final int[] row;
    private final int[] at;
    private final double[][] lower;
    private final double[] pivot;

    CoarsestSolve(Stencil.Stored stencil) {
        RowGrid g = stencil.grid();
        float[][] diagonal = stencil.coefficients()[Stencil.MIDDLE];
        int[] all =
                IntStream.range(0, g.rows * g.ni)
                        .filter(p -> diagonal[p / g.ni][p % g.ni + 1] > 0)
                        .toArray();
        int n = all.length;
        row = IntStream.of(all).map(p -> p / g.ni).toArray();
        at = IntStream.of(all).map(p -> p % g.ni + 1).toArray();
        lower = new double[n][n];
        pivot = new double[n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                lower[a][b] = coefficient(stencil, a, b);
            }
        }
        factor();
    }

    private double coefficient(Stencil.Stored stencil, int a, int b) {
        int nj = stencil.grid().nj;
        int di = at[b] - at[a];
        int dj = row[b] % nj - row[a] % nj;
        int dk = row[b] / nj - row[a] / nj;
        if (Math.max(Math.abs(di), Math.max(Math.abs(dj), Math.abs(dk))) > 1) {
            return 0;
        }
        return stencil.coefficients()[Stencil.code(di, dj, dk)][row[a]][at[a]];
    }

    private void factor() {
        int n = at.length;
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
        int n = at.length;
        double[] x = new double[n];
        for (int a = 0; a < n; a++) {
            double sum = r[row[a]][at[a]];
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
            z[row[a]][at[a]] = (float) x[a];
        }
    }
}
