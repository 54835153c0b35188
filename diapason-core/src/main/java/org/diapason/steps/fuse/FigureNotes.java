package org.diapason.steps.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.step.Trace;

/** Figures of images in the trace of an exam, there and back. */
public final class FigureNotes {
    private static final String IMAGE = "image";

    /** What an image was judged beside: one other, or both of its sources and each. */
    private static final List<String> BESIDE = List.of("reference", "sources", "a", "b");

    private FigureNotes() {}

    /**
     * A figure of an exam.
     *
     * @param exam whose
     * @param step compare or fusion-quality
     * @param image what was judged
     * @param beside beside what
     * @param metric which figure
     * @param value NaN where it is not defined
     * @param low lower end of its interval of 95 %; NaN without one
     * @param high upper end
     * @param reason why it is not defined; empty where it is
     * @param note what must be known to read it
     */
    public record Row(
            String exam,
            String step,
            String image,
            String beside,
            Metric metric,
            double value,
            double low,
            double high,
            String reason,
            String note) {}

    /** Notes what is judged beside what. */
    static void begin(Trace trace, String image, Map<String, String> beside) {
        trace.note(IMAGE, image);
        beside.forEach(trace::note);
    }

    /**
     * Notes figures.
     *
     * @param beside reference, sources, a or b: a name that {@link #begin} gave
     */
    static void note(Trace trace, String beside, Map<Metric, Figure> figures) {
        figures.forEach(
                (metric, figure) -> {
                    String key = key(beside, metric);
                    trace.note(key, figure.value());
                    if (!figure.defined()) {
                        trace.note(key + ".reason", figure.reason());
                    }
                    if (!figure.note().isEmpty()) {
                        trace.note(key + ".note", figure.note());
                    }
                    figure.interval()
                            .ifPresent(
                                    i -> {
                                        trace.note(key + ".low", i.low());
                                        trace.note(key + ".high", i.high());
                                    });
                    figure.literature()
                            .forEach(
                                    v -> trace.note(key + ".literature." + v.program(), v.value()));
                });
    }

    /** Figures beside one other, or beside both sources, have the plain name. */
    private static String key(String beside, Metric metric) {
        return beside.length() == 1 ? beside + "." + metric.label() : metric.label();
    }

    /** Returns the figures that steps noted of an exam, in their order. */
    public static List<Row> of(String exam, Trace trace) {
        List<Row> rows = new ArrayList<>();
        for (Trace step : trace.children()) {
            if (step.notes().get(IMAGE) instanceof String image) {
                for (String beside : BESIDE) {
                    text(step, beside).ifPresent(b -> add(rows, exam, step, image, beside, b));
                }
            }
        }
        return rows;
    }

    private static void add(
            List<Row> rows, String exam, Trace step, String image, String beside, String name) {
        for (Metric metric : Metric.values()) {
            String key = key(beside, metric);
            if (step.notes().get(key) instanceof Double value) {
                rows.add(
                        new Row(
                                exam,
                                step.name(),
                                image,
                                name,
                                metric,
                                value,
                                number(step, key + ".low"),
                                number(step, key + ".high"),
                                text(step, key + ".reason").orElse(""),
                                text(step, key + ".note").orElse("")));
            }
        }
    }

    private static Optional<String> text(Trace step, String key) {
        return Optional.ofNullable(step.notes().get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static double number(Trace step, String key) {
        return step.notes().get(key) instanceof Double d ? d : Double.NaN;
    }
}
