package org.diapason.volume;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as statisticians write it: {@code y ~ days * sex + (days | subject)}.
 *
 * <p>{@code +} adds terms, {@code :} is an interaction, {@code a*b} is {@code a + b + a:b}, {@code
 * a/b} is {@code a + a:b}, {@code -} takes a term away, {@code 0} or {@code -1} the intercept.
 * {@code (days | subject)} lets intercept and slope vary from subject to subject, correlated; with
 * {@code ||} they are not. {@code factor(x)} takes the numbers of a column as levels, {@code s(x)}
 * or {@code s(x,8)} is a curve over it (which ComBat protects and a mixed model has not). Names
 * with other characters than letters, digits, point and underscore stand in backticks.
 *
 * <p>The meaning is that of R (Wilkinson and Rogers 1973, Applied Statistics 22(3):392–399,
 * doi:10.2307/2346786) and lme4. Terms come in the order of their degree, as in R.
 *
 * @param response the column on the left; empty where there is none
 * @param fixed the terms on the right without parentheses
 * @param random the terms in parentheses
 */
public record Formula(String response, Terms fixed, List<Random> random) {
    private static final Pattern SMOOTH = Pattern.compile("s\\((.*?)(?:,(\\d{1,4}))?\\)");

    public Formula {
        random = List.copyOf(random);
    }

    /**
     * Terms of a linear model.
     *
     * @param intercept whether there is one
     * @param terms the variables of each term, {@code factor(x)} for levels of a column of numbers,
     *     {@code s(x)} or {@code s(x,8)} for a curve
     */
    public record Terms(boolean intercept, List<List<String>> terms) {
        public Terms {
            terms = terms.stream().map(List::copyOf).toList();
        }

        /** Returns whether a term of these variables, in any order, is there. */
        public boolean has(Set<String> variables) {
            return variables.isEmpty()
                    ? intercept
                    : terms.stream().anyMatch(t -> new TreeSet<>(t).equals(variables));
        }
    }

    /**
     * Effects that vary from group to group.
     *
     * @param terms what varies
     * @param group the columns that name the group, more than one for {@code a:b}
     * @param correlated whether effects of a group are correlated
     */
    public record Random(Terms terms, List<String> group, boolean correlated) {
        public Random {
            group = List.copyOf(group);
        }
    }

    /**
     * Reads a formula.
     *
     * @throws IllegalArgumentException if it is none; the message says where
     */
    public static Formula parse(String text) {
        return new FormulaText(text).formula();
    }

    /** Returns the column behind a variable: {@code x} of {@code factor(x)} and {@code s(x,8)}. */
    public static String column(String variable) {
        if (levels(variable)) {
            return variable.substring(7, variable.length() - 1);
        }
        Matcher smooth = SMOOTH.matcher(variable);
        return smooth.matches() ? smooth.group(1) : variable;
    }

    /** Returns whether a variable is a curve, {@code s(x)}. */
    static boolean smooth(String variable) {
        return SMOOTH.matcher(variable).matches();
    }

    /** Returns how many functions a curve is written with, 0 where it does not say. */
    static int functions(String variable) {
        Matcher smooth = SMOOTH.matcher(variable);
        boolean said = smooth.matches() && smooth.group(2) != null;
        return said ? Integer.parseInt(smooth.group(2)) : 0;
    }

    /** Returns whether a variable is {@code factor(x)}. */
    static boolean levels(String variable) {
        return variable.startsWith("factor(") && variable.endsWith(")");
    }

    /** Returns every column it names: response, covariates, groups, in the order written. */
    public List<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        if (!response.isEmpty()) {
            names.add(response);
        }
        List<Terms> all = new ArrayList<>(List.of(fixed));
        random.forEach(r -> all.add(r.terms()));
        all.forEach(t -> t.terms().forEach(term -> term.forEach(v -> names.add(column(v)))));
        random.forEach(r -> names.addAll(r.group()));
        return List.copyOf(names);
    }
}
