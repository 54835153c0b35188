package org.diapason.steps.intensity;

import java.util.OptionalDouble;
import java.util.Set;
import org.diapason.math.Bins;
import org.diapason.math.Ranks;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Divides an image by the white-matter mode of its brain, found by a kernel density estimate.
 *
 * <p>The density of the finite values of the mask is estimated with a Gaussian of an absolute
 * width: {@code bandwidth} in units of the image or, where none is given, a 1/80 of the 99.9 %
 * quantile. (A width relative to the spread of the whole brain blurs its tissues into each other.)
 * It is taken between the quantiles 0.1 and 99.9 %. The mode is the last maximum below the 96 %
 * quantile for T1, the highest for T2 and FLAIR, the first below the 99 % quantile for PD. White
 * matter becomes 1.
 *
 * <p>Refused: no such maximum inside; a mode that is not above 0; tags of another contrast; and
 * what every normalization refuses. NaN stays NaN.
 *
 * <p>Method: Reinhold and others 2019, SPIE Medical Imaging 10949:109493H, doi:10.1117/12.2513089.
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask of the brain, without skull
 * @param contrast t1, t2, flair or pd: which maximum is white matter
 * @param bandwidth standard deviation of the Gaussian in units of the image; none for 1/80 of the
 *     99.9 % quantile
 * @param prominence by what share of the highest a maximum must rise above what surrounds it
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record Kde(
        @Default("*") String image,
        String mask,
        MrWeighting contrast,
        OptionalDouble bandwidth,
        @Default("0.01") double prominence,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    private static final String WHAT = "kde";
    private static final int BINS = 2048;
    private static final double TAIL = 0.001;

    public Kde {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name the mask of the brain, got none");
        }
        if (bandwidth.isPresent()
                && !(bandwidth.getAsDouble() > 0 && bandwidth.getAsDouble() < 1e30)) {
            throw new IllegalArgumentException(
                    "bandwidth must be positive, got " + bandwidth.getAsDouble());
        }
        if (!(prominence > 0 && prominence <= 1)) {
            throw new IllegalArgumentException(
                    "prominence must be above 0 and at most 1, got " + prominence);
        }
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(divided(exam, name, trace)));
    }

    private Volume divided(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, WHAT, allowPhysical);
        contrast.require(admitted);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        Ranks ranks = Ranks.of(values);
        double low = ranks.quantile(TAIL);
        double high = ranks.quantile(1 - TAIL);
        double most = Math.max(Math.abs(low), Math.abs(high));
        admitted.requireSpread(high - low, most, low, "most values", mask, "");
        double width = bandwidth.orElse(high / 80);
        if (!(width > 0 && width < high - low)) {
            throw admitted.refused(
                    "the bandwidth is "
                            + Numbers.fixed(width, 3)
                            + " and most values lie between "
                            + Numbers.fixed(low, 3)
                            + " and "
                            + Numbers.fixed(high, 3)
                            + ". Set bandwidth to about a tenth of what parts the tissues.");
        }
        Bins density = Bins.of(values, low, high, BINS, false).smoothed(width);
        double end =
                switch (contrast) {
                    case T1 -> ranks.quantile(0.96);
                    case PD -> ranks.quantile(0.99);
                    case T2, FLAIR -> high;
                };
        double mode = contrast.peak(admitted, density, low, end, prominence, 0, mask).at();
        if (!(mode > 0)) {
            throw admitted.refused(
                    "white matter lies at "
                            + Numbers.fixed(mode, 3)
                            + ", and an image is divided by it. Give the image before its scale was"
                            + " moved.");
        }
        trace.note(name + ".voxels", values.length);
        trace.note(name + ".rule", contrast.rule());
        trace.note(name + ".bandwidth", width);
        trace.note(name + ".mode", mode);
        return Linear.scale(admitted.volume(), 0, mode, Quantity.MAPPED);
    }
}
