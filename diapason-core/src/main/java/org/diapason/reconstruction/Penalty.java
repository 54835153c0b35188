package org.diapason.reconstruction;

import org.diapason.math.Blocks;

/**
 * What is added to a likelihood: {@code λ R(u)}.
 *
 * @param prior R; null with weight 0
 * @param weight λ, 0 or more; 0 is no prior
 */
public record Penalty(Prior prior, double weight) {
    /** Nothing is added. */
    public static final Penalty NONE = new Penalty(null, 0);

    public Penalty {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of a prior must be finite and 0 or more, got " + weight);
        }
        if (prior == null && weight > 0) {
            throw new IllegalArgumentException("a weight of " + weight + " needs a prior");
        }
    }

    boolean none() {
        return weight == 0;
    }

    /** Returns λ R(u). */
    double value(float[] image) {
        return none() ? 0 : weight * prior.value(image);
    }

    /** Adds λ ∇R(u) to the gradient. */
    void addGradient(float[] image, float[] gradient) {
        if (!none()) {
            float[] own = new float[image.length];
            prior.gradient(image, own);
            add(own, gradient);
        }
    }

    /** Adds λ d(u) to the diagonal. */
    void addCurvature(float[] image, float[] diagonal) {
        if (!none()) {
            float[] own = new float[image.length];
            prior.curvature(image, own);
            add(own, diagonal);
        }
    }

    private void add(float[] own, float[] sum) {
        Blocks.forEach(
                sum.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        sum[v] += (float) (weight * own[v]);
                    }
                });
    }
}
