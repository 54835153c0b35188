package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Solves Poisson's equation on any mask by red-black successive over-relaxation in double: needs no
 * memory to speak of and no set-up, but sweeps that grow with the width of the mask.
 *
 * <p>The best ω follows from the spectral radius ρ of Jacobi's method, {@code ω = 2/(1 + √(1 −
 * ρ²))}, and is approached by Chebyshev's ramp: 1, {@code 1/(1 − ρ²/2)}, then {@code 1/(1 − ρ²
 * ω/4)} each half sweep, which keeps early sweeps from growing (Golub and Varga 1961, Numer. Math.
 * 3:147–156, doi:10.1007/BF01386013). On a full rectangle or box ρ has a formula. On any other mask
 * it is estimated: for every image x, {@code x·W x / x·D x} with the weights W between pixels and
 * the diagonal D is at most ρ, so that a bad x does no harm. The first x is the distance from the
 * mask's border, smoothed; later ones are the change in one sweep, which comes to be the slowest
 * mode as long as ω is too small (Hageman and Young 1981, Applied Iterative Methods, section 9.5,
 * read that from ratios of changes, which noise can drive beyond ρ). A ρ too small costs much more
 * than one too large, so 1 − ρ is taken 15 % smaller than estimated. Sweeps stay below 1.4 times
 * those with the best ω found by trial.
 *
 * <p>Where four times the sweeps that ρ lets expect did not suffice, the answer is refused. 32
 * bytes for each pixel of the box around the mask, beside the answers. The same bytes on any number
 * of threads.
 */
public final class Sor implements PoissonSolver {
    private static final double CAUTION = 0.85;
    private static final double CERTAIN = 1e-12;
    private static final int SMOOTHING = 10;

    /** The spectral radius to take, NaN to find it. */
    private final double given;

    public Sor() {
        this(Double.NaN);
    }

    /** For trials: takes a spectral radius of Jacobi's method as given. */
    Sor(double spectralRadius) {
        given = spectralRadius;
    }

    static double bestOmega(double rho) {
        return 2 / (1 + Math.sqrt(1 - rho * rho));
    }

    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        grid.check(rightHandSides, relativeResidual);
        if (Channels.nothingToDo(rightHandSides)) {
            return Channels.zeros(grid, rightHandSides.size());
        }
        RedBlack pixels = new RedBlack(grid);
        Box box = Box.of(grid);
        boolean learn = Double.isNaN(given) && box.missing() > 0;
        double rho = given;
        if (Double.isNaN(given)) {
            rho = learn ? ofDistance(grid, pixels) : checked(box.spectralRadius());
        }
        List<double[]> corrections = new ArrayList<>();
        double[][] histories = new double[rightHandSides.size()][];
        for (int c = 0; c < histories.length; c++) {
            Run run = new Run(pixels, pixels.split(rightHandSides.get(c)), rho, learn);
            histories[c] = run.until(relativeResidual);
            corrections.add(pixels.join(run.e));
            rho = run.rho;
        }
        return new PoissonSolution(corrections, Channels.worst(histories));
    }

    private static double cautious(double rho) {
        return checked(1 - CAUTION * (1 - rho));
    }

    private static double checked(double rho) {
        if (rho > 1 - CERTAIN) {
            throw Channels.singular();
        }
        return rho;
    }

    /** Returns ρ by the distance from the mask's border, which is much like the slowest mode. */
    private static double ofDistance(PoissonGrid grid, RedBlack pixels) {
        double[] distance = new double[grid.inside().length];
        double[] steps = {
            1 / Math.sqrt(grid.wi()), 1 / Math.sqrt(grid.wj()), 1 / Math.sqrt(grid.wk())
        };
        double far = grid.ni() * steps[0] + grid.nj() * steps[1] + grid.nk() * steps[2];
        Arrays.setAll(distance, p -> grid.inside()[p] ? far : 0);
        int[] strides = {1, grid.ni(), grid.ni() * grid.nj()};
        int[] sizes = {grid.ni(), grid.nj(), grid.nk()};
        for (int turn = 0; turn < 2 * distance.length; turn++) {
            int p = turn < distance.length ? turn : 2 * distance.length - 1 - turn;
            boolean back = turn >= distance.length;
            for (int axis = 0; axis < 3 && distance[p] > 0; axis++) {
                int place = p / strides[axis] % sizes[axis];
                if (place != (back ? sizes[axis] - 1 : 0)) {
                    int q = back ? p + strides[axis] : p - strides[axis];
                    distance[p] = Math.min(distance[p], distance[q] + steps[axis]);
                }
            }
        }
        double[][] x = pixels.split(distance);
        double[][] zero = pixels.split(new double[distance.length]);
        for (int k = 0; k < SMOOTHING; k++) {
            pixels.sweep(x, zero, 1, 1);
        }
        double found = pixels.rayleigh(x);
        // Pixels that all stand alone have no edge, and smoothing leaves nothing.
        return found > 0 ? cautious(found) : 0;
    }

    /** One right-hand side on its way. */
    private static final class Run {
        private final RedBlack pixels;
        private final double[][] b;
        private final double[][] e;
        private final double[][] old;
        private double rho;
        private double[] history = new double[256];

        Run(RedBlack pixels, double[][] b, double rho, boolean learn) {
            this.pixels = pixels;
            this.b = b;
            this.rho = rho;
            e = new double[2][b[0].length];
            old = learn ? new double[2][b[0].length] : null;
        }

        double[] until(double wanted) {
            double norm = Math.sqrt(Channels.dot(b[0], b[0]) + Channels.dot(b[1], b[1]));
            if (norm == 0) {
                return new double[] {0};
            }
            double omega = 1;
            double blackLeft = 0;
            int learnAt = 4;
            history[0] = 1;
            for (int k = 1; ; k++) {
                if (k == history.length) {
                    history = Arrays.copyOf(history, 2 * k);
                }
                boolean learn = old != null && k == learnAt;
                if (learn) {
                    keep();
                }
                double red = omega;
                double black = k == 1 ? 1 / (1 - rho * rho / 2) : next(omega);
                double[] squares = pixels.sweep(e, b, red, black);
                if (k > 1) {
                    history[k - 1] = Math.sqrt(squares[0] + blackLeft) / norm;
                }
                blackLeft = (1 - black) * (1 - black) * squares[1];
                if (k > 1 && history[k - 1] <= wanted || k > mostSweeps(wanted)) {
                    double[] left = pixels.sweep(e, b, 0, 0);
                    history[k] = Math.sqrt(left[0] + left[1]) / norm;
                    if (history[k] <= wanted) {
                        return Arrays.copyOf(history, k + 1);
                    }
                    refuseBeyond(k, wanted);
                }
                omega = next(black);
                if (learn) {
                    learn();
                    learnAt += Math.max(2, k / 4);
                }
            }
        }

        private double next(double omega) {
            return 1 / (1 - rho * rho * omega / 4);
        }

        /** Four times the sweeps after which {@code (ω − 1)^k} is the residual that is wanted. */
        private double mostSweeps(double wanted) {
            double digits = StrictMath.log(Math.max(2, 1 / wanted));
            return 100 + 4 * digits / -StrictMath.log(bestOmega(rho) - 1);
        }

        private void refuseBeyond(int k, double wanted) {
            if (k > mostSweeps(wanted)) {
                throw Channels.notReached(
                        "over-relaxation",
                        k,
                        history[k],
                        wanted,
                        "Take multigrid, or ask for no less than rounding leaves.");
            }
        }

        private void keep() {
            for (int colour = 0; colour < 2; colour++) {
                System.arraycopy(e[colour], 0, old[colour], 0, e[colour].length);
            }
        }

        private void learn() {
            for (int colour = 0; colour < 2; colour++) {
                for (int x = 0; x < e[colour].length; x++) {
                    old[colour][x] = e[colour][x] - old[colour][x];
                }
            }
            double found = pixels.rayleigh(old);
            rho = found > 0 ? Math.max(rho, cautious(found)) : rho;
        }
    }
}
