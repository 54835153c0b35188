package org.diapason.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rule over the answers of experts: {@code (pet > 0.5 and mr > 0.5) and not ct_benign}, {@code 2
 * of (pet > 0.5, mr > 0.5, ct)}.
 *
 * <p>{@code not} binds closest, then {@code and}, then {@code or}; {@code k of (…)} is yes where at
 * least k of its parts are. A name stands for an expert or a column: alone it is what a label says,
 * beside {@code < <= > >= = !=} it is a number, or beside a text in double quotes a text. Names
 * with other characters than letters, digits, point and underscore stand in backticks. What a row
 * does not have is unknown ({@link Answer}).
 */
public sealed interface Expression {

    /** Returns what the rule says of a row. */
    Answer of(Row row);

    /** Hands out every name in the order written. */
    void names(Consumer<Name> to);

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException if it is none; the message says at which line and column
     */
    static Expression parse(String text) {
        return new ExpressionText(text).expression();
    }

    /** Returns every name in the order written. */
    default List<Name> names() {
        List<Name> all = new ArrayList<>();
        names(all::add);
        return List.copyOf(all);
    }

    /** One side of a comparison. */
    sealed interface Side permits Name, Constant, Words {}

    /**
     * An expert or a column.
     *
     * @param name its name
     * @param compared whether it stands in a comparison; else it is a label
     * @param line where it is written, from 1
     * @param column where it is written, from 1
     */
    record Name(String name, boolean compared, int line, int column) implements Side, Expression {
        @Override
        public Answer of(Row row) {
            return row.answer(name);
        }

        @Override
        public void names(Consumer<Name> to) {
            to.accept(this);
        }
    }

    /** A number. */
    record Constant(double value) implements Side {}

    /** A text in quotes. */
    record Words(String text) implements Side {}

    /** How two sides are compared. */
    enum Relation {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        EQUAL("="),
        OTHER("!=");

        final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        boolean holds(double a, double b) {
            return switch (this) {
                case LESS -> a < b;
                case AT_MOST -> a <= b;
                case MORE -> a > b;
                case AT_LEAST -> a >= b;
                case EQUAL -> a == b;
                case OTHER -> a != b;
            };
        }
    }

    /** A comparison of numbers, or of a text with a text by = and !=. */
    record Compare(Side left, Relation relation, Side right) implements Expression {
        @Override
        public Answer of(Row row) {
            if (left instanceof Words || right instanceof Words) {
                String a = text(left, row);
                String b = text(right, row);
                return a.isEmpty() || b.isEmpty()
                        ? Answer.UNKNOWN
                        : Answer.of(a.equals(b) == (relation == Relation.EQUAL));
            }
            double a = number(left, row);
            double b = number(right, row);
            return Double.isNaN(a) || Double.isNaN(b)
                    ? Answer.UNKNOWN
                    : Answer.of(relation.holds(a, b));
        }

        private static String text(Side side, Row row) {
            return side instanceof Name n ? row.text(n.name) : ((Words) side).text;
        }

        private static double number(Side side, Row row) {
            return side instanceof Name n ? row.number(n.name) : ((Constant) side).value;
        }

        @Override
        public void names(Consumer<Name> to) {
            for (Side side : List.of(left, right)) {
                if (side instanceof Name n) {
                    to.accept(n);
                }
            }
        }
    }

    /** The contrary. */
    record Not(Expression part) implements Expression {
        @Override
        public Answer of(Row row) {
            return part.of(row).not();
        }

        @Override
        public void names(Consumer<Name> to) {
            part.names(to);
        }
    }

    /**
     * At least so many of the parts.
     *
     * @param needed all for {@code and}, 1 for {@code or}
     */
    record AtLeast(int needed, List<Expression> parts) implements Expression {
        public AtLeast {
            parts = List.copyOf(parts);
        }

        @Override
        public Answer of(Row row) {
            return Answer.atLeast(needed, parts.stream().map(p -> p.of(row)).toList());
        }

        @Override
        public void names(Consumer<Name> to) {
            parts.forEach(p -> p.names(to));
        }
    }
}
