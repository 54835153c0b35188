package org.diapason.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/** What was registered, exam by exam, those to be looked at first. */
final class RegisteredImages {
    private static final int MOST = 50;
    private static final String NONE = "–";

    private RegisteredImages() {}

    /** One image: what its step noted of it. */
    private record Row(String exam, String image, Map<String, Object> notes) {
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
            Object finding = note("finding");
            return List.of(
                    exam,
                    image + " to " + note("to"),
                    note("status") + (finding == null ? "" : " (" + finding + ")"),
                    number("shiftMm", 2),
                    number("rotationDegrees", 2),
                    number("overlapPercent", 1),
                    number("predictedErrorMm", 2),
                    number("predictedErrorP95Mm", 2));
        }
    }

    /** Returns the table; empty where nothing was registered. */
    static Optional<Section> of(Run.Result result) {
        List<Row> rows = new ArrayList<>();
        result.traces().forEach((exam, trace) -> trace.children().forEach(c -> add(rows, exam, c)));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        rows.sort(
                Comparator.comparing((Row r) -> !r.warns())
                        .thenComparing(Comparator.comparingDouble(Row::errorMm).reversed()));
        String left =
                rows.size() > MOST ? " " + (rows.size() - MOST) + " more are in the traces." : "";
        return Optional.of(
                new Section(
                        "Registration",
                        "What was registered, those to be looked at first. Images whose"
                                + " registration failed are under refused.",
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
                                "Transforms lie in transforms/; voxels were interpolated once, by"
                                        + " common-grid."
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
