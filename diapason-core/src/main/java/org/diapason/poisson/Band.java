package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A grid of one long axis and next to nothing across it, by {@code L D Lᵀ} of its band in double.
 *
 * <p>A line held at its ends is as stiff as the square of its length: of a million unknowns the
 * solution is a thousand million times the right-hand side, and what floats say of it is no guide
 * to what is left. The band costs {@code c²} operations an unknown, c being the pixels across.
 */
final class Band implements PoissonSolver {
    /** Pixels across, at most. */
    private static final int NARROW = 8;

    /** Numbers of the band, at most: a gigabyte. */
    private static final long MOST = 1L << 27;

    private static final int MOST_ROUNDS = 8;

    private final PoissonGrid grid;
    private final int n;
    private final int c;

    /** Place in the grid of each unknown, along the axis; all pixels across lie side by side. */
    private final int[] place;

    /** Of unknown a those with a − 1 … a − c. */
    private final double[] lower;

    private final double[] pivot;

    static boolean isNarrow(PoissonGrid grid) {
        long across = across(grid);
        return across <= NARROW && across * grid.inside().length <= MOST;
    }

    private static long across(PoissonGrid g) {
        int most = Math.max(g.ni(), Math.max(g.nj(), g.nk()));
        return (long) g.ni() * g.nj() * g.nk() / most;
    }

    Band(PoissonGrid grid) {
        this.grid = grid;
        n = grid.inside().length;
        c = (int) across(grid);
        place = new int[n];
        lower = new double[n * c];
        pivot = new double[n];
        int[] size = {grid.ni(), grid.nj(), grid.nk()};
        int[] steps = {1, grid.ni(), grid.ni() * grid.nj()};
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        int axis = size[0] * c == n ? 0 : size[1] * c == n ? 1 : 2;
        int u = axis == 0 ? 1 : 0;
        int v = axis == 2 ? 1 : 2;
        int[] axes = {u, v, axis};
        int[] strides = {1, size[u], c};
        for (int a = 0; a < n; a++) {
            place[a] =
                    a % size[u] * steps[u] + a / size[u] % size[v] * steps[v] + a / c * steps[axis];
        }
        for (int a = 0; a < n; a++) {
            if (grid.inside()[place[a]]) {
                pivot[a] = grid.screen();
                for (int t = 0; t < 3; t++) {
                    int at = place[a] / steps[axes[t]] % size[axes[t]];
                    double w = weights[axes[t]];
                    boolean before = at > 0;
                    pivot[a] += (before ? w : 0) + (at < size[axes[t]] - 1 ? w : 0);
                    if (before && grid.inside()[place[a - strides[t]]]) {
                        lower[a * c + strides[t] - 1] = -w;
                    }
                }
            } else {
                pivot[a] = 1;
            }
            eliminate(a);
        }
    }

    private void eliminate(int a) {
        for (int d = Math.min(a, c); d >= 1; d--) {
            int b = a - d;
            double sum = lower[a * c + d - 1];
            for (int e = d + 1; e <= Math.min(a, c); e++) {
                sum -= lower[a * c + e - 1] * lower[b * c + e - d - 1] * pivot[a - e];
            }
            lower[a * c + d - 1] = sum / pivot[b];
        }
        for (int d = 1; d <= Math.min(a, c); d++) {
            pivot[a] -= lower[a * c + d - 1] * lower[a * c + d - 1] * pivot[a - d];
        }
    }

    @Override
    public PoissonSolution solve(
            PoissonGrid same, List<double[]> rightHandSides, double relativeResidual) {
        MultigridOnGrid.requireSame(grid, same);
        double[] norms = grid.check(rightHandSides, relativeResidual);
        List<double[]> found = new ArrayList<>();
        double[][] histories = new double[norms.length][];
        for (int b = 0; b < norms.length; b++) {
            double[] x = new double[n];
            histories[b] = solve(rightHandSides.get(b), norms[b], relativeResidual, x);
            found.add(x);
        }
        return new PoissonSolution(found, Channels.worst(histories));
    }

    private double[] solve(double[] b, double norm, double wanted, double[] x) {
        List<Double> history = new ArrayList<>(List.of(norm > 0 ? 1.0 : 0.0));
        double[] left = b;
        double now = history.get(0);
        for (int round = 1; now > wanted; round++) {
            double[] more = substitute(left);
            for (int a = 0; a < n; a++) {
                x[place[a]] += more[a];
            }
            left = grid.residual(x, b);
            double before = now;
            now = grid.norm(left) / norm;
            history.add(now);
            if (!(now <= wanted) && (!(now <= before / 2) || round == MOST_ROUNDS)) {
                throw Channels.notReached(
                        "multigrid", round, now, wanted, Channels.NEXT_TO_NOTHING);
            }
        }
        return history.stream().mapToDouble(h -> h).toArray();
    }

    private double[] substitute(double[] b) {
        double[] z = Arrays.stream(place).mapToDouble(p -> b[p]).toArray();
        for (int a = 0; a < n; a++) {
            for (int d = 1; d <= Math.min(a, c); d++) {
                z[a] -= lower[a * c + d - 1] * z[a - d];
            }
        }
        for (int a = 0; a < n; a++) {
            z[a] /= pivot[a];
        }
        for (int a = n - 1; a >= 0; a--) {
            for (int d = 1; d <= Math.min(a, c); d++) {
                z[a - d] -= lower[a * c + d - 1] * z[a];
            }
        }
        return z;
    }
}
