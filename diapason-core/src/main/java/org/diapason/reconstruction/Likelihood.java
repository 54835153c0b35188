package org.diapason.reconstruction;

/**
 * How badly an image agrees with what was measured: the negative logarithm of the probability of
 * the data, up to a constant; convex in the image.
 */
public sealed interface Likelihood permits PoissonLikelihood, GaussianLikelihood {
    /** Returns the map from images to what is measured. */
    ForwardModel model();

    /** Returns L(u), 0 where the image explains the data exactly; {@code image} is not modified. */
    double value(float[] image);

    /** Writes ∇L(u) to {@code gradient} and returns L(u); {@code image} is not modified. */
    double gradient(float[] image, float[] gradient);

    /**
     * Writes d ≥ 0 with {@code ⟨h, ∇²L(u) h⟩ ≤ Σ d h²} for every h to {@code diagonal}: for
     * Gaussian data whatever u, for counts at u.
     */
    void curvature(float[] image, float[] diagonal);
}
