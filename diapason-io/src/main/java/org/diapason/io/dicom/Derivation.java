package org.diapason.io.dicom;

import java.util.List;
import java.util.Objects;

/**
 * What was done to a volume since its series was read, for the header of the derived series.
 *
 * @param note a few words for the list of series in a viewer, ASCII
 * @param description sentences for DerivationDescription, ASCII; the recipe in words
 * @param methods what was done, in codes
 * @param recipe the recipe as text; only its hash goes into the UIDs
 * @param version the version of Diapason
 */
public record Derivation(
        String note, String description, List<Method> methods, String recipe, String version) {

    /** Codes of PS3.16 CID 7203. */
    public enum Method {
        RESAMPLING("113085", "Spatial resampling"),
        GAUSSIAN_BLUR("113088", "Gaussian blur"),
        SMOOTHING("113087", "Smoothing"),
        EDGE_ENHANCEMENT("113086", "Edge enhancement"),
        MULTIPLICATION("113053", "Pixel by pixel multiplication"),
        ADDITION("113042", "Pixel by pixel addition");

        final String code;
        final String meaning;

        Method(String code, String meaning) {
            this.code = code;
            this.meaning = meaning;
        }
    }

    public Derivation {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(version, "version");
        methods = List.copyOf(methods);
        for (String text : List.of(note, description)) {
            if (!text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\')) {
                throw new IllegalArgumentException(
                        "the note and the description of a derived series are plain ASCII, got \""
                                + text
                                + "\"");
            }
        }
        if (note.length() > 40 || description.length() > 1024) {
            throw new IllegalArgumentException(
                    "the note of a derived series has at most 40 characters and its description"
                            + " 1024, got "
                            + note.length()
                            + " and "
                            + description.length());
        }
    }
}
