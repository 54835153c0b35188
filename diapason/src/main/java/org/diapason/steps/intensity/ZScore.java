package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
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
 * quantity with a physical scale (HU, SUVbw, Bq/ml), which the score would destroy, unless allowed.
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

    private static final double LEAST_SPREAD = 1e-8;
    private static final double SAME_GRID = 1e-3;
    private static final double MAD_TO_SD = 1.4826;

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Mask inside = exam.mask(mask);
        return Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    String who = "exam " + exam.id() + ", image " + name;
                    return one.withVolume(score(who, name, one, inside, trace));
                });
    }

    private Volume score(String who, String name, Image image, Mask inside, Trace trace) {
        Volume volume = image.volume();
        if (volume.quantity().physical() && !allowPhysical) {
            throw new RefusedException(
                    who
                            + ": the quantity is "
                            + volume.quantity().label()
                            + ", and a z-score would destroy its scale. Leave the step out, or set"
                            + " allow-physical to true.");
        }
        if (!volume.geometry().isClose(inside.geometry(), SAME_GRID)) {
            throw new RefusedException(
                    who
                            + ": mask "
                            + mask
                            + " lies on another grid. Name the image it was drawn on, or resample"
                            + " both to one grid.");
        }
        double[] sorted = sorted(volume, inside);
        if (sorted.length == 0) {
            throw new DataException(
                    who
                            + ": mask "
                            + mask
                            + " has no voxel with a value. Correct it or leave this exam out.");
        }
        double centre = robust ? median(sorted) : mean(sorted);
        double spread = robust ? MAD_TO_SD * deviation(sorted, centre) : sd(sorted, centre);
        double largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        if (!(spread > LEAST_SPREAD * largest)) {
            throw new RefusedException(
                    who
                            + ": "
                            + (robust ? "most values" : "all values")
                            + " in mask "
                            + mask
                            + " are about "
                            + Numbers.fixed(centre, 3)
                            + ", so there is no spread to divide by. Choose another mask"
                            + (robust ? " or set robust to false." : "."));
        }
        trace.note(name + ".maskVoxels", inside.count());
        trace.note(name + ".nanVoxels", inside.count() - sorted.length);
        trace.note(name + (robust ? ".median" : ".mean"), centre);
        trace.note(name + (robust ? ".scaledMad" : ".sd"), spread);
        float[] values = volume.values();
        float[] scores = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            scores[v] = (float) ((values[v] - centre) / spread);
        }
        return volume.withValues(scores).withQuantity(Quantity.Z_SCORE);
    }

    private static double[] sorted(Volume volume, Mask inside) {
        float[] values = volume.values();
        boolean[] in = inside.voxels();
        double[] found = new double[inside.count()];
        int used = 0;
        for (int v = 0; v < in.length; v++) {
            if (in[v] && Float.isFinite(values[v])) {
                found[used++] = values[v];
            }
        }
        double[] sorted = Arrays.copyOf(found, used);
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
