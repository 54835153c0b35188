package org.diapason.reconstruction;

/**
 * How badly an image agrees with what was measured: the negative logarithm of the probability of
 * the data, up to a constant, {@code L(u) = F(A u)}; convex in the image.
 */
public sealed class Likelihood permits PoissonLikelihood {
    private final ForwardModel model;
    private final DataTerm data;

    Likelihood(ForwardModel model, DataTerm data) {
        if (data.measurements() != model.measurements()) {
            throw new IllegalArgumentException(
                    "data need one number for each of the "
                            + model.measurements()
                            + " measurements of the model, got "
                            + data.measurements());
        }
        this.model = model;
        this.data = data;
    }

    /**
     * Takes data with normal noise.
     *
     * @param data z, NaN where nothing was measured; kept, not to be modified afterwards
     * @param sd standard deviation s of every measurement; positive
     * @throws IllegalArgumentException for a length unlike the model's and values that are infinite
     */
    public static Likelihood gaussian(ForwardModel model, float[] data, double sd) {
        return new Likelihood(model, DataTerm.gaussian(data, sd));
    }

    /**
     * Returns the likelihood of what a model predicts of an image; counts say more of themselves.
     */
    static Likelihood of(ForwardModel model, DataTerm data) {
        return new Likelihood(model, data);
    }

    /** Returns the map from images to what is measured. */
    public final ForwardModel model() {
        return model;
    }

    /** Returns L(u), 0 where the image explains the data exactly; {@code image} is not modified. */
    public final double value(float[] image) {
        return data.value(predicted(image));
    }

    /** Writes ∇L(u) to {@code gradient} and returns L(u); {@code image} is not modified. */
    public final double gradient(float[] image, float[] gradient) {
        float[] predicted = predicted(image);
        double value = data.value(predicted);
        data.slope(predicted);
        model.backward(predicted, gradient);
        return value;
    }

    /**
     * Writes d ≥ 0 with {@code ⟨h, ∇²L(u) h⟩ ≤ Σ d h²} for every h to {@code diagonal}: for
     * Gaussian data whatever u, for counts at u.
     *
     * <p>The sums of the rows of {@code Aᵀ diag(F'') A}, see {@link ForwardModel#bound} (Erdogan
     * and Fessler 1999, Phys. Med. Biol. 44:2835–2851, doi:10.1088/0031-9155/44/11/311).
     */
    public final void curvature(float[] image, float[] diagonal) {
        float[] predicted = predicted(image);
        data.bend(predicted);
        model.bound(predicted, diagonal);
    }

    final float[] predicted(float[] image) {
        float[] predicted = new float[model.measurements()];
        model.forward(image, predicted);
        return predicted;
    }
}
