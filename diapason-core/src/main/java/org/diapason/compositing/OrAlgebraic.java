package org.diapason.compositing;

import java.util.List;
import org.diapason.poisson.Amg;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.RefusedException;

/**
 * A solver, and algebraic multigrid for what it does not reach: a system that one pixel holds is so
 * near to singular that a cycle in single precision may not get to the end.
 */
record OrAlgebraic(PoissonSolver first) implements PoissonSolver {
    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        try {
            return first.solve(grid, rightHandSides, relativeResidual);
        } catch (RefusedException e) {
            return new Amg().solve(grid, rightHandSides, relativeResidual);
        }
    }
}
