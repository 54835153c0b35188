package org.diapason.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.decision.Expression.AtLeast;
import org.diapason.decision.Expression.Compare;
import org.diapason.decision.Expression.Constant;
import org.diapason.decision.Expression.Name;
import org.diapason.decision.Expression.Not;
import org.diapason.decision.Expression.Relation;
import org.diapason.decision.Expression.Side;
import org.diapason.decision.Expression.Words;
import org.diapason.volume.Numbers;

/** Reads the text of an {@link Expression} by recursive descent. */
final class ExpressionText {
    private static final int MOST = 10_000;
    private static final int DEEPEST = 50;
    private static final List<String> SIGNS = List.of("<=", ">=", "!=", "==", "<", ">", "=");
    private static final List<String> RESERVED = List.of("and", "or", "not", "of");

    /** How other languages write the words of this one. */
    private static final Map<String, String> FOREIGN =
            Map.of("&&", "and", "&", "and", "||", "or", "|", "or", "!", "not", "<>", "!=");

    private final String text;
    private int at;
    private int depth;

    ExpressionText(String text) {
        this.text = text;
        if (text.length() > MOST) {
            throw new IllegalArgumentException(
                    "the rule has " + text.length() + " characters, at most " + MOST + " are read");
        }
    }

    Expression expression() {
        Expression whole = either();
        if (peek() != 0) {
            throw wrong("expected and, or or the end");
        }
        return whole;
    }

    private Expression either() {
        if (++depth > DEEPEST) {
            throw wrong("parentheses and not are nested more than " + DEEPEST + " deep");
        }
        List<Expression> parts = new ArrayList<>(List.of(all()));
        while (takeWord("or")) {
            parts.add(all());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new AtLeast(1, parts);
    }

    private Expression all() {
        List<Expression> parts = new ArrayList<>(List.of(single()));
        while (takeWord("and")) {
            parts.add(single());
        }
        return parts.size() == 1 ? parts.get(0) : new AtLeast(parts.size(), parts);
    }

    private Expression single() {
        boolean not = false;
        while (takeWord("not")) {
            not = !not;
        }
        Expression part = part();
        return not ? new Not(part) : part;
    }

    private Expression part() {
        if (take('(')) {
            Expression inner = either();
            close();
            return inner;
        }
        peek();
        int start = at;
        Side left = side();
        if (left instanceof Constant k && takeWord("of")) {
            return several(k.value(), start);
        }
        peek();
        Relation relation = relation();
        if (relation == null) {
            if (left instanceof Name name) {
                return name;
            }
            at = start;
            throw wrong("a number or a text alone says neither yes nor no; compare it");
        }
        int middle = at;
        Side right = side();
        boolean words = left instanceof Words || right instanceof Words;
        if (words && relation != Relation.EQUAL && relation != Relation.OTHER) {
            at = middle;
            throw wrong("texts are compared by = and != only");
        }
        if (!(left instanceof Name) && !(right instanceof Name)) {
            at = start;
            throw wrong("a comparison needs the name of an expert or a column on one side");
        }
        if (relation() != null) {
            throw wrong("a comparison has two sides; join two comparisons by and");
        }
        return new Compare(compared(left), relation, compared(right));
    }

    private static Side compared(Side side) {
        return side instanceof Name n ? new Name(n.name(), true, n.line(), n.column()) : side;
    }

    private Expression several(double needed, int start) {
        if (!take('(')) {
            throw wrong("expected ( after of, as in 2 of (pet > 0.5, mr > 0.5, ct)");
        }
        List<Expression> parts = new ArrayList<>(List.of(either()));
        while (take(',')) {
            parts.add(either());
        }
        close();
        if (needed != Math.rint(needed) || needed < 1 || needed > parts.size()) {
            at = start;
            throw wrong(
                    "of "
                            + parts.size()
                            + (parts.size() == 1 ? " part" : " parts")
                            + " 1 to "
                            + parts.size()
                            + " can be asked for");
        }
        return new AtLeast((int) needed, parts);
    }

    private Side side() {
        char next = peek();
        int start = at;
        if (next == '"' || next == '`') {
            int end = text.indexOf(next, at + 1);
            if (end < 0) {
                throw wrong("the " + (next == '"' ? "quote" : "backtick") + " is not closed");
            }
            at = end + 1;
            String inner = text.substring(start + 1, end);
            if (inner.isEmpty()) {
                at = start;
                throw wrong(
                        next == '"'
                                ? "an empty text equals nothing: what is missing is unknown"
                                : "a name has letters");
            }
            return next == '"' ? new Words(inner) : name(inner, start);
        }
        boolean signed = next == '-' || next == '+';
        at += signed ? 1 : 0;
        while (at < text.length() && isOfName(text.charAt(at))) {
            boolean power = at > start && "eE".indexOf(text.charAt(at)) >= 0 && digits(start, at);
            at += power && at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
        }
        String word = text.substring(start, at);
        OptionalDouble number = Numbers.parse(word);
        if (number.isPresent()) {
            return new Constant(number.getAsDouble());
        }
        if (word.isEmpty() || signed || RESERVED.contains(word.toLowerCase(Locale.ROOT))) {
            at = start;
            throw wrong("expected the name of an expert or a column, a number or (");
        }
        return name(word, start);
    }

    private boolean digits(int from, int to) {
        return Numbers.parse(text.substring(from, to)).isPresent();
    }

    private Name name(String name, int start) {
        return new Name(name, false, line(start), column(start));
    }

    /** Returns the relation that stands here, null where there is none. */
    private Relation relation() {
        peek();
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at) && !text.startsWith("<>", at)) {
                at += sign.length();
                String own = sign.equals("==") ? "=" : sign;
                for (Relation r : Relation.values()) {
                    if (r.sign.equals(own)) {
                        return r;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isOfName(char letter) {
        return Character.isLetterOrDigit(letter) || "._".indexOf(letter) >= 0;
    }

    private void close() {
        if (!take(')')) {
            throw wrong("expected and, or or )");
        }
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

    private boolean takeWord(String word) {
        peek();
        int end = at + word.length();
        boolean here =
                text.startsWith(word, at) && (end == text.length() || !isOfName(text.charAt(end)));
        at = here ? end : at;
        return here;
    }

    /** Returns what stands here, for a message. */
    private String found() {
        if (peek() == 0) {
            return "the end";
        }
        int end = at + 1;
        boolean word = isOfName(text.charAt(at));
        while (end < text.length()
                && (word ? isOfName(text.charAt(end)) : "&|<>!=".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return "\"" + text.substring(at, end) + "\"";
    }

    private int line(int place) {
        return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
    }

    private int column(int place) {
        return place - text.lastIndexOf('\n', place - 1);
    }

    private IllegalArgumentException wrong(String what) {
        String found = found();
        String bare = found.replace("\"", "");
        String lower = bare.toLowerCase(Locale.ROOT);
        String meant = FOREIGN.getOrDefault(bare, RESERVED.contains(lower) ? lower : bare);
        return new IllegalArgumentException(
                "rule, line "
                        + line(at)
                        + ", column "
                        + column(at)
                        + ": "
                        + what
                        + ", found "
                        + found
                        + (meant.equals(bare) ? "." : "; did you mean \"" + meant + "\"?"));
    }
}
