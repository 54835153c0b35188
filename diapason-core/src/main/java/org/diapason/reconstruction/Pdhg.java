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
 * <p>{@code u⁺ = P(u − τ (Aᵀp + Kᵀq))}, {@code p⁺ = prox_{σF*}(p + σ A (2u⁺ − u))}, {@code q⁺ =
 * prox_{σ(λR)*}(q + σ K (2u⁺ − u))}, then all three go 1.8 times the way there (relaxed). One step
 * a row and a column: {@code τ = ρ / (Aᵀ1 + Σ|K|)}, {@code σ_A = 1 / (ρ A1)}, {@code σ_K = 1 / (ρ
 * max Σ|K|)}, which makes {@code ‖S^½ [A; K] T^½‖ ≤ 1} for an A without negative entries. ρ, in the
 * unit of u over that of p, is 4 times the variance of a datum.
 *
 * <p>{@code gap = F(A u) + λR(u) + F*(p') + (λR)*(q') + U Σ max(0, −(Aᵀp' + Kᵀq'))}, the best of a
 * few points {@code p' = (1 − θ) p + θ e}, {@code q' = (1 − θ) q} between the iterates and where
 * {@code Aᵀp' + Kᵀq' ≥ 0}, so that an infinite U will do. A finite one makes the gap small earlier;
 * it is meant to be out of reach, and an image that touches it is refused. Where no gap can be told
 * (pixels that no measurement sees, and U infinite) runs end when ten iterations change the image
 * by less than a tenth of the tolerance.
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

    /** Found on blurred and noisy volumes: 1 to 10 need about as many iterations. */
    private static final double FASTER = 4;

    /** r: how far beyond what plain iterations give; below 2. */
    private static final float RELAXED = 1.8f;

    /** Where on the way into the dual's region its objective is tried. */
    private static final double[] SHARES = {0, 0.03, 0.1, 0.3, 1};

    private final ForwardModel model;
    private final DataTerm data;
    private final NormPrior prior;
    private final double rho;
    private final float[] u;
    private final float[] image;
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

    /** Aᵀ1. */
    private final float[] seen;

    /**
     * When a run ends.
     *
     * @param tolerance the largest gap, as a share of the objective; positive
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
        this.model = model;
        this.data = data;
        this.prior = prior;
        rho = FASTER * variance;
        u = start.clone();
        ahead = new float[u.length];
        before = start.clone();
        image = start.clone();
        pull = new float[u.length];
        p = new float[data.measurements()];
        predicted = new float[p.length];
        q = new float[prior.components()][u.length];
        edges = new float[prior.components()][u.length];
        tau = new float[u.length];
        seen = new float[u.length];
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
        model.backward(predicted, seen);
        prior.columnSums(pull);
        for (int v = 0; v < tau.length; v++) {
            tau[v] = (float) (rho / Math.max(seen[v] + pull[v], 1e-12));
        }
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
        List<Check> history = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        double first = Double.NaN;
        for (int step = 1; step <= settings.mostIterations; step++) {
            descend(settings.upper);
            rise(weight);
            if (step % PAUSE != 0 && step != settings.mostIterations) {
                continue;
            }
            best = Math.max(best, dual(weight, settings.upper));
            Check check = look(step, weight, best);
            history.add(check);
            boolean certain = check.gap < Double.POSITIVE_INFINITY;
            double now = certain ? check.relativeGap() : check.change * ONCE_MORE;
            first = Double.isNaN(first) ? Math.max(now, settings.tolerance) : first;
            progress.at("converging", percent(first, now, settings.tolerance), 100, 0);
            if (now <= settings.tolerance) {
                return new Result(image.clone(), history, true);
            }
        }
        return new Result(image.clone(), history, false);
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

    /** Writes P(u − τ (Aᵀp + Kᵀq)) to {@code image} and goes r of the way there. */
    private void descend(double upper) {
        pull(p, q);
        float most = (float) Math.min(upper, Float.MAX_VALUE);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        float old = u[v];
                        float now = Math.max(0, Math.min(most, old - tau[v] * pull[v]));
                        image[v] = now;
                        u[v] = old + RELAXED * (now - old);
                        ahead[v] = 2 * now - old;
                    }
                });
    }

    /** Writes Aᵀp + Kᵀq; what is ahead is lost. */
    private void pull(float[] p, float[][] q) {
        model.backward(p, pull);
        prior.transpose(q, ahead);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        pull[v] += ahead[v];
                    }
                });
    }

    /** Leaves the duals in {@code predicted} and {@code edges} and goes r of the way there. */
    private void rise(double weight) {
        model.forward(ahead, predicted);
        Blocks.forEach(
                p.length,
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        predicted[b] = p[b] + sigma[b] * predicted[b];
                    }
                });
        data.prox(predicted, sigma);
        relax(p, predicted);
        prior.apply(ahead, edges);
        float s = (float) sigmaPrior;
        for (int c = 0; c < q.length; c++) {
            float[] dual = q[c];
            float[] edge = edges[c];
            Blocks.forEach(
                    u.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            edge[v] = dual[v] + s * edge[v];
                        }
                    });
        }
        if (weight > 0) {
            prior.prox(edges, sigmaPrior, weight);
        } else {
            Arrays.stream(edges).forEach(c -> Arrays.fill(c, 0));
        }
        for (int c = 0; c < q.length; c++) {
            relax(q[c], edges[c]);
        }
    }

    private static void relax(float[] old, float[] now) {
        Blocks.forEach(
                old.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        old[v] += RELAXED * (now[v] - old[v]);
                    }
                });
    }

    /**
     * Returns a lower bound of the minimum: the dual objective at the best of a few points between
     * the iterates, which may leave the dual's region, and a point inside it. Pull is Aᵀp + Kᵀq.
     */
    private double dual(double weight, double upper) {
        pull(predicted, edges);
        double e = data.top();
        double inside = 0;
        for (int v = 0; v < u.length; v++) {
            double out = Math.max(0, -pull[v]);
            inside = Math.max(inside, out / (out + e * seen[v]));
        }
        double known = weight > 0 ? prior.conjugate(edges, weight) : 0;
        double best = Double.NEGATIVE_INFINITY;
        for (double share : SHARES) {
            double theta = share * inside;
            double outside = share == 1 ? 0 : upper * outside(theta);
            double value = -data.conjugate(predicted, theta) - (1 - theta) * known;
            best = Math.max(best, outside == 0 ? value : value - outside);
        }
        return best;
    }

    private double outside(double theta) {
        double e = theta * data.top();
        return Total.of(
                u.length,
                (from, to) -> {
                    double sum = 0;
                    for (int v = from; v < to; v++) {
                        sum += Math.max(0, (theta - 1) * pull[v] - e * seen[v]);
                    }
                    return sum;
                });
    }

    private Check look(int step, double weight, double best) {
        model.forward(image, predicted);
        double objective = data.value(predicted);
        objective += weight > 0 ? weight * prior.norm(image) : 0;
        double moved =
                Total.of(
                        u.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int v = from; v < to; v++) {
                                double d = (double) image[v] - before[v];
                                sum += d * d;
                            }
                            return sum;
                        });
        double size = Total.dot(image, image);
        System.arraycopy(image, 0, before, 0, u.length);
        double change = moved == 0 ? 0 : Math.sqrt(moved / size);
        return new Check(step, objective, objective - best, change);
    }

    private void requireBelow(double upper) {
        float most = (float) Math.min(upper, Float.MAX_VALUE);
        for (float v : image) {
            if (v >= most) {
                throw new RefusedException(
                        "the image reaches the upper bound "
                                + Numbers.power(upper, 3)
                                + " that was to be out of reach. Raise it, or the prior's weight.");
            }
        }
    }
}
