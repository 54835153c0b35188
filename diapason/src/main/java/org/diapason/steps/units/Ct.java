package org.diapason.steps.units;

import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Stored CT values to Hounsfield units. */
final class Ct {
    /** Share of voxels below which air and soft tissue count as absent. */
    private static final double SEEN = 0.01;

    private Ct() {}

    static Volume hounsfield(Series series, String name, Volume volume, Trace trace) {
        Optional<String> type = series.optional("RescaleType", "(0028,1054)");
        if (type.isPresent() && !type.get().equalsIgnoreCase("HU")) {
            throw series.refused(
                    "RescaleType (0028,1054) is "
                            + type.get()
                            + ", not HU (dental and cone-beam scanners write such values). Leave"
                            + " this image out.");
        }
        Rescale rescale =
                Rescale.of(
                        series,
                        volume.geometry().nk(),
                        "so its values cannot become HU. Export the series again.");
        float[] hu = rescale.apply(volume, 1, name, trace);
        warnIfImplausible(series, hu, trace);
        return volume.withValues(hu).withQuantity(Quantity.HU);
    }

    private static void warnIfImplausible(Series series, float[] hu, Trace trace) {
        long finite = 0;
        long air = 0;
        long soft = 0;
        long below = 0;
        for (float v : hu) {
            finite += Float.isNaN(v) ? 0 : 1;
            air += v >= -1050 && v <= -950 ? 1 : 0;
            soft += v >= -100 && v <= 150 ? 1 : 0;
            below += v < -1100 ? 1 : 0;
        }
        if (below > 0) {
            trace.warn(
                    series.who()
                            + ": "
                            + below
                            + " voxels lie below -1100 HU, less than air; padding without a"
                            + " PixelPaddingValue (0028,0120)? Keep them out of every mask.");
        }
        if (air < SEEN * finite && soft < SEEN * finite) {
            trace.warn(
                    series.who()
                            + ": under "
                            + Numbers.fixed(100 * SEEN, 0)
                            + " % of the voxels lie at air (-1050 to -950 HU) or soft tissue (-100"
                            + " to 150 HU). Check slope and intercept.");
        }
    }
}
