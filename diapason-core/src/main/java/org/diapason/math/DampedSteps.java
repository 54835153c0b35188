package org.diapason.math;

import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import org.diapason.volume.Numbers;

/**
 * A search for the least sum of squares: steps of Gauss and Newton, damped more where one does not
 * lower the sum, and less where it does (Levenberg 1944, Marquardt 1963, doi:10.1137/0111030).
 *
 * @param at where it ended
 * @param squares the sum there
 * @param converged whether the last step was small; false too where the parameters are not settled
 */
public record DampedSteps(Numbers at, double squares, boolean converged) {
    private static final double FIRST_DAMPING = 1e-3;

    /** Damping at which a step is small because of it alone. */
    private static final double TOO_DAMPED = 1e3;

    /** Says where a step leads. */
    public interface Step {

        /**
         * Returns what to add to the parameters; null where they are not settled.
         *
         * @param damping what the diagonal of the normal equations is raised by, as a share of it
         */
        double[] from(double[] at, double damping);
    }

    /**
     * Searches.
     *
     * @param start parameters to begin with; not modified
     * @param most steps at the most
     * @param squares the sum to be lowered; infinite where parameters have no meaning
     * @param small whether a step, the second, from the parameters, the first, ends the search
     */
    public static DampedSteps search(
            double[] start,
            int most,
            ToDoubleFunction<double[]> squares,
            Step steps,
            BiPredicate<double[], double[]> small) {
        double[] at = start.clone();
        double least = squares.applyAsDouble(at);
        double damping = FIRST_DAMPING;
        boolean converged = false;
        for (int round = 0; round < most && !converged; round++) {
            double[] step = steps.from(at, damping);
            if (step == null) {
                break;
            }
            double[] next = new double[at.length];
            for (int a = 0; a < next.length; a++) {
                next[a] = at[a] + step[a];
            }
            double sum = squares.applyAsDouble(next);
            boolean end = small.test(at, step);
            if (sum <= least) {
                at = next;
                least = sum;
                damping /= 10;
                converged = end;
            } else {
                damping *= 10;
                converged = end && damping < TOO_DAMPED;
            }
        }
        return new DampedSteps(Numbers.of(at), least, converged);
    }
}
