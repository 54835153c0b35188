package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.PoissonSolver;

/** Plain conjugate gradients, so slow that nobody can confuse them with what is tested. */
final class ConjugateGradients implements PoissonSolver {
    @Override
    public PoissonSolution solve(PoissonGrid grid, List<double[]> b, double relativeResidual) {
        List<double[]> all = new ArrayList<>();
        for (double[] one : b) {
            all.add(solve(grid, one));
        }
        return new PoissonSolution(
                all, new double[] {1, 1e-14 < relativeResidual ? relativeResidual : 1e-14});
    }

    private static double[] solve(PoissonGrid g, double[] b) {
        double[] x = new double[b.length];
        double[] r = b.clone();
        double[] d = b.clone();
        double rr = dot(r, r);
        double stop = 1e-28 * rr;
        for (int n = 0; rr > stop && n < 100_000; n++) {
            double[] ad = times(g, d);
            double a = rr / dot(d, ad);
            for (int p = 0; p < x.length; p++) {
                x[p] += a * d[p];
                r[p] -= a * ad[p];
            }
            double next = dot(r, r);
            for (int p = 0; p < x.length; p++) {
                d[p] = r[p] + next / rr * d[p];
            }
            rr = next;
        }
        return x;
    }

    /** Returns L e as {@link PoissonGrid} says it, 0 outside the mask. */
    static double[] times(PoissonGrid g, double[] e) {
        int[] size = {g.ni(), g.nj(), g.nk()};
        int[] step = {1, g.ni(), g.ni() * g.nj()};
        double[] w = {g.wi(), g.wj(), g.wk()};
        double[] out = new double[e.length];
        for (int p = 0; p < e.length; p++) {
            for (int a = 0; g.inside()[p] && a < 3; a++) {
                int at = p / step[a] % size[a];
                out[p] += at > 0 ? w[a] * (e[p] - e[p - step[a]]) : 0;
                out[p] += at < size[a] - 1 ? w[a] * (e[p] - e[p + step[a]]) : 0;
            }
            out[p] += g.inside()[p] ? g.screen() * e[p] : 0;
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int p = 0; p < a.length; p++) {
            sum += a[p] * b[p];
        }
        return sum;
    }
}
