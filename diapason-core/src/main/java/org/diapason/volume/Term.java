package org.diapason.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * One term of a {@link Design}: a column, an interaction {@code a:b}, or a smooth effect {@code
 * s(x)}.
 *
 * @param text the term as it is written
 * @param columns the columns it is made of: one, or two that interact
 * @param splines functions of the basis of a smooth effect, 0 for any other term
 */
public record Term(String text, List<String> columns, int splines) {
    /** Functions of a basis where a term does not say how many; what ComBat-GAM takes. */
    public static final int SPLINES = 10;

    private static final int FEWEST = 4;
    private static final int MOST = 60;

    public Term {
        columns = List.copyOf(columns);
        if (splines != 0 && (splines < FEWEST || splines > MOST)) {
            throw new IllegalArgumentException(
                    "term "
                            + text
                            + ": a smooth effect takes 4 to 60 functions, got "
                            + splines
                            + ".");
        }
    }

    /**
     * Returns the terms of settings: each a term ({@code age}, {@code age:sex}, {@code s(bmi)}), a
     * product ({@code age*sex}: both and their interaction) or a whole formula ({@code ~ age + sex
     * + s(bmi)}). What a product or formula has in common with others counts once. A formula's
     * intercept means nothing here: batches, or an intercept, hold the constant.
     *
     * @throws IllegalArgumentException if one is written wrongly, stands twice, or is an
     *     interaction of a column that is no term by itself
     */
    public static List<Term> list(List<String> texts) {
        List<Term> terms = new ArrayList<>();
        for (String text : texts) {
            List<List<String>> parts = parts(text.strip());
            for (List<String> part : parts) {
                Term term = of(part, text);
                boolean known = terms.stream().anyMatch(t -> t.sameAs(term));
                if (known && parts.size() == 1 && !FormulaText.isFormula(text)) {
                    throw new IllegalArgumentException("the term " + term.text + " stands twice.");
                }
                if (!known) {
                    terms.add(term);
                }
            }
        }
        for (Term term : terms) {
            for (String name : term.columns) {
                if (term.columns.size() > 1 && terms.stream().noneMatch(t -> t.isOf(name))) {
                    throw new IllegalArgumentException(
                            "the interaction "
                                    + term.text
                                    + " stands without "
                                    + name
                                    + " itself. Add the term "
                                    + name
                                    + ".");
                }
            }
        }
        return List.copyOf(terms);
    }

    private static List<List<String>> parts(String text) {
        if (!FormulaText.isFormula(text)) {
            return FormulaText.item(text);
        }
        Formula formula = Formula.parse(text);
        if (!formula.response().isEmpty()) {
            throw new IllegalArgumentException(
                    "formula \"" + text + "\": what is protected has no response. Begin with ~.");
        }
        if (!formula.random().isEmpty()) {
            throw new IllegalArgumentException(
                    "formula \""
                            + text
                            + "\": an effect that varies from group to group is not protected here."
                            + " Leave the term in parentheses out; long-combat has subjects.");
        }
        return formula.fixed().terms();
    }

    private static Term of(List<String> variables, String written) {
        String text = String.join(":", variables);
        String first = variables.get(0);
        if (variables.size() == 1 && Formula.smooth(first)) {
            int functions = Formula.functions(first);
            return new Term(
                    text, List.of(Formula.column(first)), functions == 0 ? SPLINES : functions);
        }
        for (String variable : variables) {
            if (Formula.smooth(variable)) {
                throw new IllegalArgumentException(
                        "the interaction "
                                + text
                                + " is of a curve, which is not fitted. Write "
                                + text.replace(variable, Formula.column(variable))
                                + " for straight lines that differ.");
            }
            if (Formula.levels(variable) && FormulaText.isFormula(written)) {
                throw new IllegalArgumentException(
                        "the term "
                                + text
                                + " takes numbers as levels, which is not known here. Write them as"
                                + " text in the table (a1, a2).");
            }
        }
        boolean once = variables.size() == 1 && written.matches("[^`*~]*:[^`*~]*");
        if (variables.size() > 2 || once) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no interaction. Write two different columns, a:b.");
        }
        return new Term(text, variables, 0);
    }

    /** Says whether it is a curve over its column. */
    public boolean smooth() {
        return splines > 0;
    }

    /** Says whether it is a column by itself or an effect of it alone. */
    boolean isOf(String column) {
        return columns.equals(List.of(column));
    }

    private boolean sameAs(Term other) {
        return columns.size() == other.columns.size()
                && columns.containsAll(other.columns)
                && smooth() == other.smooth();
    }

    /**
     * Writes the functions 2 … {@code splines} of the basis at a number, which is moved into the
     * range: cubic B-splines on knots {@code (high − low)/(splines − 3)} apart, of which at most
     * four are not 0.
     */
    void basis(double x, double low, double high, double[] out, int at) {
        int pieces = splines - 3;
        double place = (Math.min(high, Math.max(low, x)) - low) / (high - low) * pieces;
        int piece = Math.min(pieces - 1, (int) place);
        double t = place - piece;
        double s = 1 - t;
        double[] four = {
            s * s * s / 6,
            (3 * t * t * t - 6 * t * t + 4) / 6,
            (3 * s * s * s - 6 * s * s + 4) / 6,
            t * t * t / 6
        };
        for (int k = 0; k < four.length; k++) {
            if (piece + k > 0) {
                out[at + piece + k - 1] = four[k];
            }
        }
    }

    /**
     * Returns D'D row by row, D the second differences of the coefficients, of which the first is
     * 0: {@code (splines − 1)²} numbers.
     */
    Numbers penalty() {
        int width = splines - 1;
        double[] penalty = new double[width * width];
        double[] weights = {1, -2, 1};
        for (int d = 0; d + 2 < splines; d++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    if (d + a > 0 && d + b > 0) {
                        penalty[(d + a - 1) * width + d + b - 1] += weights[a] * weights[b];
                    }
                }
            }
        }
        return Numbers.of(penalty);
    }
}
