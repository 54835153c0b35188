package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.PoissonSolver;

/**
 * Solves Poisson's equation where nothing may hold the solution: a mask of all pixels, without a
 * screen, leaves its level open.
 *
 * <p>Such a system is solved for right-hand sides whose sum was made 0, with the middle pixel left
 * out of it: there the correction is 0, and its equation follows from the others.
 */
final class Held {
    private Held() {}

    static boolean isOpen(PoissonGrid grid) {
        if (grid.screen() > 0) {
            return false;
        }
        for (boolean in : grid.inside()) {
            if (!in) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the corrections; where the level is open they are 0 in the middle pixel.
     *
     * @param rightHandSides where the level is open, their means are taken from them
     */
    static PoissonSolution solve(
            PoissonGrid grid,
            List<double[]> rightHandSides,
            PoissonSolver solver,
            double tolerance) {
        PoissonGrid held = grid;
        if (isOpen(grid)) {
            boolean[] inside = grid.inside().clone();
            int middle = grid.ni() / 2 + grid.ni() * (grid.nj() / 2 + grid.nj() * (grid.nk() / 2));
            inside[middle] = false;
            held =
                    PoissonGrid.of(
                            grid.ni(), grid.nj(), grid.nk(), inside, grid.wi(), grid.wj(),
                            grid.wk(), 0);
            for (double[] b : rightHandSides) {
                subtractMean(b);
                b[middle] = 0;
            }
        }
        return solver.solve(held, new ArrayList<>(rightHandSides), tolerance);
    }

    private static void subtractMean(double[] b) {
        double sum = 0;
        for (double x : b) {
            sum += x;
        }
        double mean = sum / b.length;
        for (int p = 0; p < b.length; p++) {
            b[p] -= mean;
        }
    }
}
