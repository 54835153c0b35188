package org.diapason.steps.resolution;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Gauss;
import org.diapason.math.MatchError;
import org.diapason.math.Mtf;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Blurs images to one common resolution, the same along all axes unless told otherwise.
 *
 * <p>Gaussian point-spread functions add in quadrature, so along an axis of width {@code s} it
 * needs an extra blur of {@code sqrt(t² − s² − g²)} to reach width {@code t}, where a grid step
 * that follows adds {@code g}. Widths are full widths at half maximum in mm, 2.3548 standard
 * deviations of the whole response, the voxel's own aperture (h²/12) in it. Values keep their
 * quantity; NaN stays NaN and weighs nothing. An axis of one voxel keeps its width.
 *
 * <p>Noise that differs from voxel to voxel keeps {@code sqrt(Σ w²)} of its standard deviation, w
 * the weights of the blur: its power is multiplied by the blur's |MTF|². Correlated noise keeps
 * more. Where a calibration holds the scanner's own MTF, the largest difference from the target's
 * Gaussian that is left is noted, and warned of above 5 % of the contrast.
 *
 * <p>Refused: an image of unknown resolution (slice thickness is not a point-spread function); an
 * image coarser than the target by more than 0.1 %, because blur cannot be undone without
 * amplifying noise; an image that has been resampled, because a grid step mixes its own blur in,
 * unless allowed; an image sampled so coarsely that the match would be off by more than 5 % of an
 * edge. Below 2 voxels of width the predicted error is a warning.
 *
 * <p>Method: Joshi, Koeppe and Fessler 2009, NeuroImage 46(1):154–159,
 * doi:10.1016/j.neuroimage.2009.01.057, section 2. Predicted error: {@link MatchError}.
 *
 * @param image which images, a pattern on their names
 * @param targetFwhmMm the resolution to reach along all axes in mm; positive
 * @param afterGrid also match images that were already put on another grid
 * @param targetAxesMm instead of one target, three: along i, j and k of the image in mm
 * @param nextGrid the grid step that follows, so that the target is met after it
 */
public record MatchFwhm(
        @Default("*") String image,
        OptionalDouble targetFwhmMm,
        @Default("false") boolean afterGrid,
        Optional<Numbers> targetAxesMm,
        Optional<NextGrid> nextGrid)
        implements Step<Exam> {

    /** A source this much coarser than the target is rounding. */
    private static final double ROUNDING = 1e-3;

    private static final double WELL_SAMPLED_VOXELS = 2;
    private static final double WORST_PERCENT = 5;
    private static final double NOT_GAUSSIAN = 0.05;

    public MatchFwhm {
        if (targetFwhmMm.isPresent() == targetAxesMm.isPresent()) {
            throw new IllegalArgumentException(
                    "one of target-fwhm-mm and target-axes-mm is needed, got "
                            + (targetFwhmMm.isPresent() ? "both" : "none"));
        }
        if (targetFwhmMm.isPresent() && !isWidth(targetFwhmMm.getAsDouble())) {
            throw new IllegalArgumentException(
                    "target-fwhm-mm must be positive, got " + targetFwhmMm.getAsDouble() + " mm");
        }
        if (targetAxesMm.isPresent()
                && (targetAxesMm.get().size() != 3
                        || !isWidth(targetAxesMm.get().get(0))
                        || !isWidth(targetAxesMm.get().get(1))
                        || !isWidth(targetAxesMm.get().get(2)))) {
            throw new IllegalArgumentException(
                    "target-axes-mm needs three positive widths in mm, got " + targetAxesMm.get());
        }
    }

    /** Returns the step to one target along all axes, with no grid step to count. */
    public MatchFwhm(String image, double targetFwhmMm, boolean afterGrid) {
        this(image, OptionalDouble.of(targetFwhmMm), afterGrid, Optional.empty(), Optional.empty());
    }

    private static boolean isWidth(double mm) {
        return mm > 0 && !Double.isInfinite(mm);
    }

    /** Returns the width to reach along axis 0 (i), 1 (j) or 2 (k) in mm. */
    public double targetMm(int axis) {
        return targetAxesMm.isPresent() ? targetAxesMm.get().get(axis) : targetFwhmMm.getAsDouble();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> match(exam.id(), name, one, trace));
    }

    private Image match(String exam, String name, Image one, Trace trace) {
        Volume volume = one.volume();
        String who = "exam " + exam + ", image " + name;
        if (volume.resampled() && !afterGrid) {
            throw new RefusedException(
                    who
                            + ": it was already put on another grid. Match the resolution first and"
                            + " only then change the grid, or set after-grid to true.");
        }
        Numbers source = Widths.known(who, name, one);
        Geometry g = volume.geometry();
        double[] extra = new double[3];
        double[] sigma = new double[3];
        double[] error = new double[3];
        double[] added = new double[3];
        double[] reached = source.toArray();
        double noise = 1;
        for (int a = 0; a < 3; a++) {
            if (g.size(a) == 1) {
                continue;
            }
            double s = source.get(a);
            double target = targetMm(a);
            double added2 = nextGrid.isPresent() ? nextGrid.get().addedMm2(g, target, a) : 0;
            refuseToSharpen(who, s, added2, a);
            double now = Math.sqrt(target * target - added2);
            extra[a] = Math.sqrt(Math.max(0, target * target - added2 - s * s));
            sigma[a] = extra[a] / Gauss.FWHM_PER_SIGMA / g.spacing(a);
            error[a] =
                    100 * MatchError.largest(Math.min(s, now) / g.spacing(a), now / g.spacing(a));
            added[a] = Math.sqrt(added2);
            reached[a] = now;
            noise *= noiseKept(sigma[a]);
        }
        trace.note(name + ".sourceFwhmMm", source);
        if (targetAxesMm.isPresent()) {
            trace.note(name + ".targetFwhmMm", targetAxesMm.get());
            trace.note(name + ".anisotropic", "one target per axis of the image (target-axes-mm)");
        } else {
            trace.note(name + ".targetFwhmMm", targetFwhmMm.getAsDouble());
        }
        trace.note(name + ".extraFwhmMm", Numbers.of(extra));
        trace.note(name + ".predictedMatchErrorPercent", Numbers.of(error));
        trace.note(name + ".whiteNoiseSdRatio", noise);
        if (nextGrid.isPresent()) {
            trace.note(name + ".nextGridAddsFwhmMm", Numbers.of(added));
        }
        if (volume.resampled()) {
            trace.note(name + ".order", "matched after the grid (after-grid)");
        }
        judgeSampling(who, g, source, error, trace);
        judgeTransfer(who, name, one, extra, reached, trace);
        float[] blurred = Gauss.blur(g, volume.values(), sigma[0], sigma[1], sigma[2]);
        Volume matched = volume.withValues(blurred).withFwhmMm(Numbers.of(reached));
        boolean changed = sigma[0] > 0 || sigma[1] > 0 || sigma[2] > 0;
        return changed ? Widths.blurred(one, matched) : one.withVolume(matched);
    }

    /**
     * Returns the share of the standard deviation of white noise that a blur along one axis keeps.
     */
    static double noiseKept(double sigmaVoxels) {
        double[] w = Gauss.kernel(sigmaVoxels);
        double sum = w[0] * w[0];
        for (int t = 1; t < w.length; t++) {
            sum += 2 * w[t] * w[t];
        }
        return Math.sqrt(sum);
    }

    static boolean isCoarser(double fwhmMm, double targetMm) {
        return fwhmMm > targetMm * (1 + ROUNDING);
    }

    private void refuseToSharpen(String who, double source, double added2, int axis) {
        double target = targetMm(axis);
        double least = Math.sqrt(source * source + added2);
        if (isCoarser(least, target) || added2 >= target * target) {
            String setting = targetAxesMm.isPresent() ? "target-axes-mm" : "target-fwhm-mm";
            throw new RefusedException(
                    who
                            + ": resolution along "
                            + Widths.axis(axis)
                            + " is "
                            + Numbers.fixed(source, 2)
                            + " mm"
                            + (added2 > 0
                                    ? ", "
                                            + Numbers.fixed(least, 2)
                                            + " mm with the blur of the grid step that follows"
                                    : "")
                            + ", coarser than the target "
                            + Numbers.fixed(target, 2)
                            + " mm, and blur cannot sharpen it. Raise "
                            + setting
                            + " to at least "
                            + Numbers.fixed(Math.ceil(least * 100 - 1e-9) / 100, 2)
                            + " or leave this exam out.");
        }
    }

    /**
     * Notes and warns where the scanner's curve is no Gaussian, and so the match is none either.
     */
    private static void judgeTransfer(
            String who, String name, Image one, double[] extra, double[] reached, Trace trace) {
        double[] off = new double[3];
        boolean known = false;
        StringBuilder axes = new StringBuilder();
        Geometry g = one.volume().geometry();
        for (int a = 0; a < 3; a++) {
            Optional<Mtf> own = Widths.transfer(who, one, a);
            if (own.isEmpty() || g.size(a) == 1) {
                continue;
            }
            known = true;
            off[a] = own.get().offGaussian(extra[a], reached[a], 0.5 / g.spacing(a));
            if (Math.abs(off[a]) > NOT_GAUSSIAN) {
                axes.append(axes.length() == 0 ? "" : ", ").append(Widths.axis(a)).append(" by ");
                axes.append(Numbers.fixed(100 * off[a], 1)).append(" %");
            }
        }
        if (known) {
            trace.note(name + ".residualMtf", Numbers.of(off));
        }
        if (axes.length() > 0) {
            trace.warn(
                    who
                            + ": the calibration's MTF is no Gaussian, and after matching it differs"
                            + " from the target's by up to a share of the contrast along "
                            + axes
                            + ". Use the step kernel to match the curves.");
        }
    }

    /** Warns once of the axes that are undersampled, or refuses. */
    private static void judgeSampling(
            String who, Geometry g, Numbers source, double[] error, Trace trace) {
        StringBuilder axes = new StringBuilder();
        double worst = 0;
        for (int a = 0; a < 3; a++) {
            double voxels = source.get(a) / g.spacing(a);
            if (error[a] == 0 || voxels >= WELL_SAMPLED_VOXELS) {
                continue;
            }
            axes.append(axes.length() == 0 ? "along " : ", along ")
                    .append(Widths.axis(a))
                    .append(" the resolution of ")
                    .append(Numbers.fixed(source.get(a), 2))
                    .append(" mm spans only ")
                    .append(Numbers.fixed(voxels, 2))
                    .append(" voxels of ")
                    .append(Numbers.fixed(g.spacing(a), 2))
                    .append(" mm (")
                    .append(Numbers.fixed(error[a], 2))
                    .append(" %)");
            worst = Math.max(worst, error[a]);
        }
        if (worst == 0) {
            return;
        }
        String found =
                who
                        + ": "
                        + axes
                        + ", so matched edges are off by up to "
                        + Numbers.fixed(worst, 2)
                        + " % of their height";
        if (worst > WORST_PERCENT) {
            throw new RefusedException(
                    found
                            + ", more than 5 %. Use a series with thinner voxels or leave this"
                            + " exam out.");
        }
        trace.warn(found + ".");
    }
}
