package org.diapason.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How covariates of table rows become numbers: a column of nothing but numbers is itself, any other
 * column has one 0/1 column per level but the first (levels sorted as text).
 *
 * <p>A column with a single value says nothing and gets no number. An empty cell, {@code NA} and
 * {@code NaN} are missing; a row that misses a covariate is refused.
 *
 * @param columns the covariates in the order of their numbers
 */
public record Design(List<Column> columns) {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    public Design {
        columns = List.copyOf(columns);
    }

    /**
     * One covariate.
     *
     * @param name column of the cohort table
     * @param levels sorted texts, the first of which is the base; empty for a number
     * @param low smallest number seen, 0 for levels
     * @param high largest number seen, 0 for levels
     */
    public record Column(String name, List<String> levels, double low, double high) {
        public Column {
            levels = List.copyOf(levels);
        }

        public boolean numeric() {
            return levels.isEmpty();
        }

        /** Returns how many numbers the covariate takes. */
        public int width() {
            return numeric() ? (low == high ? 0 : 1) : levels.size() - 1;
        }
    }

    /** The values of covariates as they are met; sums of parts can be merged. */
    public static final class Sum {
        private final List<String> names;
        private final List<SortedSet<String>> values = new ArrayList<>();

        public Sum(List<String> names) {
            this.names = List.copyOf(names);
            names.forEach(n -> values.add(new TreeSet<>()));
        }

        /** Adds one row; refused where a covariate is missing. */
        public void add(FeatureTable table, int row) {
            for (int c = 0; c < names.size(); c++) {
                values.get(c).add(text(table, row, names.get(c)));
            }
        }

        public void merge(Sum from) {
            for (int c = 0; c < names.size(); c++) {
                values.get(c).addAll(from.values.get(c));
            }
        }

        /** Returns how the values met so far become numbers. */
        public Design design() {
            List<Column> columns = new ArrayList<>();
            for (int c = 0; c < names.size(); c++) {
                columns.add(column(names.get(c), values.get(c)));
            }
            return new Design(columns);
        }
    }

    /** Returns a design of all rows of a table. */
    public static Design of(FeatureTable table, List<String> names) {
        Sum sum = new Sum(names);
        for (int r = 0; r < table.size(); r++) {
            sum.add(table, r);
        }
        return sum.design();
    }

    /** Returns how many numbers a row takes. */
    public int size() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    /** Returns the name of each number: {@code age}, {@code sex=M}. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Column c : columns) {
            if (c.numeric() && c.width() == 1) {
                names.add(c.name());
            }
            for (int l = 1; l < c.levels().size(); l++) {
                names.add(c.name() + "=" + c.levels().get(l));
            }
        }
        return names;
    }

    /**
     * Returns the numbers of a row.
     *
     * @throws RefusedException where a covariate is missing or was never seen
     */
    public double[] encode(FeatureTable table, int row) {
        double[] code = new double[size()];
        int at = 0;
        for (Column c : columns) {
            String text = text(table, row, c.name());
            if (c.numeric()) {
                double value = number(text);
                if (Double.isNaN(value)) {
                    throw new RefusedException(
                            who(table, row)
                                    + c.name()
                                    + " is \""
                                    + text
                                    + "\", but it was a number in every exam of the fit. Write a"
                                    + " number or leave this exam out.");
                }
                if (c.width() == 1) {
                    code[at++] = value;
                }
            } else {
                int level = c.levels().indexOf(text);
                if (level < 0) {
                    throw new RefusedException(
                            who(table, row)
                                    + c.name()
                                    + " is \""
                                    + text
                                    + "\", a level the fit has not seen (it knows "
                                    + String.join(", ", c.levels())
                                    + "). Correct it, leave this exam out or fit anew with it.");
                }
                if (level > 0) {
                    code[at + level - 1] = 1;
                }
                at += c.width();
            }
        }
        return code;
    }

    /** Returns the covariates of a row that lie outside the numbers seen: extrapolation. */
    public List<String> outside(FeatureTable table, int row) {
        List<String> outside = new ArrayList<>();
        for (Column c : columns) {
            if (c.numeric()) {
                double value = number(text(table, row, c.name()));
                if (value < c.low() || value > c.high()) {
                    outside.add(c.name());
                }
            }
        }
        return outside;
    }

    /** Returns whether a row lacks a covariate. */
    public static boolean missing(FeatureTable table, int row, String name) {
        String text = table.covariate(row, name).toLowerCase(Locale.ROOT);
        return text.isEmpty() || text.equals("na") || text.equals("nan");
    }

    private static Column column(String name, SortedSet<String> values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (String text : values) {
            double value = number(text);
            if (Double.isNaN(value)) {
                return new Column(name, List.copyOf(values), 0, 0);
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return values.isEmpty()
                ? new Column(name, List.of(), 0, 0)
                : new Column(name, List.of(), low, high);
    }

    private static double number(String text) {
        double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    private static String text(FeatureTable table, int row, String name) {
        if (missing(table, row, name)) {
            throw new RefusedException(
                    who(table, row)
                            + "column "
                            + name
                            + " is missing, and it is a covariate of this step. Fill it in or"
                            + " leave this exam out.");
        }
        return table.covariate(row, name);
    }

    private static String who(FeatureTable table, int row) {
        return "exam " + table.exam(row) + ": ";
    }
}
