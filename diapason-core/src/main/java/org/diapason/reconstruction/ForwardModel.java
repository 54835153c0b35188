package org.diapason.reconstruction;

import java.util.Arrays;

/**
 * A linear map A from images to what is measured, and its exact transpose.
 *
 * <p>Arrays are floats, sums inside are doubles: {@code |⟨Ax, y⟩ − ⟨x, Aᵀy⟩|} is below 1e-6 of its
 * size. All entries of A are 0 or above, unless a model says otherwise, which is then none for
 * counts.
 */
public interface ForwardModel {
    /** Returns the count of pixels of an image. */
    int pixels();

    /** Returns the count of measurements. */
    int measurements();

    /** Writes A image to {@code data}; {@code image} is not modified. */
    void forward(float[] image, float[] data);

    /** Writes Aᵀ data to {@code image}; {@code data} is not modified. */
    void backward(float[] data, float[] image);

    /**
     * Writes d with {@code Σ w (A h)² ≤ Σ d h²} for every h to {@code diagonal}: the sums of the
     * rows of {@code Aᵀ diag(w) A}, which bound it where no entry of A is negative.
     *
     * @param weights w ≥ 0, one per measurement; not modified
     */
    default void bound(float[] weights, float[] diagonal) {
        float[] ones = new float[pixels()];
        Arrays.fill(ones, 1);
        float[] data = new float[measurements()];
        forward(ones, data);
        for (int m = 0; m < data.length; m++) {
            data[m] *= weights[m];
        }
        backward(data, diagonal);
    }
}
