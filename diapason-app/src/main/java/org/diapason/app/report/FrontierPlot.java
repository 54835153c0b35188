package org.diapason.app.report;

import static org.diapason.app.report.Sites.f;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws how well site and biology are told from features as more of the change is made. */
final class FrontierPlot {
    private static final double WIDTH = 800;
    private static final double HEIGHT = 220;
    private static final int[] PARTS = {0, 25, 50, 75, 100};

    private final Html html;
    private final Scale x = new Scale(0, 100, 56, WIDTH - 108);
    private final Scale y;

    private FrontierPlot(Html html, double low) {
        this.html = html;
        y = new Scale(low, 1, HEIGHT - 40, 12);
    }

    /** Draws the chart; says whether the figures hold one. */
    static boolean draw(Html html, Map<String, Double> figures) {
        List<Double> site = curve(figures, "siteAuc");
        List<Double> biology = curve(figures, "biologyAuc");
        if (site.stream().anyMatch(v -> v.isNaN())) {
            return false;
        }
        double low = 0.4;
        for (double v : site) {
            low = Math.min(low, v - 0.05);
        }
        for (double v : biology) {
            low = v < low ? v - 0.05 : low;
        }
        html.element("h3", "How far to go");
        html.open("figure", "class", "plot wide");
        new FrontierPlot(html, low).all(site, biology);
        html.element(
                "figcaption",
                "Area under the curve of classifiers that learn from other exams, as more of the"
                        + " harmonization is made: the site should fall to 0.5, biology should not"
                        + " fall with it.",
                "class",
                "muted");
        html.close("figure");
        return true;
    }

    private static List<Double> curve(Map<String, Double> figures, String name) {
        List<Double> values = new ArrayList<>();
        for (int part : PARTS) {
            String key = name + (part == 0 ? "Before" : part == 100 ? "After" : "At" + part);
            values.add(figures.getOrDefault(key, Double.NaN));
        }
        return values;
    }

    private void all(List<Double> site, List<Double> biology) {
        html.open(
                "svg",
                "viewBox",
                "0 0 " + f(WIDTH) + " " + f(HEIGHT),
                "role",
                "img",
                "aria-label",
                "Area under the curve of site and biology against the part of the change made");
        for (double tick : y.ticks(5)) {
            boolean chance = Math.abs(tick - 0.5) < 1e-9;
            line(x.from(), y.at(tick), x.to(), y.at(tick), chance ? "mark" : "grid");
            text(x.from() - 8, y.at(tick) + 4, "end", Words.number(tick, 1), "");
        }
        for (int part : PARTS) {
            text(x.at(part), HEIGHT - 20, "middle", part + " %", "");
        }
        text((x.from() + x.to()) / 2, HEIGHT - 4, "middle", "part of the harmonization", "");
        curve(site, "hollow", "site");
        if (biology.stream().noneMatch(v -> v.isNaN())) {
            curve(biology, "full", "biology");
        }
        html.close("svg");
    }

    private void curve(List<Double> values, String style, String name) {
        for (int n = 0; n < PARTS.length; n++) {
            if (n > 0) {
                line(
                        x.at(PARTS[n - 1]),
                        y.at(values.get(n - 1)),
                        x.at(PARTS[n]),
                        y.at(values.get(n)),
                        "join");
            }
        }
        for (int n = 0; n < PARTS.length; n++) {
            html.empty(
                    "circle",
                    "class",
                    "pt " + style,
                    "cx",
                    f(x.at(PARTS[n])),
                    "cy",
                    f(y.at(values.get(n))),
                    "r",
                    "4");
        }
        double last = values.get(PARTS.length - 1);
        text(x.to() + 10, y.at(last) + 4, "start", name + " " + Words.number(last, 2), "value");
    }

    private void line(double x1, double y1, double x2, double y2, String style) {
        html.empty("line", "class", style, "x1", f(x1), "y1", f(y1), "x2", f(x2), "y2", f(y2));
    }

    private void text(double x, double y, String anchor, String text, String style) {
        html.element("text", text, "x", f(x), "y", f(y), "text-anchor", anchor, "class", style);
    }
}
