package org.diapason.volume;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the images of an exam were acquired, as columns beside its covariates: {@code
 * acquisition.ct.KVP}. A judge asks whether any of them goes along with biology; no table that is
 * written holds them.
 */
public final class Acquisition {
    private static final String PREFIX = "acquisition.";

    private static final List<String> TEXTS =
            List.of(
                    "Manufacturer",
                    "ManufacturerModelName",
                    "ConvolutionKernel",
                    "ReconstructionMethod");

    private static final List<String> NUMBERS =
            List.of(
                    "KVP",
                    "XRayTubeCurrent",
                    "Exposure",
                    "SliceThickness",
                    "ReconstructionDiameter",
                    "MagneticFieldStrength",
                    "RepetitionTime",
                    "EchoTime",
                    "InversionTime",
                    "FlipAngle",
                    "PixelBandwidth");

    private static final String[] AXES = {"i", "j", "k"};

    private Acquisition() {}

    /** Says whether a column is one of an acquisition. */
    public static boolean is(String column) {
        return column.startsWith(PREFIX);
    }

    /** Returns what is known of each image: tags, means of those that differ by slice, spacing. */
    public static SortedMap<String, String> of(Map<String, Image> images) {
        SortedMap<String, String> columns = new TreeMap<>();
        images.forEach(
                (name, image) -> {
                    String start = PREFIX + name + ".";
                    Tags tags = image.tags();
                    TEXTS.forEach(
                            t -> tags.text(t).ifPresent(text -> columns.put(start + t, text)));
                    for (String n : NUMBERS) {
                        OptionalDouble value =
                                tags.text(n).flatMap(Acquisition::number).orElse(mean(tags, n));
                        value.ifPresent(v -> columns.put(start + n, Numbers.plain(v)));
                    }
                    Geometry g = image.volume().geometry();
                    for (int a = 0; a < 3; a++) {
                        columns.put(start + "spacing-" + AXES[a], Numbers.fixed(g.spacing(a), 4));
                    }
                });
        return columns;
    }

    private static Optional<OptionalDouble> number(String text) {
        OptionalDouble value = Numbers.parse(text.strip());
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }

    private static OptionalDouble mean(Tags tags, String keyword) {
        double sum = 0;
        int count = 0;
        Numbers slices = tags.slices(keyword).orElse(Numbers.of());
        for (int k = 0; k < slices.size(); k++) {
            if (Double.isFinite(slices.get(k))) {
                sum += slices.get(k);
                count++;
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }
}
