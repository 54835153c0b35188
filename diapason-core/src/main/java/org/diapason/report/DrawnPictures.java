package org.diapason.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.step.Run;
import org.diapason.step.Trace;

/** Which pictures a run has drawn, and how to read them. */
final class DrawnPictures {
    private static final String WINDOW = ".windowWhy";

    private DrawnPictures() {}

    /** Returns the table; empty where nothing was drawn. */
    static Optional<Section> table(Run.Result result) {
        List<List<String>> rows = new ArrayList<>();
        result.traces().forEach((exam, trace) -> trace.children().forEach(c -> add(rows, exam, c)));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Section(
                                "Overlays",
                                "Pictures beside this report, one image in colour over another.",
                                List.of("exam", "picture", "grey", "colour", "shown", "slices"),
                                rows,
                                Optional.of(
                                        "They are to be looked at: no value is kept in them, and"
                                                + " they do not say whether images are"
                                                + " registered.")));
    }

    private static void add(List<List<String>> rows, String exam, Trace step) {
        for (String key : step.notes().keySet()) {
            if (key.endsWith(WINDOW)) {
                String name = key.substring(0, key.length() - WINDOW.length());
                rows.add(
                        List.of(
                                exam,
                                "images/" + exam + "/" + name + ".png",
                                said(step, key),
                                said(step, name + ".rangeWhy"),
                                said(step, name + ".shown"),
                                said(step, name + ".slices")));
            }
        }
    }

    private static String said(Trace step, String key) {
        return String.valueOf(step.notes().get(key));
    }
}
