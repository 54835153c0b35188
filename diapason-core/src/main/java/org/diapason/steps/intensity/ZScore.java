package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.Moments;
import org.diapason.math.SortedFloats;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Makes every voxel a standard score of a mask: {@code z = (x − centre)/spread}.
 *
 * <p>Centre and spread are the mean and the standard deviation (dividing by n) of the finite voxels
 * in the mask, or, when robust, the median and 1.4826 times the median absolute deviation, which
 * equals the standard deviation for normal values. The result does not change when gain or offset
 * of the image do. NaN stays NaN.
 *
 * <p>Refused: a spread below 1e-8 of the largest magnitude in the mask; a mask on another grid; a
 * quantity with a physical scale (HU, SUVbw, Bq/ml), which the score would destroy, unless allowed;
 * stored or unknown values; what is normalized already.
 *
 * <p>Method: Shinohara et al. 2014, NeuroImage: Clinical 6:9–19, doi:10.1016/j.nicl.2014.08.008.
 *
 * @param image which images, a pattern on their names; the mask must lie on the grid of each
 * @param mask name of the mask whose voxels set the scale
 * @param robust median and median absolute deviation instead of mean and standard deviation
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record ZScore(
        @Default("*") String image,
        String mask,
        @Default("false") boolean robust,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    private static final double MAD_TO_SD = 1.4826;

    public ZScore {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name a mask, got none");
        }
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Optional<String> fixes(String measured, String in) {
        return mask.equals(in) && Globs.matches(image, measured)
                ? Optional.of(
                        robust ? "median and median deviation" : "mean and standard deviation")
                : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(score(exam, name, trace)));
    }

    private Volume score(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, "a z-score", allowPhysical);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        Moments all = robust ? middle(admitted, SortedFloats.of(values)) : Moments.of(values);
        double centre = all.mean();
        double spread = all.sd();
        int voxels = exam.mask(mask).count();
        trace.note(name + ".maskVoxels", voxels);
        trace.note(name + ".nanVoxels", voxels - values.length);
        trace.note(name + (robust ? ".median" : ".mean"), centre);
        trace.note(name + (robust ? ".scaledMad" : ".sd"), spread);
        return Linear.scale(admitted.volume(), centre, spread, Quantity.Z_SCORE);
    }

    /** Returns the median, and its median distance from the values in standard deviations. */
    private Moments middle(Admission admitted, SortedFloats sorted) {
        int n = sorted.size();
        int half = n / 2;
        double median =
                n % 2 == 1 ? sorted.get(half) : sorted.get(half - 1) / 2.0 + sorted.get(half) / 2.0;
        int below = (n - 1) / 2;
        int above = below + 1;
        double before = 0;
        double last = 0;
        for (int taken = 0; taken <= half; taken++) {
            double down = below < 0 ? Double.POSITIVE_INFINITY : median - sorted.get(below);
            double up = above >= n ? Double.POSITIVE_INFINITY : sorted.get(above) - median;
            before = last;
            last = Math.min(down, up);
            below -= down <= up ? 1 : 0;
            above += down <= up ? 0 : 1;
        }
        double deviation = n % 2 == 1 ? last : before / 2 + last / 2;
        admitted.requireSpread(
                deviation,
                Math.max(Math.abs(sorted.get(0)), Math.abs(sorted.get(n - 1))),
                median,
                "most values",
                mask,
                " or set robust to false");
        return new Moments(n, median, MAD_TO_SD * deviation);
    }
}
