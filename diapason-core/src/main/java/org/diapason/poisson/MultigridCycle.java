package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hierarchy of grids and one symmetric V-cycle through it, an approximate inverse of the grid's
 * operator in single precision.
 *
 * <p>An axis is halved where its weight is at least half the largest, and then weighs a quarter; so
 * the strong couplings, which point smoothing evens out, are halved until all are alike.
 */
final class MultigridCycle {
    private static final int COARSEST = 64;

    final MultigridSlabs slabs;
    private final MultigridFinest finest;
    private final List<MultigridLevel> levels = new ArrayList<>();
    private final CoarsestSolve coarsest;

    MultigridCycle(PoissonGrid grid) {
        slabs = new MultigridSlabs(grid);
        finest = new MultigridFinest(slabs);
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        Stencil stencil = slabs;
        Stencil.Stored coarse;
        do {
            coarse = coarsen(stencil, weights);
            levels.add(new MultigridLevel(coarse));
            stencil = coarse;
        } while (most(coarse.grid(), weights) > 0 && points(coarse.grid()) > COARSEST);
        coarsest = new CoarsestSolve(coarse);
    }

    private static long points(RowGrid g) {
        return (long) g.ni * g.nj * g.nk;
    }

    /** Returns the largest weight of the axes that can be halved, 0 where none can. */
    private static double most(RowGrid g, double[] weights) {
        double most = 0;
        for (int a = 0; a < 3; a++) {
            most = Math.max(most, g.n(a) > 2 ? weights[a] : 0);
        }
        return most;
    }

    /** Returns the operator on every second point of the strong axes, the same if there is none. */
    private static Stencil.Stored coarsen(Stencil fine, double[] weights) {
        double most = most(fine.grid(), weights);
        Stencil coarse = fine;
        for (int a = 2; a >= 0; a--) {
            if (fine.grid().n(a) > 2 && weights[a] >= most / 2) {
                coarse = coarse.coarsen(a);
                weights[a] /= 4;
            }
        }
        return coarse instanceof Stencil.Stored stored ? stored : coarse.stored();
    }

    /** The arrays of the coarse levels, for a number of channels. */
    final class Work {
        private final float[][][][] r = new float[levels.size()][][][];
        private final float[][][][] z = new float[levels.size()][][][];
        private final float[][][][] t = new float[levels.size()][][][];

        Work(int channels) {
            for (int l = 0; l < levels.size(); l++) {
                r[l] = vectors(channels, levels.get(l).g);
                z[l] = vectors(channels, levels.get(l).g);
                t[l] = vectors(channels, levels.get(l).g);
            }
        }

        private static float[][][] vectors(int channels, RowGrid g) {
            float[][][] all = new float[channels][][];
            Arrays.setAll(all, c -> g.vector());
            return all;
        }

        /** Writes the cycle's answer to r into z; returns r·z of every channel. */
        double[] run(float[][][] residuals, float[][][] answers) {
            RowGrid first = levels.get(0).g;
            finest.descend(residuals, first, r[0]);
            run(0, residuals.length);
            return finest.ascend(residuals, z[0], first, answers);
        }

        private void run(int l, int channels) {
            float[][][] left = first(r[l], channels);
            float[][][] found = first(z[l], channels);
            if (l == levels.size() - 1) {
                for (int c = 0; c < channels; c++) {
                    coarsest.solve(left[c], found[c]);
                }
                return;
            }
            MultigridLevel level = levels.get(l);
            RowGrid coarse = levels.get(l + 1).g;
            level.smoothFromZero(left, found);
            level.residual(found, t[l]);
            level.restrict(first(t[l], channels), coarse, r[l + 1]);
            run(l + 1, channels);
            level.prolong(first(z[l + 1], channels), coarse, found);
            level.smoothBack(left, found);
        }

        private static float[][][] first(float[][][] all, int channels) {
            return channels == all.length ? all : Arrays.copyOf(all, channels);
        }
    }
}
