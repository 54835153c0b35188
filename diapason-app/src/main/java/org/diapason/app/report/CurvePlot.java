package org.diapason.app.report;

import static org.diapason.app.report.Sites.f;

import java.util.List;

/** Draws curves and points on two straight axes. */
final class CurvePlot {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 380;
    private static final double LEFT = 52;
    private static final double BOTTOM = 44;
    private static final int TICKS = 5;

    /** Of one of many: three stand side by side. */
    private static final double SMALL_WIDTH = 300;

    private static final double SMALL_HEIGHT = 180;
    private static final double SMALL_LEFT = 34;
    private static final double SMALL_TOP = 22;

    private final Html html;
    private final Scale x;
    private final Scale y;

    /** A curve: places, values, a name for the legend, and how it is drawn. */
    record Curve(String name, double[] x, double[] y, String colour, boolean dashed) {}

    /** What lies between two curves over the same places. */
    record Band(double[] x, double[] low, double[] high, String colour) {}

    /** A point with its interval along y. */
    record Point(double x, double y, double low, double high) {}

    /** Where the axis along x has ticks, and what is written there. */
    record Ticks(List<Double> at, List<String> words) {}

    private CurvePlot(Html html, Scale x, Scale y) {
        this.html = html;
        this.x = x;
        this.y = y;
    }

    /**
     * Draws a chart.
     *
     * @param range least and most of x, then of y
     */
    static void draw(
            Html html,
            double[] range,
            String nameX,
            String nameY,
            List<Band> bands,
            List<Curve> curves,
            List<Point> points,
            String spoken) {
        Scale x = new Scale(range[0], range[1], LEFT, WIDTH - 12);
        List<Double> at = x.ticks(TICKS);
        Ticks round = new Ticks(at, at.stream().map(t -> x.text(t, TICKS)).toList());
        Scale y = new Scale(range[2], range[3], HEIGHT - BOTTOM, 10);
        CurvePlot plot = new CurvePlot(html, x, y);
        open(html, WIDTH, HEIGHT, spoken);
        plot.axes(round, nameX);
        html.element(
                "text",
                nameY,
                "transform",
                "translate(13 " + f((HEIGHT - BOTTOM) / 2) + ") rotate(-90)",
                "text-anchor",
                "middle");
        bands.forEach(plot::band);
        curves.forEach(plot::curve);
        points.forEach(plot::point);
        html.close("svg").open("figcaption");
        legend(html, curves);
        html.close("figcaption").close("figure");
    }

    /**
     * Draws one of many small charts, with a title and ticks of its own along x; the legend of all
     * is for the caller to write.
     */
    static void small(
            Html html,
            double[] range,
            Ticks ticks,
            String nameX,
            String title,
            List<Curve> curves,
            String spoken) {
        CurvePlot plot =
                new CurvePlot(
                        html,
                        new Scale(range[0], range[1], SMALL_LEFT, SMALL_WIDTH - 12),
                        new Scale(range[2], range[3], SMALL_HEIGHT - BOTTOM, SMALL_TOP));
        open(html, SMALL_WIDTH, SMALL_HEIGHT, spoken);
        html.element("text", title, "class", "panel", "x", f(SMALL_LEFT), "y", "13");
        plot.axes(ticks, nameX);
        curves.forEach(plot::curve);
        html.close("svg").close("figure");
    }

    private static void open(Html html, double width, double height, String spoken) {
        html.open("figure", "class", "plot");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + f(width) + " " + f(height),
                "role",
                "img",
                "aria-label",
                spoken);
    }

    /** Writes which curve is which. */
    static void legend(Html html, List<Curve> curves) {
        for (Curve c : curves) {
            html.open("span", "class", "item");
            html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            html.empty("line", "x1", "-6", "x2", "6", "y1", "0", "y2", "0", "style", style(c));
            html.close("svg");
            html.text(c.name()).close("span");
        }
    }

    private void axes(Ticks ticks, String nameX) {
        for (int n = 0; n < ticks.at().size(); n++) {
            double t = ticks.at().get(n);
            line(t, t, y.low(), y.high());
            text(ticks.words().get(n), x.at(t), y.from() + 16, "middle");
        }
        for (double t : y.ticks(TICKS)) {
            line(x.low(), x.high(), t, t);
            text(y.text(t, TICKS), x.from() - 6, y.at(t) + 4, "end");
        }
        text(nameX, (x.from() + x.to()) / 2, y.from() + 36, "middle");
    }

    private void line(double x1, double x2, double y1, double y2) {
        html.empty(
                "line",
                "class",
                "grid",
                "x1",
                f(x.at(x1)),
                "x2",
                f(x.at(x2)),
                "y1",
                f(y.at(y1)),
                "y2",
                f(y.at(y2)));
    }

    private void text(String text, double atX, double atY, String anchor) {
        html.element("text", text, "x", f(atX), "y", f(atY), "text-anchor", anchor);
    }

    private static String style(Curve c) {
        return "fill:none;stroke:var(--"
                + c.colour()
                + ");stroke-width:2"
                + (c.dashed() ? ";stroke-dasharray:5 4" : "");
    }

    private void band(Band b) {
        StringBuilder points = new StringBuilder();
        int n = b.x().length;
        for (int k = 0; k < 2 * n; k++) { // there below, and back above
            int at = k < n ? k : 2 * n - 1 - k;
            double end = k < n ? b.low()[at] : b.high()[at];
            points.append(points.isEmpty() ? "" : " ");
            points.append(f(x.clamped(b.x()[at]))).append(',').append(f(y.clamped(end)));
        }
        html.empty(
                "polygon",
                "points",
                points.toString(),
                "style",
                "stroke:none;fill-opacity:0.15;fill:var(--" + b.colour() + ")");
    }

    private void curve(Curve c) {
        StringBuilder points = new StringBuilder();
        String last = "";
        for (int n = 0; n < c.x().length; n++) {
            if (n > 0 && beyond(c.y()[n]) && beyond(c.y()[n - 1])) {
                continue; // it has left the chart: an edge is no value
            }
            String next = f(x.clamped(c.x()[n])) + "," + f(y.clamped(c.y()[n]));
            if (!next.equals(last)) { // a million points fall on a few thousand places
                points.append(points.isEmpty() ? "" : " ").append(next);
            }
            last = next;
        }
        html.empty("polyline", "points", points.toString(), "style", style(c));
    }

    private boolean beyond(double value) {
        return value < y.low() || value > y.high();
    }

    private void point(Point p) {
        html.empty(
                "line",
                "class",
                "ci full",
                "x1",
                f(x.at(p.x())),
                "x2",
                f(x.at(p.x())),
                "y1",
                f(y.clamped(p.low())),
                "y2",
                f(y.clamped(p.high())));
        html.empty(
                "circle",
                "class",
                "pt full",
                "cx",
                f(x.at(p.x())),
                "cy",
                f(y.clamped(p.y())),
                "r",
                "3.6");
    }
}
