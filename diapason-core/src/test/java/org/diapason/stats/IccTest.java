package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
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
    void aSubjectWithoutAnyValueIsLeftOut() {
        double[][] more = new double[7][];
        System.arraycopy(JUDGES, 0, more, 1, 6);
        more[0] = new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        assertEquals(Icc.of(JUDGES, Icc.Form.ONE_WAY), Icc.of(more, Icc.Form.ONE_WAY));
    }

    // J as above with J[2,3], J[5,1], J[5,2] <- NA, in R 4.2, long as d with factors s and j:
    // mean squares of anova(lm(y ~ 1), lm(y ~ s)), of lm(y ~ s + j) against lm(y ~ j) and lm(y ~
    // s);
    // the interval by uniroot over g of (q'solve(V)q - SSE)/r/(SSE/f) - qf(c(.975, .025), r, f)
    // with
    // V <- diag(21) + g*Z%*%t(Z), Z <- model.matrix(~ 0 + s), q of generalised least squares
    @ParameterizedTest(name = "{0}: {1} [{2}, {3}]")
    @CsvSource({
        "ONE_WAY, 0.0613489042083, -0.237209472078, 0.700446668736",
        "AGREEMENT, 0.240204868064, 0.00370176447289, 0.718356271511",
        "CONSISTENCY, 0.649143194399, 0.230961510775, 0.943987556437"
    })
    void whatIsThereOfASubjectCountsWhereCellsAreMissing(
            Icc.Form form, double value, double low, double high) {
        double[][] gaps = new double[6][];
        java.util.Arrays.setAll(gaps, s -> JUDGES[s].clone());
        gaps[1][2] = Double.NaN;
        gaps[4][0] = Double.NaN;
        gaps[4][1] = Double.NaN;
        Icc icc = Icc.of(gaps, form);
        assertEquals(value, icc.value(), 1e-11);
        assertEquals(low, icc.low(), 1e-10);
        assertEquals(high, icc.high(), 1e-10);
        assertEquals(6, icc.subjects());
    }

    /** 30 subjects, 5 judges, a fifth missing: variances 2, 0.5 and 1; 1,000 cohorts. */
    @ParameterizedTest(name = "{0} covers {1}")
    @CsvSource({
        "ONE_WAY, 0.6666666666666666",
        "AGREEMENT, 0.5714285714285714",
        "CONSISTENCY, 0.6666666666666666"
    })
    void theIntervalHoldsTheTruthInNinetyFiveOfAHundred(Icc.Form form, double truth) {
        Rng rng = new Rng(11);
        int held = 0;
        double mean = 0;
        for (int cohort = 0; cohort < 1000; cohort++) {
            double[][] y = new double[30][5];
            double[] judge = new double[5];
            for (int c = 0; c < 5; c++) {
                judge[c] = form == Icc.Form.ONE_WAY ? 0 : Math.sqrt(0.5) * rng.nextGaussian();
            }
            for (double[] row : y) {
                double own = Math.sqrt(2) * rng.nextGaussian();
                for (int c = 0; c < 5; c++) {
                    double v = own + judge[c] + rng.nextGaussian();
                    row[c] = rng.nextInt(5) == 0 ? Double.NaN : v;
                }
            }
            Icc icc = Icc.of(y, form);
            held += icc.low() <= truth && truth <= icc.high() ? 1 : 0;
            mean += icc.value() / 1000;
        }
        // 95 % ± 3 standard errors of 0.7 %; the mean of a ratio is a little below its truth
        assertEquals(950, held, 21);
        assertEquals(truth, mean, 0.03);
    }

    /** Every mean is 3: the lowest value there is, and both ends with it. */
    @Test
    void repeatsThatMirrorEachOtherHaveTheLowestCorrelation() {
        double[][] mirrored = {{1, 5}, {2, 4}, {3, 3}, {4.5, 1.5}};
        for (Icc.Form form : Icc.Form.values()) {
            Icc icc = Icc.of(mirrored, form);
            assertTrue(icc.value() < -0.7, form + " " + icc);
            assertEquals(icc.value(), icc.low(), 1e-9);
            assertEquals(icc.value(), icc.high(), 1e-9);
        }
    }

    @Test
    void judgesWithoutACommonSubjectAreNotCompared() {
        double n = Double.NaN;
        double[][] apart = {{1, n}, {2, n}, {n, 3}, {n, 5}};
        for (Icc.Form form : Icc.Form.values()) {
            assertTrue(Double.isNaN(Icc.of(apart, form).value()), form + " of no repeats");
        }
    }

    @Test
    void equalRepeatsAreOneAndEqualSubjectsAreNotDefined() {
        double[][] same = {{1, 1}, {2, 2}, {4, 4}};
        double[][] tenths = {{0.1 * 3, 0.1 * 3}, {0.1 * 7, 0.1 * 7}, {0.9, 0.9}};
        double[][] constant = {{3, 3}, {3, 3}};
        for (Icc.Form form : Icc.Form.values()) {
            assertEquals(1, Icc.of(same, form).low());
            assertEquals(1, Icc.of(tenths, form).low());
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
