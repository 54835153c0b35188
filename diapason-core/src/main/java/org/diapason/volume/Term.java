package org.diapason.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern SMOOTH =
            Pattern.compile("s\\(\\s*([^,():]+?)\\s*(,\\s*(\\d+)\\s*)?\\)");

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
     * Returns the terms of settings.
     *
     * @throws IllegalArgumentException if one is written wrongly, stands twice, or is an
     *     interaction of a column that is no term by itself
     */
    public static List<Term> list(List<String> texts) {
        List<Term> terms = new ArrayList<>();
        for (String text : texts) {
            Term term = of(text.strip());
            if (terms.stream().anyMatch(t -> t.sameAs(term))) {
                throw new IllegalArgumentException("the term " + term.text + " stands twice.");
            }
            terms.add(term);
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

    private static Term of(String text) {
        Matcher smooth = SMOOTH.matcher(text);
        if (smooth.matches()) {
            String count = smooth.group(3);
            int splines =
                    count == null ? SPLINES : count.length() > 4 ? 9999 : Integer.parseInt(count);
            return new Term(text, List.of(smooth.group(1)), splines);
        }
        if (text.isEmpty() || text.startsWith("s(")) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is no term. Write a column, a:b, s(x) or s(x,8); in a recipe a"
                            + " term with a comma needs quotes.");
        }
        List<String> columns = List.of(text.split(":", -1)).stream().map(String::strip).toList();
        if (columns.size() > 2
                || columns.contains("")
                || columns.size() == 2 && columns.get(0).equals(columns.get(1))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no interaction. Write two different columns, a:b.");
        }
        return new Term(text, columns, 0);
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
