package org.diapason.steps.units;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.volume.Volume;

/**
 * Slope and intercept of every slice, and the stored values that stand for "nothing measured".
 *
 * @param slopes one per slice; none is 0
 * @param intercepts one per slice
 * @param paddingLow lowest padding value, on the stored scale; NaN where there is none
 * @param paddingHigh highest padding value, on the stored scale; NaN where there is none
 */
record Rescale(double[] slopes, double[] intercepts, double paddingLow, double paddingHigh) {

    /** Reads it from the tags, refusing the exam where a slice lacks slope or intercept. */
    static Rescale of(Series series, int slices, String consequence) {
        double[] slopes = series.perSlice("RescaleSlope", "(0028,1053)", slices, consequence);
        double[] intercepts =
                series.perSlice("RescaleIntercept", "(0028,1052)", slices, consequence);
        long zero = Arrays.stream(slopes).filter(s -> s == 0).count();
        if (zero > 0) {
            throw series.failed(
                    "RescaleSlope (0028,1053) is 0 in "
                            + zero
                            + " of "
                            + slices
                            + " slices, which makes all their voxels equal. Export the series"
                            + " again.");
        }
        return padded(series, slopes, intercepts);
    }

    /** Leaves the stored values as they are, but for padding. */
    static Rescale none(Series series, int slices) {
        double[] slopes = new double[slices];
        Arrays.fill(slopes, 1);
        return padded(series, slopes, new double[slices]);
    }

    private static Rescale padded(Series series, double[] slopes, double[] intercepts) {
        OptionalDouble value = series.number("PixelPaddingValue", "(0028,0120)");
        if (value.isEmpty()) {
            return new Rescale(slopes, intercepts, Double.NaN, Double.NaN);
        }
        double limit =
                series.number("PixelPaddingRangeLimit", "(0028,0121)").orElse(value.getAsDouble());
        return new Rescale(
                slopes,
                intercepts,
                Math.min(value.getAsDouble(), limit),
                Math.max(value.getAsDouble(), limit));
    }

    /** Returns {@code slope · stored + intercept}; see the other form. */
    float[] apply(Volume volume, Series series) {
        double[] factors = new double[slopes.length];
        Arrays.fill(factors, 1);
        return apply(volume, factors, series);
    }

    /**
     * Returns {@code factor · (slope · stored + intercept)} in double, rounded once to float, with
     * a factor per slice; NaN where the stored value is padding. Notes ranges and the number of
     * padded voxels.
     */
    float[] apply(Volume volume, double[] factors, Series series) {
        float[] stored = volume.values();
        float[] values = new float[stored.length];
        int plane = volume.geometry().ni() * volume.geometry().nj();
        long padded = 0;
        for (int k = 0; k < slopes.length; k++) {
            double slope = factors[k] * slopes[k];
            double intercept = factors[k] * intercepts[k];
            for (int v = k * plane; v < (k + 1) * plane; v++) {
                boolean padding = stored[v] >= paddingLow && stored[v] <= paddingHigh;
                padded += padding ? 1 : 0;
                values[v] = padding ? Float.NaN : (float) (slope * stored[v] + intercept);
            }
        }
        series.note("slopeMin", Arrays.stream(slopes).min().getAsDouble());
        series.note("slopeMax", Arrays.stream(slopes).max().getAsDouble());
        series.note("interceptMin", Arrays.stream(intercepts).min().getAsDouble());
        series.note("interceptMax", Arrays.stream(intercepts).max().getAsDouble());
        series.note("paddingVoxels", padded);
        return values;
    }
}
