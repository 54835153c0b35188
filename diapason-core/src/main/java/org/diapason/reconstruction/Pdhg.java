package org.diapason.reconstruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.step.Progress;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds {@code min F(A u) + λ R(u)} over {@code 0 ≤ u ≤ U} by primal-dual hybrid gradients, with a
 * certificate: the primal-dual gap, which bounds how far the objective is above its minimum.
 *
 * <p>{@code p ← prox_{σF*}(p + σ A ū)}, {@code q ← prox_{σ(λR)*}(q + σ K ū)}, {@code u⁺ ← P(u − τ (Aᵀp
 * + Kᵀq))}, {@code ū ← 2u⁺ − u}, with one step a row and a column: {@code τ = ρ / (Aᵀ1 + Σ|K|)}, {@code
 * σ_A = 1 / (ρ A1)}, {@code σ_K = 1 / (ρ max Σ|K|)}, which makes {@code ‖Σ^½ [A; K] T^½‖ ≤ 1}. ρ, in
 * the unit of u over that of p, is the variance of a datum.
 *
 * <p>{@code gap = F(A u) + λR(u) + F*(p) + (λR)*(q) + U Σ max(0, −(Aᵀp + Kᵀq))}. It needs a finite U;
 * without one, runs end at a relative change instead. U is meant to be out of reach: an image that
 * touches it is refused.
 *
 * <p>Keeps u, p and q, so that the next run, with another λ, starts where the last ended. Memory:
 * 8 + 2 components arrays of the image, over what model and prior keep. The same bits on any number
 * of threads as far as the model has them.
 *
 * <p>Papers: Chambolle and Pock 2011, J. Math. Imaging Vis. 40:120–145,
 * doi:10.1007/s10851-010-0251-1, algorithm 1; Pock and Chambolle 2011, ICCV 1762–1769,
 * doi:10.1109/ICCV.2011.6126441, lemma 2 with α = 1.
 */
public final class Pdhg {
    /** Iterations from one look at the objective to the next. */
    private static final int PAUSE = 10;

    private static final int SHOWN = 3;

    private final ForwardModel model;
    private final DataTerm data;
    private final NormPrior prior;
    private final double rho;
    private final float[] u;
    private final float[] ahead;
    private final float[] pull;
    private final float[] p;
    private final float[] predicted;
    private final float[][] q;
    private final float[][] edges;
    private final float[] tau;
    private final float[] sigma;
    private final double sigmaPrior;
    private final float[] before;

    /**
     * When a run ends.
     *
     * @param tolerance the largest gap, as a share of the objective; without a finite upper bound the
     *     largest change over ten iterations, as a share of the image; positive
     * @param upper U, in the unit of u; positive, may be infinite
     * @param mostIterations after which a run that has not ended is refused
     */
    public record Settings(double tolerance, double upper, int mostIterations) {
        public Settings {
            if (!(tolerance > 0) || !(upper > 0) || mostIterations < 1) {
                throw new IllegalArgumentException(
                        "tolerance, upper and mostIterations must be positive, got "
                                + tolerance
                                + ", "
                                + upper
                                + " and "
                                + mostIterations);
            }
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
     */
    public record Result(float[] image, List<Check> history) {
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
        this.model = model;
        this.data = data;
        this.prior = prior;
        rho = variance;
        u = start.clone();
        ahead = start.clone();
        before = start.clone();
        pull = new float[u.length];
        p = new float[data.measurements()];
        predicted = new float[p.length];
        q = new float[prior.components()][u.length];
        edges = new float[prior.components()][u.length];
        tau = new float[u.length];
        sigma = new float[p.length];
        double row = Math.max(prior.largestRowSum(), Float.MIN_NORMAL);
        sigmaPrior = 1 / (rho * row);
        steps();
    }

    private void steps() {
        Arrays.fill(pull, 1);
        model.forward(pull, sigma);
        for (int b = 0; b < sigma.length; b++) {
            sigma[b] = (float) (1 / (rho * Math.max(sigma[b], 1e-12)));
        }
        Arrays.fill(predicted, 1);
        model.backward(predicted, tau);
        prior.columnSums(pull);
        for (int v = 0; v < tau.length; v++) {
            tau[v] = (float) (rho / Math.max(tau[v] + pull[v], 1e-12));
        }
    }

    /**
     * Runs until the gap is small.
     *
     * @param weight λ, 0 or more
     * @throws RefusedException if it has not become so; the message ends with the history's end
     */
    public Result minimise(double weight, Settings settings, Progress progress) {
        EdgePrior.requireNotNegative("weight", weight);
        List<Check> history = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        double first = Double.NaN;
        for (int step = 1; step <= settings.mostIterations; step++) {
            rise(weight);
            descend(settings.upper);
            if (step % PAUSE != 0 && step != settings.mostIterations) {
                continue;
            }
            best = Math.max(best, dual(weight, settings.upper));
            Check check = look(step, weight, best);
            history.add(check);
            boolean certain = !Double.isInfinite(settings.upper);
            double now = certain ? check.relativeGap() : check.change;
            first = Double.isNaN(first) ? Math.max(now, settings.tolerance) : first;
            progress.at("converging", percent(first, now, settings.tolerance), 100, 0);
            if (now <= settings.tolerance) {
                requireBelow(settings.upper);
                return new Result(u.clone(), history);
            }
        }
        throw new RefusedException(
                "after "
                        + settings.mostIterations
                        + " iterations the objective is not known to be within "
                        + Numbers.power(settings.tolerance, 1)
                        + " of its minimum. The last looks were "
                        + history.subList(Math.max(0, history.size() - SHOWN), history.size())
                        + ". Allow more iterations, or more prior weight.");
    }

    private static int percent(double first, double now, double last) {
        if (!(now < first)) {
            return now <= last ? 100 : 0;
        }
        double share = StrictMath.log(first / now) / StrictMath.log(first / last);
        return (int) Math.max(0, Math.min(100, 100 * share));
    }

    private void rise(double weight) {
        model.forward(ahead, predicted);
        Blocks.forEach(
                p.length,
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        p[b] += sigma[b] * predicted[b];
                    }
                });
        data.prox(p, sigma);
        prior.apply(ahead, edges);
        float s = (float) sigmaPrior;
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int c = 0; c < q.length; c++) {
                        float[] dual = q[c];
                        float[] edge = edges[c];
                        for (int v = from; v < to; v++) {
                            dual[v] += s * edge[v];
                        }
                    }
                });
        if (weight > 0) {
            prior.prox(q, sigmaPrior, weight);
        } else {
            Arrays.stream(q).forEach(c -> Arrays.fill(c, 0));
        }
    }

    private void descend(double upper) {
        model.backward(p, pull);
        prior.transpose(q, ahead); // which is made anew below
        float most = (float) Math.min(upper, Float.MAX_VALUE);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        pull[v] += ahead[v];
                        float old = u[v];
                        float now = Math.max(0, Math.min(most, old - tau[v] * pull[v]));
                        u[v] = now;
                        ahead[v] = 2 * now - old;
                    }
                });
    }

    /** Returns the dual objective, a lower bound of the minimum; pull is Aᵀp + Kᵀq of now. */
    private double dual(double weight, double upper) {
        double outside =
                Total.of(
                        u.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int v = from; v < to; v++) {
                                sum += Math.max(0, -pull[v]);
                            }
                            return sum;
                        });
        double bound = outside == 0 ? 0 : upper * outside;
        double known = weight > 0 ? prior.conjugate(q, weight) : 0;
        return -data.conjugate(p) - known - bound;
    }

    private Check look(int step, double weight, double best) {
        model.forward(u, predicted);
        double objective = data.value(predicted);
        objective += weight > 0 ? weight * prior.norm(u) : 0;
        double moved =
                Total.of(
                        u.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int v = from; v < to; v++) {
                                double d = (double) u[v] - before[v];
                                sum += d * d;
                            }
                            return sum;
                        });
        double size = Total.dot(u, u);
        System.arraycopy(u, 0, before, 0, u.length);
        double change = moved == 0 ? 0 : Math.sqrt(moved / size);
        return new Check(step, objective, objective - best, change);
    }

    private void requireBelow(double upper) {
        float most = (float) Math.min(upper, Float.MAX_VALUE);
        for (float v : u) {
            if (v >= most) {
                throw new RefusedException(
                        "the image reaches the upper bound "
                                + Numbers.power(upper, 3)
                                + " that was to be out of reach. Raise it, or the prior's weight.");
            }
        }
    }
}
