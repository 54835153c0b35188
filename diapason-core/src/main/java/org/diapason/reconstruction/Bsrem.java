package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.List;
import org.diapason.reconstruction.Reconstruction.Course;

/**
 * Block-sequential regularised expectation maximisation: gradient steps over one subset after the
 * other, {@code u ← max(0, u − a_n P S ∇(L_s + λR/S))}, that grow shorter, so that they end at the
 * answer where {@link Osem} circles around it.
 *
 * <p>{@code a_n = a₀/(1 + n/(40 S))} with n the steps taken, {@code P = 1/(Aᵀ1/u + λ d)}, which
 * without prior is the step length of expectation maximisation over subsets; it is set anew at the
 * start of each pass.
 *
 * <p>Steps grow shorter whether or not the answer is near, so changes are told for whole ones,
 * {@code a = 1}. The last ones still cannot go far: other algorithms come nearer to the answer.
 *
 * <p>Method: Ahn and Fessler 2003, IEEE Trans. Med. Imaging 22:613–626,
 * doi:10.1109/TMI.2003.812251.
 *
 * @param subsets S; divides the views and leaves 4 or more to each
 * @param step a₀, 1 for the length of expectation maximisation over subsets; above 0. Above 2 steps
 *     may go too far and the run not converge
 * @param stopping when it is done; counts passes through all subsets
 */
public record Bsrem(int subsets, double step, Stopping stopping) implements CountAlgorithm {
    /** Passes after which steps are half as long. */
    private static final double HALF_LIFE = 40;

    public Bsrem {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step must be positive, got " + step);
        }
    }

    @Override
    public Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start) {
        List<PoissonLikelihood> parts = Subsets.of(data, subsets);
        float[] image = CountAlgorithm.from(data, start, 0);
        Course course = new Course("BSREM", stopping, data.value(image) + penalty.value(image));
        float[] lengths = new float[image.length];
        float[] likely = new float[image.length];
        float[] prior = new float[image.length];
        int n = 0;
        double a = step;
        while (course.goesOn()) {
            float[] before = image.clone();
            Preconditioner.at(image, data, penalty, lengths);
            for (PoissonLikelihood part : parts) {
                a = step / (1 + n / (HALF_LIFE * subsets));
                part.gradient(image, likely);
                Arrays.fill(prior, 0);
                penalty.addGradient(image, prior);
                for (int v = 0; v < image.length; v++) {
                    double down = (double) subsets * likely[v] + prior[v];
                    image[v] = (float) Math.max(0, image[v] - a * lengths[v] * down);
                }
                n++;
            }
            double objective = data.value(image) + penalty.value(image);
            course.step(before, image, objective, Math.min(1, a));
        }
        return course.end(image);
    }
}
