package org.diapason.app.report;

import static org.diapason.app.report.Sites.f;

import java.util.List;
import java.util.function.DoubleFunction;

/** Draws one line per feature on a common axis: from a point to a point, or with intervals. */
final class RangePlot {
    private static final double ROW = 21;
    private static final double LETTER = 6.8;
    private static final double LONGEST = 300;
    private static final double TEXT = 108;
    private static final double WIDTH = 800;
    private static final int TICKS = 5;

    private final Html html;
    private final Scale x;
    private final DoubleFunction<String> tick;
    private final double label;
    private double y = 12;

    /** One point with its interval (NaN: none); the class says how it is drawn. */
    record Point(double value, double low, double high, String style) {
        Point(double value, String style) {
            this(value, Double.NaN, Double.NaN, style);
        }
    }

    /** One line: name, points, and what stands at the right. */
    record Line(String name, boolean strong, List<Point> points, boolean joined, String text) {}

    private RangePlot(
            Html html, double low, double high, double label, DoubleFunction<String> tick) {
        this.html = html;
        this.label = label;
        this.x = new Scale(low, high, label, WIDTH - TEXT);
        this.tick = tick;
    }

    /**
     * Draws a chart.
     *
     * @param marks values at which a vertical line stands
     * @param band from, to: a shaded band; may be empty
     */
    static void draw(
            Html html,
            double low,
            double high,
            DoubleFunction<String> tick,
            double[] marks,
            double[] band,
            List<Line> lines,
            String spoken) {
        int letters = lines.stream().mapToInt(l -> l.name().length()).max().orElse(0);
        double label = Math.min(LONGEST, 16 + LETTER * letters);
        RangePlot plot = new RangePlot(html, low, high, label, tick);
        double height = 12 + lines.size() * ROW + 26;
        html.open(
                "svg",
                "class",
                "wide",
                "viewBox",
                "0 0 " + f(WIDTH) + " " + f(height),
                "role",
                "img",
                "aria-label",
                spoken);
        plot.axis(marks, band, height - 24);
        lines.forEach(plot::line);
        html.close("svg");
    }

    private void axis(double[] marks, double[] band, double bottom) {
        if (band.length == 2) {
            html.empty(
                    "rect",
                    "class",
                    "band",
                    "x",
                    f(x.at(band[0])),
                    "y",
                    "4",
                    "width",
                    f(x.at(band[1]) - x.at(band[0])),
                    "height",
                    f(bottom - 4));
        }
        for (double t : x.ticks(TICKS)) {
            vertical("grid", t, bottom);
            html.element(
                    "text",
                    tick.apply(t),
                    "x",
                    f(x.at(t)),
                    "y",
                    f(bottom + 16),
                    "text-anchor",
                    "middle");
        }
        for (double mark : marks) {
            vertical("mark", mark, bottom);
        }
    }

    private void vertical(String style, double at, double bottom) {
        String place = f(x.at(at));
        html.empty("line", "class", style, "x1", place, "x2", place, "y1", "4", "y2", f(bottom));
    }

    private void line(Line line) {
        double middle = y + ROW / 2;
        html.element(
                "text",
                shortened(line.name()),
                "class",
                line.strong() ? "name strong" : "name",
                "x",
                f(label - 12),
                "y",
                f(middle + 4),
                "text-anchor",
                "end");
        List<Point> points = line.points();
        if (line.joined() && points.size() > 1) {
            span(points.get(0).value(), points.get(points.size() - 1).value(), middle, "join");
        }
        double step = line.joined() || points.size() < 2 ? 0 : 7.0 / (points.size() - 1);
        for (int n = 0; n < points.size(); n++) {
            Point p = points.get(n);
            double at = middle + (step == 0 ? 0 : n * step - 3.5);
            if (Double.isFinite(p.low()) && Double.isFinite(p.high())) {
                span(p.low(), p.high(), at, "ci " + p.style());
            }
            if (Double.isFinite(p.value())) {
                html.empty(
                        "circle",
                        "class",
                        "pt " + p.style(),
                        "cx",
                        f(x.clamped(p.value())),
                        "cy",
                        f(at),
                        "r",
                        line.joined() ? "4.5" : "3.6");
            }
        }
        html.element(
                "text",
                line.text(),
                "class",
                "value",
                "x",
                f(WIDTH),
                "y",
                f(middle + 4),
                "text-anchor",
                "end");
        y += ROW;
    }

    /** Keeps the end of a long name, which tells features apart. */
    private static String shortened(String name) {
        int most = (int) ((LONGEST - 16) / LETTER);
        return name.length() <= most ? name : "…" + name.substring(name.length() - most + 1);
    }

    private void span(double from, double to, double at, String style) {
        if (Double.isFinite(from) && Double.isFinite(to)) {
            html.empty(
                    "line",
                    "class",
                    style,
                    "x1",
                    f(x.clamped(from)),
                    "x2",
                    f(x.clamped(to)),
                    "y1",
                    f(at),
                    "y2",
                    f(at));
        }
    }
}
