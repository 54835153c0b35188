package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * Conjugate gradients, preconditioned by one symmetric multigrid V-cycle with Galerkin coarse
 * operators: for every mask, in two and three dimensions, with any spacing.
 *
 * <p>Coarse grids that are the equation again, on a coarse mask, diverge on irregular masks. Here
 * the coarse operator is {@code Pᵀ A P} with P bilinear (trilinear) and cut to the mask, which
 * cannot: the error it leaves is the smallest in the energy norm. The cycle runs in single
 * precision; solution and residual are double, so that 1e-12 is reached.
 *
 * <p>Method: Trottenberg, Oosterlee and Schüller 2001, Multigrid, sections 2.4, 7.7 and 7.8.
 */
public final class Multigrid implements PoissonSolver {
    private static final int MOST_ITERATIONS = 200;

    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        grid.check(rightHandSides, relativeResidual);
        MultigridCycle cycle = new MultigridCycle(grid);
        MultigridCycle.Work work = cycle.new Work(1);
        List<double[]> solutions = new ArrayList<>();
        List<double[]> histories = new ArrayList<>();
        for (double[] b : rightHandSides) {
            List<Double> history = new ArrayList<>();
            solutions.add(solve(grid, cycle, work, b, relativeResidual, history));
            histories.add(history.stream().mapToDouble(d -> d).toArray());
        }
        int most = histories.stream().mapToInt(h -> h.length).max().orElse(1);
        double[] residuals = new double[most];
        for (double[] h : histories) {
            for (int i = 0; i < most; i++) {
                residuals[i] = Math.max(residuals[i], h[Math.min(i, h.length - 1)]);
            }
        }
        return new PoissonSolution(solutions, residuals);
    }

    private static double[] solve(
            PoissonGrid grid,
            MultigridCycle cycle,
            MultigridCycle.Work work,
            double[] b,
            double tolerance,
            List<Double> history) {
        double norm = grid.norm(b);
        double[] x = new double[b.length];
        if (norm == 0) {
            history.add(0.0);
            return x;
        }
        history.add(1.0);
        double[] r = b;
        double[] p = new double[b.length];
        double before = 0;
        MultigridLevel fine = cycle.levels.get(0);
        for (int it = 0; ; it++) {
            double relative = history.get(history.size() - 1);
            if (relative <= tolerance) {
                return x;
            }
            if (it == MOST_ITERATIONS || !(relative < 1e6)) {
                throw new RefusedException(
                        "multigrid: the relative residual is "
                                + relative
                                + " after "
                                + it
                                + " iterations, needed "
                                + tolerance
                                + ". Where a part of the mask has no neighbour that holds it, there"
                                + " is no solution.");
            }
            double[] residual = r;
            double scale = 1 / (norm * relative);
            fine.forRows(
                    (j, k) -> {
                        int q = fine.at(0, j, k);
                        int from = grid.ni() * (j + k * grid.nj());
                        for (int i = 0; i < grid.ni(); i++) {
                            work.r[0][0][q + i] = (float) (scale * residual[from + i]);
                        }
                    });
            work.run();
            double[] z = new double[b.length];
            fine.forRows(
                    (j, k) -> {
                        int q = fine.at(0, j, k);
                        int from = grid.ni() * (j + k * grid.nj());
                        for (int i = 0; i < grid.ni(); i++) {
                            z[from + i] = work.z[0][0][q + i] / scale;
                        }
                    });
            double rz = grid.dot(r, z);
            double beta = it == 0 ? 0 : rz / before;
            before = rz;
            for (int i = 0; i < p.length; i++) {
                p[i] = z[i] + beta * p[i];
            }
            double alpha = rz / grid.dot(p, grid.apply(p));
            for (int i = 0; i < p.length; i++) {
                x[i] += alpha * p[i];
            }
            r = grid.residual(x, b);
            history.add(grid.norm(r) / norm);
        }
    }
}
