package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.fusion.BiasMap;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * What a misregistration does to a fused image, in words and as fields.
 *
 * @param map what was found
 * @param alpha weight of the fixed image
 * @param noiseTimes the limit of edge risk in standard deviations of the noise
 * @param written names of the files
 */
record BiasMapText(BiasMap map, double alpha, double noiseTimes, List<String> written) {
    private static final int LABEL = 12;

    /**
     * Returns the lines for people.
     *
     * @param off how far the registration is off, in words
     * @param mask name of the mask that was counted, where one was given
     */
    String words(String fixed, String moving, String off, Optional<String> mask) {
        BiasMap.Figures f = map.figures();
        String all =
                row(
                        "fused",
                        Numbers.plain(alpha)
                                + " × "
                                + fixed
                                + " + "
                                + Numbers.plain(1 - alpha)
                                + " × "
                                + moving);
        all += row("off", off);
        all += row("bias", "mean size " + value(f.meanSize()) + most(f.largest()));
        all += row("SD", "root mean square " + value(f.rmsSd()) + most(f.largestSd()));
        all +=
                row(
                        "edge risk",
                        Numbers.fixed(100 * f.riskShare(), 2)
                                + " % of "
                                + f.voxels()
                                + " voxels"
                                + mask.map(m -> " of " + m).orElse("")
                                + ": bias or SD above "
                                + value(f.limit())
                                + " ("
                                + Numbers.plain(noiseTimes)
                                + " × the noise of "
                                + value(f.noiseSd())
                                + (f.noiseEstimated() ? ", estimated from the fused image)" : ")"));
        all +=
                row(
                        "safe alpha",
                        Numbers.fixed(f.safeAlpha(), 3)
                                + " keeps the bias within "
                                + value(f.tolerance())
                                + " at all of them");
        return all + row("written", String.join(", ", written));
    }

    private String most(double largest) {
        return ", at most " + value(largest);
    }

    private static String row(String name, String words) {
        return name + " ".repeat(LABEL - name.length()) + words + "\n";
    }

    /** Returns a value with its unit, without one where the images have none in common. */
    private String value(double value) {
        double size = Math.abs(value);
        Quantity q = map.bias().quantity();
        return Numbers.fixed(value, size >= 100 ? 1 : size >= 1 ? 2 : 4)
                + (q == Quantity.UNKNOWN ? "" : " " + q.unit());
    }

    /**
     * Returns what {@code --json} writes.
     *
     * @param meanMm by how much places are off on average; empty where the right ones were given
     * @param from what that is known from: {@code shift-mm}, {@code instead}, {@code
     *     certificate-covariance}, or {@code certificate-mean} of one without a covariance
     * @param smoothMm full width at half maximum of the blur before slopes were taken
     */
    Map<String, Object> fields(OptionalDouble meanMm, String from, double smoothMm) {
        BiasMap.Figures f = map.figures();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("alpha", alpha);
        fields.put("shiftMm", meanMm.isPresent() ? meanMm.getAsDouble() : null);
        fields.put("shiftFrom", from);
        fields.put("smoothMm", smoothMm);
        fields.put("unit", map.bias().quantity().unit());
        fields.put("voxels", f.voxels());
        fields.put("noiseSd", f.noiseSd());
        fields.put("noiseEstimated", f.noiseEstimated());
        fields.put("limit", f.limit());
        fields.put("tolerance", f.tolerance());
        fields.put("meanSize", f.meanSize());
        fields.put("largest", f.largest());
        fields.put("rmsSd", f.rmsSd());
        fields.put("largestSd", f.largestSd());
        fields.put("edgeRiskShare", f.riskShare());
        fields.put("safeAlpha", f.safeAlpha());
        fields.put("files", written);
        return fields;
    }
}
