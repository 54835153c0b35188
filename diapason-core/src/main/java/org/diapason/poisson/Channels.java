package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** What all solvers ask of right-hand sides and say of residuals. */
final class Channels {
    /** What is to be done where rounding is all that is left. */
    static final String NEXT_TO_NOTHING =
            "Rounding forbids less, or the mask is held by next to nothing: ask for no less, or"
                    + " raise the screen.";

    private static final int BLOCK = 1 << 14;

    private Channels() {}

    static void checkFinite(double[] b, int channel, int size) {
        if (b.length != size) {
            throw new IllegalArgumentException(
                    "right-hand side "
                            + channel
                            + " has "
                            + b.length
                            + " numbers, the matrix "
                            + size
                            + " rows");
        }
        for (int r = 0; r < size; r++) {
            if (!Double.isFinite(b[r])) {
                throw new IllegalArgumentException(
                        "right-hand side " + channel + " is " + b[r] + " in row " + r);
            }
        }
    }

    static boolean nothingToDo(List<double[]> rightHandSides) {
        for (double[] b : rightHandSides) {
            for (double value : b) {
                if (value != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    static PoissonSolution zeros(PoissonGrid grid, int channels) {
        List<double[]> corrections = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            corrections.add(new double[grid.inside().length]);
        }
        return new PoissonSolution(corrections, new double[] {0});
    }

    /** Returns Σ a b, summed in blocks that are fixed by index. */
    static double dot(double[] a, double[] b) {
        double[] sums = new double[(a.length + BLOCK - 1) / BLOCK];
        Parallel.forEach(
                sums.length,
                block -> {
                    int end = Math.min(a.length, (block + 1) * BLOCK);
                    double even = 0;
                    double odd = 0;
                    int x = block * BLOCK;
                    for (; x + 1 < end; x += 2) {
                        even += a[x] * b[x];
                        odd += a[x + 1] * b[x + 1];
                    }
                    sums[block] = even + odd + (x < end ? a[x] * b[x] : 0);
                });
        double sum = 0;
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Returns the largest {@code ‖b − L e‖₂/‖b‖₂} of the channels. */
    static double relativeResidual(PoissonGrid grid, List<double[]> b, List<double[]> e) {
        double worst = 0;
        for (int c = 0; c < b.size(); c++) {
            double norm = grid.norm(b.get(c));
            double left = norm == 0 ? 0 : grid.norm(grid.residual(e.get(c), b.get(c)));
            worst = Math.max(worst, norm == 0 ? 0 : left / norm);
        }
        return worst;
    }

    /** Returns the largest residual of all channels at each iteration; a channel done stays. */
    static double[] worst(double[][] histories) {
        int length = 1;
        for (double[] history : histories) {
            length = Math.max(length, history.length);
        }
        double[] worst = new double[length];
        for (double[] history : histories) {
            for (int k = 0; k < length; k++) {
                worst[k] = Math.max(worst[k], history[Math.min(k, history.length - 1)]);
            }
        }
        return worst;
    }

    static RefusedException singular() {
        return new RefusedException(
                "a part of the mask has no pixel beside it that holds the solution, so it is known"
                        + " up to a constant only. Leave a pixel of that part out of the mask, or"
                        + " set a screen above 0.");
    }

    static RefusedException notReached(
            String solver, int iterations, double reached, double wanted, String advice) {
        return new RefusedException(
                solver
                        + " came to a relative residual of "
                        + Numbers.power(reached, 1)
                        + " after "
                        + iterations
                        + (iterations == 1 ? " iteration, " : " iterations, ")
                        + Numbers.power(wanted, 1)
                        + " was asked for. "
                        + advice);
    }
}
