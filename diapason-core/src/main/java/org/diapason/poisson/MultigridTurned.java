package org.diapason.poisson;

import java.util.List;

/**
 * {@link Multigrid} on a grid whose rows are short, with its longest axis as rows: loops run along
 * rows, and each takes as long, and 128 bytes a vector, as if it had twenty points.
 */
final class MultigridTurned implements PoissonSolver {
    /** Rows that are shorter are exchanged for the longest axis if that is longer. */
    private static final int SHORT = 32;

    private final PoissonGrid grid;
    private final PoissonGrid turned;
    private final int axis;
    private final PoissonSolver solver;

    private MultigridTurned(PoissonGrid grid, int axis) {
        this.grid = grid;
        this.axis = axis;
        int[] n = {grid.ni(), grid.nj(), grid.nk()};
        double[] w = {grid.wi(), grid.wj(), grid.wk()};
        boolean[] inside = new boolean[grid.inside().length];
        for (int p = 0; p < inside.length; p++) {
            inside[turn(p, n)] = grid.inside()[p];
        }
        int[] m = n.clone();
        m[0] = n[axis];
        m[axis] = n[0];
        turned =
                PoissonGrid.of(
                        m[0],
                        m[1],
                        m[2],
                        inside,
                        w[axis],
                        axis == 1 ? w[0] : w[1],
                        axis == 2 ? w[0] : w[2],
                        grid.screen());
        solver = new MultigridOnGrid(turned);
    }

    static PoissonSolver of(PoissonGrid grid) {
        int longest = grid.nj() >= grid.nk() ? 1 : 2;
        boolean isShort = grid.ni() < SHORT && grid.ni() < Math.max(grid.nj(), grid.nk());
        return isShort ? new MultigridTurned(grid, longest) : new MultigridOnGrid(grid);
    }

    /** Returns where pixel p of a grid of n pixels lies when axis 0 and the other are exchanged. */
    private int turn(int p, int[] n) {
        int i = p % n[0];
        int j = p / n[0] % n[1];
        int k = p / n[0] / n[1];
        return axis == 1 ? j + n[1] * (i + n[0] * k) : k + n[2] * (j + n[1] * i);
    }

    @Override
    public PoissonSolution solve(
            PoissonGrid same, List<double[]> rightHandSides, double relativeResidual) {
        MultigridOnGrid.requireSame(grid, same);
        grid.check(rightHandSides, relativeResidual);
        int[] n = {grid.ni(), grid.nj(), grid.nk()};
        List<double[]> there =
                rightHandSides.stream()
                        .map(
                                b -> {
                                    double[] out = new double[b.length];
                                    grid.forPixels(p -> out[turn(p, n)] = b[p]);
                                    return out;
                                })
                        .toList();
        PoissonSolution found = solver.solve(turned, there, relativeResidual);
        List<double[]> back =
                found.corrections().stream()
                        .map(
                                e -> {
                                    double[] out = new double[e.length];
                                    grid.forPixels(p -> out[p] = e[turn(p, n)]);
                                    return out;
                                })
                        .toList();
        return new PoissonSolution(back, found.residuals());
    }
}
