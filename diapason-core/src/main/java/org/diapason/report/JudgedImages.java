package org.diapason.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.quality.Metric;
import org.diapason.step.Run;
import org.diapason.steps.fuse.FigureNotes;
import org.diapason.volume.Numbers;

/** Figures of images, over all exams: one row for each figure of each pair. */
final class JudgedImages {
    private static final List<String> COLUMNS =
            List.of(
                    "figure",
                    "image",
                    "beside",
                    "better",
                    "unit",
                    "exams",
                    "least",
                    "median",
                    "largest",
                    "not defined");

    private JudgedImages() {}

    /** Returns the table; empty where no image was judged. */
    static Optional<Section> table(Run.Result result) {
        Map<List<String>, List<FigureNotes.Row>> groups = new LinkedHashMap<>();
        result.traces()
                .forEach(
                        (exam, trace) ->
                                FigureNotes.of(exam, trace)
                                        .forEach(
                                                r ->
                                                        groups.computeIfAbsent(
                                                                        key(r),
                                                                        k -> new ArrayList<>())
                                                                .add(r)));
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Section(
                        "Figures of images",
                        "What images are like beside others, over all exams.",
                        COLUMNS,
                        groups.values().stream().map(JudgedImages::cells).toList(),
                        Optional.of(
                                "↑ is better when higher, ↓ when lower. Every exam with its reasons"
                                        + " and intervals stands in image-quality.csv.")));
    }

    private static List<String> key(FigureNotes.Row r) {
        return List.of(r.step(), r.image(), r.beside(), r.metric().label());
    }

    private static List<String> cells(List<FigureNotes.Row> rows) {
        FigureNotes.Row first = rows.get(0);
        Metric metric = first.metric();
        double[] values =
                rows.stream()
                        .mapToDouble(FigureNotes.Row::value)
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        int n = values.length;
        String why =
                rows.stream()
                        .map(FigureNotes.Row::reason)
                        .filter(r -> !r.isEmpty())
                        .findFirst()
                        .map(reason -> rows.size() - n + ": " + reason)
                        .orElse("");
        return List.of(
                metric.title() + " (" + metric.label() + ")",
                first.image(),
                first.beside(),
                metric.better().arrow() + " " + metric.better().word(),
                metric.unit().equals("1") ? "" : metric.unit(),
                String.valueOf(n),
                n == 0 ? "" : text(values[0]),
                n == 0 ? "" : text((values[(n - 1) / 2] + values[n / 2]) / 2),
                n == 0 ? "" : text(values[n - 1]),
                why);
    }

    private static String text(double value) {
        return Numbers.fixed(value, Math.abs(value) >= 1000 ? 1 : 4);
    }
}
