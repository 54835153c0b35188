package org.diapason.reconstruction;

import java.util.ArrayList;
import java.util.List;
import org.diapason.step.Progress;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds {@code min F(A u) + λ R(u)} over {@code 0 ≤ u ≤ U} by primal-dual hybrid gradients, with a
 * certificate: the primal-dual gap, which bounds how far the objective is above its minimum.
 *
 * <p>{@code gap = F(A u) + λR(u) + F*(p') + (λR)*(q') + U Σ max(0, −(Aᵀp' + Kᵀq'))}, the best of a
 * few points {@code p' = (1 − θ) p + θ e}, {@code q' = (1 − θ) q} between the iterates and where
 * {@code Aᵀp' + Kᵀq' ≥ 0}, so that an infinite U will do. A finite one makes the gap small earlier;
 * it is meant to be out of reach, and an image that touches it is refused. With a finite D the
 * bound is over images within D of this one in every pixel; the objective is convex, so that an
 * image k D away is better by k gaps at most. That gap is small much earlier: duals leave the
 * feasible side by what A does not see, and U is the price of it. Where no gap can be told (pixels
 * that no measurement sees, and U infinite) runs end when ten iterations change the image by less
 * than a tenth of the tolerance.
 *
 * <p>Keeps u, p and q, so that the next run, with another λ, starts where the last ended. Memory:
 * 10 + 2 components arrays of the image, over what model and prior keep. The same bits on any
 * number of threads as far as the model has them.
 *
 * <p>Papers: Chambolle and Pock 2011, J. Math. Imaging Vis. 40:120–145,
 * doi:10.1007/s10851-010-0251-1, algorithm 1; Pock and Chambolle 2011, ICCV 1762–1769,
 * doi:10.1109/ICCV.2011.6126441, lemma 2 with α = 1; relaxed: Condat 2013, J. Optim. Theory Appl.
 * 158:460–479, doi:10.1007/s10957-012-0245-9, algorithm 3.1.
 */
public final class Pdhg {
    /** Iterations from one look at the objective to the next. */
    private static final int PAUSE = 10;

    private static final int SHOWN = 3;

    /** Without a gap the change must be so many times smaller than the tolerance. */
    private static final double ONCE_MORE = 10;

    private final PrimalDual at;
    private final float[] before;

    /**
     * When a run ends.
     *
     * @param tolerance the largest gap, as a share of the objective; positive
     * @param within D, in the unit of u; positive, may be infinite
     * @param upper U, in the unit of u; positive, may be infinite
     * @param mostIterations after which a run that has not ended is refused
     */
    public record Settings(double tolerance, double within, double upper, int mostIterations) {
        public Settings {
            if (!(tolerance > 0) || !(within > 0) || !(upper > 0) || mostIterations < 1) {
                throw new IllegalArgumentException(
                        "tolerance, within, upper and mostIterations must be positive, got "
                                + tolerance
                                + ", "
                                + within
                                + ", "
                                + upper
                                + " and "
                                + mostIterations);
            }
        }

        /** Settings for a gap over all of {@code 0 ≤ u ≤ U}. */
        public Settings(double tolerance, double upper, int mostIterations) {
            this(tolerance, Double.POSITIVE_INFINITY, upper, mostIterations);
        }
    }

    /**
     * One look.
     *
     * @param objective F(A u) + λR(u)
     * @param gap how far that is above the minimum at most; infinite where it cannot be told
     * @param change of the image over the last ten iterations, as a share of it
     */
    public record Check(int iteration, double objective, double gap, double change) {
        /** Returns the gap as a share of the objective. */
        public double relativeGap() {
            return gap <= 0 ? 0 : gap / Math.abs(objective);
        }

        @Override
        public String toString() {
            return iteration
                    + ": objective "
                    + Numbers.power(objective, 6)
                    + ", gap "
                    + (Double.isInfinite(gap) ? "unknown" : Numbers.power(gap, 2))
                    + ", change "
                    + Numbers.power(change, 2);
        }
    }

    /**
     * @param image u; the array is the caller's
     * @param history every tenth iteration
     * @param converged whether the gap is as small as asked for
     */
    public record Result(float[] image, List<Check> history, boolean converged) {
        public Check last() {
            return history.get(history.size() - 1);
        }
    }

    /**
     * @param start where to begin, 0 or more, not modified
     * @param variance ρ: that of a usual datum, the square of the noise; positive
     */
    public Pdhg(
            ForwardModel model, DataTerm data, NormPrior prior, float[] start, double variance) {
        if (model.measurements() != data.measurements() || model.pixels() != start.length) {
            throw new IllegalArgumentException(
                    "the model has "
                            + model.pixels()
                            + " pixels and "
                            + model.measurements()
                            + " measurements, but there are "
                            + start.length
                            + " and "
                            + data.measurements());
        }
        if (!(variance > 0) || Double.isInfinite(variance)) {
            throw new IllegalArgumentException("variance must be positive, got " + variance);
        }
        at = new PrimalDual(model, data, prior, start, variance);
        before = start.clone();
    }

    private Pdhg(PrimalDual at, float[] before) {
        this.at = at;
        this.before = before;
    }

    /** Returns the same with another prior; begins where this one ended, which is lost. */
    Pdhg with(NormPrior prior) {
        return new Pdhg(at.with(prior), before);
    }

    /**
     * Runs until the gap is small.
     *
     * @param weight λ, 0 or more
     * @throws RefusedException if it has not become so; the message ends with the history's end
     */
    public Result minimise(double weight, Settings settings, Progress progress) {
        Result result = approach(weight, settings, progress);
        if (!result.converged) {
            refuse(settings, result.history);
        }
        requireBelow(settings.upper);
        return result;
    }

    /** The same as far as the iterations lead, for weights that are only tried. */
    Result approach(double weight, Settings settings, Progress progress) {
        EdgePrior.requireNotNegative("weight", weight);
        at.weigh(weight);
        List<Check> history = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        double first = Double.NaN;
        for (int step = 1; step <= settings.mostIterations; step++) {
            at.descend(settings.upper);
            at.rise(weight);
            if (step % PAUSE != 0 && step != settings.mostIterations) {
                continue;
            }
            double bound = at.bound(weight, settings.within, settings.upper);
            // of another image's surroundings where these are finite
            best = Double.isInfinite(settings.within) ? Math.max(best, bound) : bound;
            Check check = look(step, weight, best);
            history.add(check);
            boolean certain = best > Double.NEGATIVE_INFINITY;
            double now = certain ? check.relativeGap() : check.change * ONCE_MORE;
            first = Double.isNaN(first) ? Math.max(now, settings.tolerance) : first;
            String detail = " · iteration " + step + ", gap " + Numbers.power(now, 2);
            progress.at(detail, percent(first, now, settings.tolerance), 100, 0);
            if (now <= settings.tolerance) {
                return new Result(at.image.clone(), history, true);
            }
        }
        return new Result(at.image.clone(), history, false);
    }

    private static void refuse(Settings settings, List<Check> history) {
        throw new RefusedException(
                "after "
                        + settings.mostIterations
                        + " iterations the objective is not known to be within "
                        + Numbers.power(settings.tolerance, 1)
                        + " of its minimum. The last looks were "
                        + history.subList(Math.max(0, history.size() - SHOWN), history.size())
                        + ". Allow more iterations, or more prior weight.");
    }

    static int percent(double first, double now, double last) {
        if (!(now < first)) {
            return now <= last ? 100 : 0;
        }
        double share = StrictMath.log(first / now) / StrictMath.log(first / last);
        return (int) Math.max(0, Math.min(100, 100 * share));
    }

    private Check look(int step, double weight, double best) {
        double objective = at.objective(weight);
        double change = Total.change(before, at.image);
        System.arraycopy(at.image, 0, before, 0, before.length);
        return new Check(step, objective, objective - best, change);
    }

    private void requireBelow(double upper) {
        float most = (float) Math.min(upper, Float.MAX_VALUE);
        for (float v : at.image) {
            if (v >= most) {
                throw new RefusedException(
                        "the image reaches the upper bound "
                                + Numbers.power(upper, 3)
                                + " that was to be out of reach. Raise it, or the prior's weight.");
            }
        }
    }
}
