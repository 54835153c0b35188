package org.diapason.reconstruction;

/**
 * R(u): how unlikely an image is before anything is measured; smooth, or smoothed by a stated
 * amount.
 *
 * <p>Convex, unless its class says that it is not. A prior that is guided by anatomy holds it;
 * where the anatomy is estimated too, it is made anew from the estimate.
 */
public interface Prior {
    /** Returns R(u); {@code u} is not modified. */
    double value(float[] u);

    /** Writes the gradient of R at u to {@code gradient}; {@code u} is not modified. */
    void gradient(float[] u, float[] gradient);

    /**
     * Writes to {@code diagonal} an upper bound d of the curvature at u: {@code R(u + h) ≤ R(u) +
     * ⟨∇R(u), h⟩ + ½ Σ d h²} for every h, or, where a prior has no such bound, the diagonal of its
     * Hessian doubled, which its class says.
     */
    void curvature(float[] u, float[] diagonal);
}
