package org.diapason.volume;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How covariates of table rows become numbers, term by term.
 *
 * <p>A term is a column, an interaction of two columns {@code a:b}, or a smooth effect {@code s(x)}
 * or {@code s(x,12)} of a numeric one. A column of nothing but numbers is itself, any other column
 * has one 0/1 column per level but the first (levels sorted as text). An interaction is the
 * products of what its columns are. A smooth effect is a basis of cubic B-splines on evenly spaced
 * knots between the smallest and the largest number seen, without its first function: the batches
 * or an intercept hold the constant. Eilers and Marx 1996, Statistical Science 11(2):89–121,
 * doi:10.1214/ss/1038425655.
 *
 * <p>A column with a single value says nothing and gets no number. An empty cell, {@code NA} and
 * {@code NaN} are missing; a row that misses a covariate is refused. Outside the range seen a
 * smooth effect keeps its value at the end of the range; any other number is taken as it is.
 *
 * @param columns the covariates, each once
 * @param terms what is made of them, in the order of their numbers
 */
public record Design(List<Column> columns, List<Term> terms) {
    public Design {
        columns = List.copyOf(columns);
        terms = List.copyOf(terms);
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

        /** Returns the name of each number: {@code age}, {@code sex=M}. */
        List<String> names() {
            if (numeric()) {
                return width() == 0 ? List.of() : List.of(name);
            }
            return levels.stream().skip(1).map(l -> name + "=" + l).toList();
        }
    }

    /**
     * A penalised part of the design: the numbers of one smooth term.
     *
     * @param term the term
     * @param start place of its first number
     * @param width how many numbers it takes
     * @param penalty {@code width × width}, row by row: b'Pb is the sum of squared second
     *     differences of the coefficients, 0 for a straight line
     */
    public record Smooth(Term term, int start, int width, Numbers penalty) {}

    /** The values of covariates as they are met; sums of parts can be merged. */
    public static final class Sum {
        private final List<Term> terms;
        private final List<String> names;
        private final List<Seen> values = new ArrayList<>();

        /**
         * @param terms as settings write them
         * @throws IllegalArgumentException if one is none
         */
        public Sum(List<String> terms) {
            this.terms = Term.list(terms);
            names = List.copyOf(covariates(terms));
            names.forEach(n -> values.add(new Seen(n)));
        }

        /** Adds one row; refused where a covariate is missing. */
        public void add(FeatureTable table, int row) {
            for (int c = 0; c < names.size(); c++) {
                values.get(c).add(text(table, row, names.get(c)));
            }
        }

        public void merge(Sum from) {
            for (int c = 0; c < names.size(); c++) {
                values.get(c).merge(from.values.get(c));
            }
        }

        /**
         * Returns how the values met so far become numbers.
         *
         * @throws RefusedException if a smooth term is of a column that is no number, or a column
         *     of text has more than 1,000 levels
         */
        public Design design() {
            Design design = new Design(values.stream().map(Seen::column).toList(), terms);
            terms.forEach(design::refuseSmoothLevels);
            return design;
        }
    }

    /** Returns a design of all rows of a table. */
    public static Design of(FeatureTable table, List<String> terms) {
        Sum sum = new Sum(terms);
        for (int r = 0; r < table.size(); r++) {
            sum.add(table, r);
        }
        return sum.design();
    }

    /** Returns the columns that terms are made of, each once, in the order of first appearance. */
    public static Set<String> covariates(List<String> terms) {
        Set<String> names = new LinkedHashSet<>();
        Term.list(terms).forEach(t -> names.addAll(t.columns()));
        return names;
    }

    /** Returns how many numbers a row takes. */
    public int size() {
        return terms.stream().mapToInt(this::width).sum();
    }

    /** Returns how many numbers a term takes. */
    public int width(Term term) {
        int width = 1;
        for (String name : term.columns()) {
            width *= column(name).width();
        }
        return term.smooth() ? width * (term.splines() - 1) : width;
    }

    /** Returns the place of a term's first number. */
    public int start(Term wanted) {
        int at = 0;
        for (Term term : terms) {
            if (term.equals(wanted)) {
                return at;
            }
            at += width(term);
        }
        throw new IllegalArgumentException("the design has no term " + wanted.text());
    }

    /** Returns the term that a number belongs to. */
    public Term term(int number) {
        int end = 0;
        for (Term term : terms) {
            end += width(term);
            if (number < end) {
                return term;
            }
        }
        throw new IllegalArgumentException("the design has no number " + number);
    }

    /** Returns the covariate of a name. */
    public Column column(String name) {
        for (Column c : columns) {
            if (c.name().equals(name)) {
                return c;
            }
        }
        throw new IllegalArgumentException("the design has no column " + name);
    }

    /** Returns the smooth terms with their penalties, in order; none where all are plain. */
    public List<Smooth> smooths() {
        List<Smooth> smooths = new ArrayList<>();
        for (Term term : terms) {
            if (term.smooth() && width(term) > 0) {
                smooths.add(new Smooth(term, start(term), width(term), term.penalty()));
            }
        }
        return smooths;
    }

    /**
     * Returns the name of each number: {@code age}, {@code sex=M}, {@code age:sex=M}, {@code
     * s(bmi).2}.
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Term term : terms) {
            List<String> own = column(term.columns().get(0)).names();
            if (term.smooth()) {
                for (int k = 0; k < width(term); k++) {
                    names.add(term.text() + "." + (k + 2));
                }
            } else if (term.columns().size() == 1) {
                names.addAll(own);
            } else {
                for (String a : own) {
                    for (String b : column(term.columns().get(1)).names()) {
                        names.add(a + ":" + b);
                    }
                }
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
        double[][] codes = new double[columns.size()][];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = code(columns.get(c), table, row);
        }
        double[] all = new double[size()];
        int at = 0;
        for (Term term : terms) {
            double[] first = codes[columns.indexOf(column(term.columns().get(0)))];
            if (term.smooth()) {
                Column c = column(term.columns().get(0));
                if (c.width() > 0) {
                    term.basis(first[0], c.low(), c.high(), all, at);
                }
            } else if (term.columns().size() == 1) {
                System.arraycopy(first, 0, all, at, first.length);
            } else {
                double[] second = codes[columns.indexOf(column(term.columns().get(1)))];
                for (int k = 0; k < first.length * second.length; k++) {
                    all[at + k] = first[k / second.length] * second[k % second.length];
                }
            }
            at += width(term);
        }
        return all;
    }

    private static double[] code(Column c, FeatureTable table, int row) {
        String text = text(table, row, c.name());
        double[] code = new double[c.width()];
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
            if (code.length == 1) {
                code[0] = value;
            }
            return code;
        }
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
            code[level - 1] = 1;
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

    private void refuseSmoothLevels(Term term) {
        Column c = column(term.columns().get(0));
        if (term.smooth() && !c.numeric()) {
            String word =
                    c.levels().stream().filter(l -> Double.isNaN(number(l))).findFirst().get();
            throw new RefusedException(
                    "protected term "
                            + term.text()
                            + ": column "
                            + c.name()
                            + " is not a number in every exam (one is \""
                            + word
                            + "\"), so no curve can be drawn over it. Protect "
                            + c.name()
                            + " by its levels, or correct the cell.");
        }
    }

    /** Returns whether a row lacks a covariate. */
    public static boolean missing(FeatureTable table, int row, String name) {
        String text = table.covariate(row, name).toLowerCase(Locale.ROOT);
        return text.isEmpty() || text.equals("na") || text.equals("nan");
    }

    /** Returns the number that a text is, NaN where it is none. */
    static double number(String text) {
        return Numbers.parse(text).orElse(Double.NaN);
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
