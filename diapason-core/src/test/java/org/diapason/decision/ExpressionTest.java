package org.diapason.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.math.Rng;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    /** A row of texts; "?" is unknown. */
    private record Cells(Map<String, String> cells) implements Row {
        @Override
        public double number(String name) {
            OptionalDouble value = Numbers.parse(text(name));
            return value.orElse(Double.NaN);
        }

        @Override
        public String text(String name) {
            String cell = cells.get(name);
            return cell.equals("?") ? "" : cell;
        }

        @Override
        public Answer answer(String name) {
            return switch (cells.get(name)) {
                case "T" -> Answer.YES;
                case "F" -> Answer.NO;
                default -> Answer.UNKNOWN;
            };
        }
    }

    private static Answer of(String rule, String... cells) {
        Map<String, String> row = new java.util.HashMap<>();
        for (int c = 0; c < cells.length; c += 2) {
            row.put(cells[c], cells[c + 1]);
        }
        return Expression.parse(rule).of(new Cells(row));
    }

    // Kleene 1952, § 64: the strong tables of three values
    @ParameterizedTest(name = "{0} and {1} is {2}, or is {3}")
    @CsvSource({
        "T, T, YES, YES",
        "T, F, NO, YES",
        "F, F, NO, NO",
        "T, ?, UNKNOWN, YES",
        "F, ?, NO, UNKNOWN",
        "?, ?, UNKNOWN, UNKNOWN"
    })
    void unknownStaysOnlyWhereItCouldTurnTheOutcome(String a, String b, Answer and, Answer or) {
        assertEquals(and, of("a and b", "a", a, "b", b));
        assertEquals(and, of("b and a", "a", a, "b", b));
        assertEquals(or, of("a or b", "a", a, "b", b));
        assertEquals(or, of("b or a", "a", a, "b", b));
        assertEquals(or, of("not (not a and not b)", "a", a, "b", b), "De Morgan");
    }

    @ParameterizedTest(name = "2 of {0}, {1}, {2} is {3}")
    @CsvSource({
        "T, T, F, YES",
        "T, T, ?, YES",
        "T, F, ?, UNKNOWN",
        "T, ?, ?, UNKNOWN",
        "F, F, ?, NO",
        "F, ?, ?, UNKNOWN",
        "?, ?, ?, UNKNOWN",
        "T, F, F, NO"
    })
    void someOfSeveralAreCountedWithTheUnknownOnes(String a, String b, String c, Answer expected) {
        assertEquals(expected, of("2 of (a, b, c)", "a", a, "b", b, "c", c));
        assertEquals(
                expected,
                of("(a and b) or (a and c) or (b and c)", "a", a, "b", b, "c", c),
                "the same written out");
    }

    @Test
    void notBindsBeforeAndAndAndBeforeOr() {
        assertEquals(Answer.YES, of("a or b and c", "a", "T", "b", "F", "c", "F"));
        assertEquals(Answer.NO, of("(a or b) and c", "a", "T", "b", "F", "c", "F"));
        assertEquals(Answer.NO, of("not a and b", "a", "T", "b", "F"));
        assertEquals(Answer.YES, of("not (a and b)", "a", "T", "b", "F"));
        assertEquals(Answer.YES, of("not p > 0.5", "p", "0.5"), "not takes the comparison");
        assertEquals(Answer.YES, of("not not a", "a", "T"));
    }

    @ParameterizedTest
    @CsvSource({
        "p > 0.5, 0.5, NO",
        "p >= 0.5, 0.5, YES",
        "p < 1e-3, 0.0009, YES",
        "p <= -2.5E+1, -25, YES",
        "0.2 < p, 0.3, YES",
        "p = 3, 3.0, YES",
        "p == 3, 4, NO",
        "p != 3, 4, YES",
        "p > 0.5, ?, UNKNOWN",
        "p < q, 0.3, YES",
        "sex = \"f\", 1, YES",
        "sex != \"f\", 1, NO",
        "`a b (c)` > 1, 1, YES"
    })
    void numbersAndTextsAreCompared(String rule, String p, Answer expected) {
        assertEquals(expected, of(rule, "p", p, "q", "0.4", "sex", "f", "a b (c)", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a and | line 1, column 6: expected the name of an expert or a column, a number or"
                        + " (, found the end.",
                "a b | line 1, column 3: expected and, or or the end, found \"b\".",
                "a AND b | line 1, column 3: expected and, or or the end, found \"AND\"; did you mean"
                        + " \"and\"?",
                "NOT a | line 1, column 1: expected the name of an expert or a column, a number or (,"
                        + " found \"NOT\"; did you mean \"not\"?",
                "a = \"\" | line 1, column 5: an empty text equals nothing: what is missing is"
                        + " unknown, found \"\"\".",
                "`` > 1 | line 1, column 1: a name has letters, found \"`\".",
                "a && b | line 1, column 3: expected and, or or the end, found \"&&\"; did you mean"
                        + " \"and\"?",
                "(a or b | line 1, column 8: expected and, or or ), found the end.",
                "4 of (a, b) | line 1, column 1: of 2 parts 1 to 2 can be asked for, found \"4\".",
                "1.5 of (a, b) | line 1, column 1: of 2 parts 1 to 2 can be asked for, found \"1.5\".",
                "2 of a | line 1, column 6: expected ( after of, as in 2 of (pet > 0.5, mr > 0.5,"
                        + " ct), found \"a\".",
                "0.2 < p < 0.8 | line 1, column 11: a comparison has two sides; join two comparisons"
                        + " by and, found \"0.8\".",
                "0.5 | line 1, column 1: a number or a text alone says neither yes nor no; compare"
                        + " it, found \"0.5\".",
                "1 < 2 | line 1, column 1: a comparison needs the name of an expert or a column on"
                        + " one side, found \"1\".",
                "p > \"x\" | line 1, column 5: texts are compared by = and != only, found \"\"\".",
                "p > `x | line 1, column 5: the backtick is not closed, found \"`\"."
            })
    void whatIsNoRuleIsSaidWithLineAndColumn(String rule, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Expression.parse(rule));
        assertEquals("rule, " + message, e.getMessage());
    }

    @Test
    void linesAreCounted() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Expression.parse("pet > 0.5\n  and mr >> 0.5"));
        assertEquals(
                "rule, line 2, column 11: expected the name of an expert or a column, a number or (,"
                        + " found \">\".",
                e.getMessage());
        assertEquals(
                List.of(
                        new Expression.Name("pet", true, 1, 1),
                        new Expression.Name("ct", false, 2, 7)),
                Expression.parse("pet > 0.5\n  and ct").names());
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 5000})
    void deepTextEndsInAMessage(int deep) {
        String rule = "(".repeat(deep) + "a" + ")".repeat(deep);
        String said =
                assertThrows(IllegalArgumentException.class, () -> Expression.parse(rule))
                        .getMessage();
        assertEquals(true, said.contains("more than 50 deep") || said.contains("at most"), said);
    }

    @Test
    void whateverIsTypedEndsInARuleOrAMessage() {
        String[] parts =
                "and or not of ( ) , < <= = != > 2 0.5 -1e3 1e a b `x y` \"t\" ` \" & é \n"
                        .split(" ");
        Rng rng = new Rng(8);
        int rules = 0;
        for (int n = 0; n < 50_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int p = rng.nextInt(9); p >= 0; p--) {
                text.append(parts[rng.nextInt(parts.length)]);
                text.append(rng.nextInt(4) == 0 ? "" : " ");
            }
            try {
                rules += Expression.parse(text.toString()).names().isEmpty() ? 0 : 1;
            } catch (IllegalArgumentException e) {
                String where = "(?s)rule, line [1-9]\\d*, column [1-9]\\d*: .*";
                assertEquals(true, e.getMessage().matches(where), text + ": " + e.getMessage());
            }
        }
        assertEquals(true, rules > 1000, "rules among them: " + rules);
    }
}
