package org.diapason.features;

import java.util.ArrayList;
import java.util.List;

/**
 * One feature of a family, as the reference manual names it.
 *
 * @param tag the tag of the consensus tables, {@code stat_mean}
 * @param name the name in the manual
 * @param code the manual's four-character code
 * @param unit the unit, as text
 */
public record Feature(String tag, String name, String code, String unit) {

    /** Reads lines of {@code tag | name | code | unit}. */
    static List<Feature> list(String lines) {
        List<Feature> features = new ArrayList<>();
        for (String line : lines.strip().split("\n")) {
            String[] part = line.split("\\|");
            features.add(
                    new Feature(
                            part[0].strip(), part[1].strip(), part[2].strip(), part[3].strip()));
        }
        return List.copyOf(features);
    }
}
