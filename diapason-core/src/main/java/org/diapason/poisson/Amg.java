package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves Poisson's equation on any mask, and with a weight for every edge, by algebraic multigrid:
 * for coefficients that jump or prefer a direction ({@link AmgHierarchy} says how). On the plain
 * equation {@link Multigrid} is the faster one, which knows the grid.
 */
public final class Amg implements PoissonSolver {
    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        return solve(grid, EdgeWeight.PLAIN, rightHandSides, relativeResidual);
    }

    /**
     * Solves {@code Σ_q w f_pq (e_p − e_q) + λ e_p = b_p} with a factor f for every edge, such as
     * one that falls where a guiding image has an edge; else as {@link PoissonSolver#solve}.
     */
    public PoissonSolution solve(
            PoissonGrid grid,
            EdgeWeight weight,
            List<double[]> rightHandSides,
            double relativeResidual) {
        grid.check(rightHandSides, relativeResidual);
        if (Channels.nothingToDo(rightHandSides)) {
            return Channels.zeros(grid, rightHandSides.size());
        }
        Unknowns unknowns = new Unknowns(grid);
        List<double[]> b = new ArrayList<>();
        for (double[] image : rightHandSides) {
            b.add(unknowns.gather(image));
        }
        AmgHierarchy hierarchy = AmgHierarchy.ofGrid(unknowns.matrix(weight));
        PoissonSolution found = hierarchy.solve(b, relativeResidual);
        List<double[]> corrections = new ArrayList<>();
        for (double[] x : found.corrections()) {
            corrections.add(unknowns.scatter(x));
        }
        return new PoissonSolution(corrections, found.residuals());
    }
}
