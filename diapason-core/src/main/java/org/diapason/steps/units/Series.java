package org.diapason.steps.units;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;

/**
 * The tags of one image of one exam, completed by columns of the cohort table, with messages that
 * say whose they are.
 *
 * @param who the subject of messages: {@code exam P017, image pet}
 * @param name the name of the image, which begins every note in the trace
 * @param tags the tags
 * @param columns the columns of the cohort table
 * @param trace where what came from a column is said
 */
record Series(String who, String name, Tags tags, Map<String, String> columns, Trace trace) {

    static Series of(Exam exam, String name, Image image, Trace trace) {
        return new Series(
                "exam " + exam.id() + ", image " + name,
                name,
                image.tags(),
                exam.covariates(),
                trace);
    }

    /** Returns a text, refusing the exam where it is missing. */
    String text(String keyword, String tag, String consequence) {
        return optional(keyword, tag)
                .orElseThrow(() -> refused(missing(keyword, tag) + ", " + consequence));
    }

    /** Returns a text of the file, else of a column; refuses the exam where both are missing. */
    String text(String keyword, String tag, Column column, String consequence) {
        return optional(keyword, tag)
                .or(() -> column(keyword, tag, column))
                .orElseThrow(() -> refused(missing(keyword, tag) + ", " + consequence + column));
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
        return text.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(parsed(keyword + " " + tag, text.get()));
    }

    /**
     * Returns a positive number of the file, else of a column; refuses the exam where both are
     * missing. 0 counts as missing: scanners and anonymisers write it for "not known".
     */
    double positive(String keyword, String tag, Column column, String consequence) {
        OptionalDouble tagged = number(keyword, tag);
        if (tagged.orElse(0) != 0) {
            return positive(keyword + " " + tag, tagged.getAsDouble());
        }
        String text =
                column(keyword, tag, column)
                        .orElseThrow(
                                () -> refused(missing(keyword, tag) + ", " + consequence + column));
        String label = "column " + column.name();
        return positive(label, parsed(label, text));
    }

    /** Returns what a column of the cohort table says, and writes down that it did. */
    Optional<String> column(String keyword, String tag, Column column) {
        Optional<String> text =
                Optional.ofNullable(columns.get(column.name()))
                        .map(String::strip)
                        .filter(t -> !t.isEmpty());
        text.ifPresent(
                t ->
                        trace.warn(
                                who
                                        + ": "
                                        + missing(keyword, tag)
                                        + "; "
                                        + t
                                        + " came from column "
                                        + column.name()
                                        + "."));
        return text;
    }

    /** Returns a value per slice, refusing the exam where any slice lacks it. */
    double[] perSlice(String keyword, String tag, int slices, String consequence) {
        double[] values = perSlice(keyword, tag, slices);
        long missing = Arrays.stream(values).filter(v -> !Double.isFinite(v)).count();
        if (missing > 0) {
            throw refused(
                    missing(keyword, tag)
                            + " in "
                            + missing
                            + " of "
                            + slices
                            + " slices, "
                            + consequence);
        }
        return values;
    }

    /** Returns for how many ms each slice was measured; refuses the exam where one is unknown. */
    double[] frameMs(int slices, String consequence) {
        double[] duration = perSlice("ActualFrameDuration", "(0018,1242)", slices);
        for (int k = 0; k < slices; k++) {
            if (!(duration[k] > 0)) {
                throw refused(
                        missing("ActualFrameDuration", "(0018,1242)")
                                + " in slice "
                                + k
                                + ", "
                                + consequence
                                + "Restore the tag.");
            }
        }
        return duration;
    }

    /** Returns a value per slice, NaN where a slice lacks it. */
    double[] perSlice(String keyword, String tag, int slices) {
        Optional<Numbers> found = tags.slices(keyword);
        if (found.isEmpty()) {
            double[] values = new double[slices];
            Arrays.fill(values, number(keyword, tag).orElse(Double.NaN));
            return values;
        }
        if (found.get().size() != slices) {
            throw failed(
                    keyword
                            + " "
                            + tag
                            + " is known for "
                            + found.get().size()
                            + " slices of "
                            + slices
                            + ". Read the series again.");
        }
        return found.get().toArray();
    }

    /** Returns "no Keyword (gggg,eeee)", and where a de-identification may have taken it. */
    String missing(String keyword, String tag) {
        boolean removed = tags.text("PatientIdentityRemoved").orElse("").strip().equals("YES");
        return "no " + keyword + " " + tag + (removed ? " (missing since de-identified)" : "");
    }

    void note(String key, double value) {
        trace.note(name + "." + key, value);
    }

    void note(String key, String value) {
        trace.note(name + "." + key, value);
    }

    void warn(String what) {
        trace.warn(who + ": " + what);
    }

    RefusedException refused(String what) {
        return new RefusedException(who + ": " + what);
    }

    DataException failed(String what) {
        return new DataException(who + ": " + what);
    }

    private double positive(String label, double value) {
        if (value > 0) {
            return value;
        }
        throw failed(label + " must be positive, found " + Numbers.fixed(value, 3) + ".");
    }

    double parsed(String label, String text) {
        OptionalDouble value = Numbers.parse(text);
        if (value.isPresent()) {
            return value.getAsDouble();
        }
        // a cell of the cohort table is the user's own; a tag may hold a name in the wrong place
        String found = label.startsWith("column ") ? '"' + text + '"' : Tags.quote(text);
        throw failed(label + " is not a number: found " + found + ".");
    }

    /**
     * A column of the cohort table that can stand in for a tag.
     *
     * @param name its name, with its unit
     * @param meaning what it holds: {@code the weight in kg}
     */
    record Column(String name, String meaning) {
        @Override
        public String toString() {
            return "Add " + meaning + " to the cohort table, column " + name + ".";
        }
    }
}
