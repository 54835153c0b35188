package org.diapason.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Numbers;

/** What was registered, exam by exam, those to be looked at first. */
public final class RegisteredImages {
    private static final int MOST = 50;
    private static final String NONE = "–";

    private RegisteredImages() {}

    /**
     * One image that was registered.
     *
     * @param exam name of the exam
     * @param image the one that was moved
     * @param notes what its step noted
     */
    public record Row(String exam, String image, Map<String, Object> notes) {
        /** Returns the image that stayed. */
        public String to() {
            return String.valueOf(note("to"));
        }

        /** Returns why the exam was refused here; nothing where it went on. */
        public Optional<String> refused() {
            return Optional.ofNullable(note("refused")).map(String::valueOf);
        }

        /** Returns the status of the certificate and what it found, in words. */
        public String status() {
            Object finding = note("finding");
            return (refused().isPresent() ? "refused: " : "")
                    + note("status")
                    + (finding == null ? "" : " (" + finding + ")");
        }

        /** Returns the expected error, mean and at 95 %, in mm; nothing where it is not known. */
        public Optional<String> error() {
            return note("predictedErrorMm") == null
                    ? Optional.empty()
                    : Optional.of(
                            number("predictedErrorMm", 2)
                                    + " mm expected error, "
                                    + number("predictedErrorP95Mm", 2)
                                    + " mm at 95 %");
        }

        /** Returns the linear part of what was found, places of that which stayed to this one's. */
        public Affine linear() {
            return new Affine((Numbers) note("matrix"));
        }

        private Object note(String key) {
            return notes.get(image + "." + key);
        }

        private String number(String key, int digits) {
            return note(key) instanceof Double d ? Numbers.fixed(d, digits) : NONE;
        }

        private boolean warns() {
            return !"pass".equals(note("status"));
        }

        private double errorMm() {
            return note("predictedErrorMm") instanceof Double d ? d : 0;
        }

        private List<String> cells() {
            return List.of(
                    exam,
                    image + " to " + to(),
                    status(),
                    number("shiftMm", 2),
                    number("rotationDegrees", 2),
                    number("overlapPercent", 1),
                    number("predictedErrorMm", 2),
                    number("predictedErrorP95Mm", 2));
        }
    }

    /**
     * Returns all of which a transform is known: those refused, those that warn, the others; each
     * by expected error, the largest first.
     */
    public static List<Row> of(Run.Result result) {
        List<Row> rows = new ArrayList<>();
        result.traces().forEach((exam, trace) -> trace.children().forEach(c -> add(rows, exam, c)));
        List<Row> left = new ArrayList<>();
        result.left().forEach((exam, trace) -> trace.children().forEach(c -> add(left, exam, c)));
        left.stream().filter(r -> r.refused().isPresent()).forEach(rows::add);
        rows.sort(
                Comparator.comparing((Row r) -> r.refused().isEmpty())
                        .thenComparing(r -> !r.warns())
                        .thenComparing(Comparator.comparingDouble(Row::errorMm).reversed()));
        return List.copyOf(rows);
    }

    /** Returns the table; empty where nothing was registered. */
    static Optional<Section> table(Run.Result result) {
        List<Row> rows = of(result);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String left =
                rows.size() > MOST
                        ? " "
                                + (rows.size() - MOST)
                                + " more were registered; what was not refused is in the traces."
                        : "";
        return Optional.of(
                new Section(
                        "Registration",
                        "What was registered, those to be looked at first. Refused images of which"
                                + " no transform was found are under refused only.",
                        List.of(
                                "exam",
                                "image",
                                "status",
                                "shift of the centre, mm",
                                "rotation, °",
                                "overlap, %",
                                "expected error, mm",
                                "at 95 %, mm"),
                        rows.stream().limit(MOST).map(Row::cells).toList(),
                        Optional.of(
                                "Transforms of what was not refused lie in transforms/; voxels were"
                                        + " interpolated once, by common-grid."
                                        + left)));
    }

    private static void add(List<Row> rows, String exam, Trace trace) {
        for (String key : trace.notes().keySet()) {
            String image = key.replaceFirst("\\.to$", "");
            if (!image.equals(key) && trace.notes().containsKey(image + ".matrix")) {
                rows.add(new Row(exam, image, trace.notes()));
            }
        }
    }
}
