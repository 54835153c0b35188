package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/** Rows of a table with an outcome of two levels, numbers and texts; incomplete rows left out. */
final class LabelledTable {
    private static final Set<String> EVENT =
            Set.of(
                    "1",
                    "yes",
                    "true",
                    "positive",
                    "malignant",
                    "cancer",
                    "case",
                    "disease",
                    "diseased",
                    "present",
                    "abnormal",
                    "dead",
                    "died",
                    "deceased",
                    "poor",
                    "event");

    private static final Set<String> NO_EVENT =
            Set.of(
                    "0",
                    "no",
                    "false",
                    "negative",
                    "benign",
                    "control",
                    "healthy",
                    "absent",
                    "normal",
                    "alive",
                    "survived",
                    "good",
                    "none");

    private final Csv csv;
    private final List<Csv.Row> rows = new ArrayList<>();
    private final Map<String, double[]> numbers = new HashMap<>();
    private final boolean[] event;
    private final String positive;

    /**
     * Reads a table.
     *
     * @param positive the level of the label that counts as the event; null where the levels are 0
     *     and 1, and 1 it is
     * @param numbers columns of numbers
     * @param texts columns that must not be empty
     * @throws DataException if the label has not two levels, or a cell is no number
     * @throws IllegalArgumentException if there is no such column, or which level is positive has
     *     to be said
     */
    LabelledTable(
            Path file, String label, String positive, List<String> numbers, List<String> texts) {
        csv = Csv.read(file);
        List<String> needed = new ArrayList<>(List.of(label));
        needed.addAll(numbers);
        needed.addAll(texts);
        for (String column : needed) {
            need(csv, column);
        }
        for (Csv.Row row : csv.rows()) {
            boolean whole = true;
            for (String column : needed) {
                whole &= !Tables.MISSING.contains(csv.text(row, column));
            }
            if (whole) {
                rows.add(row);
            }
        }
        for (String column : numbers) {
            double[] values = new double[rows.size()];
            for (int r = 0; r < values.length; r++) {
                values[r] = number(csv, rows.get(r), column);
            }
            this.numbers.put(column, values);
        }
        this.positive = positive(label, positive);
        event = new boolean[rows.size()];
        for (int r = 0; r < event.length; r++) {
            event[r] = level(csv.text(rows.get(r), label)).equals(this.positive);
        }
    }

    /**
     * @throws IllegalArgumentException if there is no such column
     */
    static void need(Csv csv, String column) {
        if (!csv.header().contains(column)) {
            throw new IllegalArgumentException(
                    csv.name()
                            + " has no column \""
                            + column
                            + "\"; "
                            + Spelling.hint(column, csv.header()));
        }
    }

    /** Returns the number in a cell. */
    static double number(Csv csv, Csv.Row row, String column) {
        String text = csv.text(row, column);
        OptionalDouble value = Numbers.parse(text);
        return value.orElseThrow(
                () ->
                        new DataException(
                                csv.name()
                                        + ", line "
                                        + row.line()
                                        + ", column \""
                                        + column
                                        + "\": \""
                                        + text
                                        + "\" is not a number. Correct it, or leave the cell empty."));
    }

    /** Returns the one of two levels that means the event, where the words leave no doubt. */
    private static Optional<String> meant(TreeSet<String> levels) {
        String first = levels.first();
        String last = levels.last();
        boolean firstIs = means(EVENT, first) || means(NO_EVENT, last);
        boolean lastIs = means(EVENT, last) || means(NO_EVENT, first);
        return firstIs == lastIs ? Optional.empty() : Optional.of(firstIs ? first : last);
    }

    private static boolean means(Set<String> words, String level) {
        return words.contains(level.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a word can only mean the event. */
    static boolean meansEvent(String text) {
        return means(EVENT, level(text));
    }

    /** Returns whether a word can only mean that there is none. */
    static boolean meansNone(String text) {
        return means(NO_EVENT, level(text));
    }

    /** Returns 0 and 1 however they are written, else the text. */
    private static String level(String text) {
        OptionalDouble value = Numbers.parse(text);
        boolean binary =
                value.isPresent() && (value.getAsDouble() == 0 || value.getAsDouble() == 1);
        return binary ? value.getAsDouble() == 0 ? "0" : "1" : text;
    }

    private String positive(String label, String asked) {
        TreeSet<String> levels = new TreeSet<>();
        for (Csv.Row row : rows) {
            levels.add(level(csv.text(row, label)));
        }
        String found = String.join(", ", levels.stream().limit(5).toList());
        if (levels.size() != 2) {
            throw new DataException(
                    csv.name()
                            + ", column \""
                            + label
                            + "\": an outcome has two levels, found "
                            + levels.size()
                            + (levels.isEmpty() ? "" : " (" + found + ")")
                            + " in "
                            + rows.size()
                            + " complete rows. Give a column of 0 and 1, or of two words.");
        }
        Optional<String> said = asked == null ? meant(levels) : Optional.of(level(asked));
        if (said.isEmpty()) {
            throw new IllegalArgumentException(
                    csv.name()
                            + ", column \""
                            + label
                            + "\" has the levels "
                            + found
                            + ", so which is positive has to be said: add --positive "
                            + levels.first()
                            + " or --positive "
                            + levels.last()
                            + ".");
        }
        String level = said.get();
        if (!levels.contains(level)) {
            throw new IllegalArgumentException(
                    "--positive "
                            + asked
                            + ": column \""
                            + label
                            + "\" of "
                            + csv.name()
                            + " has the levels "
                            + found
                            + ".");
        }
        return level;
    }

    /** Returns the numbers of a column of any table, rows without one left out. */
    static double[] column(Path file, String column) {
        Csv csv = Csv.read(file);
        need(csv, column);
        List<Double> values = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            String text = csv.text(row, column);
            if (!Tables.MISSING.contains(text)) {
                values.add(number(csv, row, column));
            }
        }
        return values.stream().mapToDouble(v -> v).toArray();
    }

    Csv csv() {
        return csv;
    }

    boolean[] event() {
        return event;
    }

    int events() {
        int events = 0;
        for (boolean e : event) {
            events += e ? 1 : 0;
        }
        return events;
    }

    int size() {
        return rows.size();
    }

    int leftOut() {
        return csv.rows().size() - rows.size();
    }

    /** Returns the line of the file on which a row ends. */
    long line(int row) {
        return rows.get(row).line();
    }

    String positive() {
        return positive;
    }

    double[] number(String column) {
        return numbers.get(column);
    }

    List<String> text(String column) {
        return rows.stream().map(r -> csv.text(r, column)).toList();
    }

    /** Returns the first lines of every answer: who is positive, and how many rows are left out. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "positive is "
                        + positive
                        + ": "
                        + events()
                        + " rows, "
                        + (size() - events())
                        + " others");
        if (leftOut() > 0) {
            lines.add(leftOut() + " rows left out, a cell of theirs is empty");
        }
        return lines;
    }

    /** Puts the same into fields for JSON. */
    void put(Map<String, Object> fields) {
        fields.put("positive", positive);
        fields.put("n", size());
        fields.put("events", events());
        fields.put("leftOut", leftOut());
    }

    /** Returns the rows of every subgroup, by the levels of one or more columns. */
    Map<String, int[]> cells(List<String> by) {
        Map<String, List<Integer>> cells = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            List<String> levels = new ArrayList<>();
            for (String column : by) {
                levels.add(column + " " + csv.text(rows.get(r), column));
            }
            cells.computeIfAbsent(String.join(", ", levels), k -> new ArrayList<>()).add(r);
        }
        Map<String, int[]> sorted = new LinkedHashMap<>();
        cells.forEach((k, own) -> sorted.put(k, own.stream().mapToInt(r -> r).toArray()));
        return sorted;
    }

    /** Returns the numbers of some rows. */
    static double[] of(double[] values, int[] rows) {
        return java.util.Arrays.stream(rows).mapToDouble(r -> values[r]).toArray();
    }

    /** Returns the outcomes of some rows. */
    static boolean[] of(boolean[] values, int[] rows) {
        boolean[] own = new boolean[rows.length];
        for (int r = 0; r < own.length; r++) {
            own[r] = values[rows[r]];
        }
        return own;
    }

    /** Writes the whole table with one more column, empty where a row was left out. */
    void write(Path out, String column, double[] values) {
        if (csv.header().contains(column)) {
            throw new IllegalArgumentException(
                    csv.name() + " has a column \"" + column + "\" already. Rename it.");
        }
        Map<Csv.Row, Double> known = new java.util.IdentityHashMap<>();
        for (int r = 0; r < values.length; r++) {
            known.put(rows.get(r), values[r]);
        }
        List<String> header = new ArrayList<>(csv.header());
        header.add(column);
        List<List<String>> cells = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            List<String> own = new ArrayList<>(row.cells());
            own.add(org.diapason.io.Text.of(known.getOrDefault(row, Double.NaN)));
            cells.add(own);
        }
        Csv.write(out, header, cells);
    }
}
