package org.diapason.app.report;

import static org.diapason.app.report.Sites.f;

import java.util.Arrays;
import java.util.List;
import org.diapason.report.Distribution;
import org.diapason.stats.Quantiles;
import org.diapason.volume.Numbers;

/** Draws one feature: a panel per stage, a strip of points per site, quartiles and median. */
final class StripPlot {
    private static final int MOST = 120;
    private static final double HEIGHT = 208;
    private static final double TOP = 24;
    private static final double BOTTOM = 186;
    private static final double AXIS = 50;
    private static final double GAP = 10;
    private static final int TICKS = 5;

    private final Distribution feature;
    private final Sites sites;
    private final double panel;
    private final double strip;
    private final boolean shared;
    private final double[][] ranges;

    StripPlot(Distribution feature, Sites sites) {
        this.feature = feature;
        this.sites = sites;
        int stages = feature.stages().size();
        this.ranges = feature.stages().stream().map(StripPlot::range).toArray(double[][]::new);
        this.shared = shared(ranges);
        double axes = shared ? AXIS : AXIS * stages;
        this.panel = (560 - axes - GAP * (stages - 1)) / stages;
        this.strip = panel / Math.max(1, sites.names().size());
    }

    /** One axis serves all stages unless it would press one of them flat. */
    private static boolean shared(double[][] ranges) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double[] range : ranges) {
            least = Math.min(least, range[1] - range[0]);
            most = Math.max(most, range[1] - range[0]);
        }
        double[] all = union(ranges);
        return least * 12 >= most && all[1] - all[0] <= 4 * most;
    }

    private static double[] union(double[][] ranges) {
        double[] all = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] range : ranges) {
            all[0] = Math.min(all[0], range[0]);
            all[1] = Math.max(all[1], range[1]);
        }
        return all;
    }

    private static double[] range(Distribution.Stage stage) {
        double[] all =
                stage.byBatch().values().stream()
                        .flatMapToDouble(n -> Arrays.stream(n.toArray()))
                        .sorted()
                        .toArray();
        return all.length == 0 ? new double[] {0, 1} : new double[] {all[0], all[all.length - 1]};
    }

    void draw(Html html) {
        int left = 0;
        html.open("figure", "class", "plot");
        html.open("svg", "viewBox", "0 0 560 " + f(HEIGHT), "role", "img", "aria-label", spoken());
        double x = AXIS;
        for (int s = 0; s < feature.stages().size(); s++) {
            Distribution.Stage stage = feature.stages().get(s);
            double[] range = shared ? union(ranges) : ranges[s];
            Scale y = Scale.around(range[0], range[1], BOTTOM, TOP);
            axis(html, y, x, s == 0 || !shared);
            html.element(
                    "text",
                    stage.label(),
                    "class",
                    "panel",
                    "x",
                    f(x + panel / 2),
                    "y",
                    "13",
                    "text-anchor",
                    "middle");
            for (int n = 0; n < sites.names().size(); n++) {
                String site = sites.names().get(n);
                Numbers values = stage.byBatch().get(site);
                if (values != null && values.size() > 0) {
                    left += strip(html, site, values, y, x + (n + 0.5) * strip);
                }
            }
            x += panel + GAP + (shared ? 0 : AXIS);
        }
        html.close("svg");
        caption(html, left);
        html.close("figure");
    }

    private void axis(Html html, Scale y, double x, boolean labelled) {
        for (double tick : y.ticks(TICKS)) {
            String at = f(y.at(tick));
            html.empty("line", "class", "grid", "x1", f(x), "x2", f(x + panel), "y1", at, "y2", at);
            if (labelled) {
                html.element(
                        "text",
                        y.text(tick, TICKS),
                        "x",
                        f(x - 6),
                        "y",
                        f(y.at(tick) + 4),
                        "text-anchor",
                        "end");
            }
        }
    }

    /** Returns how many points are left out. */
    private int strip(Html html, String site, Numbers values, Scale y, double centre) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        double half = Math.min(strip * 0.42, 30);
        double box = Math.min(half, 9);
        double q1 = y.at(Quantiles.of(sorted, 0.25));
        double q3 = y.at(Quantiles.of(sorted, 0.75));
        html.empty(
                "rect",
                "class",
                "box " + sites.colour(site),
                "x",
                f(centre - box),
                "y",
                f(q3),
                "width",
                f(2 * box),
                "height",
                f(Math.max(0.5, q1 - q3)));
        int every = (sorted.length + MOST - 1) / MOST;
        int drawn = 0;
        for (int n = every / 2; n < sorted.length; n += every, drawn++) {
            double at = centre + half * density(sorted, sorted[n]) * (2 * halton(drawn + 1) - 1);
            sites.mark(html, site, at, y.at(sorted[n]), 2.3, " dot");
        }
        String m = f(y.at(Quantiles.of(sorted, 0.5)));
        html.empty(
                "line",
                "class",
                "median",
                "x1",
                f(centre - half),
                "x2",
                f(centre + half),
                "y1",
                m,
                "y2",
                m);
        html.element(
                "text",
                sites.letter(site),
                "x",
                f(centre),
                "y",
                f(BOTTOM + 15),
                "text-anchor",
                "middle");
        return sorted.length - drawn;
    }

    /** How crowded it is around a value, 0 to 1: crowded strips are drawn wider. */
    private static double density(double[] sorted, double value) {
        double reach = (sorted[sorted.length - 1] - sorted[0]) / 8;
        int most = Math.max(4, sorted.length / 3);
        int near = 0;
        for (double v : sorted) {
            near += Math.abs(v - value) <= reach ? 1 : 0;
        }
        return Math.min(1.0, near / (double) most);
    }

    /** The sequence of van der Corput in base 2: even, and the same on every machine. */
    private static double halton(int n) {
        double value = 0;
        double digit = 0.5;
        for (int rest = n; rest > 0; rest /= 2, digit /= 2) {
            value += digit * (rest % 2);
        }
        return value;
    }

    private void caption(Html html, int left) {
        html.open("figcaption");
        html.element("b", feature.name().isEmpty() ? feature.feature() : feature.name());
        html.text(
                feature.unit().isEmpty() || feature.unit().equals("1")
                        ? " "
                        : " in " + feature.unit() + " ");
        html.element("code", feature.feature());
        if (feature.primary()) {
            html.element("span", "primary", "class", "tag");
        }
        long undefined =
                feature.stages().stream().mapToLong(Distribution.Stage::undefined).max().orElse(0);
        List<String> notes = new java.util.ArrayList<>();
        if (!feature.region().isEmpty()) {
            notes.add("region " + feature.region() + ".");
        }
        if (undefined > 0) {
            notes.add("Undefined in " + Words.count(undefined, "exam") + ".");
        }
        if (left > 0) {
            notes.add(Words.count(left, "point") + " not drawn; quartiles and medians use all.");
        }
        if (!shared) {
            notes.add("Each stage has its own axis.");
        }
        if (!notes.isEmpty()) {
            html.element("span", " " + String.join(" ", notes), "class", "muted");
        }
        html.close("figcaption");
    }

    /** The medians in words, for those who do not see the picture. */
    private String spoken() {
        StringBuilder text = new StringBuilder("Medians of " + feature.feature());
        for (Distribution.Stage stage : feature.stages()) {
            text.append("; ").append(stage.label()).append(":");
            for (String site : sites.names()) {
                Numbers values = stage.byBatch().get(site);
                if (values != null && values.size() > 0) {
                    double[] sorted = values.toArray();
                    Arrays.sort(sorted);
                    text.append(" ").append(site).append(" ");
                    text.append(Words.number(Quantiles.of(sorted, 0.5)));
                }
            }
        }
        return text.toString();
    }
}
