package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.RefusedException;

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
 * those with the best ω found by trial. Up to four go through memory together ({@link RedBlack}),
 * so the last three may be more than the residual needed. Every right-hand side finds its own ρ:
 * its answer does not depend on those it came with.
 *
 * <p>Where four times the sweeps that ρ lets expect did not suffice, the answer is refused. 32
 * bytes for each pixel of the box around the mask, and 300 for each of its rows, beside the
 * answers. The same bytes on any number of threads.
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
        }
        return new PoissonSolution(corrections, Channels.worst(histories));
    }

    /**
     * Returns the larger of ρ and what is believed of one that 1 less {@code below} was seen of.
     */
    private static double atLeast(double rho, double below) {
        return below < 1 ? Math.max(rho, 1 - CAUTION * below) : rho;
    }

    private static double checked(double rho) {
        if (!(rho <= 1 - CERTAIN)) {
            throw new RefusedException(
                    "over-relaxation would need millions of sweeps: the mask is very wide, or held"
                            + " by next to nothing. Take multigrid.");
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
        for (int turn = 0; turn < 2; turn++) {
            for (int n = 0; n < distance.length / grid.ni(); n++) {
                int row = turn == 0 ? n : distance.length / grid.ni() - 1 - n;
                sweep(distance, grid, steps, row, turn == 0 ? -1 : 1);
            }
        }
        double[][][] x = pixels.split(distance);
        double[][][] zero = pixels.zeros();
        for (int k = 0; k < SMOOTHING; k++) {
            pixels.sweep(x, zero, 1, 1);
        }
        // Pixels that all stand alone have no edge, and smoothing leaves nothing.
        return checked(atLeast(0, pixels.rayleigh(x)));
    }

    /** Shortens the distances of a row by those of the neighbours on one side, −1 or 1. */
    private static void sweep(double[] far, PoissonGrid grid, double[] steps, int row, int side) {
        int ni = grid.ni();
        int j = row % grid.nj() + side;
        int k = row / grid.nj() + side;
        int at = row * ni;
        if (j >= 0 && j < grid.nj()) {
            shorten(far, at, at + side * ni, steps[1], ni);
        }
        if (k >= 0 && k < grid.nk()) {
            shorten(far, at, at + side * ni * grid.nj(), steps[2], ni);
        }
        for (int n = 1; n < ni; n++) {
            int p = side < 0 ? at + n : at + ni - 1 - n;
            far[p] = Math.min(far[p], far[p + side] + steps[0]);
        }
    }

    private static void shorten(double[] far, int at, int from, double step, int n) {
        for (int i = 0; i < n; i++) {
            far[at + i] = Math.min(far[at + i], far[from + i] + step);
        }
    }

    /** One right-hand side on its way. */
    private static final class Run {
        private final RedBlack pixels;
        private final double[][][] b;
        private final double[][][] e;
        private final double[][][] old;
        private double rho;
        private double omega = 1;
        private double[] history = new double[256];

        Run(RedBlack pixels, double[][][] b, double rho, boolean learn) {
            this.pixels = pixels;
            this.b = b;
            this.rho = rho;
            e = pixels.zeros();
            old = learn ? pixels.zeros() : null;
        }

        double[] until(double wanted) {
            double[] start = pixels.sweep(e, b, 0, 0);
            double norm = Math.sqrt(start[0] + start[1]);
            if (norm == 0) {
                return new double[] {0};
            }
            int learnAt = old == null ? Integer.MAX_VALUE : 4;
            double blackLeft = start[1];
            int k = 0;
            while (true) {
                boolean learn = k + 1 == learnAt;
                if (learn) {
                    keep();
                }
                int sweeps = learn ? 1 : Math.min(pixels.together(), learnAt - 1 - k);
                double[] omegas = omegas(2 * sweeps, k);
                double[] squares = pixels.sweep(e, b, omegas);
                history = k + sweeps < history.length ? history : Arrays.copyOf(history, 2 * k);
                boolean met = false;
                for (int s = 0; s < sweeps; s++) {
                    // What red has left now is what it had before it was updated the next time.
                    history[k] = Math.sqrt(squares[2 * s] + blackLeft) / norm;
                    met |= k > 0 && history[k] <= wanted;
                    double kept = 1 - omegas[2 * s + 1];
                    blackLeft = kept * kept * squares[2 * s + 1];
                    k++;
                }
                if (learn) {
                    learn();
                    learnAt += Math.max(2, k / 4);
                }
                if (met || k > mostSweeps(wanted)) {
                    double[] left = pixels.sweep(e, b, 0, 0);
                    history[k] = Math.sqrt(left[0] + left[1]) / norm;
                    if (history[k] <= wanted) {
                        return Arrays.copyOf(history, k + 1);
                    }
                    refuseBeyond(k, wanted);
                }
            }
        }

        /** Returns the ω of half sweeps, the first of them after k sweeps. */
        private double[] omegas(int n, int k) {
            double[] omegas = new double[n];
            for (int h = 0; h < n; h++) {
                omegas[h] = omega;
                boolean first = k == 0 && h == 0;
                omega = 1 / (1 - rho * rho * (first ? 0.5 : omega / 4));
            }
            return omegas;
        }

        /**
         * Four times the sweeps after which {@code (ω − 1)^k} is the residual that is wanted of
         * what the first sweeps may raise it to, 1/(1 − ρ).
         */
        private double mostSweeps(double wanted) {
            double digits = StrictMath.log(Math.max(2, 1 / wanted)) - StrictMath.log(1 - rho);
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
                for (int row = 0; row < old[colour].length; row++) {
                    double[] now = e[colour][row];
                    System.arraycopy(now, 0, old[colour][row], 0, now.length);
                }
            }
        }

        private void learn() {
            for (int colour = 0; colour < 2; colour++) {
                for (int row = 0; row < old[colour].length; row++) {
                    double[] now = e[colour][row];
                    double[] before = old[colour][row];
                    for (int h = 0; h < now.length; h++) {
                        before[h] = now[h] - before[h];
                    }
                }
            }
            rho = checked(atLeast(rho, pixels.rayleigh(old)));
        }
    }
}
