package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.Blocks;

/**
 * The iterates of {@link Pdhg} and the steps between them.
 *
 * <p>{@code u⁺ = P(u − τ (Aᵀp + Kᵀq))}, {@code p⁺ = prox_{σF*}(p + σ A (2u⁺ − u))}, {@code q⁺ =
 * prox_{σ(λR)*}(q + σ K (2u⁺ − u))}, then all three go 1.8 times the way there (relaxed). One step
 * a row and a column: {@code τ = ρ / (Aᵀ1 + κ Σ|K|)}, {@code σ_A = 1 / (ρ A1)}, {@code σ_K = κ / (ρ
 * max Σ|K|)}, which makes {@code ‖S^½ [A; K] T^½‖ ≤ 1} for an A without negative entries. ρ, in the
 * unit of u over that of p, is 4 times the variance of a datum; κ, in mm, is {@link
 * NormPrior#scale}: with it q/κ is about as large as p. A fixed κ would be a choice of unit for
 * length, and slow where λ is small.
 */
final class PrimalDual {
    /** Found on blurred and noisy volumes: 2 to 10 need about as many iterations. */
    private static final double FASTER = 4;

    /** r: how far beyond what plain iterations give; below 2. */
    private static final float RELAXED = 1.8f;

    private static final double LEAST_SUM = 1e-12;

    final ForwardModel model;
    final DataTerm data;
    final NormPrior prior;

    /** P(…), which is 0 … U; u itself may be a little outside. */
    final float[] image;

    /** Aᵀ1. */
    final float[] seen;

    private final double variance;
    private final float[] u;
    private final float[] ahead;
    private final float[] pull;
    private final float[] p;
    private final float[] predicted;
    private final float[][] q;
    private final float[][] edges;
    private final float[] tau;
    private final float[] sigma;

    /** Σ|K| of each column. */
    private final float[] columns;

    private double sigmaPrior;

    PrimalDual(ForwardModel model, DataTerm data, NormPrior prior, float[] start, double variance) {
        this.model = model;
        this.data = data;
        this.prior = prior;
        this.variance = variance;
        u = start.clone();
        image = start.clone();
        ahead = new float[u.length];
        pull = new float[u.length];
        p = new float[data.measurements()];
        predicted = new float[p.length];
        q = new float[prior.components()][u.length];
        edges = new float[prior.components()][u.length];
        tau = new float[u.length];
        seen = new float[u.length];
        sigma = new float[p.length];
        columns = new float[u.length];
        Arrays.fill(pull, 1);
        model.forward(pull, sigma);
        double rho = FASTER * variance;
        for (int b = 0; b < sigma.length; b++) {
            sigma[b] = (float) (1 / (rho * Math.max(sigma[b], LEAST_SUM)));
        }
        Arrays.fill(predicted, 1);
        model.backward(predicted, seen);
        prior.columnSums(columns);
        model.forward(start, p);
        data.slope(p);
    }

    private PrimalDual(PrimalDual from, NormPrior prior) {
        this.prior = prior;
        model = from.model;
        data = from.data;
        variance = from.variance;
        u = from.u;
        image = from.image;
        ahead = from.ahead;
        pull = from.pull;
        p = from.p;
        predicted = from.predicted;
        q = from.q;
        edges = from.edges;
        tau = from.tau;
        seen = from.seen;
        sigma = from.sigma;
        columns = from.columns;
        prior.columnSums(columns);
    }

    /**
     * Returns the same with another prior of as many components, which takes over the arrays. q of
     * a prior along directions pulls as Mq of one without does; of other neighbours it says
     * nothing.
     */
    PrimalDual with(NormPrior next) {
        if (prior instanceof EdgePrior led && next instanceof EdgePrior) {
            led.turn(q);
        } else {
            Arrays.stream(q).forEach(c -> Arrays.fill(c, 0));
        }
        return new PrimalDual(this, next);
    }

    /** Sets the steps for a weight; iterates stay. */
    void weigh(double weight) {
        double rho = FASTER * variance;
        double kappa = weight > 0 ? prior.scale(weight, Math.sqrt(variance)) : 0;
        sigmaPrior = kappa / (rho * Math.max(prior.largestRowSum(), Float.MIN_NORMAL));
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        tau[v] = (float) (rho / Math.max(seen[v] + kappa * columns[v], LEAST_SUM));
                    }
                });
    }

    /** Writes P(u − τ (Aᵀp + Kᵀq)) to {@code image} and goes r of the way there. */
    void descend(double upper) {
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
    void rise(double weight) {
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

    /** Returns a lower bound of the minimum near the image, from the duals of the last step. */
    double bound(double weight, double within, double upper) {
        pull(predicted, edges);
        double known = weight > 0 ? prior.conjugate(edges, weight) : 0;
        DualBound.Box box = new DualBound.Box(image, within, upper);
        return new DualBound(data, seen).of(predicted, pull, known, box);
    }

    /** Returns F(A u) + λR(u) of the image; the duals of the last step are lost. */
    double objective(double weight) {
        model.forward(image, predicted);
        return data.value(predicted) + (weight > 0 ? weight * prior.norm(image) : 0);
    }
}
