package org.diapason.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diapason.report.CohortSummary;
import org.diapason.volume.Numbers;

/**
 * Gives each batch a letter, a colour that colour-blind people can tell (Okabe and Ito 2008) and a
 * shape; shows the largest batches where there are more than a chart can hold.
 */
final class Sites {
    static final int SHOWN = 12;
    private static final int COLOURS = 7;
    private static final int SHAPES = 4;

    private final List<CohortSummary.Row> rows;
    private final int leftOut;

    Sites(CohortSummary cohort) {
        List<CohortSummary.Row> largest = new ArrayList<>(cohort.rows());
        largest.sort(
                Comparator.comparingLong((CohortSummary.Row r) -> -r.exams())
                        .thenComparing(CohortSummary.Row::batch));
        List<CohortSummary.Row> shown =
                new ArrayList<>(largest.subList(0, Math.min(SHOWN, largest.size())));
        shown.sort(Comparator.comparing(CohortSummary.Row::batch));
        rows = shown;
        leftOut = largest.size() - shown.size();
    }

    List<String> names() {
        return rows.stream().map(CohortSummary.Row::batch).toList();
    }

    String letter(String site) {
        int n = names().indexOf(site);
        return n < 0 ? "·" : String.valueOf((char) ('A' + n));
    }

    String colour(String site) {
        return "c" + Math.max(0, names().indexOf(site)) % COLOURS;
    }

    void legend(Html html) {
        html.open("ul", "class", "legend");
        for (CohortSummary.Row row : rows) {
            html.open("li");
            html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            mark(html, row.batch(), 0, 0, 4.2, "");
            html.close("svg");
            html.element("b", letter(row.batch()));
            html.text(row.batch().equals(letter(row.batch())) ? " " : " " + row.batch() + " ");
            html.element("span", "n = " + row.exams(), "class", "muted");
            html.close("li");
        }
        if (leftOut > 0) {
            html.element("li", "and " + leftOut + " smaller ones, not drawn", "class", "muted");
        }
        html.close("ul");
    }

    /** Draws the mark of a site. */
    void mark(Html html, String site, double x, double y, double r, String more) {
        String classes = colour(site) + more;
        int shape = Math.max(0, names().indexOf(site)) % SHAPES;
        if (shape == 0) {
            html.empty("circle", "class", classes, "cx", f(x), "cy", f(y), "r", f(r));
            return;
        }
        double s = r * 1.15;
        String path =
                switch (shape) {
                    case 1 ->
                            "M%s %sh%sv%sh−%sz"
                                    .formatted(
                                            f(x - r * 0.9),
                                            f(y - r * 0.9),
                                            f(1.8 * r),
                                            f(1.8 * r),
                                            f(1.8 * r))
                                    .replace('−', '-');
                    case 2 ->
                            "M"
                                    + f(x)
                                    + " "
                                    + f(y - s)
                                    + "L"
                                    + f(x + s)
                                    + " "
                                    + f(y + s * 0.8)
                                    + "L"
                                    + f(x - s)
                                    + " "
                                    + f(y + s * 0.8)
                                    + "z";
                    default ->
                            "M" + f(x) + " " + f(y - s) + "L" + f(x + s) + " " + f(y) + "L" + f(x)
                                    + " " + f(y + s) + "L" + f(x - s) + " " + f(y) + "z";
                };
        html.empty("path", "class", classes, "d", path);
    }

    /** Writes a coordinate. */
    static String f(double value) {
        return Numbers.fixed(value, 1);
    }
}
