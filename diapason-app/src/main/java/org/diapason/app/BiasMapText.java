package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.fusion.BiasMap;
import org.diapason.volume.Numbers;

/**
 * What a misregistration does to a fused image, in words and as fields.
 *
 * @param map what was found
 * @param alpha weight of the fixed image
 * @param noiseTimes the limit of edge risk in standard deviations of the noise
 * @param written names of the files
 */
record BiasMapText(BiasMap map, double alpha, double noiseTimes, List<String> written) {
    /**
     * Returns the lines for people.
     *
     * @param off how far the registration is off, in words
     * @param mask name of the mask that was counted, where one was given
     */
    String words(String fixed, String moving, String off, Optional<String> mask) {
        BiasMap.Figures f = map.figures();
        Amounts amounts = new Amounts(map.bias().quantity());
        String all =
                Columns.line(
                        "fused",
                        Numbers.plain(alpha)
                                + " × "
                                + fixed
                                + " + "
                                + Numbers.plain(1 - alpha)
                                + " × "
                                + moving);
        all += Columns.line("off", off);
        all +=
                Columns.line(
                        "bias",
                        "mean size "
                                + amounts.of(f.meanSize())
                                + ", at most "
                                + amounts.of(f.largest()));
        all +=
                Columns.line(
                        "SD",
                        "root mean square "
                                + amounts.of(f.rmsSd())
                                + ", at most "
                                + amounts.of(f.largestSd()));
        all +=
                Columns.line(
                        "edge risk",
                        Numbers.fixed(100 * f.riskShare(), 2)
                                + " % of "
                                + f.voxels()
                                + " voxels"
                                + mask.map(m -> " of " + m).orElse("")
                                + ": bias or SD above "
                                + amounts.of(f.limit())
                                + " ("
                                + Numbers.plain(noiseTimes)
                                + " × the noise of "
                                + amounts.of(f.noiseSd())
                                + (f.noiseEstimated() ? ", estimated from the fused image)" : ")"));
        all +=
                Columns.line(
                        "safe alpha",
                        Numbers.fixed(f.safeAlpha(), 3)
                                + " keeps the bias within "
                                + amounts.of(f.tolerance())
                                + " at all of them");
        return all + Columns.line("written", String.join(", ", written));
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
