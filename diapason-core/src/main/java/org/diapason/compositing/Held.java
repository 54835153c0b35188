package org.diapason.compositing;

import java.util.List;
import org.diapason.poisson.Certified;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.RefusedException;

/**
 * Solves a blend's equation, also where less holds the solution than a {@link PoissonGrid} knows
 * of.
 *
 * <p>A mask of all pixels, without a screen, leaves its level open. Right-hand sides of such a
 * system sum to 0, as every difference stands in them twice, once with each sign. So the middle
 * pixel is left out of it: there the correction is 0, and its equation follows from the others.
 * Where the target has no value beside the mask the pair is not tied, as at the border of an image.
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

    /**
     * Returns the corrections of a patch whose target has no value somewhere beside the mask.
     *
     * @throws RefusedException if no value holds some part of the mask
     */
    static Certified.Result solveBesideGaps(
            Patch patch,
            PoissonGrid grid,
            List<double[]> rightHandSides,
            PoissonSolver solver,
            double tolerance) {
        requireHold(patch, grid);
        String otherwise = "Fill what is missing beside the mask first.";
        return new Gapped(grid, patch.absent(), solver, otherwise).solve(rightHandSides, tolerance);
    }

    private static void requireHold(Patch patch, PoissonGrid grid) {
        boolean[] inside = patch.inside();
        int[] size = {patch.size(0), patch.size(1), patch.size(2)};
        int[] labels = new int[inside.length];
        boolean[] beside = new boolean[inside.length];
        for (int p = 0; p < labels.length; p++) {
            labels[p] = inside[p] ? -1 : 0;
            beside[p] = !inside[p] && !patch.isAbsent(p);
        }
        int parts = 0;
        for (int p = 0; p < labels.length; p++) {
            // every part that touches a value is labelled from there
            for (int q : beside[p] ? patch.neighbours(p) : new int[0]) {
                if (labels[q] < 0) {
                    Pieces.flood(size, q, ++parts, labels);
                }
            }
        }
        int adrift = 0;
        for (int label : labels) {
            adrift += label < 0 ? 1 : 0;
        }
        if (adrift > 0 && grid.screen() == 0) {
            throw new RefusedException(
                    adrift
                            + " pixels of the mask hang together and touch no value of the target:"
                            + " all around them it has none (NaN), so nothing holds their level. Let"
                            + " the mask end where the target has values, or hold the level by a"
                            + " screen.");
        }
    }
}
