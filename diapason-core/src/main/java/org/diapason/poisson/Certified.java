package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Solves until the largest error, in units of the image, is known to be below a tolerance, by any
 * solver.
 *
 * <p>The solver is asked for a correction, then for the correction of what is left, in double
 * (iterative refinement), until {@link ErrorBound} holds. The w of the bound is found once, at the
 * first call, and kept: use one object for all right-hand sides of a grid.
 */
public final class Certified {
    private static final int MOST_ROUNDS = 30;
    private static final double LEAST_REQUEST = 1e-10;
    private static final double LARGEST_REQUEST = 0.1;

    private final PoissonGrid grid;
    private final PoissonSolver solver;
    private ErrorBound bound;

    public Certified(PoissonGrid grid, PoissonSolver solver) {
        this.grid = grid;
        this.solver = solver.on(grid);
    }

    /**
     * What was found and how well it is known.
     *
     * @param solution the residuals of a round are those the solver told times what the round began
     *     with; the last one is computed anew
     * @param maxErrorBound how far any pixel of any channel can be from the exact solution
     */
    public record Result(PoissonSolution solution, double maxErrorBound) {}

    /** Returns the bound, found at the first call. */
    public synchronized ErrorBound bound() {
        if (bound == null) {
            bound = ErrorBound.on(grid, solver);
        }
        return bound;
    }

    /**
     * Returns corrections that are at most {@code tolerance} from the exact solution at every
     * pixel.
     *
     * @param rightHandSides as of {@link PoissonSolver#solve}; not modified
     * @param tolerance in units of the image, above 0
     * @throws RefusedException if doubles cannot show it: about 10⁻¹⁵ of the largest correction
     *     times the squared width of the mask in pixels is the least
     */
    public Result solve(List<double[]> rightHandSides, double tolerance) {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be above 0, got " + tolerance);
        }
        double[] norms = grid.check(rightHandSides, 1);
        double[] left = norms.clone();
        int channels = rightHandSides.size();
        double[][] x = new double[channels][];
        List<Integer> open = new ArrayList<>();
        double[] bounds = new double[channels];
        for (int c = 0; c < channels; c++) {
            bounds[c] = bound().ofNothing(rightHandSides.get(c));
            if (!(bounds[c] <= tolerance)) {
                open.add(c);
            } else {
                x[c] = new double[grid.inside().length];
            }
        }
        List<Double> history = new ArrayList<>(List.of(worst(norms) > 0 ? 1.0 : 0.0));
        for (int round = 0; !open.isEmpty(); round++) {
            refine(x, rightHandSides, open, tolerance / worst(bounds), history);
            for (int c : List.copyOf(open)) {
                double before = bounds[c];
                ErrorBound.Measured now = bound().measure(x[c], rightHandSides.get(c));
                bounds[c] = now.bound();
                left[c] = now.norm();
                boolean stands = !(bounds[c] <= before / 2) || round == MOST_ROUNDS;
                if (!(bounds[c] <= tolerance) && stands) {
                    bounds[c] = bound().sharper(x[c], rightHandSides.get(c));
                    refuseAbove(tolerance, bounds[c]);
                }
                if (bounds[c] <= tolerance) {
                    open.remove((Integer) c);
                }
            }
        }
        double[] residuals = history.stream().mapToDouble(r -> r).toArray();
        residuals[residuals.length - 1] = relative(left, norms);
        return new Result(new PoissonSolution(List.of(x), residuals), worst(bounds));
    }

    private static double worst(double[] bounds) {
        return Arrays.stream(bounds).max().orElse(0);
    }

    private static void refuseAbove(double tolerance, double bound) {
        if (!(bound <= tolerance)) {
            throw new RefusedException(
                    "the error of the solution can be bounded by "
                            + Numbers.power(bound, 1)
                            + " in double, not by "
                            + Numbers.power(tolerance, 1)
                            + ". Raise the tolerance.");
        }
    }

    /** Adds the solver's answer to what is left of the open channels. */
    private void refine(
            double[][] x,
            List<double[]> b,
            List<Integer> open,
            double wanted,
            List<Double> history) {
        List<double[]> left =
                open.stream()
                        .map(c -> x[c] == null ? b.get(c) : grid.residual(x[c], b.get(c)))
                        .toList();
        double request = Math.min(LARGEST_REQUEST, Math.max(LEAST_REQUEST, wanted / 2));
        PoissonSolution more = solver.solve(grid, left, request);
        double begin = history.get(history.size() - 1);
        for (int i = 1; i < more.residuals().length; i++) {
            history.add(begin * more.residuals()[i]);
        }
        for (int o = 0; o < open.size(); o++) {
            double[] e = more.corrections().get(o);
            double[] sum = x[open.get(o)];
            if (sum == null) {
                x[open.get(o)] = e;
            } else {
                grid.forPixels(p -> sum[p] += e[p]);
            }
        }
    }

    private static double relative(double[] left, double[] norms) {
        double most = 0;
        for (int c = 0; c < left.length; c++) {
            most = Math.max(most, norms[c] == 0 ? 0 : left[c] / norms[c]);
        }
        return most;
    }
}
