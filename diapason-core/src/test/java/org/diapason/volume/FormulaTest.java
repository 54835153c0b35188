package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final String[] Z = "2 3 5 7 1 1 4 2 9 8 7 1".split(" ");

    private static FeatureTable table() {
        List<SortedMap<String, String>> rows = new ArrayList<>();
        List<String> exams = new ArrayList<>();
        for (int r = 0; r < 12; r++) {
            SortedMap<String, String> row = new TreeMap<>();
            row.put("x", Integer.toString(r + 1));
            row.put("z", Z[r]);
            row.put("s", r % 2 == 0 ? "F" : "M");
            row.put("g", "abc".substring(r / 4, r / 4 + 1));
            row.put("k", new String[] {"10", "2", "9"}[r % 3]);
            row.put("one", "same");
            row.put("gap", r == 5 ? "" : "1");
            rows.add(row);
            exams.add("P" + r);
        }
        return FeatureTable.of(
                List.of(), exams, Collections.nCopies(12, "r"), new double[12][0], rows);
    }

    // d <- data.frame(x=1:12/1, s=rep(c("F","M"),6), g=rep(c("a","b","c"),each=4),
    // k=rep(c(10,2,9),4)); colnames(model.matrix(~x*s, d)), R 4.2
    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "x, (Intercept) x",
        "s, (Intercept) sM",
        "0 + s, sF sM",
        "s - 1, sF sM",
        "0 + s + g, sF sM gb gc",
        "0 + x + s, x sF sM",
        "s*g, (Intercept) sM gb gc sM:gb sM:gc",
        "s:g, (Intercept) sF:ga sM:ga sF:gb sM:gb sF:gc sM:gc",
        "x:s, (Intercept) x:sF x:sM",
        "s + x:s, (Intercept) sM sF:x sM:x",
        "0 + x:s, x:sF x:sM",
        "x*s*g - x:s:g, (Intercept) x sM gb gc x:sM x:gb x:gc sM:gb sM:gc",
        "factor(k), (Intercept) factor(k)9 factor(k)10",
        "g/x, (Intercept) gb gc ga:x gb:x gc:x",
        "(x + s)*g, (Intercept) x sM gb gc x:gb x:gc sM:gb sM:gc",
        "x + s:g, (Intercept) x sF:ga sM:ga sF:gb sM:gb sF:gc sM:gc",
        "x:g + x, (Intercept) x x:gb x:gc",
        "0 + g + g:s, ga gb gc ga:sM gb:sM gc:sM",
        "s/g, (Intercept) sM sF:gb sM:gb sF:gc sM:gc",
        "0 + s*g, sF sM gb gc sM:gb sM:gc",
        "0 + x*s, x sF sM x:sM",
        "x + x:x + s - x, (Intercept) sM"
    })
    void columnsAreThoseOfR(String formula, String names) {
        ModelMatrix matrix = ModelMatrix.of(table(), Formula.parse("~ " + formula).fixed());
        assertEquals(names, String.join(" ", matrix.names()));
    }

    /** model.matrix(~s*g, d)[6,] and model.matrix(~x:z, d)[4,]. */
    @Test
    void theNumbersAreProducts() {
        ModelMatrix matrix = ModelMatrix.of(table(), Formula.parse("~ s*g").fixed());
        assertArrayEquals(new double[] {1, 1, 1, 0, 1, 0}, matrix.rows()[5]);
        matrix = ModelMatrix.of(table(), Formula.parse("~ x:z").fixed());
        assertArrayEquals(new double[] {1, 28}, matrix.rows()[3]);
        assertArrayEquals(new double[] {2, 6, 15}, java.util.Arrays.copyOf(matrix.column(1), 3));
    }

    @Test
    void randomTermsAreThoseOfLme4() {
        Formula f = Formula.parse("y ~ 1 + (days | id) + (0 + x || a/b) + (1|`my col`)");
        assertEquals("y", f.response());
        assertEquals(new Formula.Terms(true, List.of()), f.fixed());
        Formula.Terms days = new Formula.Terms(true, List.of(List.of("days")));
        Formula.Terms x = new Formula.Terms(false, List.of(List.of("x")));
        assertEquals(
                List.of(
                        new Formula.Random(days, List.of("id"), true),
                        new Formula.Random(x, List.of("a"), false),
                        new Formula.Random(x, List.of("a", "b"), false),
                        new Formula.Random(
                                new Formula.Terms(true, List.of()), List.of("my col"), true)),
                f.random());
        assertEquals(List.of("y", "days", "x", "id", "a", "b", "my col"), f.columns());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "y ~ log(x)# character 5: log( ) is not computed here, only factor( ) and s( )"
                        + " are known; put what it gives into a column of the table.",
                "y ~ x + (1|s(z))# character 16: a group is a column and not a curve.",
                "y ~ `s(x)`# character 5: a column cannot be named s(x) here; rename it.",
                "y ~ x + # character 8: expected the name of a column.",
                "y ~ x (1|s)# character 7: expected + or the end.",
                "y + z ~ x# character 3: the response is one column and stands before ~.",
                "y ~ x - (1|s)# character 9: a random term can only be added to the formula"
                        + " itself.",
                "y ~ (1|s# character 9: expected ) after the group.",
                "y ~ (x + z# character 11: expected ).",
                "y ~ `x# character 5: the backtick that begins here is not closed.",
                "y ~ x ^ 2# character 7: expected + or the end."
            })
    void whatIsNoFormulaIsSaidWithItsPlace(String formula, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Formula.parse(formula));
        assertEquals("formula \"" + formula + "\", " + message, e.getMessage());
    }

    @Test
    void aHostileFormulaEndsInAMessage() {
        for (String text :
                List.of(
                        "y ~ " + "(".repeat(5000),
                        "y ~ " + "x*".repeat(4000),
                        "x".repeat(20_000),
                        "y ~ " + String.join("*", names(200)))) {
            assertThrows(IllegalArgumentException.class, () -> Formula.parse(text));
        }
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            names.add("v" + n);
        }
        return names;
    }

    @Test
    void aTermOfThousandsOfLevelsIsRefusedBeforeItIsWrittenOut() {
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < 2100; r++) {
            rows.add(new TreeMap<>(java.util.Map.of("id", "P" + r)));
        }
        FeatureTable many =
                FeatureTable.of(
                        List.of(),
                        rows.stream().map(r -> r.get("id")).toList(),
                        Collections.nCopies(2100, "r"),
                        new double[2100][0],
                        rows);
        assertEquals(
                "with the levels of id the model has 2101 columns, and at most 2000 are fitted. Leave"
                        + " the term out, or let it vary from group to group: (1 | id).",
                assertThrows(
                                RefusedException.class,
                                () -> ModelMatrix.of(many, Formula.parse("~ id").fixed()))
                        .getMessage());
    }

    @Test
    void aCurveIsNoColumnOfAMixedModel() {
        Formula formula = Formula.parse("y ~ s(x, 8) + (1 | g)");
        assertEquals(List.of("y", "x", "g"), formula.columns());
        assertEquals(
                "s(x,8) is a curve, and this model has none: combat protects it. Write x for a"
                        + " straight line, or put powers of it into columns of the table.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ModelMatrix.of(table(), formula.fixed()))
                        .getMessage());
    }

    @Test
    void aCovariateThatIsTheSameOrMissingIsRefused() {
        assertEquals(
                "column one is \"same\" in every row, so it has no effect that could be estimated."
                        + " Leave it out of the formula.",
                assertThrows(
                                RefusedException.class,
                                () -> ModelMatrix.of(table(), Formula.parse("~ one").fixed()))
                        .getMessage());
        assertThrows(
                RefusedException.class,
                () -> ModelMatrix.of(table(), Formula.parse("~ gap").fixed()));
    }
}
