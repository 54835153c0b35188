package org.diapason.compositing;

import java.util.List;
import org.diapason.poisson.Certified;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolver;

/**
 * Solves Poisson's equation where nothing may hold the solution: a mask of all pixels, without a
 * screen, leaves its level open.
 *
 * <p>Right-hand sides of such a system sum to 0, as every difference stands in them twice, once
 * with each sign. So the middle pixel is left out of it: there the correction is 0, and its
 * equation follows from the others.
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
     * @param rightHandSides modified where the level is open: 0 in the middle pixel
     * @param tolerance what the corrections may be off by, once they have the mean that is wished
     *     for
     * @return with the bound of that
     */
    static Certified.Result solve(
            PoissonGrid grid,
            List<double[]> rightHandSides,
            PoissonSolver solver,
            double tolerance) {
        if (!isOpen(grid)) {
            return new Certified(grid, solver).solve(rightHandSides, tolerance);
        }
        boolean[] inside = grid.inside().clone();
        int middle = grid.ni() / 2 + grid.ni() * (grid.nj() / 2 + grid.nj() * (grid.nk() / 2));
        inside[middle] = false;
        PoissonGrid held =
                PoissonGrid.of(
                        grid.ni(), grid.nj(), grid.nk(), inside, grid.wi(), grid.wj(), grid.wk(),
                        0);
        for (double[] b : rightHandSides) {
            b[middle] = 0;
        }
        // a pixel is off, and so is the mean that is brought to its place
        Certified.Result found = new Certified(held, solver).solve(rightHandSides, tolerance / 2);
        return new Certified.Result(found.solution(), 2 * found.maxErrorBound());
    }
}
