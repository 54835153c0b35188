package org.diapason.poisson;

import java.util.function.BiPredicate;
import org.diapason.math.Rng;

/** Grids and right-hand sides whose answer is known. */
final class MaskGrids {
    private MaskGrids() {}

    /** Returns a picture's grid of n × n by the name of its mask. */
    static PoissonGrid picture(String name, int n) {
        return picture(n, n, mask(name, n));
    }

    static PoissonGrid picture(int ni, int nj, BiPredicate<Integer, Integer> inside) {
        boolean[] mask = new boolean[ni * nj];
        for (int p = 0; p < mask.length; p++) {
            mask[p] = inside.test(p % ni, p / ni);
        }
        return PoissonGrid.picture(ni, nj, mask);
    }

    private static BiPredicate<Integer, Integer> mask(String name, int n) {
        double c = (n - 1) / 2.0;
        BiPredicate<Integer, Integer> square = (i, j) -> i > 0 && j > 0 && i < n - 1 && j < n - 1;
        switch (name) {
            case "square":
                return square;
            case "circle":
                return (i, j) -> Math.hypot(i - c, j - c) < c - 1;
            case "star":
                return (i, j) ->
                        Math.hypot(i - c, j - c)
                                < (c - 1) * (0.7 + 0.3 * Math.sin(9 * Math.atan2(j - c, i - c)));
            case "swiss-cheese":
                int cell = Math.max(4, n / 16);
                return square.and(
                        (i, j) ->
                                Math.hypot(i % cell - cell / 2.0, j % cell - cell / 2.0)
                                        > cell / 4.0);
            case "2 % holes":
                boolean[] hole = new boolean[n * n];
                Rng rng = new Rng(5);
                for (int p = 0; p < hole.length; p++) {
                    hole[p] = rng.nextDouble() < 0.02;
                }
                return square.and((i, j) -> !hole[j * n + i]);
            case "border-touching":
                return (i, j) -> i + j < 3 * n / 2 && Math.hypot(i - c, j - c) > n / 8.0;
            case "two components":
                return square.and((i, j) -> Math.abs(i + 2 * j - n) > 3);
            default:
                throw new IllegalArgumentException(name);
        }
    }

    /** Returns values without any order, plus a smooth part, 0 outside the mask. */
    static double[] truth(PoissonGrid grid, long seed) {
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
