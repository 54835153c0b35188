package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Contrast;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * The scale and the contrast of MR.
 *
 * <p>Philips stores {@code PV} with RescaleSlope RS, RescaleIntercept RI and a private scale slope
 * SS (2005,xx0E). The display shows {@code DV = PV · RS + RI}, with another RS for every series;
 * what may be compared between series is {@code FP = (PV + RI/RS)/SS = DV/(RS · SS)}.
 */
final class Mr {
    private static final String SCALE_TAG = "(2005,xx0E)";
    private static final String CONSEQUENCE =
            "so its slices have different scales. Export the series again.";

    /** A share of values below 0 that noise does not explain. */
    private static final double LEAST_NEGATIVE = 0.01;

    /** How many of a unit are 1 mm²/s. */
    private static final double[] DIFFUSIVITY_UNITS = {1, 1e3, 1e6};

    private static final String[] DIFFUSIVITY_NAMES = {"mm2/s", "1e-3 mm2/s", "1e-6 mm2/s"};

    private Mr() {}

    static Volume scaled(Series series, Volume volume, Units.PhilipsScale wanted) {
        int slices = volume.geometry().nk();
        noteRealWorld(series);
        boolean rescaled =
                series.tags().slices("RescaleSlope").isPresent()
                        || series.tags().slices("RescaleIntercept").isPresent();
        Rescale rescale =
                rescaled ? Rescale.of(series, slices, CONSEQUENCE) : Rescale.none(series, slices);
        double[] factors = new double[slices];
        Arrays.fill(factors, 1);
        String scale = rescaled ? "dv (slope and intercept)" : "none, values as stored";
        if (philips(series)) {
            double[] own = series.perSlice("PhilipsMrScaleSlope", SCALE_TAG, slices);
            boolean known = Arrays.stream(own).allMatch(s -> s > 0) && rescaled;
            if (wanted == Units.PhilipsScale.FP && known) {
                Arrays.setAll(factors, k -> 1 / (rescale.slopes()[k] * own[k]));
                scale = "fp";
            } else if (wanted == Units.PhilipsScale.FP) {
                series.warn(
                        series.missing("MR scale slope", SCALE_TAG)
                                + " or RescaleSlope (0028,1053) of Philips in every slice, so values"
                                + " stay as displayed and cannot be compared between series.");
            }
        }
        series.note("scale", scale);
        return volume.withValues(rescale.apply(volume, factors, series)).withQuantity(Quantity.MR);
    }

    /**
     * Notes what the file says stored numbers are in the world. It is an alternative to slope and
     * intercept, with other numbers for other purposes, so it is never mixed with them.
     */
    private static void noteRealWorld(Series series) {
        Optional<String> slope = series.optional("RealWorldValueSlope", "(0040,9225)");
        Optional<String> unit = series.optional("RealWorldValueUnit", "(0040,08EA)");
        slope.ifPresent(s -> series.note("realWorldValueSlope", s + " (not applied)"));
        unit.ifPresent(u -> series.note("realWorldValueUnit", u + " (not applied)"));
        boolean physical = unit.isPresent() && !unit.get().matches("1|\\{.*}|no units");
        if (slope.isPresent() && physical) {
            series.warn(
                    "RealWorldValueMappingSequence (0040,9096) says that stored · "
                            + slope.get()
                            + " + "
                            + series.optional("RealWorldValueIntercept", "(0040,9224)").orElse("0")
                            + " is in "
                            + unit.get()
                            + ". It is not applied: values follow RescaleSlope and have no unit.");
        }
    }

    private static boolean philips(Series series) {
        return series.optional("Manufacturer", "(0008,0070)")
                .orElse("")
                .toUpperCase(Locale.ROOT)
                .startsWith("PHILIPS");
    }

    /** Notes the contrast by the tags and, inside a brain, whether the pixels agree. */
    static void contrast(Series series, Volume volume, Optional<Mask> brain) {
        Contrast contrast = Contrast.of(series.tags());
        series.note("contrast", contrast.label());
        if (contrast == Contrast.ADC) {
            diffusivity(series, volume);
        } else if (contrast == Contrast.DWI
                && series.optional("DiffusionBValue", "(0018,9087)").isEmpty()) {
            series.warn(
                    "is diffusion weighted by its ImageType (0008,0008) and says no b-value"
                            + " (0018,9087), or several. Keep it apart from series of another.");
        }
        if (brain.isEmpty()) {
            return;
        }
        if (!brain.get().geometry().equals(volume.geometry())) {
            throw series.failed(
                    "the mask of the brain lies on another grid. Resample it to this image.");
        }
        Optional<BrainOrder> order = BrainOrder.of(volume, brain.get());
        series.note("contrastByPixels", order.map(BrainOrder::label).orElse("not clear"));
        Optional<BrainOrder> expected = BrainOrder.of(contrast);
        if (order.isPresent() && expected.isPresent() && order.get() != expected.get()) {
            series.warn(
                    "by its tags the contrast is "
                            + contrast.label()
                            + " ("
                            + expected.get().label()
                            + "), in the brain the pixels say "
                            + order.get().label()
                            + ". Check the series before it is pooled with others.");
        }
    }

    /**
     * Asks of a map of diffusion coefficients what needs no mask: that they are not negative, and
     * which power of ten of mm²/s their numbers are in. Free water has 3.0e-3 mm²/s at 37 °C,
     * tissue less, so the median of the positive ones lies between 1e-4 and 5e-3.
     */
    private static void diffusivity(Series series, Volume volume) {
        float[] positive = new float[volume.values().length];
        int count = 0;
        long negative = 0;
        for (float v : volume.values()) {
            if (v > 0 && v < Float.POSITIVE_INFINITY) {
                positive[count++] = v;
            }
            negative += v < 0 ? 1 : 0;
        }
        if (negative > LEAST_NEGATIVE * (count + negative)) {
            series.warn(
                    negative
                            + " of "
                            + (count + negative)
                            + " voxels of this map of diffusion coefficients (ADC) that are not 0"
                            + " lie below 0, which none can. Check its sign and its slope.");
        }
        if (count == 0) {
            return;
        }
        Arrays.sort(positive, 0, count);
        double median = positive[(count - 1) / 2];
        series.note("adcMedian", median);
        String unit = "unknown";
        for (int power = 0; power < 3; power++) {
            double one = DIFFUSIVITY_UNITS[power];
            if (median >= 1e-4 * one && median <= 5e-3 * one) {
                unit = DIFFUSIVITY_NAMES[power];
            }
        }
        series.note("adcUnit", unit);
        if (unit.equals("unknown")) {
            series.warn(
                    "the median of this map of diffusion coefficients (ADC) is "
                            + Numbers.fixed(median, 6)
                            + ", which is no tissue in mm²/s, in 1e-3 mm²/s or in 1e-6 mm²/s. Check"
                            + " its slope before it is pooled with others.");
        }
    }
}
