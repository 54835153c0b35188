package org.diapason.poisson;

import java.util.function.BiPredicate;
import org.diapason.math.Rng;

/** Grids, answers without any order, and their right-hand sides. */
final class Truth {
    private Truth() {}

    static PoissonGrid picture(Masks mask, int n) {
        return PoissonGrid.picture(n, n, mask.of(n));
    }

    static PoissonGrid picture(int ni, int nj, BiPredicate<Integer, Integer> inside) {
        boolean[] mask = new boolean[ni * nj];
        for (int p = 0; p < mask.length; p++) {
            mask[p] = inside.test(p % ni, p / ni);
        }
        return PoissonGrid.picture(ni, nj, mask);
    }

    /** Returns values without any order, plus a smooth part, 0 outside the mask. */
    static double[] of(PoissonGrid grid, long seed) {
        Rng rng = new Rng(seed);
        double[] u = new double[grid.inside().length];
        for (int p = 0; p < u.length; p++) {
            double i = (p % grid.ni()) / (double) grid.ni();
            double j = (p / grid.ni() % grid.nj()) / (double) grid.nj();
            double noise = rng.nextDouble() - 0.5;
            u[p] = grid.inside()[p] ? 100 * (i * i - j * j + i * j + 0.1 * seed) + 10 * noise : 0;
        }
        return u;
    }

    /** Returns L u, neighbour by neighbour as {@link PoissonGrid} says it. */
    static double[] apply(PoissonGrid grid, double[] u) {
        double[] b = new double[u.length];
        int[] strides = {1, grid.ni(), grid.ni() * grid.nj()};
        int[] sizes = {grid.ni(), grid.nj(), grid.nk()};
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        for (int p = 0; p < u.length; p++) {
            if (grid.inside()[p]) {
                b[p] = grid.screen() * u[p];
                for (int axis = 0; axis < 3; axis++) {
                    int place = p / strides[axis] % sizes[axis];
                    b[p] += place > 0 ? weights[axis] * (u[p] - u[p - strides[axis]]) : 0;
                    b[p] +=
                            place < sizes[axis] - 1
                                    ? weights[axis] * (u[p] - u[p + strides[axis]])
                                    : 0;
                }
            }
        }
        return b;
    }

    /** Returns max|a − b| over max|b|. */
    static double difference(double[] a, double[] b) {
        double most = 0;
        double size = 0;
        for (int p = 0; p < b.length; p++) {
            most = Math.max(most, Math.abs(a[p] - b[p]));
            size = Math.max(size, Math.abs(b[p]));
        }
        return most / size;
    }
}
