package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.diapason.math.Parallel;
import org.diapason.poisson.Certified;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Poisson's equation beside pixels that are none, as if the grid ended there: {@code A e = b}, A
 * being that of {@link PoissonGrid} without the pairs that end in such a pixel.
 *
 * <p>Conjugate gradients, preconditioned by the plain equation on the mask and these pixels
 * together, which any solver has: what it says beside b = 0 on the gaps is the inverse of A and of
 * the least energy of a continuation into them, which is at most a fixed multiple of A's (extension
 * theorem). So the number of iterations does not grow with the grid. As a solver need not be
 * linear, directions are made by Polak and Ribière (flexible; Notay 2000, SIAM J. Sci. Comput.
 * 22(4):1444–1460). Fictitious domains as preconditioners: Nepomnyaschikh 1991, Sov. J. Numer.
 * Anal. Math. Modelling 6(2):151–168.
 *
 * <p>The error is bounded as {@link org.diapason.poisson.ErrorBound} does: A is an M-matrix, so
 * with {@code A w ≥ 1} no pixel is further off than {@code ‖r‖∞ max w}.
 */
final class Gapped {
    private static final double LEAST_REQUEST = 1e-8;

    /** How well the preconditioner is solved: more costs more than it saves. */
    private static final double INNER = 0.03;

    private static final int MOST_ITERATIONS = 200;

    /** Of a residual's terms, at most seven and what gaps take back: more than their rounding. */
    private static final double ROUNDING = 20 * 0x1p-53;

    private final PoissonGrid grid;
    private final PoissonGrid filled;
    private final PoissonSolver solver;
    private final String otherwise;

    /** For each pixel of the mask how many neighbours are none, two bits for each axis. */
    private final byte[] untied;

    private final double largestW;

    /**
     * Sets the system up.
     *
     * @param grid every part of whose mask has a neighbour that is a pixel outside of it, or a
     *     screen
     * @param none pixels outside the mask that are none
     * @param otherwise what to do where it cannot be solved, for the message
     */
    Gapped(PoissonGrid grid, boolean[] none, PoissonSolver solver, String otherwise) {
        this.grid = grid;
        this.solver = solver;
        this.otherwise = otherwise;
        boolean[] both = none.clone();
        for (int p = 0; p < both.length; p++) {
            both[p] |= grid.inside()[p];
        }
        this.filled =
                PoissonGrid.of(
                        grid.ni(),
                        grid.nj(),
                        grid.nk(),
                        both,
                        grid.wi(),
                        grid.wj(),
                        grid.wk(),
                        grid.screen());
        this.untied = new byte[both.length];
        int[] size = {grid.ni(), grid.nj(), grid.nk()};
        int[] steps = {1, size[0], size[0] * size[1]};
        Parallel.forEach(
                size[1] * size[2],
                row -> {
                    for (int p = row * size[0]; p < (row + 1) * size[0]; p++) {
                        int counts = 0;
                        for (int a = 0; grid.inside()[p] && a < 3; a++) {
                            int at = p / steps[a] % size[a];
                            counts += at > 0 && none[p - steps[a]] ? 1 << 2 * a : 0;
                            counts += at < size[a] - 1 && none[p + steps[a]] ? 1 << 2 * a : 0;
                        }
                        untied[p] = (byte) counts;
                    }
                });
        this.largestW = grid.unknowns() == 0 ? 0 : largestW();
    }

    private double largestW() {
        double[] one = new double[grid.inside().length];
        for (int p = 0; p < one.length; p++) {
            one[p] = grid.inside()[p] ? 1 : 0;
        }
        for (double request = 1e-4; request > 1e-11; request /= 100) {
            double[] w = new double[one.length];
            refine(w, one, request, new ArrayList<>());
            double largest = grid.largest(w);
            double least = 1 - grid.largest(residual(w, one)) - rounding(1, largest);
            if (least >= 0.5) {
                return largest / least;
            }
        }
        throw refused();
    }

    private RefusedException refused() {
        return new RefusedException(
                "what lies around missing values cannot be solved with a bound of its error: parts"
                        + " of it hang together by next to nothing. "
                        + otherwise);
    }

    /**
     * Returns corrections that are at most {@code tolerance} from the exact solution: what is left
     * is solved for in rounds, as {@link Certified} does.
     */
    Certified.Result solve(List<double[]> b, double tolerance) {
        List<double[]> x = new ArrayList<>();
        List<Double> worst = new ArrayList<>(List.of(1.0));
        double bound = 0;
        for (double[] one : b) {
            double[] e = new double[one.length];
            List<Double> history = new ArrayList<>(List.of(1.0));
            bound = Math.max(bound, solve(e, one, tolerance, history));
            x.add(e);
            for (int n = 0; n < history.size(); n++) {
                double now = history.get(n);
                if (n < worst.size()) {
                    worst.set(n, Math.max(worst.get(n), now));
                } else {
                    worst.add(now);
                }
            }
        }
        double[] residuals = worst.stream().mapToDouble(r -> r).toArray();
        return new Certified.Result(new PoissonSolution(x, residuals), bound);
    }

    /** Solves one channel and returns the bound of its error. */
    private double solve(double[] x, double[] b, double tolerance, List<Double> history) {
        double before = Double.POSITIVE_INFINITY;
        double bound = bound(x, b);
        while (bound > tolerance) {
            if (bound > before / 2) {
                throw new RefusedException(
                        "the error of the solution can be bounded by "
                                + Numbers.power(bound, 2)
                                + " in double, not by "
                                + Numbers.power(tolerance, 2)
                                + ". Raise the tolerance.");
            }
            before = bound;
            refine(x, b, Math.min(0.1, Math.max(LEAST_REQUEST, 0.3 * tolerance / bound)), history);
            bound = bound(x, b);
        }
        return bound;
    }

    /** Lowers the residual of x by a factor and notes how it falls. */
    private void refine(double[] x, double[] b, double request, List<Double> history) {
        double[] r = residual(x, b);
        double all = grid.norm(b);
        double goal = request * grid.norm(r);
        double[] direction = new double[r.length];
        double[] image = direction;
        double rz = 1;
        double step = 0;
        for (int n = 0; grid.norm(r) > goal; n++) {
            if (n == MOST_ITERATIONS) {
                throw refused();
            }
            double[] z = inMask(solver.solve(filled, List.of(r), INNER).corrections().get(0));
            // z · (r − the one before), which is −step × image
            double beta = -step * grid.dot(z, image) / rz;
            add(z, beta, direction);
            direction = z;
            image = times(direction);
            rz = grid.dot(direction, r);
            step = rz / grid.dot(direction, image);
            add(x, step, direction);
            add(r, -step, image);
            history.add(grid.norm(r) / all);
        }
    }

    private double[] inMask(double[] z) {
        forRows(p -> z[p] = grid.inside()[p] ? z[p] : 0);
        return z;
    }

    private static void add(double[] to, double factor, double[] of) {
        for (int p = 0; p < to.length; p++) {
            to[p] += factor * of[p];
        }
    }

    private double[] residual(double[] e, double[] b) {
        double[] r = times(e);
        forRows(p -> r[p] = b[p] - r[p]);
        return r;
    }

    /** Returns A e: of the plain equation what is tied to pixels that are none, taken back. */
    private double[] times(double[] e) {
        double[] sum = grid.apply(e);
        double wi = grid.wi();
        double wj = grid.wj();
        double wk = grid.wk();
        forRows(
                p -> {
                    int n = untied[p];
                    sum[p] -= ((n & 3) * wi + (n >> 2 & 3) * wj + (n >> 4) * wk) * e[p];
                });
        return sum;
    }

    private void forRows(IntConsumer pixel) {
        int ni = grid.ni();
        Parallel.forEach(
                grid.nj() * grid.nk(),
                row -> {
                    for (int p = row * ni; p < (row + 1) * ni; p++) {
                        pixel.accept(p);
                    }
                });
    }

    private double bound(double[] x, double[] b) {
        double off = grid.largest(residual(x, b));
        double rounding = rounding(grid.largest(b), grid.largest(x));
        return (off + rounding) * largestW;
    }

    private double rounding(double largestB, double largestE) {
        double weights = grid.wi() + grid.wj() + grid.wk();
        return ROUNDING * (largestB + (4 * weights + grid.screen()) * largestE);
    }
}
