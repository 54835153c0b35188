package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermTest {

    @ParameterizedTest(name = "at {0}")
    @CsvSource({"0", "0.5", "3", "7", "10"})
    void theBasisIsThatOfRWithoutItsFirstFunction(double x) {
        // h <- 5; splineDesign(seq(0 - 3*h, 10 + 3*h, by = h), c(0, 0.5, 3, 7, 10))[, -1]
        double[][] design = {
            {0.6666666666666666, 0.1666666666666667, 0, 0},
            {0.6571666666666667, 0.2211666666666667, 0.0001666666666666667, 0},
            {0.4146666666666667, 0.5386666666666667, 0.0360000000000000, 0},
            {0.0360000000000000, 0.5386666666666667, 0.4146666666666667, 0.01066666666666667},
            {0, 0.1666666666666667, 0.6666666666666666, 0.1666666666666667}
        };
        double[] basis = new double[6];
        Term.list(List.of("s(x,5)")).get(0).basis(x, 0, 10, basis, 1);
        double[] expected = new double[6];
        System.arraycopy(design[List.of(0.0, 0.5, 3.0, 7.0, 10.0).indexOf(x)], 0, expected, 1, 4);
        assertArrayEquals(expected, basis, 1e-15);
    }

    @Test
    void theBasisStaysAtItsEndOutsideTheRange() {
        Term term = Term.list(List.of("s(x)")).get(0);
        assertEquals(10, term.splines());
        double[] end = new double[9];
        double[] beyond = new double[9];
        term.basis(3, 1, 3, end, 0);
        term.basis(300, 1, 3, beyond, 0);
        assertArrayEquals(end, beyond);
    }

    @Test
    void thePenaltyIsThatOfSecondDifferences() {
        // crossprod(diff(diag(6), differences = 2)[, -1])
        double[] expected = {
            5, -4, 1, 0, 0, -4, 6, -4, 1, 0, 1, -4, 6, -4, 1, 0, 1, -4, 5, -2, 0, 0, 1, -2, 1
        };
        assertArrayEquals(expected, Term.list(List.of("s(x,6)")).get(0).penalty().toArray(), 1e-15);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "s(age,3) | term s(age,3): a smooth effect takes 4 to 60 functions, got 3.",
                "s(age    | term \"s(age\", character 6: a curve is s(x), or s(x,8) with the number"
                        + " of its functions. Write a column, a:b, a*b, s(x) or s(x,8); in a recipe"
                        + " a term with a comma needs quotes.",
                "s(age,x) | term \"s(age,x)\", character 7: a curve is s(x), or s(x,8) with the"
                        + " number of its functions. Write a column, a:b, a*b, s(x) or s(x,8); in a"
                        + " recipe a term with a comma needs quotes.",
                "s(age)b  | term \"s(age)b\", character 7: expected : or * or the end. Write a"
                        + " column, a:b, a*b, s(x) or s(x,8); in a recipe a term with a comma needs"
                        + " quotes.",
                "age:     | term \"age:\", character 5: expected the name of a column. Write a"
                        + " column, a:b, a*b, s(x) or s(x,8); in a recipe a term with a comma needs"
                        + " quotes.",
                "age:age  | \"age\" is no interaction. Write two different columns, a:b.",
                "s(a)*b   | the interaction s(a):b is of a curve, which is not fitted. Write a:b for"
                        + " straight lines that differ.",
                "y ~ age  | formula \"y ~ age\": what is protected has no response. Begin with ~.",
                "~ factor(a) | the term factor(a) takes numbers as levels, which is not known here."
                        + " Write them as text in the table (a1, a2).",
                "a:b:c    | \"a:b:c\" is no interaction. Write two different columns, a:b.",
                "age:sex  | the interaction age:sex stands without age itself. Add the term age."
            })
    void aTermThatIsNoneIsRefusedWithWhatToWrite(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Term.list(List.of(text)))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "~ age + sex + s(bmi)         | age + sex + s(bmi)",
                "~ age*sex + s( bmi , 6 ) - 1 | age + sex + s(bmi,6) + age:sex",
                "~ (age + sex)*`my dx`        | age + sex + my dx + age:my dx + sex:my dx",
                "age*sex                      | age + sex + age:sex",
                "age (years)*T2*              | age (years) + T2* + age (years):T2*",
                "`a:b*c`                      | a:b*c",
                "`a~b`                        | a~b",
                "~ `a~b` + c                  | a~b + c",
                "mg/ml-1                      | mg/ml-1",
                "s                            | s"
            })
    void aFormulaAndAListHaveOneGrammar(String written, String terms) {
        List<Term> found = Term.list(List.of(written));
        assertEquals(terms, String.join(" + ", found.stream().map(Term::text).toList()));
        assertEquals(terms.contains("s(bmi"), found.stream().anyMatch(Term::smooth));
        found.forEach(
                t ->
                        assertEquals(
                                t.smooth() && t.text().contains("6") ? 6 : t.smooth() ? 10 : 0,
                                t.splines()));
    }

    @Test
    void whatAProductHasInCommonWithTheListCountsOnce() {
        assertEquals(
                Term.list(List.of("age", "sex", "age:sex")),
                Term.list(List.of("age", "age*sex", "~ sex*age")));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Term.list(List.of("~ age + (1 | site)")))
                        .getMessage();
        assertEquals(
                "formula \"~ age + (1 | site)\": an effect that varies from group to group is not"
                        + " protected here. Leave the term in parentheses out; long-combat has"
                        + " subjects.",
                message);
    }

    @Test
    void theSameTermTwiceIsRefused() {
        List<String> twice = List.of("age", "sex", "age:sex", "sex:age");
        assertEquals(
                "the term sex:age stands twice.",
                assertThrows(IllegalArgumentException.class, () -> Term.list(twice)).getMessage());
    }
}
