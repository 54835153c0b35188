package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Mask;
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

    private Mr() {}

    static Volume scaled(Series series, Volume volume, Units.PhilipsScale wanted) {
        int slices = volume.geometry().nk();
        series.optional("RealWorldValueSlope", "(0040,9225)")
                .ifPresent(s -> series.note("realWorldValueSlope", s + " (not applied)"));
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
        if (brain.isEmpty()) {
            return;
        }
        if (!brain.get().geometry().equals(volume.geometry())) {
            throw series.failed(
                    "the mask of the brain lies on another grid. Resample it to this image.");
        }
        Optional<BrainOrder> order = BrainOrder.of(volume, brain.get());
        series.note("contrastByPixels", order.map(BrainOrder::label).orElse("not clear"));
        Optional<BrainOrder> expected = contrast.order();
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
}
