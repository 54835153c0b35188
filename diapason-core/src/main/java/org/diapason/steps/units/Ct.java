package org.diapason.steps.units;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Stored CT values to Hounsfield units. */
final class Ct {
    /** Share of voxels below which air and soft tissue count as absent. */
    private static final double SEEN = 0.01;

    /** Share of voxels that dense bone does not reach in any patient. */
    private static final double MOST_BONE = 0.1;

    private static final String INSTEAD =
            " Leave this image out, or convert it with quantity raw and keep it apart from HU.";

    /** Makers that build dental cone-beam scanners and no other CT, as their names begin. */
    private static final List<String> DENTAL =
            List.of(
                    "ACTEON",
                    "CARESTREAM DENTAL",
                    "CEFLA",
                    "DENTSPLY",
                    "GENORAY",
                    "IMAGING SCIENCES",
                    "INSTRUMENTARIUM DENTAL",
                    "J.MORITA",
                    "J. MORITA",
                    "KAVO",
                    "NEWTOM",
                    "OWANDY",
                    "PALODEX",
                    "PLANMECA",
                    "PREXION",
                    "QR S",
                    "SIRONA",
                    "SOREDEX",
                    "TROPHY",
                    "VATECH");

    private Ct() {}

    static Volume hounsfield(Series series, Volume volume) {
        requireHounsfield(series);
        Rescale rescale =
                Rescale.of(
                        series,
                        volume.geometry().nk(),
                        "so its values cannot become HU. Export the series again.");
        float[] hu = rescale.apply(volume, series);
        warnIfBelowAir(series, hu);
        warnIfPeaksAreOff(series, hu);
        return volume.withValues(hu).withQuantity(Quantity.HU);
    }

    /** Refuses values that are not attenuation, whatever slope and intercept they carry. */
    private static void requireHounsfield(Series series) {
        Optional<String> type = series.optional("RescaleType", "(0028,1054)");
        if (type.isPresent() && !type.get().equalsIgnoreCase("HU")) {
            throw series.refused(
                    "RescaleType (0028,1054) is "
                            + type.get()
                            + ", not HU (dental and cone-beam scanners write such values)."
                            + INSTEAD);
        }
        String maker = upper(series, "Manufacturer", "(0008,0070)");
        if (DENTAL.stream().anyMatch(maker::startsWith)) {
            throw series.refused(
                    "Manufacturer (0008,0070) is "
                            + maker
                            + ", a maker of dental cone-beam scanners, whose grey values are not"
                            + " HU."
                            + INSTEAD);
        }
        for (String kernel : upper(series, "ConvolutionKernel", "(0018,1210)").split("\\\\")) {
            if (maker.startsWith("SIEMENS")
                    && kernel.matches("S[DM]\\d\\d.*|.*DIRECT ?DENSITY.*")) {
                throw series.refused(
                        "ConvolutionKernel (0018,1210) is "
                                + kernel
                                + ", a DirectDensity kernel: its values are density, which equals"
                                + " HU in soft tissue and not in bone."
                                + INSTEAD);
            }
        }
        for (String value : upper(series, "ImageType", "(0008,0008)").split("\\\\")) {
            if (value.matches("MAT_.*|ELECTRON_DENSITY|EFF_ATOMIC_NUM")) {
                throw series.refused(
                        "ImageType (0008,0008) says "
                                + value
                                + ", a map of a material and not of attenuation."
                                + INSTEAD);
            }
        }
    }

    private static String upper(Series series, String keyword, String tag) {
        return series.optional(keyword, tag).orElse("").toUpperCase(Locale.ROOT);
    }

    private static void warnIfBelowAir(Series series, float[] hu) {
        long below = 0;
        for (float v : hu) {
            below += v < -1100 ? 1 : 0;
        }
        if (below > 0) {
            series.warn(
                    below
                            + " voxels lie below -1100 HU, less than air; padding without a"
                            + " PixelPaddingValue (0028,0120)? Keep them out of every mask.");
        }
    }

    /** Air should peak at −1050 … −950 HU and soft tissue at −100 … 150 HU, where there are any. */
    private static void warnIfPeaksAreOff(Series series, float[] hu) {
        double air = peak(hu, -1300, -900);
        double soft = peak(hu, -350, 350);
        note(series, "airPeakHu", air);
        note(series, "softTissuePeakHu", soft);
        if (Double.isNaN(air) && Double.isNaN(soft)) {
            series.warn(
                    "neither air (-1300 to -900 HU) nor soft tissue (-350 to 350 HU) has a peak of 1"
                            + " % of the voxels. Check slope and intercept.");
        }
        warnIfZeroBased(series, hu);
        if (air < -1050 || air > -950) {
            series.warn(
                    "air peaks at "
                            + Numbers.fixed(air, 0)
                            + " HU, expected is -1050 to -950 HU. Check slope and intercept.");
        }
        // the fullest class of a stout patient is fat, at -120 to -80 HU
        if (soft < -130 || soft > 150) {
            series.warn(
                    "soft tissue peaks at "
                            + Numbers.fixed(soft, 0)
                            + " HU, expected is -130 (fat) to 150 HU. Check slope and intercept.");
        }
    }

    /**
     * Without its intercept, air lies at 0 HU, where soft tissue is looked for, and tissue at 1000.
     */
    private static void warnIfZeroBased(Series series, float[] hu) {
        long low = 0;
        long dense = 0;
        long finite = 0;
        for (float v : hu) {
            finite += Float.isNaN(v) ? 0 : 1;
            low += v < -350 && v >= -1300 ? 1 : 0;
            dense += v >= 850 && v < 1200 ? 1 : 0;
        }
        if (low == 0 && dense > MOST_BONE * finite) {
            series.warn(
                    "no voxel is air or lung (below -350 HU), and "
                            + Numbers.fixed(100.0 * dense / finite, 1)
                            + " % lie at 850 to 1200 HU, where there is little but dense bone; an"
                            + " intercept of -1000 or -1024 that was left out looks like this."
                            + " Check slope and intercept.");
        }
    }

    private static void note(Series series, String key, double peak) {
        if (!Double.isNaN(peak)) {
            series.note(key, peak);
        }
    }

    /**
     * Returns the middle of the fullest 20 HU of a range; NaN where under 1 % of voxels lie in it.
     */
    private static double peak(float[] hu, int from, int to) {
        long[] counts = new long[(to - from) / 20];
        long finite = 0;
        long inside = 0;
        for (float v : hu) {
            finite += Float.isNaN(v) ? 0 : 1;
            if (v >= from && v < to) {
                // in double: as a float the difference may be rounded up to the end of the range
                counts[(int) (((double) v - from) / 20)]++;
                inside++;
            }
        }
        if (inside == 0 || inside < SEEN * finite) {
            return Double.NaN;
        }
        int fullest = 0;
        for (int b = 1; b < counts.length; b++) {
            fullest = counts[b] > counts[fullest] ? b : fullest;
        }
        boolean outside = fullest == 0 || fullest == counts.length - 1;
        return outside ? Double.NaN : from + 20 * fullest + 10;
    }
}
