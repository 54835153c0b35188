package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.volume.Numbers;

/** Figures of images as lines for people and as fields for machines. */
final class QualityText {
    private static final int NAME = 14;
    private static final int VALUE = 12;

    private QualityText() {}

    static List<String> lines(Map<Metric, Figure> figures) {
        List<String> lines = new ArrayList<>();
        for (Figure figure : figures.values()) {
            lines.add(line(figure));
            for (Figure.Variant v : figure.literature()) {
                lines.add(
                        " ".repeat(NAME)
                                + Columns.right(value(v.value()), VALUE)
                                + "  "
                                + v.program()
                                + ": "
                                + v.difference());
            }
        }
        return lines;
    }

    private static String line(Figure figure) {
        Metric metric = figure.metric();
        String head = metric.label() + " ".repeat(NAME - metric.label().length());
        if (!figure.defined()) {
            return head + Columns.right("—", VALUE) + "  not defined: " + figure.reason();
        }
        String unit = metric.unit().equals("1") ? "" : " (" + metric.unit() + ")";
        return head
                + Columns.right(value(figure.value()), VALUE)
                + " "
                + metric.better().arrow()
                + " "
                + metric.title()
                + unit
                + figure.interval()
                        .map(i -> ", 95 % " + value(i.low()) + " … " + value(i.high()))
                        .orElse("")
                + (figure.note().isEmpty() ? "" : "; " + figure.note());
    }

    private static String value(double value) {
        return Numbers.fixed(value, Math.abs(value) >= 1000 ? 2 : 6);
    }

    /** Returns what stands under {@code metrics}. */
    static Map<String, Object> fields(Map<Metric, Figure> figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        figures.forEach((metric, figure) -> fields.put(metric.label(), fields(figure)));
        return fields;
    }

    private static Map<String, Object> fields(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", figure.defined() ? figure.value() : null);
        fields.put("better", figure.metric().better().word());
        fields.put("unit", figure.metric().unit());
        if (!figure.defined()) {
            fields.put("reason", figure.reason());
        }
        if (!figure.note().isEmpty()) {
            fields.put("note", figure.note());
        }
        figure.interval()
                .ifPresent(
                        i -> {
                            Map<String, Object> ends = new LinkedHashMap<>();
                            ends.put("low", i.low());
                            ends.put("high", i.high());
                            fields.put("interval", ends);
                        });
        if (!figure.literature().isEmpty()) {
            fields.put(
                    "literature", figure.literature().stream().map(QualityText::fields).toList());
        }
        return fields;
    }

    private static Map<String, Object> fields(Figure.Variant variant) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("program", variant.program());
        fields.put("value", Double.isFinite(variant.value()) ? variant.value() : null);
        fields.put("difference", variant.difference());
        return fields;
    }
}
