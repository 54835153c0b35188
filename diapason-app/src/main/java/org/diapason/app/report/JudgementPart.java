package org.diapason.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.report.Report;
import org.diapason.report.SiteShare;
import org.diapason.step.Judgement;

/** Draws what the judges found: site effect, biology kept, all figures. */
final class JudgementPart {
    private static final int LINES = 24;
    private static final int ROWS = 300;

    private JudgementPart() {}

    /** The few numbers to remember, large. */
    static void headline(Html html, Map<String, Double> figures) {
        Double raw = figures.getOrDefault("siteShareRaw", figures.get("siteShareBefore"));
        Double end = figures.get("siteShareAfter");
        Double kept = figures.get("medianKept");
        Double judged = figures.get("judgedFeatures");
        html.open("dl", "class", "tiles");
        if (raw != null && end != null && Double.isFinite(raw) && Double.isFinite(end)) {
            Double chance = figures.get("rawPermutationLimit");
            boolean limit = chance != null && Double.isFinite(chance);
            tile(
                    html,
                    Words.percent(raw) + " → " + Words.percent(end),
                    "site share, median"
                            + (limit
                                    ? " (by chance alone up to " + Words.percent(chance) + ")"
                                    : ""));
        }
        if (kept != null && Double.isFinite(kept)) {
            tile(html, Words.percent(kept), "of the effect kept, median");
        }
        Double harmed = figures.get("harmed");
        if (judged != null && harmed != null) {
            tile(
                    html,
                    Words.number(harmed) + " of " + Words.number(judged),
                    "judged features harmed");
        }
        html.close("dl");
    }

    private static void tile(Html html, String value, String label) {
        html.open("div").element("dt", label).element("dd", value).close("div");
    }

    /** One line per feature from its raw share to its share at the end. */
    static void siteShares(Html html, Report report) {
        List<SiteShare> shares =
                report.siteShares().stream()
                        .filter(s -> s.counts() && Double.isFinite(s.start()))
                        .toList();
        if (shares.isEmpty()) {
            html.element("p", "No judge has told how much of each feature is the site's.");
            return;
        }
        List<RangePlot.Line> lines = new ArrayList<>();
        double low = 0;
        double high = 0.1;
        for (SiteShare s : evenly(shares)) {
            lines.add(
                    new RangePlot.Line(
                            s.feature(),
                            false,
                            List.of(
                                    new RangePlot.Point(s.start(), "hollow"),
                                    new RangePlot.Point(s.after(), "full")),
                            true,
                            Words.percent(s.start()) + " → " + Words.percent(s.after())));
            low = Math.min(low, Double.isNaN(s.after()) ? 0 : s.after());
            high = Math.max(high, Math.max(s.start(), Double.isNaN(s.after()) ? 0 : s.after()));
        }
        html.open("figure", "class", "plot wide");
        RangePlot.draw(
                html,
                Math.max(-0.5, low - 0.02),
                Math.min(1, high + 0.03),
                t -> Words.number(100 * t, 0) + " %",
                new double[] {0},
                new double[0],
                lines,
                "Share of variance that is the site's, for "
                        + lines.size()
                        + " features, before and after; the same numbers are in the table below");
        html.open("figcaption");
        key(html, "hollow", "before harmonization");
        key(html, "full", "at the end");
        html.element(
                "span",
                "Share of each feature's variance that the site explains after biology and"
                        + " covariates (ω², not clipped: no effect scatters around 0)."
                        + drawn(lines.size(), shares.size()),
                "class",
                "muted");
        html.close("figcaption");
        html.close("figure");
    }

    /** One line per judged feature: effect after over effect before, with intervals. */
    static boolean kept(Html html, Judgement judgement, Set<String> primary) {
        Judgement.Table table = judgement.table();
        Columns c = new Columns(table.columns());
        if (!c.has("kept")) {
            return false;
        }
        List<Integer> judged = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            double[] row = table.rows().get(r);
            if (c.get(row, "judged", 1) == 1
                    && c.get(row, "counts", 1) == 1
                    && Double.isFinite(c.get(row, "kept", Double.NaN))) {
                judged.add(r);
            }
        }
        if (judged.isEmpty()) {
            return false;
        }
        judged.sort(
                Comparator.comparing((Integer r) -> !primary.contains(table.names().get(r)))
                        .thenComparing(r -> -Math.abs(c.get(table.rows().get(r), "kept", 1) - 1))
                        .thenComparing(r -> table.names().get(r)));
        List<RangePlot.Line> lines = new ArrayList<>();
        double low = 0.5;
        double high = 1.5;
        for (int r : judged.subList(0, Math.min(LINES, judged.size()))) {
            double[] row = table.rows().get(r);
            RangePlot.Point kept = c.point(row, "kept", "full");
            RangePlot.Point within = c.point(row, "within", "hollow");
            lines.add(
                    new RangePlot.Line(
                            table.names().get(r),
                            primary.contains(table.names().get(r)),
                            List.of(kept, within),
                            false,
                            Words.number(kept.value(), 2)
                                    + "  ("
                                    + Words.number(kept.low(), 2)
                                    + " to "
                                    + Words.number(kept.high(), 2)
                                    + ")"));
            for (double v : new double[] {kept.low(), within.low(), kept.value()}) {
                low = Double.isFinite(v) ? Math.min(low, v) : low;
            }
            for (double v : new double[] {kept.high(), within.high(), kept.value()}) {
                high = Double.isFinite(v) ? Math.max(high, v) : high;
            }
        }
        html.open("figure", "class", "plot wide");
        RangePlot.draw(
                html,
                Math.max(-0.5, low - 0.05),
                Math.min(2.5, high + 0.05),
                t -> Words.number(t, 1),
                new double[] {1},
                new double[] {0.9, 1.1},
                lines,
                "Effect of biology after over before, with 95 % intervals, for "
                        + lines.size()
                        + " features; the same numbers are in the table below");
        html.open("figcaption");
        key(html, "full", "kept: what a reader of the harmonized table computes");
        key(html, "hollow", "within sites");
        html.element(
                "span",
                "Effect after over effect before, 95 % bootstrap intervals"
                        + (judgement.figures().getOrDefault("intervalsContainFit", 1.0) == 1
                                ? " with the fit inside. 1"
                                : " WITHOUT the fit, too narrow. 1")
                        + " is untouched; the band is ± 10 %. Primary features first, in bold,"
                        + " then the largest change."
                        + drawn(lines.size(), judged.size()),
                "class",
                "muted");
        html.close("figcaption");
        html.close("figure");
        return true;
    }

    /** All figures of a judgement, in its order. */
    static void figures(Html html, Judgement judgement) {
        html.open("dl", "class", "figures");
        judgement
                .figures()
                .forEach(
                        (key, value) -> {
                            html.open("div");
                            html.element("dt", Figures.label(key));
                            html.element("dd", Figures.value(key, value));
                            html.close("div");
                        });
        html.close("dl");
    }

    /** The judgement's table as it is. */
    static void table(Html html, Judgement judgement) {
        Judgement.Table table = judgement.table();
        if (table.rows().isEmpty()) {
            return;
        }
        html.open("details");
        html.element("summary", "All numbers of " + Words.count(table.rows().size(), "feature"));
        html.open("div", "class", "scroll", "tabindex", "0");
        html.open("table", "class", "sortable");
        html.open("thead").open("tr");
        html.element("th", "feature", "scope", "col");
        for (String column : table.columns()) {
            html.element("th", Words.label(column), "scope", "col", "class", "num");
        }
        html.close("tr").close("thead").open("tbody");
        for (int r = 0; r < Math.min(ROWS, table.rows().size()); r++) {
            html.open("tr");
            html.element("th", table.names().get(r), "scope", "row");
            double[] row = table.rows().get(r);
            for (int c = 0; c < row.length; c++) {
                html.element("td", cell(table.columns().get(c), row[c]), "class", "num");
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
        if (table.rows().size() > ROWS) {
            html.element(
                    "p",
                    (table.rows().size() - ROWS) + " more features are not listed.",
                    "class",
                    "muted");
        }
        html.close("details");
    }

    private static String cell(String column, double value) {
        if (Set.of("counts", "judged", "erased", "inflated").contains(column)) {
            return Double.isNaN(value) ? Words.NONE : value == 0 ? "no" : "yes";
        }
        return Figures.value(column, value);
    }

    /** The first and last of a sorted list always, the others evenly between. */
    private static List<SiteShare> evenly(List<SiteShare> all) {
        if (all.size() <= LINES) {
            return all;
        }
        List<SiteShare> some = new ArrayList<>();
        for (int n = 0; n < LINES; n++) {
            some.add(all.get((int) ((long) n * (all.size() - 1) / (LINES - 1))));
        }
        return some;
    }

    private static String drawn(int drawn, int all) {
        return drawn == all ? "" : " " + drawn + " of " + all + " features are drawn.";
    }

    private static void key(Html html, String style, String text) {
        html.open("span", "class", "item");
        html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
        html.empty("circle", "class", "pt " + style, "r", "4");
        html.close("svg");
        html.text(text);
        html.close("span");
    }

    /** Finds numbers of a row by the name of their column. */
    private record Columns(List<String> names) {
        boolean has(String name) {
            return names.contains(name);
        }

        double get(double[] row, String name, double otherwise) {
            int at = names.indexOf(name);
            return at < 0 ? otherwise : row[at];
        }

        RangePlot.Point point(double[] row, String name, String style) {
            return new RangePlot.Point(
                    get(row, name, Double.NaN),
                    get(row, name + "Low", Double.NaN),
                    get(row, name + "High", Double.NaN),
                    style);
        }
    }
}
