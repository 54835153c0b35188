package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.reconstruction.JointReconstruction;
import org.diapason.reconstruction.JointTv;
import org.diapason.reconstruction.Likelihood;
import org.diapason.reconstruction.MonotoneDescent;
import org.diapason.reconstruction.Osem;
import org.diapason.reconstruction.Penalty;
import org.diapason.reconstruction.Reconstruction;
import org.diapason.reconstruction.Stopping;
import org.diapason.reconstruction.Svrg;
import org.diapason.reconstruction.TotalVariation;
import org.diapason.volume.Geometry;

/**
 * A way from counts to an image: a prior, and whether it acts on the counts or on an image that is
 * there already.
 *
 * <p><b>From counts</b>: {@link Svrg} on the model that knows the resolution; with an anatomy by
 * {@link JointReconstruction}, which estimates the MR image too. <b>After</b>: {@link Osem} without
 * prior on the model with thin lines, then the least of {@code |G u − û|²/2 + λ R(u)} over {@code u
 * ≥ 0}, G the resolution, R led by the MR image that was reconstructed alone; without prior, a
 * Gaussian filter of û whose width is the weight.
 *
 * @param fromCounts whether the prior acts on the counts
 * @param prior what it is
 */
public record LabMethod(boolean fromCounts, LabPrior prior) {
    static final int SUBSETS = 8;

    /** Of an image in a pass through the subsets. */
    static final Stopping PLAIN = new Stopping(0.01, 60);

    /** Of an image between two anchors. */
    static final Stopping FROM_COUNTS = new Stopping(0.01, 100);

    /** Of an image in a step. */
    static final Stopping IN_IMAGES = new Stopping(0.0005, 600);

    /** Of both images in a round. */
    static final Stopping ROUNDS = new Stopping(0.005, 12);

    /**
     * Weight of the MR image's own total variation: of the head without lesions RMSE is least at
     * 32, and hardly more from 8 on.
     */
    static final double MR_WEIGHT = 20;

    /** Smoothing of its kinks per mm, where white matter is 1. */
    static final double MR_KINK = 0.002;

    /** Returns all of them, those without anatomy first. */
    static List<LabMethod> all() {
        List<LabMethod> all = new ArrayList<>();
        for (boolean guided : new boolean[] {false, true}) {
            for (LabPrior prior : LabPrior.all(guided)) {
                all.add(new LabMethod(false, prior));
                all.add(new LabMethod(true, prior));
            }
        }
        return all;
    }

    /** Returns the name as it is written in tables. */
    public String name() {
        return (fromCounts ? "counts " : "after ") + prior.word();
    }

    /** Says whether it has a weight to choose. */
    boolean weighted() {
        return !(fromCounts && prior == LabPrior.NONE);
    }

    /**
     * Returns the weight that the search begins with: 1 at a million counts; L grows with the
     * counts and its noise with their root, the noise of an image falls with it.
     */
    double usual(double trues) {
        if (prior == LabPrior.NONE) {
            return 5; // mm
        }
        return fromCounts ? Math.sqrt(trues / 1e6) : Math.sqrt(1e6 / trues);
    }

    /** Returns the factor from one weight that is tried to the next. */
    double ratio() {
        return prior == LabPrior.NONE ? Math.sqrt(Math.sqrt(2)) : 2;
    }

    /** Returns the image that is there before a prior acts on it. */
    static Reconstruction plain(LabScanner.Counts counts) {
        return new Osem(SUBSETS, PLAIN).reconstruct(counts.sharp(), Penalty.NONE);
    }

    /** Returns the MR image of its data alone. */
    static Reconstruction anatomy(Likelihood mr) {
        return descent(Double.NEGATIVE_INFINITY)
                .minimise(mr, mrPenalty(), new float[mr.model().pixels()]);
    }

    private static Penalty mrPenalty() {
        return new Penalty(new TotalVariation(LabScene.grid(), MR_KINK), MR_WEIGHT);
    }

    private static MonotoneDescent descent(double lowest) {
        return new MonotoneDescent(lowest, IN_IMAGES);
    }

    /**
     * Makes the image.
     *
     * @param weight λ, or the width of a filter in mm
     * @param plain the image that is there, for those that act after; not modified
     * @param anatomy the MR image of its data alone; not modified
     * @param mr its data, for those that estimate it too
     * @throws org.diapason.volume.RefusedException if it does not converge
     */
    float[] image(
            double weight,
            LabScanner.Counts counts,
            float[] plain,
            float[] anatomy,
            Likelihood mr) {
        Geometry grid = LabScene.grid();
        if (!fromCounts) {
            return after(grid, weight, plain, anatomy);
        }
        if (prior == LabPrior.NONE) {
            return new Osem(SUBSETS, PLAIN)
                    .reconstruct(counts.blurred(), Penalty.NONE)
                    .convergedImage();
        }
        Svrg svrg = new Svrg(SUBSETS, FROM_COUNTS);
        if (!prior.guided()) {
            Penalty penalty = new Penalty(prior.of(grid, anatomy), weight);
            return svrg.reconstruct(counts.blurred(), penalty).convergedImage();
        }
        JointReconstruction joint =
                new JointReconstruction(svrg, descent(Double.NEGATIVE_INFINITY), ROUNDS);
        return joint.reconstruct(counts.blurred(), mr, new LabCoupling(prior, weight), anatomy)
                .convergedActivity();
    }

    private float[] after(Geometry grid, double weight, float[] plain, float[] anatomy) {
        if (prior == LabPrior.NONE) {
            double sigma = weight / Gauss.FWHM_PER_SIGMA / LabScene.PIXEL_MM;
            return Gauss.blur(grid, plain, sigma, sigma, 0);
        }
        Likelihood data = Likelihood.gaussian(LabScanner.psf(grid), plain, 1);
        Penalty penalty = new Penalty(prior.of(grid, anatomy), weight);
        return descent(0).minimise(data, penalty, plain).convergedImage();
    }

    /** MR has a total variation of its own, under joint TV one that looks at the activity too. */
    private record LabCoupling(LabPrior prior, double weight, Penalty own)
            implements JointReconstruction.Coupling {
        LabCoupling(LabPrior prior, double weight) {
            this(prior, weight, mrPenalty());
        }

        @Override
        public Penalty activity(float[] anatomy) {
            return new Penalty(prior.of(LabScene.grid(), anatomy), weight);
        }

        @Override
        public Penalty anatomy(float[] activity) {
            if (prior != LabPrior.JOINT_TV) {
                return own;
            }
            // λ √(|∇u|² + η²|∇w|² + β²) as a function of w is λη √(|∇w|² + |∇u|²/η² + β²/η²).
            double eta = LabPrior.JOINT_ETA;
            return new Penalty(
                    new JointTv(LabScene.grid(), activity, 1 / eta, LabPrior.KINK / eta),
                    weight * eta);
        }
    }
}
