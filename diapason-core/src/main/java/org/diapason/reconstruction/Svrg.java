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
 * (∇L_s(u) − ∇L_s(ũ)) + ∇L(ũ) + λ∇R(u)])} with {@code P = 1/(Aᵀ1/u + λ d)} at the anchor. Subsets
 * come in turn and not by lot, so that a run can be repeated. One iteration is an anchor and two
 * passes; before the first, one pass of {@link Osem}. The next anchor lies ahead of the image that
 * was reached, with the momentum of Nesterov; where that raised the objective it is the image
 * itself, and where that did too, steps are halved. Anchors are what is returned and told of;
 * changes are told for whole steps.
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
        float[] reached = image.clone();
        double step = 1;
        double t = 1;
        while (course.goesOn()) {
            float[] anchor = image.clone();
            float[] before = reached;
            Preconditioner.at(image, data, penalty, lengths);
            reached = image.clone();
            for (int pass = 0; pass < PASSES; pass++) {
                for (int s = 0; s < subsets; s++) {
                    move(parts.get(s), penalty, reached, kept[s], all, lengths, step);
                }
            }
            double longer = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            ahead(before, reached, (t - 1) / longer, image);
            double next = anchor(parts, penalty, image, kept, all);
            t = longer;
            if (next > objective + ROUNDING * Math.abs(objective)) {
                System.arraycopy(reached, 0, image, 0, n);
                next = anchor(parts, penalty, image, kept, all);
                t = 1;
            }
            if (next > objective + ROUNDING * Math.abs(objective)) {
                step /= 2;
            }
            objective = next;
            course.step(anchor, image, objective, step); // short steps prove nothing
        }
        return course.end(image);
    }

    /** Writes {@code now + m (now − before)}, cut at 0. */
    private static void ahead(float[] before, float[] now, double m, float[] to) {
        for (int v = 0; v < to.length; v++) {
            to[v] = (float) Math.max(0, now[v] + m * ((double) now[v] - before[v]));
        }
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
