package org.diapason.poisson;

import java.util.List;

/** A way to solve {@link PoissonGrid}'s equation, several right-hand sides at once. */
public interface PoissonSolver {
    /**
     * Returns corrections e with {@code ‖b − L e‖₂ ≤ relativeResidual ‖b‖₂} for every b.
     *
     * @param rightHandSides one per channel, one number per pixel of the grid, 0 outside the mask;
     *     not modified
     * @param relativeResidual above 0; 1e-12 is the least that doubles give on large grids
     * @throws org.diapason.volume.RefusedException if it was not reached
     * @throws IllegalArgumentException if this solver is not made for such a grid
     */
    PoissonSolution solve(PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual);

    /**
     * Returns this solver for many calls with one grid: what it sets up for that, it may keep.
     *
     * @param grid the only one it is asked to solve on
     */
    default PoissonSolver on(PoissonGrid grid) {
        return this;
    }
}
