package org.diapason.reconstruction;

/**
 * A linear map A from images to what is measured, and its exact transpose.
 *
 * <p>Arrays are floats, sums inside are doubles: {@code |⟨Ax, y⟩ − ⟨x, Aᵀy⟩|} is below 1e-6 of its
 * size. All entries of A are 0 or above.
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
}
