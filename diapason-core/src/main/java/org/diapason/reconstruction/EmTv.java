package org.diapason.reconstruction;

import org.diapason.reconstruction.Reconstruction.Course;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;

/**
 * Expectation maximisation and total variation in turn: a step of EM, {@code v = u/(Aᵀ1) ·
 * Aᵀ(y/ȳ)}, then the image of the least {@code ½ Σ (Aᵀ1/u)(u_new − v)² + λ Σ|∇u_new|} over {@code
 * u_new ≥ 0} by {@link Rof}, which starts where it ended last. It takes total variation as it is,
 * kink included, and ends at the least {@code L(u) + λ Σ|∇u|}.
 *
 * <p>Where an iteration raised the objective, the image goes only half the way from then on. Where
 * u is under 1e-4 of its mean, the weight is that of 1e-4. The inner problem is solved to a gap of
 * 1e-5 of its objective, each time.
 *
 * <p>Method: Sawatzky, Brune, Koesters, Wuebbeling and Burger 2013, in: Level Set and PDE Based
 * Reconstruction Methods in Imaging, LNM 2090, 1–70, doi:10.1007/978-3-319-01712-9_2.
 *
 * @param grid of the image
 * @param stopping when it is done
 */
public record EmTv(Geometry grid, Stopping stopping) implements CountAlgorithm {
    private static final double FLOOR = 1e-4;
    private static final double GAP = 1e-5;
    private static final int MOST_INNER = 20_000;

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the prior is not {@link TotalVariation}; its smoothing is
     *     not used
     * @throws RefusedException if total variation was not solved within its gap
     */
    @Override
    public Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start) {
        if (!(penalty.prior() instanceof TotalVariation tv)) {
            throw new IllegalArgumentException(
                    "EM-TV takes total variation alone. Use Svrg for another prior, and Mlem for none");
        }
        double lambda = penalty.weight();
        float[] image = CountAlgorithm.from(data, start, 0);
        EmStep em = new EmStep(data, Penalty.NONE, 1);
        Rof rof = new Rof(grid);
        double objective = data.value(image) + lambda * tv.norm(image);
        Course course = new Course("EM-TV", stopping, objective);
        double way = 1;
        while (course.goesOn()) {
            float[] before = image;
            float[] weights = weights(data, before);
            float[] half = before.clone();
            em.step(half, false);
            float[] next = rof.denoise(half, weights, lambda, GAP, MOST_INNER).image();
            image = between(before, next, way);
            double reached = data.value(image) + lambda * tv.norm(image);
            course.step(before, image, reached, way);
            if (reached > objective) {
                way /= 2;
            }
            objective = reached;
        }
        return course.end(image);
    }

    /** Returns Aᵀ1/u. */
    private static float[] weights(PoissonLikelihood data, float[] image) {
        double sum = 0;
        for (float u : image) {
            sum += u;
        }
        double floor = Math.max(FLOOR * sum / image.length, DataTerm.Poisson.LEAST);
        float[] weights = new float[image.length];
        for (int v = 0; v < weights.length; v++) {
            weights[v] = (float) (data.sensitivity()[v] / Math.max(image[v], floor));
        }
        return weights;
    }

    private static float[] between(float[] from, float[] to, double way) {
        float[] image = new float[from.length];
        for (int v = 0; v < image.length; v++) {
            image[v] = (float) (from[v] + way * ((double) to[v] - from[v]));
        }
        return image;
    }
}
