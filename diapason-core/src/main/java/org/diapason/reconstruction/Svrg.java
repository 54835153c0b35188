package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.List;
import org.diapason.reconstruction.Reconstruction.Course;

/**
 * Stochastic variance-reduced gradient: steps over one subset after the other, each corrected by
 * what the subset said at an anchor against what all said there, so that steps of one length end at
 * the answer.
 *
 * <p>At the anchor ũ all gradients are kept; then, subset by subset, {@code u ← max(0, u − P [S
 * (∇L_s(u) − ∇L_s(ũ)) + ∇L(ũ) + λ∇R(u)])} with P the harmonic mean of {@code u/(Aᵀ1)} and {@code
 * 1/(λ d)} at the anchor. One iteration is an anchor and two passes; before the first, one pass of
 * {@link Osem}. Where an iteration raised the objective it is undone and steps are halved.
 *
 * <p>Method: Johnson and Zhang 2013, NIPS 26:315–323; for emission tomography Twyman et al. 2023,
 * IEEE Trans. Med. Imaging 42:29–41, doi:10.1109/TMI.2022.3203237.
 *
 * @param subsets S; divides the views and leaves 4 or more to each
 * @param stopping when it is done; counts anchors
 */
public record Svrg(int subsets, Stopping stopping) implements CountAlgorithm {
    private static final int PASSES = 2;

    /** Of the objective; a rise that may be rounding. */
    private static final double ROUNDING = 1e-7;

    @Override
    public Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start) {
        List<PoissonLikelihood> parts = Subsets.of(data, subsets);
        float[] image = CountAlgorithm.from(data, start, 0);
        if (subsets > 1) {
            parts.forEach(part -> new EmStep(part, penalty, 1.0 / subsets).step(image, false));
        }
        int n = image.length;
        float[][] kept = new float[subsets][n];
        float[] all = new float[n];
        double objective = anchor(parts, penalty, image, kept, all);
        Course course = new Course("SVRG", stopping, objective);
        float[] lengths = new float[n];
        double step = 1;
        while (course.goesOn()) {
            float[] before = image.clone();
            Preconditioner.at(image, data, penalty, lengths);
            for (int pass = 0; pass < PASSES; pass++) {
                for (int s = 0; s < subsets; s++) {
                    move(parts.get(s), penalty, image, kept[s], all, lengths, step);
                }
            }
            double next = anchor(parts, penalty, image, kept, all);
            if (next > objective + ROUNDING * Math.abs(objective)) {
                System.arraycopy(before, 0, image, 0, n);
                anchor(parts, penalty, image, kept, all);
                step /= 2;
                course.undone(objective);
                continue;
            }
            objective = next;
            course.step(before, image, objective);
        }
        return course.end(image);
    }

    /** Keeps the gradient of every part and their sum; returns the objective. */
    private static double anchor(
            List<PoissonLikelihood> parts,
            Penalty penalty,
            float[] image,
            float[][] kept,
            float[] all) {
        double value = penalty.value(image);
        Arrays.fill(all, 0);
        for (int s = 0; s < kept.length; s++) {
            value += parts.get(s).gradient(image, kept[s]);
            for (int v = 0; v < all.length; v++) {
                all[v] += kept[s][v];
            }
        }
        return value;
    }

    private void move(
            PoissonLikelihood part,
            Penalty penalty,
            float[] image,
            float[] kept,
            float[] all,
            float[] lengths,
            double step) {
        int n = image.length;
        float[] own = new float[n];
        part.gradient(image, own);
        float[] prior = new float[n];
        penalty.addGradient(image, prior);
        for (int v = 0; v < n; v++) {
            double down = subsets * ((double) own[v] - kept[v]) + all[v] + prior[v];
            image[v] = (float) Math.max(0, image[v] - step * lengths[v] * down);
        }
    }
}
