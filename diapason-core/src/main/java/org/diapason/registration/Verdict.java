package org.diapason.registration;

import java.util.Optional;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Affine;
import org.diapason.volume.Numbers;

/** What the numbers of a certificate mean: each limit once, with its reason. */
final class Verdict {
    /**
     * Below half, most of the fixed image has no partner: a field of view cut short, or a wrong
     * place. Below a quarter what overlaps may be dark border that fits anything.
     */
    private static final double OVERLAP_WARN = 0.5;

    private static final double OVERLAP_FAIL = 0.25;

    /** Bodies of adults differ by a fifth; scanners by some percent. */
    private static final double STRETCH_WARN = 1.25;

    private static final double STRETCH_FAIL = 2;

    /** Standard deviations above other poses: noise reaches 3, images of one body 11 and more. */
    private static final double RELATED_WARN = 6;

    private static final double RELATED_FAIL = 4;

    /** Standard deviations of the lead before the next best place: of sound crops 2.5 and more. */
    private static final double RIVAL = 2;

    /** Share of the metric that it must lack, too: the best way to turn a ball leads by 0.001. */
    private static final double RIVAL_SHARE = 0.01;

    /**
     * The same before the headers' place. Of legs whose headers were displaced by 23 mm it was 5 to
     * 13, of heads 7 and more; where headers are right, a wrong place led them by 1.5 to 8.
     */
    private static final double HEADER = 4;

    /** Share of starts nearby that come back: of a sound pair all do, of a ball none. */
    private static final double BACK_WARN = 0.8;

    private static final double BACK_FAIL = 0.4;

    /** Mean way back in voxels. */
    private static final double INVERSE_WARN = 0.5;

    private static final double INVERSE_FAIL = 3;

    /**
     * Expected mean error in mm: twice it is not to pass for 1 mm. It does not grow with the
     * voxels: of 40 legs put 2 to 17 mm beside their headers the least that was expected is 0.48.
     */
    private static final double ERROR_WARN = 0.4;

    private static final double ERROR_FAIL = 5;

    private Verdict() {}

    /**
     * @param overlap share of what the fixed image shows that lies in the moving one
     * @param back share of what the moving image shows that lies in the fixed one: a part lies
     *     wholly in the whole
     */
    static Optional<Finding> overlap(double overlap, double back) {
        return low(Math.max(overlap, back), OVERLAP_WARN, OVERLAP_FAIL)
                .map(
                        status ->
                                new Finding(
                                        Finding.Kind.DISJOINT,
                                        status,
                                        Numbers.fixed(100 * overlap, 0)
                                                + " % of what the fixed image shows lie in the"
                                                + " moving one and "
                                                + Numbers.fixed(100 * back, 0)
                                                + " % the other way round, and 50 % or more of"
                                                + " either are needed to trust the place. Check"
                                                + " that both show the same part, or give a start.",
                                        overlap));
    }

    static Optional<Finding> distortion(Affine t) {
        double[] square = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 3; k++) {
                    square[3 * r + c] += t.get(k, r) * t.get(k, c);
                }
            }
        }
        double worst = 1;
        for (double eigenvalue : Symmetric3.eigenvalues(square)) {
            double stretch = Math.sqrt(Math.max(1e-12, eigenvalue));
            if (Math.max(stretch, 1 / stretch) > Math.max(worst, 1 / worst)) {
                worst = stretch;
            }
        }
        double far = Math.max(worst, 1 / worst);
        boolean mirrored = t.determinant() < 0;
        if (far <= STRETCH_WARN && !mirrored) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Finding.Kind.DISTORTED,
                        far > STRETCH_FAIL || mirrored ? Status.FAIL : Status.WARN,
                        mirrored
                                ? "left and right have changed places, which no body does. Use a"
                                        + " rigid transform, or check the headers."
                                : "lengths change by a factor of "
                                        + Numbers.fixed(worst, 2)
                                        + " along one direction, and 0.80 to 1.25 is usual. Use a"
                                        + " rigid transform or a mask of what both images show.",
                        worst));
    }

    static Optional<Finding> related(CaptureProbe probe) {
        double z = (probe.found() - probe.elsewhere()) / Math.max(1e-12, probe.spread());
        return low(z, RELATED_WARN, RELATED_FAIL)
                .map(
                        status ->
                                new Finding(
                                        Finding.Kind.UNRELATED,
                                        status,
                                        "the images fit here by "
                                                + Numbers.fixed(z, 1)
                                                + " standard deviations better than at other poses,"
                                                + " and 6 or more are needed to say that they show"
                                                + " the same thing. Check that they do.",
                                        z));
    }

    static Optional<Finding> alone(Lead lead) {
        if (lead.deviations() >= RIVAL && lead.share() >= RIVAL_SHARE) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Finding.Kind.AMBIGUOUS,
                        Status.WARN,
                        "another place fits nearly as well: it lacks "
                                + Numbers.fixed(100 * lead.share(), 1)
                                + " % of the metric, "
                                + Numbers.fixed(lead.deviations(), 1)
                                + " standard deviations of it, and 1 % and 2 or more are needed to"
                                + " choose. Look at the result, or give a start.",
                        lead.share()));
    }

    /**
     * @param lead before the headers' place
     * @param movedMm how far from there, on average
     */
    static Optional<Finding> header(Lead lead, double movedMm, Certificate.ErrorMm expected) {
        if (lead.deviations() >= HEADER || movedMm <= expected.p95()) {
            return Optional.empty();
        }
        boolean better = lead.deviations() <= -RIVAL;
        String there =
                better
                        ? " fit better there. Keep the headers' place, or start a search there."
                        : " fit there as well: the place found leads by "
                                + Numbers.fixed(lead.deviations(), 1)
                                + " standard deviations, and 4 or more are needed to prefer it."
                                + " Keep the headers' where both are of one session.";
        return Optional.of(
                new Finding(
                        Finding.Kind.HEADER,
                        better ? Status.FAIL : Status.WARN,
                        "places were moved by "
                                + Numbers.fixed(movedMm, 1)
                                + " mm on average from where the headers put them, and the images"
                                + there,
                        lead.deviations()));
    }

    static Optional<Finding> stable(CaptureProbe probe) {
        double back = probe.back();
        Optional<Finding> few =
                low(back, BACK_WARN, BACK_FAIL)
                        .map(
                                status ->
                                        new Finding(
                                                Finding.Kind.UNSTABLE,
                                                status,
                                                Numbers.fixed(100 * back, 0)
                                                        + " % of searches that start 5 to 10 mm and"
                                                        + " 5 to 8 degrees away come back, and 80 %"
                                                        + " or more are needed. Look at the result,"
                                                        + " or give a start.",
                                                back));
        return few.or(() -> atHome(probe));
    }

    private static Optional<Finding> atHome(CaptureProbe probe) {
        if (probe.homeMm() <= probe.voxelMm()) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Finding.Kind.UNSTABLE,
                        Status.WARN,
                        "on the coarsest grid the images fit best "
                                + Numbers.fixed(probe.homeMm(), 1)
                                + " mm from here, and one of its voxels ("
                                + Numbers.fixed(probe.voxelMm(), 1)
                                + " mm) or less is usual. Look at the result, or give a start.",
                        probe.homeMm()));
    }

    static Optional<Finding> consistent(Certificate.ErrorMm inverse, double spacingMm) {
        double voxels = inverse.mean() / spacingMm;
        return high(voxels, INVERSE_WARN, INVERSE_FAIL)
                .map(
                        status ->
                                new Finding(
                                        Finding.Kind.INCONSISTENT,
                                        status,
                                        "registered the other way round, places end "
                                                + Numbers.fixed(inverse.mean(), 2)
                                                + " mm from where they began on average, and half a"
                                                + " voxel ("
                                                + Numbers.fixed(INVERSE_WARN * spacingMm, 2)
                                                + " mm) is usual. Use a stiffer transform, or a"
                                                + " mask of what both images show.",
                                        inverse.mean()));
    }

    static Optional<Finding> precise(Certificate.ErrorMm error) {
        double mean = error.mean() == error.mean() ? error.mean() : Double.POSITIVE_INFINITY;
        return high(mean, ERROR_WARN, ERROR_FAIL)
                .map(
                        status ->
                                new Finding(
                                        Finding.Kind.IMPRECISE,
                                        status,
                                        (mean < Double.POSITIVE_INFINITY
                                                        ? "places are expected to lie "
                                                                + Numbers.fixed(mean, 2)
                                                                + " mm off on average"
                                                        : "how far places lie off cannot be told")
                                                + ", and 0.40 mm or less pass without a word. Use"
                                                + " finer or less noisy images, or fewer degrees of"
                                                + " freedom.",
                                        error.mean()));
    }

    /**
     * Of drawn heads from CT to T1, whose brain is even in CT, the true error was 2 to 6 times the
     * one that was told: no deformation passes without a word.
     *
     * @param expectedMm the mean error to expect; NaN where it is not told
     */
    static Finding guessed(double expectedMm) {
        return new Finding(
                Finding.Kind.GUESSED,
                Status.WARN,
                "where tissue is even, no image says how its places moved: there the deformation is"
                        + " a smooth guess, and "
                        + (expectedMm == expectedMm
                                ? "can be off by several times the expected error."
                                : "how far it can be off is not told.")
                        + " Trust it at edges, and look at the deformation grid.",
                expectedMm);
    }

    static Optional<Finding> unfolded(Folding folding) {
        if (folding.folded() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Finding.Kind.FOLDED,
                        Status.FAIL,
                        folding.folded()
                                + " of "
                                + folding.voxels()
                                + " voxels are folded over, and none may be. Use an affine"
                                + " transform, or images that show the same thing.",
                        folding.folded()));
    }

    private static Optional<Status> low(double found, double warn, double fail) {
        return found >= warn
                ? Optional.empty()
                : Optional.of(found >= fail ? Status.WARN : Status.FAIL);
    }

    private static Optional<Status> high(double found, double warn, double fail) {
        return found <= warn
                ? Optional.empty()
                : Optional.of(found <= fail ? Status.WARN : Status.FAIL);
    }
}
