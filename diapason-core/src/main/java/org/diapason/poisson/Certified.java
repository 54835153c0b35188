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
        this.solver = solver;
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
        int channels = rightHandSides.size();
        List<double[]> x = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        double[] bounds = new double[channels];
        for (int c = 0; c < channels; c++) {
            x.add(new double[grid.inside().length]);
            bounds[c] = bound().of(x.get(c), rightHandSides.get(c));
            if (bounds[c] > tolerance) {
                open.add(c);
            }
        }
        List<Double> history = new ArrayList<>(List.of(worst(norms) > 0 ? 1.0 : 0.0));
        for (int round = 0; !open.isEmpty(); round++) {
            refine(x, rightHandSides, open, tolerance / worst(bounds), history);
            for (int c : List.copyOf(open)) {
                double before = bounds[c];
                bounds[c] = bound().of(x.get(c), rightHandSides.get(c));
                boolean stands = !(bounds[c] <= before / 2) || round == MOST_ROUNDS;
                if (bounds[c] > tolerance && stands) {
                    bounds[c] = bound().sharper(x.get(c), rightHandSides.get(c));
                    refuseAbove(tolerance, bounds[c]);
                }
                if (bounds[c] <= tolerance) {
                    open.remove((Integer) c);
                }
            }
        }
        double[] residuals = history.stream().mapToDouble(r -> r).toArray();
        residuals[residuals.length - 1] = relative(x, rightHandSides);
        return new Result(new PoissonSolution(x, residuals), worst(bounds));
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
            List<double[]> x,
            List<double[]> b,
            List<Integer> open,
            double wanted,
            List<Double> history) {
        List<double[]> left = open.stream().map(c -> grid.residual(x.get(c), b.get(c))).toList();
        double request = Math.min(LARGEST_REQUEST, Math.max(LEAST_REQUEST, wanted / 2));
        PoissonSolution more = solver.solve(grid, left, request);
        double begin = history.get(history.size() - 1);
        for (int i = 1; i < more.residuals().length; i++) {
            history.add(begin * more.residuals()[i]);
        }
        for (int o = 0; o < open.size(); o++) {
            double[] e = more.corrections().get(o);
            double[] sum = x.get(open.get(o));
            grid.forPixels(p -> sum[p] += e[p]);
        }
    }

    private double relative(List<double[]> x, List<double[]> b) {
        double most = 0;
        for (int c = 0; c < x.size(); c++) {
            double norm = grid.norm(b.get(c));
            double left = norm == 0 ? 0 : grid.norm(grid.residual(x.get(c), b.get(c))) / norm;
            most = Math.max(most, left);
        }
        return most;
    }
}
