package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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
        double[] sorted = sorted(admitted.values(mask));
        double centre = robust ? median(sorted) : mean(sorted);
        double spread = robust ? MAD_TO_SD * deviation(sorted, centre) : sd(sorted, centre);
        double largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        admitted.requireSpread(
                spread,
                largest,
                centre,
                robust ? "most values" : "all values",
                mask,
                robust ? " or set robust to false" : "");
        int voxels = exam.mask(mask).count();
        trace.note(name + ".maskVoxels", voxels);
        trace.note(name + ".nanVoxels", voxels - sorted.length);
        trace.note(name + (robust ? ".median" : ".mean"), centre);
        trace.note(name + (robust ? ".scaledMad" : ".sd"), spread);
        return Linear.scale(admitted.volume(), centre, spread, Quantity.Z_SCORE);
    }

    private static double[] sorted(float[] values) {
        double[] sorted = new double[values.length];
        for (int v = 0; v < sorted.length; v++) {
            sorted[v] = values[v];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum / x.length;
    }

    private static double sd(double[] x, double mean) {
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / x.length);
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }

    private static double deviation(double[] x, double centre) {
        double[] away = new double[x.length];
        for (int v = 0; v < x.length; v++) {
            away[v] = Math.abs(x[v] - centre);
        }
        Arrays.sort(away);
        return median(away);
    }
}
