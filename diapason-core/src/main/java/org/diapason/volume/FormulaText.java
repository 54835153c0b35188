package org.diapason.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads the text of a {@link Formula}, a sum of products of names, or one item of a list of terms,
 * which is one product: there a name may hold all but {@code : * `}.
 */
final class FormulaText {
    private static final int MOST = 10_000;
    private static final int MOST_TERMS = 1000;
    private static final int DEEPEST = 50;
    private static final List<String> INTERCEPT = List.of();
    private static final String WRITE =
            " Write a column, a:b, a*b, s(x) or s(x,8); in a recipe a term with a comma needs"
                    + " quotes.";

    private final String text;
    private final List<Formula.Random> random = new ArrayList<>();

    /** Variables in the order they are first met, which is their order in interactions. */
    private final LinkedHashSet<String> met = new LinkedHashSet<>();

    /** Whether this is an item of a list. */
    private final boolean item;

    private int at;
    private int depth;

    FormulaText(String text) {
        this(text, false);
    }

    private FormulaText(String text, boolean item) {
        this.text = text;
        this.item = item;
        if (text.length() > MOST) {
            throw new IllegalArgumentException(
                    "the formula has "
                            + text.length()
                            + " characters, at most "
                            + MOST
                            + " are read");
        }
    }

    /** Returns the variables of each term of an item of a list, without blanks around it. */
    static List<List<String>> item(String text) {
        FormulaText read = new FormulaText(text, true);
        List<List<String>> terms = read.product();
        if (read.peek() != 0) {
            throw read.wrong("expected : or * or the end");
        }
        terms.sort(Comparator.comparingInt(List::size));
        return terms;
    }

    /** Says whether a text has a ~ outside of backticks. */
    static boolean isFormula(String text) {
        return text.replaceAll("`[^`]*`", "").indexOf('~') >= 0;
    }

    Formula formula() {
        String response = "";
        if (isFormula(text)) {
            response = peek() == '~' ? "" : variable();
            if (!take('~')) {
                throw wrong("the response is one column and stands before ~");
            }
        }
        Formula.Terms fixed = terms();
        if (peek() != 0) {
            throw wrong("expected + or the end");
        }
        return new Formula(response, fixed, random);
    }

    /** A sum with the intercept it has unless it is taken away. */
    private Formula.Terms terms() {
        List<List<String>> terms = new ArrayList<>();
        terms.add(INTERCEPT);
        sum(terms);
        boolean intercept = terms.remove(INTERCEPT);
        terms.sort(Comparator.comparingInt(List::size));
        List<String> order = List.copyOf(met);
        terms.replaceAll(t -> t.stream().sorted(Comparator.comparingInt(order::indexOf)).toList());
        return new Formula.Terms(intercept, terms);
    }

    private void sum(List<List<String>> terms) {
        if (++depth > DEEPEST) {
            throw wrong("parentheses are nested more than " + DEEPEST + " deep");
        }
        boolean minus = take('-');
        if (!minus) {
            take('+');
        }
        boolean more = true;
        while (more) {
            char next = peek();
            if (next == '(' && isRandom()) {
                if (minus || depth > 1) {
                    throw wrong("a random term can only be added to the formula itself");
                }
                randomTerm();
            } else if (next == '0' || next == '1') {
                at++;
                change(terms, INTERCEPT, (next == '1') == minus);
            } else {
                for (List<String> term : product()) {
                    change(terms, term, minus);
                }
            }
            minus = peek() == '-';
            more = take('-') || take('+');
        }
        depth--;
    }

    /** Adds a term that is not there yet, or takes it away. */
    private static void change(List<List<String>> terms, List<String> term, boolean remove) {
        TreeSet<String> wanted = new TreeSet<>(term);
        if (remove) {
            terms.removeIf(t -> new TreeSet<>(t).equals(wanted));
        } else if (terms.stream().noneMatch(t -> new TreeSet<>(t).equals(wanted))) {
            terms.add(term);
        }
    }

    /** {@code a * b / c}: all of them alone, and together. */
    private List<List<String>> product() {
        List<List<String>> all = new ArrayList<>(interaction());
        while (peek() == '*' || !item && peek() == '/') {
            boolean nested = text.charAt(at++) == '/';
            List<List<String>> next = interaction();
            List<List<String>> joined = new ArrayList<>(all);
            if (!nested) {
                next.forEach(t -> change(joined, t, false));
            }
            List<List<String>> left = nested ? List.of(union(all)) : all;
            crossed(left, next).forEach(t -> change(joined, t, false));
            all = joined;
        }
        return all;
    }

    private List<List<String>> interaction() {
        List<List<String>> all = operand();
        while (take(':')) {
            all = crossed(all, operand());
        }
        return all;
    }

    private List<List<String>> crossed(List<List<String>> left, List<List<String>> right) {
        List<List<String>> all = new ArrayList<>();
        for (List<String> a : left) {
            for (List<String> b : right) {
                change(all, union(List.of(a, b)), false);
                if (all.size() > MOST_TERMS) {
                    throw wrong("more than " + MOST_TERMS + " terms");
                }
            }
        }
        return all;
    }

    private static List<String> union(List<List<String>> terms) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        terms.forEach(names::addAll);
        return List.copyOf(names);
    }

    private List<List<String>> operand() {
        if (item || !take('(')) {
            String name = variable();
            met.add(name);
            return List.of(List.of(name));
        }
        List<List<String>> inner = new ArrayList<>();
        sum(inner);
        if (!take(')')) {
            throw wrong("expected )");
        }
        inner.remove(INTERCEPT);
        return inner;
    }

    /** Whether the parenthesis here holds a bar of its own. */
    private boolean isRandom() {
        int open = 0;
        for (int c = at; c < text.length(); c++) {
            char letter = text.charAt(c);
            if (letter == '`') {
                int end = text.indexOf('`', c + 1);
                c = end < 0 ? text.length() : end;
            } else if (letter == '(') {
                open++;
            } else if (letter == ')' && --open == 0) {
                return false;
            } else if (letter == '|' && open == 1) {
                return true;
            }
        }
        return false;
    }

    private void randomTerm() {
        take('(');
        Formula.Terms varying = terms();
        if (!take('|')) {
            throw wrong("expected | and the column that names the group");
        }
        boolean correlated = !take('|');
        for (List<String> group : product()) {
            if (group.stream().anyMatch(Formula::smooth)) {
                throw wrong("a group is a column and not a curve");
            }
            random.add(
                    new Formula.Random(
                            varying, group.stream().map(Formula::column).toList(), correlated));
        }
        if (!take(')')) {
            throw wrong("expected ) after the group");
        }
    }

    private String variable() {
        if (peek() == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw wrong("the backtick that begins here is not closed");
            }
            String name = text.substring(at + 1, end);
            if (!Formula.column(name).equals(name)) {
                throw wrong("a column cannot be named " + name + " here; rename it");
            }
            at = end + 1;
            return name;
        }
        int start = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at).strip();
        if (name.equals("s") && at < text.length() && text.charAt(at) == '(') {
            return smooth();
        }
        if (item && at < text.length() && text.charAt(at) == '(') {
            while (at < text.length() && (text.charAt(at) == '(' || isOfName(text.charAt(at)))) {
                at++;
            }
            name = text.substring(start, at).strip();
        }
        if (name.isEmpty()) {
            throw wrong("expected the name of a column");
        }
        if (item || at == text.length() || text.charAt(at) != '(') {
            return name;
        }
        if (!name.equals("factor")) {
            at = start;
            throw wrong(
                    name
                            + "( ) is not computed here, only factor( ) and s( ) are known; put"
                            + " what it gives into a column of the table");
        }
        take('(');
        String inner = variable();
        if (!take(')')) {
            throw wrong("expected ) after " + inner);
        }
        return "factor(" + inner + ")";
    }

    private boolean isOfName(char letter) {
        if (!item) {
            return Character.isLetterOrDigit(letter) || "._".indexOf(letter) >= 0;
        }
        // a star at the end belongs to the name, as in T2*
        return ":`(".indexOf(letter) < 0 && (letter != '*' || text.substring(at + 1).isBlank());
    }

    /** {@code s(x)} or {@code s(x, 8)}. */
    private String smooth() {
        take('(');
        int start = at;
        String column = peek() == '`' ? variable() : null;
        while (at < text.length() && ",()`:".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        column = column == null ? text.substring(start, at).strip() : column;
        int count = at;
        String functions = "";
        if (take(',')) {
            count = at;
            while (at < text.length() && (text.charAt(at) == ' ' || isDigit(text.charAt(at)))) {
                at++;
            }
            functions = text.substring(count, at).strip();
        }
        boolean whole = count == at || !functions.isEmpty() && functions.length() < 5;
        if (column.isEmpty() || !whole || !take(')')) {
            throw wrong("a curve is s(x), or s(x,8) with the number of its functions");
        }
        return "s(" + column + (functions.isEmpty() ? "" : "," + functions) + ")";
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Returns the next character that is no space, 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                (item ? "term" : "formula")
                        + " \""
                        + text
                        + "\", character "
                        + (at + 1)
                        + ": "
                        + what
                        + "."
                        + (item ? WRITE : ""));
    }
}
