package org.diapason.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.Acquisition;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Exams and covariates of each batch, of the exams that went through.
 *
 * @param batchColumn the covariate that names the batch
 * @param columns headings of the cells
 * @param rows one row per batch
 * @param all the same for the whole cohort
 */
public record CohortSummary(String batchColumn, List<String> columns, List<Row> rows, Row all) {
    private static final int LEVELS = 6;

    /** One batch; one text per column. */
    public record Row(String batch, long exams, List<String> cells) {}

    /**
     * @param hidden covariates that are not shown: subgroups, whose small counts must not be
     */
    static CohortSummary of(Run.Result result, Batches batches, Set<String> hidden) {
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        FeatureTable table = result.before();
        for (String name : table.covariateNames()) {
            if (!name.equals(batches.column()) && !hidden.contains(name) && !Acquisition.is(name)) {
                columns.put(name, new TreeMap<>());
            }
        }
        for (int r = 0; r < table.size(); r++) {
            for (Map.Entry<String, Map<String, String>> column : columns.entrySet()) {
                column.getValue().put(table.exam(r), table.covariate(r, column.getKey()));
            }
        }
        columns.putAll(grids(result.traces(), batches));

        List<String> headings = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        List<String> names = new ArrayList<>(batches.names());
        columns.forEach(
                (heading, values) -> {
                    Cell cell = Cell.of(heading, new TreeSet<>(values.values()));
                    headings.add(cell.heading());
                    List<String> column = new ArrayList<>();
                    for (String batch : names) {
                        column.add(cell.text(of(values, batches, batch)));
                    }
                    column.add(cell.text(new ArrayList<>(values.values())));
                    cells.add(column);
                });
        List<Row> rows = new ArrayList<>();
        for (int b = 0; b <= names.size(); b++) {
            int place = b;
            String name = b < names.size() ? names.get(b) : "all";
            long exams =
                    batches.ofExam().values().stream()
                            .filter(v -> place == names.size() || v.equals(name))
                            .count();
            rows.add(new Row(name, exams, cells.stream().map(c -> c.get(place)).toList()));
        }
        return new CohortSummary(
                batches.column(),
                headings,
                List.copyOf(rows.subList(0, names.size())),
                rows.get(names.size()));
    }

    private static List<String> of(Map<String, String> values, Batches batches, String batch) {
        return values.entrySet().stream()
                .filter(e -> batch.equals(batches.ofExam().get(e.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Grids as the traces tell them when an exam is opened: {@code grid.<image>}. */
    private static SortedMap<String, Map<String, String>> grids(
            SortedMap<String, Trace> traces, Batches batches) {
        SortedMap<String, Map<String, String>> grids = new TreeMap<>();
        traces.forEach(
                (exam, trace) -> {
                    if (trace.children().isEmpty() || !batches.ofExam().containsKey(exam)) {
                        return;
                    }
                    Map<String, Object> notes = trace.children().get(0).notes();
                    notes.forEach(
                            (key, value) -> {
                                if (key.startsWith("grid.")) {
                                    String image = key.substring(5);
                                    Object mm = notes.get("spacingMm." + image);
                                    String at =
                                            mm instanceof Numbers n
                                                    ? " at " + n.fixed(2) + " mm"
                                                    : "";
                                    grids.computeIfAbsent("grid of " + image, k -> new TreeMap<>())
                                            .put(exam, value + at);
                                }
                            });
                });
        return grids;
    }

    /** How one column is put into few words. */
    private record Cell(String heading, boolean numeric, String counted) {

        static Cell of(String heading, TreeSet<String> values) {
            values.remove("");
            boolean numeric = values.stream().allMatch(v -> Double.isFinite(number(v)));
            if (numeric && values.size() > LEVELS) {
                return new Cell(heading + ", mean (SD)", true, "");
            }
            if (values.size() == 2 && !heading.startsWith("grid of ")) {
                return new Cell(heading + " = " + values.last(), false, values.last());
            }
            return new Cell(heading, false, "");
        }

        String text(List<String> values) {
            List<String> present = values.stream().filter(v -> !v.isEmpty()).toList();
            long missing = values.size() - present.size();
            String rest = missing == 0 ? "" : ", " + missing + " missing";
            if (present.isEmpty()) {
                return "–";
            }
            if (numeric) {
                return meanSd(present.stream().mapToDouble(Cell::number).toArray()) + rest;
            }
            if (!counted.isEmpty()) {
                long n = present.stream().filter(counted::equals).count();
                double percent = 100.0 * n / present.size();
                return n + " (" + Numbers.fixed(percent, 0) + " %)" + rest;
            }
            return levels(present) + rest;
        }

        private String levels(List<String> values) {
            SortedMap<String, Long> counts = new TreeMap<>();
            values.forEach(v -> counts.merge(v, 1L, Long::sum));
            if (counts.size() == 1) {
                return counts.firstKey();
            }
            if (heading.startsWith("grid of ")) {
                String top = Collections.max(counts.keySet(), Comparator.comparing(counts::get));
                int others = counts.size() - 1;
                return top
                        + " ("
                        + counts.get(top)
                        + " of "
                        + values.size()
                        + ") and "
                        + others
                        + (others == 1 ? " other" : " others");
            }
            if (counts.size() > LEVELS) {
                return counts.size() + " different values";
            }
            List<String> texts = new ArrayList<>();
            counts.forEach((v, n) -> texts.add(v + ": " + n));
            return String.join("; ", texts);
        }

        private static String meanSd(double[] values) {
            double mean = 0;
            for (double v : values) {
                mean += v / values.length;
            }
            double squares = 0;
            for (double v : values) {
                squares += (v - mean) * (v - mean);
            }
            double sd = Math.sqrt(squares / (values.length - 1));
            int digits = Math.abs(mean) >= 10 ? 1 : 2;
            return Window.text(mean, digits)
                    + (values.length < 2 ? "" : " (" + Numbers.fixed(sd, digits) + ")");
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }
}
