package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.reconstruction.Coupling;
import org.diapason.reconstruction.JointReconstruction;
import org.diapason.reconstruction.Likelihood;
import org.diapason.reconstruction.MonotoneDescent;
import org.diapason.reconstruction.Osem;
import org.diapason.reconstruction.Penalty;
import org.diapason.reconstruction.QuasiNewton;
import org.diapason.reconstruction.Stopping;
import org.diapason.reconstruction.SymmetricLevelSets.Form;
import org.diapason.reconstruction.TotalVariation;
import org.diapason.volume.Geometry;

/**
 * A way from counts to an image: a prior, and whether it acts on the counts or on an image that is
 * there already.
 *
 * <p><b>From counts</b>: {@link QuasiNewton} on the model that knows the resolution; with an
 * anatomy by {@link JointReconstruction}, which estimates the MR image too. Without prior, {@link
 * Osem} and a Gaussian filter whose width is the weight.
 *
 * <p><b>After</b>: {@link Osem} without prior on the model with thin lines, which makes û, then the
 * least of {@code |G u − û|²/2 + λ R(u)} over {@code u ≥ 0}, G the resolution, R led by the MR
 * image that was reconstructed alone. Without prior, û filtered; for a rule, û filtered and fused
 * with that MR image.
 *
 * @param fromCounts whether the prior acts on the counts
 * @param prior what it is
 * @param setting what of it is not as usual
 */
public record LabMethod(boolean fromCounts, LabPrior prior, LabSetting setting) {
    static final int SUBSETS = 8;

    /** Of an image in a pass through the subsets. */
    static final Stopping PLAIN = new Stopping(0.01, 60);

    /**
     * When images are ended.
     *
     * @param fromCounts of an image, by what a step of the diagonal would change
     * @param inImages of an image in a step
     * @param rounds of both images in a round
     */
    record Stops(Stopping fromCounts, Stopping inImages, Stopping rounds) {
        static final Stops USUAL =
                new Stops(
                        new Stopping(1e-5, 1000), new Stopping(1e-4, 3000), new Stopping(1e-3, 60));

        /** Of weights that are only tried. */
        static final Stops TRIED =
                new Stops(
                        new Stopping(3e-5, 1000), new Stopping(3e-4, 3000), new Stopping(3e-3, 60));

        /** Five times nearer to the end: what the usual ones leave is told by it. */
        static final Stops NEARER =
                new Stops(
                        new Stopping(2e-6, 5000),
                        new Stopping(2e-5, 30_000),
                        new Stopping(2e-4, 500));

        MonotoneDescent descent(double lowest) {
            return new MonotoneDescent(lowest, inImages);
        }
    }

    /**
     * Weight of the MR image's own total variation: of the head without lesions RMSE is least at
     * 32, and hardly more from 8 on.
     */
    static final double MR_WEIGHT = 20;

    /** Smoothing of its kinks per mm, where white matter is 1. */
    static final double MR_KINK = 0.002;

    /** One that is set as usual. */
    public LabMethod(boolean fromCounts, LabPrior prior) {
        this(fromCounts, prior, LabSetting.USUAL);
    }

    /** Returns all of them, those without anatomy first, all set as usual. */
    static List<LabMethod> all() {
        List<LabMethod> all = new ArrayList<>();
        for (boolean guided : new boolean[] {false, true}) {
            for (LabPrior prior : LabPrior.all(guided)) {
                all.add(new LabMethod(false, prior));
                if (!prior.rule()) {
                    all.add(new LabMethod(true, prior));
                }
            }
        }
        return all;
    }

    /** Returns those that act on counts and are set unlike the usual. */
    static List<LabMethod> others() {
        List<LabMethod> all = new ArrayList<>();
        for (LabPrior prior : LabPrior.values()) {
            prior.others().forEach(set -> all.add(new LabMethod(true, prior, set)));
        }
        return all;
    }

    /** Returns the name as it is written in tables. */
    public String name() {
        String set = setting.words();
        return (fromCounts ? "counts " : "after ")
                + prior.word()
                + (set.isEmpty() ? "" : ", " + set);
    }

    /** Says whether its weight is the width of a filter. */
    boolean filters() {
        return prior == LabPrior.NONE || prior.rule();
    }

    /**
     * Returns the weight that the search begins with: 1 at a million counts; L grows with the
     * counts and its noise with their root, the noise of an image falls with it.
     */
    double usual(double trues) {
        if (filters()) {
            return 5; // mm
        }
        return fromCounts ? Math.sqrt(trues / 1e6) : Math.sqrt(1e6 / trues);
    }

    /** Returns the factor from one weight that is tried to the next. */
    double ratio() {
        return filters() ? Math.sqrt(2) : 2;
    }

    static Penalty mrPenalty() {
        return new Penalty(new TotalVariation(LabScene.grid(), MR_KINK), MR_WEIGHT);
    }

    /** Both images: that of the activity, and that of MR by which it was led. */
    record Made(float[] activity, float[] anatomy) {}

    /**
     * Makes the image.
     *
     * @param weight λ, or the width of a filter in mm
     * @throws org.diapason.volume.RefusedException if it does not converge
     */
    Made made(double weight, LabData data) {
        return made(weight, data, Stops.USUAL);
    }

    /** The same, ended sooner or later. */
    Made made(double weight, LabData data, Stops stops) {
        if (fromCounts && prior.guided()) {
            JointReconstruction joint =
                    new JointReconstruction(
                            new QuasiNewton(stops.fromCounts),
                            stops.descent(Double.NEGATIVE_INFINITY),
                            stops.rounds);
            JointReconstruction.Pair pair =
                    joint.reconstruct(
                            data.pet().counts().blurred(),
                            data.mr().data(),
                            coupling(prior, setting, weight),
                            data.mr().image());
            return new Made(pair.convergedActivity(), pair.anatomy().image());
        }
        float[] activity = filters() ? filtered(weight, data) : regularised(weight, data, stops);
        return new Made(activity, data.mr().image());
    }

    private float[] filtered(double fwhmMm, LabData data) {
        double sigma = fwhmMm / Gauss.FWHM_PER_SIGMA / LabScene.PIXEL_MM;
        float[] image = fromCounts ? data.pet().resolved() : data.pet().plain();
        float[] soft = Gauss.blur(LabScene.grid(), image, sigma, sigma, 0);
        return switch (prior) {
            case LAPLACIAN -> LabRules.laplacian(LabScene.grid(), soft, data.mr().image());
            case MTF_GLP -> {
                double width = LabScanner.PSF_MM; // of the scan and of the filter
                width = Math.sqrt(width * width + fwhmMm * fwhmMm);
                yield LabRules.sharpened(LabScene.grid(), soft, data.mr().image(), width);
            }
            default -> soft;
        };
    }

    private float[] regularised(double weight, LabData data, Stops stops) {
        Geometry grid = LabScene.grid();
        Penalty penalty = new Penalty(prior.of(grid, data.mr().image(), setting), weight);
        if (fromCounts) {
            return new QuasiNewton(stops.fromCounts)
                    .reconstruct(data.pet().counts().blurred(), penalty, data.pet().resolved())
                    .convergedImage();
        }
        float[] plain = data.pet().plain();
        Likelihood blurred = Likelihood.gaussian(LabScanner.psf(grid), plain, 1);
        return stops.descent(0).minimise(blurred, penalty, plain).convergedImage();
    }

    /** MR has a total variation of its own, under joint priors one that looks at the activity. */
    static Coupling coupling(LabPrior prior, LabSetting set, double weight) {
        Geometry grid = LabScene.grid();
        return switch (prior) {
            case JOINT_TV ->
                    Coupling.jointTv(
                            grid, weight, set.or("eta", LabPrior.JOINT_ETA), LabPrior.KINK);
            case SYMMETRIC_LEVEL_SETS ->
                    Coupling.levelSets(
                            Form.QUADRATIC,
                            grid,
                            weight,
                            LabPrior.PET_EDGE,
                            set.or("eta", LabPrior.MR_EDGE));
            default -> Coupling.guided(w -> prior.of(grid, w, set), weight, mrPenalty());
        };
    }
}
