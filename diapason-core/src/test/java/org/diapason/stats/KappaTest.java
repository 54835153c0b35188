package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.stats.Kappa.Weights;
import org.junit.jupiter.api.Test;

class KappaTest {
    private static final int[][] THREE = {{11, 3, 1}, {2, 9, 4}, {0, 3, 12}};

    // R 4.2, vcd 1.4-11: Kappa(as.table(matrix(c(11,3,1,2,9,4,0,3,12), 3, byrow = TRUE))), weights
    // "Equal-Spacing" and "Fleiss-Cohen"; value and ASE
    @Test
    void agreementOfTwoRatersIsThatOfVcd() {
        check(Weights.NONE, 0.566666666667, 0.101198668733);
        check(Weights.LINEAR, 0.65, 0.0885733113386);
        check(Weights.QUADRATIC, 0.733333333333, 0.0828343359134);
        Kappa two = Kappa.of(new int[][] {{20, 5}, {10, 15}}, Weights.NONE);
        assertEquals(0.4, two.value(), 1e-12);
        assertEquals(0.126996062931, two.standardError(), 1e-12);
        assertEquals(0.4 - 1.959963984540054 * 0.126996062931, two.estimate().low(), 1e-11);
        // by hand: variance (Pₑ + Pₑ² − Σ p q (p + q))/(n (1 − Pₑ)²) = 0.24/12.5 without agreement
        assertEquals(2.886751345948129, two.value() / two.nullStandardError(), 1e-9);
    }

    private static void check(Weights weights, double value, double error) {
        Kappa kappa = Kappa.of(THREE, weights);
        assertEquals(value, kappa.value(), 1e-12);
        assertEquals(error, kappa.standardError(), 1e-12);
    }

    // Gwet 2008, equation 8, in numpy
    @Test
    void theFirstOrderCoefficientOfGwet() {
        assertEquals(0.566987, Kappa.ac1(THREE), 5e-7);
    }

    @Test
    void oneCategoryOnlyHasNoAgreementBeyondChance() {
        Kappa kappa = Kappa.of(new int[][] {{9, 0}, {0, 0}}, Weights.NONE);
        assertTrue(Double.isNaN(kappa.value()) && Double.isNaN(kappa.estimate().low()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Kappa.of(new int[][] {{1, 2, 3}, {1, 2, 3}}, Weights.NONE));
    }

    @Test
    void ratingsAreCountedByTheFirstRaterInRows() {
        int[][] table = Kappa.table(new int[] {0, 0, 1}, new int[] {0, 1, 1}, 2);
        assertEquals(1, table[0][1]);
        assertEquals(0, table[1][0]);
    }

    /** Fleiss 1971 as in the textbooks: 10 subjects, 14 raters, 5 categories. */
    private static final int[][] FLEISS = {
        {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
        {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
    };

    // R 4.2: irr's kappam.fleiss formulae: 0.2099307, standard error 0.0169651 (z = 12.37)
    @Test
    void agreementOfManyRatersIsThePublishedOne() {
        FleissKappa kappa = FleissKappa.of(FLEISS);
        assertEquals(0.378022, kappa.observed(), 5e-7);
        assertEquals(0.212755, kappa.chance(), 5e-7);
        assertEquals(0.209931, kappa.value(), 5e-7);
        assertEquals(0.0169650692244, kappa.nullStandardError(), 1e-12);
        // numpy: root of Σ U²/(n (n − 1)) with the influence U of every subject on κ, by
        // differences
        // of its weight (0.101 by the jackknife, 0.087 by 20,000 bootstrap draws)
        assertEquals(0.0923711116, kappa.standardError(), 1e-9);
    }

    @Test
    void everySubjectIsRatedEquallyOften() {
        assertEquals(
                "subject 2 has 3 ratings, the first 2. Leave out what not every subject has.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> FleissKappa.of(new int[][] {{2, 0}, {1, 2}}))
                        .getMessage());
    }
}
