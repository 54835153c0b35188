package org.diapason.reconstruction;

/**
 * A prior that is a sum of norms of a linear map, {@code R(u) = Σ_p ‖(K u)_p‖} or a Huber function
 * of them: what primal-dual methods take as it is, kink included. {@link Prior}'s gradient is that
 * of the smoothed form.
 */
public interface NormPrior extends Prior {
    /** Returns how many numbers (K u)_p has. */
    int components();

    /** Returns R(u) without smoothing of its kink. */
    double norm(float[] u);

    /** Writes K u, one array per component. */
    void apply(float[] u, float[][] dual);

    /** Writes Kᵀ dual. */
    void transpose(float[][] dual, float[] image);

    /**
     * Puts {@code prox_{σ (weight R)*}} of the dual in its place: for a plain norm the projection
     * of every (dual)_p to the ball of radius {@code weight}.
     */
    void prox(float[][] dual, double sigma, double weight);

    /**
     * Returns {@code (weight R)*(dual)}, the conjugate of the norm that {@link #prox} is of; the
     * dual lies where {@link #prox} puts it, off by rounding at most.
     */
    double conjugate(float[][] dual, double weight);

    /**
     * Writes the sums Σ_rows |K| of the absolute entries of each column to {@code sums}; where K =
     * M D and M shrinks every {@code (D u)_p}, those of D, which bound steps as well.
     */
    void columnSums(float[] sums);

    /** Returns the largest sum of the absolute entries of a row of K, or of D. */
    double largestRowSum();

    /**
     * Returns κ in mm: about how large the dual of λR is over {@code 1 / sd}, the size of the dual
     * of data with that noise. What is projected to a ball of radius λ is about as large as λ.
     */
    default double scale(double weight, double sd) {
        return weight * sd;
    }
}
