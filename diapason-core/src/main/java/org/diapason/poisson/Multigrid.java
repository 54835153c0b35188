package org.diapason.poisson;

import java.util.List;

/**
 * Multigrid cycles with Galerkin coarse operators, and conjugate gradients preconditioned by one
 * where cycles alone are slow: for every mask, in two and three dimensions, with any spacing.
 *
 * <p>Coarse grids that are the equation again, on a coarse mask, diverge on irregular masks. Here
 * the coarse operator is {@code Pᵀ A P} with P bilinear (trilinear) and cut to the mask, which
 * cannot: the correction it gives is the best of its kind in the energy norm. A plain cycle smooths
 * by three red-black sweeps and need not be symmetric; one that makes the residual less than four
 * times smaller is the last, and symmetric cycles go on as the preconditioner.
 *
 * <p>All of it runs in single precision on a residual that is computed anew in double whenever it
 * has fallen a thousandfold, and at the end: so 1e-12 is reached at the cost of floats. The
 * residuals in between are those of the recursion. Grids of at most eight pixels across are solved
 * by their band.
 *
 * <p>Method: Trottenberg, Oosterlee and Schüller 2001, Multigrid, sections 2.4 (Galerkin), 2.5
 * (red-black smoothing), 5.1 (anisotropy) and 7.8 (as preconditioner); van der Vorst and Ye 2000,
 * SIAM J. Sci. Comput. 22(3):835–852 (residual replacement).
 */
public final class Multigrid implements PoissonSolver {
    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        return on(grid).solve(grid, rightHandSides, relativeResidual);
    }

    /** Keeps the coarse operators and all vectors, about 60 bytes a pixel and channel. */
    @Override
    public PoissonSolver on(PoissonGrid grid) {
        return Band.isNarrow(grid) ? new Band(grid) : MultigridTurned.of(grid);
    }
}
