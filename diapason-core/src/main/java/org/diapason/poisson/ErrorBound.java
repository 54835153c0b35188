package org.diapason.poisson;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * Bounds how far a correction is from the exact solution of a grid's equation, at every pixel, in
 * the units of the image.
 *
 * <p>L is an M-matrix: where {@code L v ≥ |r|} at every pixel, {@code |e − e*| ≤ v} at every pixel,
 * r being the residual of e (the discrete maximum principle). So one w with {@code L w ≥ 1} bounds
 * every correction by {@code ‖r‖∞ max w} ({@link #of}), and a y that nearly solves {@code L y =
 * |r|} bounds it by {@code max (y + ρ w)}, ρ being what {@code L y} falls short of |r| ({@link
 * #sharper}). Neither rests on the solver that found w or y: both inequalities are verified pixel
 * by pixel in double.
 *
 * <p>Rounding is counted in: every residual is taken as large, and every {@code L w} as small, as
 * the rounding of its own computation allows ({@link PoissonGrid#residual}). That also proves that
 * L is not singular: no w could pass if a part of the mask were held by nothing.
 *
 * <p>The first bound is wide: an error that changes sign from pixel to pixel is counted as if it
 * did not, and the worst pixel stands for all. After multigrid, at 1025 × 1025, it was 19 times (2
 * % holes) to 45,000 times (touching the border) the true error, growing with max w, that is with
 * the square of the mask's width; the second was 13 to 33 times smaller.
 *
 * <p>Source: Varga 2000, Matrix Iterative Analysis, 2nd ed., theorem 3.15 (M-matrices); Berman and
 * Plemmons 1994, Nonnegative Matrices in the Mathematical Sciences, chapter 6, condition I27.
 */
public final class ErrorBound {
    private static final double UP = 1 + 0x1p-48;

    /** Relative residual asked of w: what w lacks, division by the least {@code L w} makes good. */
    private static final double LOOSE = 0.02;

    private static final int MOST_ROUNDS = 6;

    private final PoissonGrid grid;
    private final PoissonSolver solver;
    private final double[] w;
    private final double largest;

    private ErrorBound(PoissonGrid grid, PoissonSolver solver, double[] w, double least) {
        this.grid = grid;
        this.solver = solver;
        grid.forPixels(p -> w[p] = w[p] / least * UP);
        this.w = w;
        largest = grid.largest(w);
    }

    /**
     * Finds w by the solver and verifies it.
     *
     * @throws RefusedException if no w can be found: a part of the mask has no neighbour that holds
     *     it, or the solver fails
     */
    public static ErrorBound on(PoissonGrid grid, PoissonSolver solver) {
        double[] one = new double[grid.inside().length];
        grid.forPixels(p -> one[p] = grid.inside()[p] ? 1 : 0);
        double[] w = new double[one.length];
        double[] left = one;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] more = solver.solve(grid, List.of(left), LOOSE).corrections().get(0);
            grid.forPixels(p -> w[p] += more[p]);
            double least = 1 - largestShortfall(grid, one, w);
            if (least >= 0.5) {
                return new ErrorBound(grid, solver, w, least);
            }
            left = grid.residual(w, one);
        }
        throw new RefusedException(
                "no bound of the error: L w ≥ 1 cannot be met in double. Some part of the mask is"
                        + " held by next to nothing; let it touch known pixels, or raise the"
                        + " screen.");
    }

    /** Returns by how much at most {@code L v} falls short of f in the mask, 0 if nowhere. */
    private static double largestShortfall(PoissonGrid grid, double[] f, double[] v) {
        double[] most = new double[grid.nj() * grid.nk()];
        forRows(
                grid,
                v,
                f,
                (row, r, rounding) -> {
                    for (int i = 0; i < r.length; i++) {
                        r[i] = Math.max(0, r[i] + rounding[i]);
                    }
                    most[row] = PoissonGrid.largest(r, 0, r.length);
                });
        return PoissonGrid.largest(most, 0, most.length);
    }

    private interface OfRow {
        void run(int row, double[] r, double[] rounding);
    }

    /** Runs the body for all rows of {@code b − L e} and of its rounding, 0 outside the mask. */
    private static void forRows(PoissonGrid grid, double[] e, double[] b, OfRow body) {
        int ni = grid.ni();
        grid.forBlocks(
                (first, end) -> {
                    PoissonRow room = new PoissonRow(grid);
                    for (int row = first; row < end; row++) {
                        double[] r = room.residual(row, 0, ni, e, b);
                        double[] rounding = room.magnitudes(0, ni);
                        for (int i = 0; i < ni; i++) {
                            int p = row * ni + i;
                            boolean in = grid.inside()[p];
                            double size = Math.abs(b[p]) + rounding[i];
                            r[i] = in ? r[i] : 0;
                            rounding[i] = in ? PoissonGrid.ROUNDING * size : 0;
                        }
                        body.run(row, r, rounding);
                    }
                });
    }

    /** Returns the largest w, in units of 1/L: 1 of residual is this much of error at most. */
    public double largestW() {
        return largest;
    }

    /**
     * Returns {@code ‖r‖∞ max w}: no pixel of e is farther from the exact solution. Costs one pass.
     * NaN or infinite if e is.
     */
    public double of(double[] e, double[] b) {
        return measure(e, b).bound();
    }

    /** Returns the bound of a correction of 0, the residual of which is b. */
    double ofNothing(double[] b) {
        return grid.largest(b) * largest * UP;
    }

    /**
     * What a pass over a residual finds.
     *
     * @param bound as of {@link #of}
     * @param norm ‖r‖₂, a little enlarged
     */
    record Measured(double bound, double norm) {}

    Measured measure(double[] e, double[] b) {
        double[] most = new double[grid.nj() * grid.nk()];
        double[] norms = new double[most.length];
        forRows(
                grid,
                e,
                b,
                (row, r, rounding) -> {
                    enlarge(r, rounding);
                    most[row] = PoissonGrid.largest(r, 0, r.length);
                    norms[row] = PoissonGrid.dot(r, r, 0, r.length);
                });
        double bound = PoissonGrid.largest(most, 0, most.length) * largest * UP;
        return new Measured(bound, Math.sqrt(Arrays.stream(norms).sum()));
    }

    private static void enlarge(double[] r, double[] by) {
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.abs(r[i]) + by[i];
        }
    }

    /** Returns a bound some times smaller than {@link #of}, for one more solve. */
    public double sharper(double[] e, double[] b) {
        double[] r = new double[e.length];
        forRows(
                grid,
                e,
                b,
                (row, left, rounding) -> {
                    enlarge(left, rounding);
                    System.arraycopy(left, 0, r, row * left.length, left.length);
                });
        double[] y = solver.solve(grid, List.of(r), 1e-2).corrections().get(0);
        double rest = largestShortfall(grid, r, y);
        grid.forPixels(p -> y[p] = Math.max(0, y[p] + rest * w[p] * UP) * UP);
        return grid.largest(y);
    }
}
