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

    final List<MultigridLevel> levels = new ArrayList<>();
    private final CoarsestSolve coarsest;

    MultigridCycle(PoissonGrid grid) {
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        MultigridLevel level = MultigridLevel.of(grid);
        levels.add(level);
        while (level.n[0] * (long) level.n[1] * level.n[2] > COARSEST) {
            double most = 0;
            for (int a = 0; a < 3; a++) {
                most = Math.max(most, level.n[a] > 2 ? weights[a] : 0);
            }
            if (most == 0) {
                break;
            }
            MultigridLevel coarse = level;
            for (int a = 2; a >= 0; a--) {
                if (level.n[a] > 2 && weights[a] >= most / 2) {
                    coarse = coarse.coarsen(a);
                    weights[a] /= 4;
                }
            }
            coarse.invert();
            levels.add(coarse);
            level = coarse;
        }
        coarsest = new CoarsestSolve(level);
    }

    /** The arrays one run of cycles works in. */
    final class Work {
        final float[][][] r = new float[levels.size()][][];
        final float[][][] z = new float[levels.size()][][];
        private final float[][][] t = new float[levels.size()][][];

        Work(int channels) {
            for (int l = 0; l < levels.size(); l++) {
                r[l] = new float[channels][levels.get(l).size];
                z[l] = new float[channels][levels.get(l).size];
                t[l] = new float[channels][levels.get(l).size];
            }
        }

        /** Writes the cycle's answer to {@code r[0]} into {@code z[0]}. */
        void run() {
            run(0);
        }

        private void run(int l) {
            MultigridLevel level = levels.get(l);
            if (l == levels.size() - 1) {
                for (int c = 0; c < r[l].length; c++) {
                    coarsest.solve(r[l][c], z[l][c]);
                }
                return;
            }
            for (float[] one : z[l]) {
                Arrays.fill(one, 0);
            }
            MultigridLevel coarse = levels.get(l + 1);
            level.smooth(r[l], z[l], true);
            level.residual(r[l], z[l], t[l]);
            level.restrict(t[l], coarse, r[l + 1]);
            run(l + 1);
            level.prolong(z[l + 1], coarse, z[l]);
            level.smooth(r[l], z[l], false);
        }
    }
}
