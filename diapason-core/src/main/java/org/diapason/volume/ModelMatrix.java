package org.diapason.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The terms of a {@link Formula} as columns of numbers, with R's treatment contrasts.
 *
 * <p>A covariate that holds only numbers is one column, any other has a column per level but the
 * first, named {@code sexM}. All levels have a column where the term without the covariate is not
 * in the model ({@code 0 + sex}; R's rule). In an interaction the first covariate runs fastest;
 * levels of numbers are sorted as numbers.
 */
public final class ModelMatrix {
    /** The name of the column of ones, R's. */
    public static final String INTERCEPT = "(Intercept)";

    private static final int MOST = 2000;

    private final List<String> names;
    private final double[][] rows;

    private ModelMatrix(List<String> names, double[][] rows) {
        this.names = List.copyOf(names);
        this.rows = rows;
    }

    /** Returns {@code (Intercept)}, {@code days}, {@code sexM}, {@code days:sexM} and the like. */
    public List<String> names() {
        return names;
    }

    /** Returns {@code [row][column]}; do not write to it. */
    public double[][] rows() {
        return rows;
    }

    /**
     * Codes every row of a table.
     *
     * @param table all covariates that the terms name, none missing
     * @throws RefusedException if a covariate is missing in a row or has one level, or there would
     *     be more than 2,000 columns
     * @throws IllegalArgumentException if a term is a curve
     */
    public static ModelMatrix of(FeatureTable table, Formula.Terms terms) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        if (terms.intercept()) {
            names.add(INTERCEPT);
            columns.add(ones(table.size()));
        }
        Map<String, Variable> variables = variables(table, terms);
        boolean full = !terms.intercept();
        for (List<String> term : terms.terms()) {
            List<String> termNames = List.of("");
            List<double[]> termColumns = List.of(ones(table.size()));
            for (String name : term) {
                Set<String> margin = new TreeSet<>(term);
                margin.remove(name);
                boolean all = !terms.has(margin);
                // Without an intercept one factor spans it; those after it do not again.
                if (margin.isEmpty() && !terms.intercept()) {
                    all = full && !variables.get(name).levels().isEmpty();
                    full &= !all;
                }
                Variable v = variables.get(name);
                refuseWide(term, names.size() + (long) termNames.size() * v.width());
                List<String> nextNames = new ArrayList<>();
                List<double[]> nextColumns = new ArrayList<>();
                for (int level = v.levels().isEmpty() || all ? 0 : 1; level < v.width(); level++) {
                    for (int c = 0; c < termColumns.size(); c++) {
                        String before = termNames.get(c);
                        nextNames.add((before.isEmpty() ? "" : before + ":") + v.name(level));
                        nextColumns.add(v.times(termColumns.get(c), level));
                    }
                }
                termNames = nextNames;
                termColumns = nextColumns;
            }
            names.addAll(termNames);
            columns.addAll(termColumns);
        }
        double[][] rows = new double[table.size()][columns.size()];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.size(); c++) {
                rows[r][c] = columns.get(c)[r];
            }
        }
        return new ModelMatrix(names, rows);
    }

    private static void refuseWide(List<String> term, long columns) {
        if (columns > MOST) {
            throw new RefusedException(
                    "with the levels of "
                            + String.join(":", term)
                            + " the model has "
                            + columns
                            + " columns, and at most "
                            + MOST
                            + " are fitted. Leave the term out, or let it vary from group to group:"
                            + " (1 | "
                            + String.join(":", term.stream().map(Formula::column).toList())
                            + ").");
        }
    }

    /** Returns a column, a fresh array. */
    public double[] column(int index) {
        double[] column = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            column[r] = rows[r][index];
        }
        return column;
    }

    /**
     * One covariate.
     *
     * @param levels texts, the first is the base; empty for a number
     * @param values the number, or the index of the level, of each row
     */
    private record Variable(String name, List<String> levels, double[] values) {
        int width() {
            return levels.isEmpty() ? 1 : levels.size();
        }

        String name(int level) {
            return levels.isEmpty() ? name : name + levels.get(level);
        }

        double[] times(double[] other, int level) {
            double[] product = new double[values.length];
            for (int r = 0; r < product.length; r++) {
                product[r] = other[r] * (levels.isEmpty() ? values[r] : values[r] == level ? 1 : 0);
            }
            return product;
        }
    }

    private static Map<String, Variable> variables(FeatureTable table, Formula.Terms terms) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (List<String> term : terms.terms()) {
            for (String name : term) {
                if (!variables.containsKey(name)) {
                    variables.put(name, variable(table, name));
                }
            }
        }
        return variables;
    }

    private static Variable variable(FeatureTable table, String name) {
        if (Formula.smooth(name)) {
            throw new IllegalArgumentException(
                    name
                            + " is a curve, and this model has none: combat protects it. Write "
                            + Formula.column(name)
                            + " for a straight line, or put powers of it into columns of the table.");
        }
        String column = Formula.column(name);
        double[] values = new double[table.size()];
        Set<String> met = new TreeSet<>();
        boolean numeric = true;
        for (int r = 0; r < values.length; r++) {
            if (Design.missing(table, r, column)) {
                throw new RefusedException(
                        table.exam(r)
                                + ": column "
                                + column
                                + " is missing, and it is in the formula. Fill it in or leave this"
                                + " row out.");
            }
            String text = table.covariate(r, column);
            values[r] = Numbers.parse(text).orElse(Double.NaN);
            numeric &= !Double.isNaN(values[r]);
            met.add(text);
        }
        if (numeric && !Formula.levels(name)) {
            return new Variable(name, List.of(), values);
        }
        List<String> levels = new ArrayList<>(met);
        if (numeric) {
            levels.sort(Comparator.comparingDouble(Double::parseDouble));
        }
        if (levels.size() < 2) {
            throw new RefusedException(
                    "column "
                            + column
                            + " is \""
                            + String.join("", levels)
                            + "\" in every row, so it has no effect that could be estimated. Leave"
                            + " it out of the formula.");
        }
        Map<String, Integer> index = new LinkedHashMap<>();
        levels.forEach(l -> index.put(l, index.size()));
        for (int r = 0; r < values.length; r++) {
            values[r] = index.get(table.covariate(r, column));
        }
        return new Variable(name, levels, values);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
