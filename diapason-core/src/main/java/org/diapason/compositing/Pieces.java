package org.diapason.compositing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.poisson.Certified;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The pieces of a mosaic that hang together face to face, and what holds the level of each: voxels
 * of the fixed tile, or, in a piece without one, its first voxel until the mean change is 0.
 */
final class Pieces {
    private final Ownership owned;
    private final int[] labels;
    private final boolean[] open;
    private final boolean[] inside;
    private final boolean gaps;

    private Pieces(Ownership owned, int[] labels, boolean[] open, boolean[] inside, boolean gaps) {
        this.owned = owned;
        this.labels = labels;
        this.open = open;
        this.inside = inside;
        this.gaps = gaps;
    }

    /**
     * What was found.
     *
     * @param corrections one per channel, one number per voxel, 0 where there is none
     */
    record Solved(
            List<double[]> corrections, int unknowns, Numbers residuals, double maxErrorBound) {}

    static Pieces of(Ownership owned, int fixed) {
        Geometry g = owned.grid();
        int[] labels = new int[g.voxels()];
        boolean[] inside = new boolean[labels.length];
        boolean gaps = false;
        for (int v = 0; v < labels.length; v++) {
            boolean none = owned.isVoid(v);
            gaps |= none;
            labels[v] = none ? 0 : -1;
            inside[v] = !none && owned.owner(v) != fixed;
        }
        List<Integer> seeds = new ArrayList<>();
        for (int v = 0; v < labels.length; v++) {
            if (labels[v] < 0) {
                seeds.add(v);
                flood(size(g), v, seeds.size(), labels);
            }
        }
        boolean[] open = new boolean[seeds.size() + 1];
        Arrays.fill(open, true);
        for (int v = 0; v < labels.length; v++) {
            open[labels[v]] &= inside[v] || labels[v] == 0;
        }
        for (int s = 0; s < seeds.size(); s++) {
            inside[seeds.get(s)] &= !open[s + 1];
        }
        return new Pieces(owned, labels, open, inside, gaps);
    }

    private static int[] size(Geometry g) {
        return new int[] {g.ni(), g.nj(), g.nk()};
    }

    /** Labels what hangs together with a voxel, face to face, of voxels whose label is below 0. */
    static void flood(int[] size, int seed, int label, int[] labels) {
        int[] steps = {1, size[0], size[0] * size[1]};
        int[] stack = new int[64];
        int top = 0;
        stack[top++] = seed;
        labels[seed] = label;
        while (top > 0) {
            int v = stack[--top];
            if (top + 6 > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            for (int a = 0; a < 3; a++) {
                int at = v / steps[a] % size[a];
                for (int side = -1; side <= 1; side += 2) {
                    int q = v + side * steps[a];
                    if (at + side >= 0 && at + side < size[a] && labels[q] < 0) {
                        labels[q] = label;
                        stack[top++] = q;
                    }
                }
            }
        }
    }

    /** Returns which voxels are solved for; do not write to it. */
    boolean[] inside() {
        return inside;
    }

    /** Returns corrections whose level is held. */
    Solved solve(List<double[]> b, PoissonSolver solver, double tolerance) {
        boolean anyOpen = false;
        for (int s = 1; s < open.length; s++) {
            anyOpen |= open[s];
        }
        Geometry g = owned.grid();
        double[] w = Patch.weights(g);
        PoissonGrid grid = PoissonGrid.of(g.ni(), g.nj(), g.nk(), inside, w[0], w[1], w[2], 0);
        // in an open piece a voxel is off, and so is the mean that is brought to 0
        double factor = anyOpen ? 2 : 1;
        Certified.Result found =
                gaps
                        ? new Gapped(grid, none(), solver, "Choose --blend feather or nearest.")
                                .solve(b, tolerance / factor)
                        : new Certified(grid, solver).solve(b, tolerance / factor);
        List<double[]> corrections = found.solution().corrections();
        Parallel.forEach(corrections.size(), c -> level(corrections.get(c)));
        return new Solved(
                corrections,
                grid.unknowns(),
                Numbers.of(found.solution().residuals()),
                factor * found.maxErrorBound());
    }

    private boolean[] none() {
        boolean[] none = new boolean[labels.length];
        for (int v = 0; v < none.length; v++) {
            none[v] = labels[v] == 0;
        }
        return none;
    }

    /** Makes the mean of each open piece 0. */
    private void level(double[] e) {
        double[] sums = new double[open.length];
        long[] counts = new long[open.length];
        for (int v = 0; v < e.length; v++) {
            sums[labels[v]] += e[v];
            counts[labels[v]]++;
        }
        for (int v = 0; v < e.length; v++) {
            int s = labels[v];
            e[v] = s > 0 && open[s] ? e[v] - sums[s] / counts[s] : e[v];
        }
    }
}
