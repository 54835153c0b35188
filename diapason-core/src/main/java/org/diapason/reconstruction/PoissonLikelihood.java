package org.diapason.reconstruction;

/**
 * Counts {@code y ~ Poisson(A u + r)}: {@code L(u) = Σ ȳ − y + y ln(y/ȳ)} with {@code ȳ = A u + r},
 * the Kullback-Leibler distance of the expectation from the counts, and what expectation
 * maximisation asks of it.
 *
 * <p>Bins as in {@link DataTerm#poisson}.
 *
 * <p>Method: Shepp and Vardi 1982, IEEE Trans. Med. Imaging 1:113–122,
 * doi:10.1109/TMI.1982.4307558.
 */
public final class PoissonLikelihood extends Likelihood {
    private final DataTerm.Poisson data;
    private final float[] sensitivity;

    private PoissonLikelihood(ForwardModel model, DataTerm.Poisson data) {
        super(model, data);
        this.data = data;
        sensitivity = new float[model.pixels()];
        float[] measured = new float[model.measurements()];
        for (int m = 0; m < measured.length; m++) {
            measured[m] = data.counts()[m] == data.counts()[m] ? 1 : 0;
        }
        model.backward(measured, sensitivity);
    }

    /**
     * Takes data.
     *
     * @param model A; no entry negative
     * @param counts y ≥ 0, one per measurement, NaN where nothing was measured; copied
     * @param background r ≥ 0, the mean randoms and scatter of each measurement; copied
     * @throws IllegalArgumentException for lengths unlike the model's, and for counts or background
     *     that are negative or infinite
     */
    public static PoissonLikelihood of(ForwardModel model, float[] counts, float[] background) {
        return new PoissonLikelihood(model, DataTerm.poisson(counts.clone(), background.clone()));
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
        if (!(model() instanceof ViewedModel viewed)) {
            throw new IllegalArgumentException(
                    "subsets need a model with views, as a projector is; use 1 subset, that is MLEM");
        }
        int length = viewed.measurements() / viewed.views();
        ViewedModel part = viewed.every(first, step);
        float[] some = new float[part.measurements()];
        float[] behind = new float[part.measurements()];
        for (int v = 0; v < part.views(); v++) {
            int from = (first + v * step) * length;
            System.arraycopy(data.counts(), from, some, v * length, length);
            System.arraycopy(data.background(), from, behind, v * length, length);
        }
        return new PoissonLikelihood(part, new DataTerm.Poisson(some, behind));
    }

    /** Returns an even image that gives as many counts as were measured over the background. */
    float[] start() {
        double over = 0;
        double all = 0;
        for (int m = 0; m < data.measurements(); m++) {
            double y = data.counts()[m];
            over += y == y ? y - data.background()[m] : 0;
            all += y == y ? y : 0;
        }
        double seen = 0;
        for (float s : sensitivity) {
            seen += s;
        }
        double least = DataTerm.Poisson.LEAST;
        double level = Math.max(Math.max(over, 0.01 * all), least) / Math.max(seen, least);
        float[] image = new float[sensitivity.length];
        for (int v = 0; v < image.length; v++) {
            image[v] = sensitivity[v] > 0 ? (float) level : 0;
        }
        return image;
    }

    /**
     * Writes {@code Aᵀ (y/ȳ)} to {@code back}: what EM multiplies by and divides by the
     * sensitivity.
     *
     * @return L(u) where it is asked for, else NaN
     */
    double ratio(float[] image, float[] back, boolean valued) {
        float[] predicted = predicted(image);
        double value = valued ? data.value(predicted) : Double.NaN;
        data.ratio(predicted);
        model().backward(predicted, back);
        return value;
    }
}
