package org.diapason.app.report;

import java.util.List;
import org.diapason.report.CohortSummary;
import org.diapason.report.Report;
import org.diapason.report.Section;
import org.diapason.report.Warning;

/** Lays out what is a table by nature: cohort, warnings, lost exams, further tables. */
final class TablesPart {
    private static final int ROWS = 200;
    private static final int NAMES = 12;

    /** A further table of so many rows is shown whole; of a longer one the first rows are. */
    private static final int WHOLE = 16;

    private static final int FIRST = 12;

    /** A cell that names a picture beside the page leads to it. */
    private static final String PICTURE = "images/.+\\.png";

    private TablesPart() {}

    static void cohort(Html html, Report report, Sites sites) {
        CohortSummary cohort = report.cohort();
        html.open("section", "id", "cohort", "aria-labelledby", "cohort-title");
        html.element("h2", "Cohort", "id", "cohort-title");
        String column = cohort.batchColumn();
        html.element(
                "p",
                column.isEmpty()
                        ? "The exams that went through. The recipe names no batch column."
                        : "The exams that went through, per " + column + ".");
        html.open("div", "class", "scroll", "tabindex", "0").open("table");
        html.open("thead").open("tr").element("th", column, "scope", "col");
        html.element("th", "exams", "scope", "col", "class", "num");
        cohort.columns().forEach(c -> html.element("th", c, "scope", "col"));
        html.close("tr").close("thead").open("tbody");
        cohort.rows().stream().limit(ROWS).forEach(r -> row(html, r, sites));
        html.close("tbody").open("tfoot");
        row(html, cohort.all(), null);
        html.close("tfoot").close("table").close("div");
        more(html, cohort.rows().size(), "batch", "batches");
        html.close("section");
    }

    private static void row(Html html, CohortSummary.Row row, Sites sites) {
        html.open("tr").open("th", "scope", "row");
        if (sites != null && sites.names().contains(row.batch())) {
            html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            sites.mark(html, row.batch(), 0, 0, 4.2, "");
            html.close("svg");
        }
        html.text(row.batch()).close("th");
        html.element("td", String.valueOf(row.exams()), "class", "num");
        row.cells().forEach(c -> html.element("td", c));
        html.close("tr");
    }

    static void warnings(Html html, Report report) {
        html.open("section", "id", "warnings", "aria-labelledby", "warnings-title");
        html.element("h2", "Warnings", "id", "warnings-title");
        if (report.warnings().isEmpty()) {
            html.element("p", "None.").close("section");
            return;
        }
        html.open("ul", "class", "warnings");
        for (Warning warning : report.warnings().stream().limit(ROWS).toList()) {
            html.open("li").open("p").element("code", warning.operation());
            html.text(" ").text(HtmlReport.sentence(warning.message())).close("p");
            if (warning.exams().size() > 1) {
                html.open("details");
                html.element("summary", "Said alike of " + warning.exams().size() + " exams");
                html.element("p", names(warning.exams()), "class", "muted").close("details");
            } else if (warning.count() > 1) {
                html.element("p", "Said " + warning.count() + " times.", "class", "muted");
            }
            html.close("li");
        }
        html.close("ul");
        more(html, report.warnings().size(), "warning", "warnings");
        html.close("section");
    }

    static void lost(Html html, Report report) {
        html.open("section", "id", "lost", "aria-labelledby", "lost-title");
        html.element("h2", "Refused and failed", "id", "lost-title");
        if (report.lost().isEmpty()) {
            html.element("p", "None: every exam went through.").close("section");
            return;
        }
        html.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "sortable");
        html.open("thead").open("tr");
        for (String column : List.of("exam", "outcome", "where", "reason")) {
            html.element("th", column, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
        for (Report.Lost lost : report.lost().stream().limit(ROWS).toList()) {
            html.open("tr").element("th", lost.exam(), "scope", "row").open("td");
            String style = lost.refused() ? "refused" : "failed";
            html.element("span", style, "class", "pill " + style).close("td");
            html.open("td").element("code", lost.operation()).close("td");
            html.element("td", HtmlReport.sentence(lost.reason()), "class", "reason");
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
        more(html, report.lost().size(), "exam", "exams");
        html.close("section");
    }

    static void section(Html html, Section section) {
        html.element("p", section.sentence());
        int first = section.rows().size() <= WHOLE ? WHOLE : FIRST;
        rows(html, section, section.rows().stream().limit(first).toList());
        if (section.rows().size() > first) {
            List<List<String>> rest = section.rows().stream().skip(first).limit(ROWS).toList();
            html.open("details").element("summary", Words.count(rest.size(), "more row"));
            rows(html, section, rest);
            html.close("details");
        }
        more(html, section.rows().size() - first, "row", "rows");
        section.note().ifPresent(n -> html.element("p", n, "class", "muted"));
    }

    /** Writes all rows behind a line that opens them. */
    static void folded(Html html, Section section) {
        html.open("details");
        html.element("summary", section.title() + ": " + Words.count(section.rows().size(), "row"));
        html.element("p", section.sentence());
        rows(html, section, section.rows());
        section.note().ifPresent(n -> html.element("p", n, "class", "muted"));
        html.close("details");
    }

    private static void rows(Html html, Section section, List<List<String>> rows) {
        html.open("div", "class", "scroll", "tabindex", "0").open("table");
        html.open("thead").open("tr");
        for (int c = 0; c < section.columns().size(); c++) {
            html.element(
                    "th", section.columns().get(c), "scope", "col", "class", style(section, c));
        }
        html.close("tr").close("thead").open("tbody");
        for (List<String> row : rows) {
            html.open("tr").element("th", row.get(0), "scope", "row");
            for (int c = 1; c < row.size(); c++) {
                String cell = row.get(c).replaceAll("^-(?=[0-9])", "−");
                if (cell.matches(PICTURE)) {
                    html.open("td").element("a", cell, "href", cell).close("td");
                } else {
                    html.element("td", cell, "class", style(section, c));
                }
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    /** A column whose cells begin as numbers do is set as numbers are. */
    private static String style(Section section, int column) {
        boolean numbers =
                column > 0
                        && section.rows().stream()
                                .map(r -> r.get(column))
                                .allMatch(t -> t.matches("[−+-]?[0-9.]+.{0,12}|–|"));
        return numbers ? "num" : "text";
    }

    private static void more(Html html, int size, String one, String many) {
        if (size > ROWS) {
            int left = size - ROWS;
            html.element(
                    "p",
                    left + " more " + (left == 1 ? one : many) + " not listed.",
                    "class",
                    "muted");
        }
    }

    private static String names(List<String> exams) {
        int left = exams.size() - NAMES;
        return String.join(", ", exams.subList(0, Math.min(NAMES, exams.size())))
                + (left > 0 ? " and " + left + " more" : "");
    }
}
