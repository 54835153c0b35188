package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IccTest {
    /** Shrout and Fleiss 1979, table 2: six targets, four judges. */
    private static final double[][] JUDGES = {
        {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}
    };

    // Values: Shrout and Fleiss, table 4 (.17, .29, .71); digits from their mean squares 11.2417,
    // 6.2639, 32.4861, 1.0194. Intervals: the formulas of McGraw and Wong, table 7, with
    // scipy.stats.f.ppf(.975, …) 1.10
    @ParameterizedTest(name = "{0}: {1} [{2}, {3}]")
    @CsvSource({
        "ONE_WAY, 0.1657, -0.132932, 0.722560",
        "AGREEMENT, 0.2898, 0.018787, 0.761084",
        "CONSISTENCY, 0.7148, 0.342465, 0.945858"
    })
    void theExampleOfShroutAndFleissHasItsPublishedValues(
            Icc.Form form, double value, double low, double high) {
        Icc icc = Icc.of(JUDGES, form);
        assertEquals(value, icc.value(), 5e-5);
        assertEquals(low, icc.low(), 1e-6);
        assertEquals(high, icc.high(), 1e-6);
        assertEquals(6, icc.subjects());
        assertEquals(4, icc.repeats());
    }

    // Values: Shrout and Fleiss, p. 426 (.44, .62, .91). Intervals of the first and third: F over
    // its
    // quantiles, 1 - 1/F, with scipy.stats.f 1.10; of the second: both ends stepped up
    @ParameterizedTest(name = "{0} of the mean: {1} [{2}, {3}]")
    @CsvSource({
        "ONE_WAY, 0.4428, -0.884442, 0.912415",
        "AGREEMENT, 0.6201, 0.071139, 0.927232",
        "CONSISTENCY, 0.9093, 0.675675, 0.985892"
    })
    void theMeanOfSeveralJudgesIsMoreReliable(
            Icc.Form form, double value, double low, double high) {
        Icc mean = Icc.of(JUDGES, form).ofMean();
        assertEquals(value, mean.value(), 5e-5);
        assertEquals(low, mean.low(), 5e-6);
        assertEquals(high, mean.high(), 5e-6);
    }

    @Test
    void gainAndOffsetOfAFeatureChangeNothing() {
        double[][] other = new double[6][4];
        for (int s = 0; s < 6; s++) {
            for (int r = 0; r < 4; r++) {
                other[s][r] = 1000 - 3 * JUDGES[s][r];
            }
        }
        for (Icc.Form form : Icc.Form.values()) {
            assertEquals(Icc.of(JUDGES, form).value(), Icc.of(other, form).value(), 1e-12);
            assertEquals(Icc.of(JUDGES, form).low(), Icc.of(other, form).low(), 1e-10);
        }
    }

    @Test
    void aSubjectWithoutAValueIsLeftOut() {
        double[][] more = new double[7][];
        System.arraycopy(JUDGES, 0, more, 1, 6);
        more[0] = new double[] {1, 2, Double.NaN, 4};
        assertEquals(Icc.of(JUDGES, Icc.Form.ONE_WAY), Icc.of(more, Icc.Form.ONE_WAY));
    }

    @Test
    void equalRepeatsAreOneAndEqualSubjectsAreNotDefined() {
        double[][] same = {{1, 1}, {2, 2}, {4, 4}};
        double[][] constant = {{3, 3}, {3, 3}};
        for (Icc.Form form : Icc.Form.values()) {
            assertEquals(1, Icc.of(same, form).low());
            assertEquals("excellent", Icc.of(same, form).grade());
            assertTrue(Double.isNaN(Icc.of(constant, form).value()));
            assertEquals("", Icc.of(constant, form).grade());
        }
        assertTrue(Double.isNaN(Icc.of(new double[][] {{1, 2}}, Icc.Form.ONE_WAY).value()));
    }

    /** 7 × 6/6 is not 7: what differs by rounding only is constant. */
    @Test
    void roundingIsNoDifferenceBetweenSubjects() {
        double[][] rounded = new double[6][4];
        for (int s = 0; s < 6; s++) {
            for (int r = 0; r < 4; r++) {
                rounded[s][r] = 0.7 + (s + r) % 3 * 1.2e-16;
            }
        }
        for (Icc.Form form : Icc.Form.values()) {
            assertTrue(Double.isNaN(Icc.of(rounded, form).value()), form + " of a constant");
        }
    }

    @Test
    void theGradeIsThatOfTheLowerEnd() {
        assertEquals("poor", new Icc(0.95, 0.49, 0.99, 9, 2).grade());
        assertEquals("moderate", new Icc(0.95, 0.5, 0.99, 9, 2).grade());
        assertEquals("good", new Icc(0.95, 0.75, 0.99, 9, 2).grade());
        assertEquals("excellent", new Icc(0.95, 0.9, 0.99, 9, 2).grade());
    }

    @Test
    void subjectsMeasuredUnequallyOftenAreNotCompared() {
        double[][] ragged = {{1, 2}, {1, 2, 3}};
        assertThrows(IllegalArgumentException.class, () -> Icc.of(ragged, Icc.Form.ONE_WAY));
    }
}
