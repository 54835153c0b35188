package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.Parallel;
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
 * Clips an image at two percentiles of a mask and, where a range is given, maps what is left onto
 * it straight: with percentiles 0 and 100 and the range 0 to 1 this is min-max scaling.
 *
 * <p>Percentiles are those of the finite voxels of the mask, straight between ranks (type 7 of
 * Hyndman and Fan). The whole image is clipped, infinite voxels too; NaN stays NaN. Without a range
 * the values keep their scale and their quantity; with one they are mapped.
 *
 * <p>Refused: two percentiles of the same value, and what every normalization refuses.
 *
 * <p>Method: Hyndman and Fan 1996, The American Statistician 50(4):361–365,
 * doi:10.1080/00031305.1996.10473566 (percentiles).
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask whose voxels give the percentiles; empty for the whole image
 * @param lowerPercentile what lies below it is set to it; 0 is the smallest value
 * @param upperPercentile what lies above it is set to it; 100 is the largest value
 * @param range the two values onto which the percentiles are mapped; none keeps the scale
 * @param allowPhysical also clip HU, SUVbw and Bq/ml at values that differ from patient to patient
 */
public record Clip(
        @Default("*") String image,
        String mask,
        double lowerPercentile,
        double upperPercentile,
        Optional<Numbers> range,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    private static final int BLOCK = 1 << 18;

    public Clip {
        if (!(lowerPercentile >= 0
                && lowerPercentile < upperPercentile
                && upperPercentile <= 100)) {
            throw new IllegalArgumentException(
                    "lower-percentile must be below upper-percentile, both from 0 to 100, got "
                            + lowerPercentile
                            + " and "
                            + upperPercentile);
        }
        if (range.isPresent() && !rising(range.get())) {
            throw new IllegalArgumentException(
                    "range must be two finite numbers, the smaller first, got " + range.get());
        }
    }

    private static boolean rising(Numbers range) {
        return range.size() == 2
                && Float.isFinite((float) range.get(0))
                && Float.isFinite((float) range.get(1))
                && range.get(0) < range.get(1);
    }

    @Override
    public Set<String> masks() {
        return mask.isEmpty() ? Set.of() : Set.of(mask);
    }

    @Override
    public Optional<String> fixes(String measured, String in) {
        return range.isPresent() && mask.equals(in) && Globs.matches(image, measured)
                ? Optional.of("smallest and largest value")
                : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(clipped(exam, name, trace)));
    }

    private Volume clipped(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, "clipping at percentiles", allowPhysical);
        float[] values = admitted.values(mask);
        Ranks ranks = Ranks.of(values);
        double low = ranks.quantile(lowerPercentile / 100);
        double high = ranks.quantile(upperPercentile / 100);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        admitted.requireSpread(high - low, largest, low, "most values", mask, "");
        int below = 0;
        int above = 0;
        for (float x : values) {
            below += x < low ? 1 : 0;
            above += x > high ? 1 : 0;
        }
        trace.note(name + ".voxels", values.length);
        trace.note(name + ".low", low);
        trace.note(name + ".high", high);
        trace.note(name + ".clippedBelow", below);
        trace.note(name + ".clippedAbove", above);
        Volume volume = admitted.volume();
        float[] out = map(volume.values(), low, high);
        return volume.withValues(out)
                .withQuantity(range.isPresent() ? Quantity.MAPPED : volume.quantity());
    }

    private float[] map(float[] values, double low, double high) {
        double start = range.map(r -> r.get(0)).orElse(low);
        double length = range.map(r -> r.get(1)).orElse(high) - start;
        boolean scaled = range.isPresent();
        float[] out = new float[values.length];
        Parallel.forEach(
                (values.length + BLOCK - 1) / BLOCK,
                b -> {
                    int end = Math.min(values.length, (b + 1) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        double x = Math.min(Math.max(values[v], low), high); // NaN stays NaN
                        out[v] = (float) (scaled ? start + (x - low) / (high - low) * length : x);
                    }
                });
        return out;
    }
}
