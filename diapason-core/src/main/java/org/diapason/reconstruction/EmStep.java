package org.diapason.reconstruction;

/**
 * One step of expectation maximisation with a prior.
 *
 * <p>The likelihood lies below {@code Σ s v − s e ln v} and the prior below its parabola {@code g
 * (v − u) + d/2 (v − u)²}, both touching at the image u; {@code s = Aᵀ1, e = u/s · Aᵀ(y/ȳ)}. The
 * step goes to the least of their sum, the positive root of {@code λd v² + (s + λ(g − d u)) v − s e
 * = 0}, so that the objective never rises; without prior that is {@code v = e}.
 *
 * <p>Method: De Pierro 1995, IEEE Trans. Med. Imaging 14:132–137, doi:10.1109/42.370409.
 */
final class EmStep {
    private final PoissonLikelihood data;
    private final Penalty penalty;
    private final double share;
    private final float[] back;
    private final float[] gradient;
    private final float[] curvature;

    /** Takes a part of the data, and that share of the prior. */
    EmStep(PoissonLikelihood data, Penalty penalty, double share) {
        this.data = data;
        this.penalty = penalty;
        this.share = share;
        int n = data.model().pixels();
        back = new float[n];
        gradient = penalty.none() ? null : new float[n];
        curvature = penalty.none() ? null : new float[n];
    }

    /**
     * Puts the next image in the place of this one.
     *
     * @return the objective before the step where it is asked for, else NaN
     */
    double step(float[] image, boolean valued) {
        double value = data.ratio(image, back, valued);
        float[] sensitivity = data.sensitivity();
        if (penalty.none()) {
            for (int v = 0; v < image.length; v++) {
                double s = sensitivity[v];
                image[v] = s > 0 ? (float) (image[v] * (back[v] / s)) : 0;
            }
            return value;
        }
        value += valued ? share * penalty.value(image) : 0;
        penalty.prior().gradient(image, gradient);
        penalty.prior().curvature(image, curvature);
        double weight = share * penalty.weight();
        for (int v = 0; v < image.length; v++) {
            double a = weight * curvature[v];
            double b = sensitivity[v] + weight * gradient[v] - a * image[v];
            image[v] = (float) root(a, b, (double) image[v] * back[v], image[v]);
        }
        return value;
    }

    /** Returns the root of {@code a v² + b v − c} that is 0 or more; a and c are not negative. */
    private static double root(double a, double b, double c, double otherwise) {
        double size = Math.sqrt(b * b + 4 * a * c);
        if (b > 0) {
            return 2 * c / (b + size);
        }
        return a > 0 ? (size - b) / (2 * a) : otherwise;
    }
}
