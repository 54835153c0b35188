package org.diapason.reconstruction;

/**
 * The step length of each pixel: half the harmonic mean of what likelihood and prior would take
 * alone, {@code 1/(Aᵀ1/u + λ d)}, without prior the {@code u/(Aᵀ1)} of expectation maximisation.
 *
 * <p>Method: Ehrhardt, Kereta and Schramm 2025, Front. Nucl. Med. 5,
 * doi:10.3389/fnume.2025.1641215.
 */
final class Preconditioner {
    /** Of the mean pixel; what a dark pixel counts as at least, so that it may grow again. */
    private static final double FLOOR = 1e-3;

    private Preconditioner() {}

    /** Writes the lengths at an image. */
    static void at(float[] image, PoissonLikelihood data, Penalty penalty, float[] lengths) {
        float[] curvature = new float[image.length];
        penalty.addCurvature(image, curvature);
        double sum = 0;
        for (float u : image) {
            sum += u;
        }
        double floor = Math.max(FLOOR * sum / image.length, DataTerm.Poisson.LEAST);
        float[] sensitivity = data.sensitivity();
        for (int v = 0; v < image.length; v++) {
            double steep = sensitivity[v] / Math.max(image[v], floor) + curvature[v];
            lengths[v] = steep > 0 ? (float) (1 / steep) : 0;
        }
    }
}
