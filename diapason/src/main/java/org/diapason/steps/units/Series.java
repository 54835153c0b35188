package org.diapason.steps.units;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;

/**
 * The tags of one image of one exam, with messages that say whose they are.
 *
 * @param who the subject of messages: {@code exam P017, image pet}
 * @param tags the tags
 */
record Series(String who, Tags tags) {

    static Series of(String exam, String name, Image image) {
        return new Series("exam " + exam + ", image " + name, image.tags());
    }

    /** Returns a text, refusing the exam where it is missing. */
    String text(String keyword, String tag, String consequence) {
        return optional(keyword, tag)
                .orElseThrow(() -> refused("no " + keyword + " " + tag + ", " + consequence));
    }

    /** Returns a text where there is one; fails the exam where slices contradict each other. */
    Optional<String> optional(String keyword, String tag) {
        Optional<String> text = tags.text(keyword);
        List<String> differing =
                Arrays.asList(tags.text("DiffersBetweenSlices").orElse("").split(", "));
        if (text.isEmpty() && differing.contains(keyword)) {
            throw failed(
                    keyword + " " + tag + " differs between the slices of one series. Split it.");
        }
        return text.map(String::strip);
    }

    /** Returns a number where there is one. */
    OptionalDouble number(String keyword, String tag) {
        Optional<String> text = optional(keyword, tag);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get());
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which says what was found
        }
        throw failed(keyword + " " + tag + " is not a number: found \"" + text.get() + "\".");
    }

    /** Returns a value per slice, refusing the exam where any slice lacks it. */
    double[] perSlice(String keyword, String tag, int slices, String consequence) {
        Optional<Numbers> found = tags.slices(keyword);
        double[] values = found.map(Numbers::toArray).orElseGet(() -> nan(slices));
        if (values.length != slices) {
            throw failed(
                    keyword
                            + " "
                            + tag
                            + " is known for "
                            + values.length
                            + " slices of "
                            + slices
                            + ". Read the series again.");
        }
        long missing = Arrays.stream(values).filter(v -> !Double.isFinite(v)).count();
        if (missing > 0) {
            throw refused(
                    "no "
                            + keyword
                            + " "
                            + tag
                            + " in "
                            + missing
                            + " of "
                            + slices
                            + " slices, "
                            + consequence);
        }
        return values;
    }

    RefusedException refused(String what) {
        return new RefusedException(who + ": " + what);
    }

    DataException failed(String what) {
        return new DataException(who + ": " + what);
    }

    private static double[] nan(int slices) {
        double[] values = new double[slices];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
