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
                "s(age    | \"s(age\" is no term. Write a column, a:b, s(x) or s(x,8); in a recipe"
                        + " a term with a comma needs quotes.",
                "age:     | \"age:\" is no interaction. Write two different columns, a:b.",
                "a:b:c    | \"a:b:c\" is no interaction. Write two different columns, a:b.",
                "age:sex  | the interaction age:sex stands without age itself. Add the term age."
            })
    void aTermThatIsNoneIsRefusedWithWhatToWrite(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Term.list(List.of(text)))
                        .getMessage());
    }

    @Test
    void theSameTermTwiceIsRefused() {
        List<String> twice = List.of("age", "sex", "age:sex", "sex:age");
        assertEquals(
                "the term sex:age stands twice.",
                assertThrows(IllegalArgumentException.class, () -> Term.list(twice)).getMessage());
    }
}
