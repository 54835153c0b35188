package org.diapason.reconstruction;

import java.util.Arrays;

/**
 * Data with normal noise, {@code z ~ N(B w, s²)}: {@code L(w) = Σ (B w − z)² / 2s²}.
 *
 * <p>Measurements may have noise of their own: {@code s²} is a number each, and infinite where a
 * measurement says nothing.
 */
public final class GaussianLikelihood implements Likelihood {
    private final ForwardModel model;
    private final float[] data;
    private final float[] precision;

    private GaussianLikelihood(ForwardModel model, float[] data, float[] precision) {
        this.model = model;
        this.data = data;
        this.precision = precision;
    }

    /**
     * Takes data of one noise.
     *
     * @param sd standard deviation s of every measurement; positive
     * @throws IllegalArgumentException for lengths unlike the model's and values that are no
     *     numbers
     */
    public static GaussianLikelihood of(ForwardModel model, float[] data, double sd) {
        if (!(sd > 0) || Double.isInfinite(sd)) {
            throw new IllegalArgumentException("sd of the noise must be positive, got " + sd);
        }
        float[] precision = new float[data.length];
        Arrays.fill(precision, (float) (1 / (sd * sd)));
        return weighted(model, data, precision);
    }

    /**
     * Takes data.
     *
     * @param data z; copied
     * @param precision 1/s² of each measurement, 0 where it says nothing; copied
     * @throws IllegalArgumentException for lengths unlike the model's and values that are no
     *     numbers
     */
    public static GaussianLikelihood weighted(ForwardModel model, float[] data, float[] precision) {
        if (data.length != model.measurements() || precision.length != data.length) {
            throw new IllegalArgumentException(
                    "data and precision need one number for each of the "
                            + model.measurements()
                            + " measurements of the model, got "
                            + data.length
                            + " and "
                            + precision.length);
        }
        for (int m = 0; m < data.length; m++) {
            boolean known = precision[m] >= 0 && precision[m] < Float.POSITIVE_INFINITY;
            if (!known || !Float.isFinite(data[m])) {
                throw new IllegalArgumentException(
                        "measurement "
                                + m
                                + " must be finite and its precision finite and 0 or more, got "
                                + data[m]
                                + " and "
                                + precision[m]);
            }
        }
        return new GaussianLikelihood(model, data.clone(), precision.clone());
    }

    @Override
    public ForwardModel model() {
        return model;
    }

    @Override
    public double value(float[] image) {
        float[] rest = new float[data.length];
        model.forward(image, rest);
        return weigh(rest);
    }

    @Override
    public double gradient(float[] image, float[] gradient) {
        float[] rest = new float[data.length];
        model.forward(image, rest);
        double value = weigh(rest);
        model.backward(rest, gradient);
        return value;
    }

    @Override
    public void curvature(float[] image, float[] diagonal) {
        model.bound(precision, diagonal);
    }

    /** Puts (B w − z)/s² in the place of B w and returns L. */
    private double weigh(float[] rest) {
        double sum = 0;
        for (int m = 0; m < rest.length; m++) {
            double off = (double) rest[m] - data[m];
            sum += off * off * precision[m];
            rest[m] = (float) (off * precision[m]);
        }
        return sum / 2;
    }
}
