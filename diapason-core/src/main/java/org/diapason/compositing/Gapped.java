package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.poisson.Amg;
import org.diapason.poisson.Certified;
import org.diapason.poisson.EdgeWeight;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.SparseMatrix;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Poisson's equation where some pairs of neighbours are not tied, by algebraic multigrid, with the
 * bound of the error that {@link org.diapason.poisson.ErrorBound} has for the plain equation: the
 * matrix A is an M-matrix, so with {@code A w ≥ 1} no pixel is further off than {@code ‖r‖∞ max w}.
 */
final class Gapped {
    private static final double LEAST_REQUEST = 1e-8;

    /** Of a residual's terms, a row of at most seven: more than their own rounding. */
    private static final double ROUNDING = 16 * 0x1p-53;

    private final PoissonGrid grid;
    private final EdgeWeight ties;
    private final SparseMatrix matrix;
    private final int[] pixels;
    private final double largestW;

    /**
     * Sets the system up.
     *
     * @param ties 0 or 1 for each pair
     */
    Gapped(PoissonGrid grid, EdgeWeight ties) {
        this.grid = grid;
        this.ties = ties;
        this.matrix = SparseMatrix.of(grid, ties);
        this.pixels = new int[matrix.rows()];
        int n = 0;
        for (int p = 0; p < grid.inside().length; p++) {
            if (grid.inside()[p]) {
                pixels[n++] = p;
            }
        }
        this.largestW = pixels.length == 0 ? 0 : largestW();
    }

    private double largestW() {
        double[] one = new double[grid.inside().length];
        for (int p : pixels) {
            one[p] = 1;
        }
        for (double request = 1e-4; request > 1e-11; request /= 100) {
            double[] w = new Amg().solve(grid, ties, List.of(one), request).corrections().get(0);
            double[] short0 = residual(w, one);
            double largest = largest(gathered(w));
            double least = 1 - largest(short0) - rounding(1, largest);
            if (least >= 0.5) {
                return largest / least;
            }
        }
        throw new RefusedException(
                "the mosaic cannot be solved with a bound of its error: some of its pieces hang"
                        + " together by next to nothing. Choose --blend feather or nearest.");
    }

    /**
     * Returns corrections that are at most {@code tolerance} from the exact solution: what is left
     * is solved for in rounds, as {@link Certified} does.
     */
    Certified.Result solve(List<double[]> b, double tolerance) {
        List<double[]> x = new ArrayList<>();
        for (double[] one : b) {
            x.add(new double[one.length]);
        }
        List<Double> history = new ArrayList<>(List.of(1.0));
        double before = Double.POSITIVE_INFINITY;
        for (double bound = bound(x, b); bound > tolerance; bound = bound(x, b)) {
            if (bound > before / 2) {
                throw new RefusedException(
                        "the error of the mosaic can be bounded by "
                                + Numbers.power(bound, 2)
                                + " in double, not by "
                                + Numbers.power(tolerance, 2)
                                + ". Raise the tolerance.");
            }
            before = bound;
            double request = Math.min(0.1, Math.max(LEAST_REQUEST, 0.3 * tolerance / bound));
            refine(x, b, request, history);
        }
        double[] residuals = history.stream().mapToDouble(r -> r).toArray();
        return new Certified.Result(new PoissonSolution(x, residuals), bound(x, b));
    }

    private void refine(List<double[]> x, List<double[]> b, double request, List<Double> history) {
        List<double[]> left = new ArrayList<>();
        for (int c = 0; c < x.size(); c++) {
            double[] image = new double[x.get(c).length];
            double[] r = residual(x.get(c), b.get(c));
            for (int u = 0; u < r.length; u++) {
                image[pixels[u]] = r[u];
            }
            left.add(image);
        }
        PoissonSolution more = new Amg().solve(grid, ties, left, request);
        double begin = history.get(history.size() - 1);
        for (int i = 1; i < more.residuals().length; i++) {
            history.add(begin * more.residuals()[i]);
        }
        for (int c = 0; c < x.size(); c++) {
            double[] sum = x.get(c);
            double[] e = more.corrections().get(c);
            for (int p : pixels) {
                sum[p] += e[p];
            }
        }
    }

    private double bound(List<double[]> x, List<double[]> b) {
        double most = 0;
        for (int c = 0; c < x.size(); c++) {
            double off = largest(residual(x.get(c), b.get(c)));
            double rounding = rounding(largest(b.get(c)), largest(x.get(c)));
            most = Math.max(most, (off + (off > 0 ? rounding : 0)) * largestW);
        }
        return most;
    }

    private double rounding(double largestB, double largestE) {
        double weights = grid.wi() + grid.wj() + grid.wk();
        return ROUNDING * (largestB + 4 * weights * largestE);
    }

    private double[] residual(double[] e, double[] b) {
        double[] r = matrix.times(gathered(e));
        for (int u = 0; u < r.length; u++) {
            r[u] = b[pixels[u]] - r[u];
        }
        return r;
    }

    private double[] gathered(double[] image) {
        double[] values = new double[pixels.length];
        for (int u = 0; u < values.length; u++) {
            values[u] = image[pixels[u]];
        }
        return values;
    }

    private static double largest(double[] values) {
        double most = 0;
        for (double x : values) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }
}
