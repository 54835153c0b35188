package org.diapason.steps.resolution;

import org.diapason.math.Gauss;
import org.diapason.math.MatchError;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Blurs images to one common resolution, the same along all axes.
 *
 * <p>Gaussian point-spread functions add in quadrature, so along an axis of width {@code s} it
 * needs an extra blur of {@code sqrt(t² − s²)} to reach width {@code t}. Widths are full widths at
 * half maximum in mm, 2.3548 standard deviations of the point-spread function. Values keep their
 * quantity; NaN stays NaN and weighs nothing. An axis of one voxel keeps its width.
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
 * @param targetFwhmMm the resolution to reach in mm; positive
 * @param afterGrid also match images that were already put on another grid
 */
public record MatchFwhm(
        @Default("*") String image, double targetFwhmMm, @Default("false") boolean afterGrid)
        implements Step<Exam> {

    /** A source this much coarser than the target is rounding. */
    private static final double ROUNDING = 1e-3;

    private static final double WELL_SAMPLED_VOXELS = 2;
    private static final double WORST_PERCENT = 5;

    public MatchFwhm {
        if (!(targetFwhmMm > 0) || Double.isInfinite(targetFwhmMm)) {
            throw new IllegalArgumentException(
                    "target-fwhm-mm must be positive, got " + targetFwhmMm + " mm");
        }
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam,
                image,
                (name, one) -> one.withVolume(match(exam.id(), name, one.volume(), trace)));
    }

    private Volume match(String exam, String name, Volume volume, Trace trace) {
        String who = "exam " + exam + ", image " + name;
        if (volume.resampled() && !afterGrid) {
            throw new RefusedException(
                    who
                            + ": it was already put on another grid. Match the resolution first and"
                            + " only then change the grid, or set after-grid to true.");
        }
        Numbers source = Widths.known(who, name, volume);
        Geometry g = volume.geometry();
        double[] extra = new double[3];
        double[] sigma = new double[3];
        double[] error = new double[3];
        double[] reached = source.toArray();
        for (int a = 0; a < 3; a++) {
            if (g.size(a) == 1) {
                continue;
            }
            double s = source.get(a);
            refuseToSharpen(who, s, a);
            double square = targetFwhmMm * targetFwhmMm - s * s;
            extra[a] = Math.sqrt(Math.max(0, square));
            sigma[a] = extra[a] / Gauss.FWHM_PER_SIGMA / g.spacing(a);
            error[a] =
                    100
                            * MatchError.largest(
                                    Math.min(s, targetFwhmMm) / g.spacing(a),
                                    targetFwhmMm / g.spacing(a));
            reached[a] = targetFwhmMm;
        }
        trace.note(name + ".sourceFwhmMm", source);
        trace.note(name + ".targetFwhmMm", targetFwhmMm);
        trace.note(name + ".extraFwhmMm", Numbers.of(extra));
        trace.note(name + ".predictedMatchErrorPercent", Numbers.of(error));
        if (volume.resampled()) {
            trace.note(name + ".order", "matched after the grid (after-grid)");
        }
        judgeSampling(who, g, source, error, trace);
        float[] blurred = Gauss.blur(g, volume.values(), sigma[0], sigma[1], sigma[2]);
        return volume.withValues(blurred).withFwhmMm(Numbers.of(reached));
    }

    private void refuseToSharpen(String who, double source, int axis) {
        if (source > targetFwhmMm * (1 + ROUNDING)) {
            throw new RefusedException(
                    who
                            + ": resolution along "
                            + Widths.axis(axis)
                            + " is "
                            + Numbers.fixed(source, 2)
                            + " mm, coarser than the target "
                            + Numbers.fixed(targetFwhmMm, 2)
                            + " mm, and blur cannot sharpen it. Raise target-fwhm-mm to at least "
                            + Numbers.fixed(Math.ceil(source * 100 - 1e-9) / 100, 2)
                            + " or leave this exam out.");
        }
    }

    private static void judgeSampling(
            String who, Geometry g, Numbers source, double[] error, Trace trace) {
        for (int a = 0; a < 3; a++) {
            double voxels = source.get(a) / g.spacing(a);
            if (error[a] == 0 || voxels >= WELL_SAMPLED_VOXELS) {
                continue;
            }
            String found =
                    who
                            + ": along "
                            + Widths.axis(a)
                            + " the resolution of "
                            + Numbers.fixed(source.get(a), 2)
                            + " mm spans only "
                            + Numbers.fixed(voxels, 2)
                            + " voxels of "
                            + Numbers.fixed(g.spacing(a), 2)
                            + " mm, so matched edges are off by up to "
                            + Numbers.fixed(error[a], 2)
                            + " % of their height";
            if (error[a] > WORST_PERCENT) {
                throw new RefusedException(
                        found
                                + ", more than 5 %. Use a series with thinner voxels or leave this"
                                + " exam out.");
            }
            trace.warn(found + ".");
        }
    }
}
