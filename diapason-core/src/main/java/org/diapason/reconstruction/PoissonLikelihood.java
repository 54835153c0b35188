package org.diapason.reconstruction;

import java.util.Arrays;

/**
 * Counts {@code y ~ Poisson(A u + r)}: {@code L(u) = Σ ȳ − y + y ln(y/ȳ)} with {@code ȳ = A u + r},
 * the Kullback-Leibler distance of the expectation from the counts.
 *
 * <p>A bin without counts adds ȳ. Where neither image nor background is behind a bin, ȳ counts as
 * {@value #LEAST}, so that a count there is unlikely and not impossible. The sums over bins are
 * doubles in a fixed order.
 *
 * <p>Method: Shepp and Vardi 1982, IEEE Trans. Med. Imaging 1:113–122,
 * doi:10.1109/TMI.1982.4307558.
 */
public final class PoissonLikelihood implements Likelihood {
    /** The least expectation of a bin, in counts. */
    static final double LEAST = 1e-9;

    private final ForwardModel model;
    private final float[] counts;
    private final float[] background;
    private final float[] sensitivity;

    private PoissonLikelihood(ForwardModel model, float[] counts, float[] background) {
        this.model = model;
        this.counts = counts;
        this.background = background;
        sensitivity = new float[model.pixels()];
        float[] ones = new float[model.measurements()];
        Arrays.fill(ones, 1);
        model.backward(ones, sensitivity);
    }

    /**
     * Takes data.
     *
     * @param model A; no entry negative
     * @param counts y ≥ 0, one per measurement; copied
     * @param background r ≥ 0, the mean randoms and scatter of each measurement; copied
     * @throws IllegalArgumentException for lengths unlike the model's, and for counts or background
     *     that are negative or no numbers
     */
    public static PoissonLikelihood of(ForwardModel model, float[] counts, float[] background) {
        check("counts", counts, model.measurements());
        check("background", background, model.measurements());
        return new PoissonLikelihood(model, counts.clone(), background.clone());
    }

    private static void check(String what, float[] values, int measurements) {
        if (values.length != measurements) {
            throw new IllegalArgumentException(
                    what
                            + " need one number for each of the "
                            + measurements
                            + " measurements of the model, got "
                            + values.length);
        }
        for (int m = 0; m < values.length; m++) {
            if (!(values[m] >= 0) || values[m] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        what
                                + " must be finite and 0 or more, got "
                                + values[m]
                                + " in measurement "
                                + m
                                + ". Give counts as they were measured, and what was subtracted"
                                + " from them as the background.");
            }
        }
    }

    @Override
    public ForwardModel model() {
        return model;
    }

    /** Returns Aᵀ1: how many counts a unit of each pixel gives; not to be modified. */
    float[] sensitivity() {
        return sensitivity;
    }

    /**
     * Returns the data of a part of the views.
     *
     * @throws IllegalArgumentException if the model has no views
     */
    PoissonLikelihood every(int first, int step) {
        if (!(model instanceof ViewedModel viewed)) {
            throw new IllegalArgumentException(
                    "subsets need a model with views, as a projector is; use 1 subset, that is MLEM");
        }
        int length = counts.length / viewed.views();
        ViewedModel part = viewed.every(first, step);
        float[] some = new float[part.measurements()];
        float[] behind = new float[part.measurements()];
        for (int v = 0; v < part.views(); v++) {
            int from = (first + v * step) * length;
            System.arraycopy(counts, from, some, v * length, length);
            System.arraycopy(background, from, behind, v * length, length);
        }
        return new PoissonLikelihood(part, some, behind);
    }

    /** Returns an even image that gives as many counts as were measured over the background. */
    float[] start() {
        double over = 0;
        double all = 0;
        for (int m = 0; m < counts.length; m++) {
            over += (double) counts[m] - background[m];
            all += counts[m];
        }
        double seen = 0;
        for (float s : sensitivity) {
            seen += s;
        }
        double level = Math.max(Math.max(over, 0.01 * all), LEAST) / Math.max(seen, LEAST);
        float[] image = new float[model.pixels()];
        for (int v = 0; v < image.length; v++) {
            image[v] = sensitivity[v] > 0 ? (float) level : 0;
        }
        return image;
    }

    @Override
    public double value(float[] image) {
        float[] expected = new float[counts.length];
        model.forward(image, expected);
        return value(expected, null);
    }

    @Override
    public double gradient(float[] image, float[] gradient) {
        float[] data = new float[counts.length];
        model.forward(image, data);
        double value = value(data, data);
        model.backward(data, gradient);
        for (int v = 0; v < gradient.length; v++) {
            gradient[v] = sensitivity[v] - gradient[v];
        }
        return value;
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code d = Aᵀ (y/ȳ² · A 1)}: the Hessian {@code Aᵀ diag(y/ȳ²) A} has no negative entry, so
     * the sums of its rows bound it (Erdogan and Fessler 1999, Phys. Med. Biol. 44:2835–2851,
     * doi:10.1088/0031-9155/44/11/311).
     */
    @Override
    public void curvature(float[] image, float[] diagonal) {
        float[] expected = new float[counts.length];
        model.forward(image, expected);
        for (int m = 0; m < expected.length; m++) {
            double mean = Math.max((double) expected[m] + background[m], LEAST);
            expected[m] = (float) (counts[m] / (mean * mean));
        }
        model.bound(expected, diagonal);
    }

    /**
     * Writes {@code Aᵀ (y/ȳ)} to {@code back}: what EM multiplies by and divides by the
     * sensitivity.
     *
     * @return L(u) where it is asked for, else NaN
     */
    double ratio(float[] image, float[] back, boolean valued) {
        float[] data = new float[counts.length];
        model.forward(image, data);
        double value = valued ? value(data, null) : Double.NaN;
        divide(data);
        model.backward(data, back);
        return value;
    }

    /** Puts y/ȳ in the place of A u. */
    private void divide(float[] data) {
        for (int m = 0; m < data.length; m++) {
            double mean = Math.max((double) data[m] + background[m], LEAST);
            data[m] = (float) (counts[m] / mean);
        }
    }

    /** Returns L of A u, and writes y/ȳ where there is room. */
    private double value(float[] projected, float[] ratio) {
        double sum = 0;
        for (int m = 0; m < counts.length; m++) {
            double y = counts[m];
            double mean = Math.max((double) projected[m] + background[m], LEAST);
            sum += y > 0 ? mean - y + y * StrictMath.log(y / mean) : mean;
            if (ratio != null) {
                ratio[m] = (float) (y / mean);
            }
        }
        return sum;
    }
}
