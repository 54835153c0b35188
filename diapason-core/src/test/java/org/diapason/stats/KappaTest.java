package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.stats.Kappa.Weights;
import org.diapason.stats.RaterAgreement.Chance;
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

    /**
     * Cohen 1968: 200 subjects, the disagreements of three diagnoses costing 1, 3 and 6: κ 0.492,
     * with weights 0.348; errors by R 4.2, vcd::Kappa(as.table(m), weights = 1 - w/6).
     */
    @Test
    void theDiagnosesOfCohenAgreeAsPublished() {
        int[][] table = {{88, 10, 2}, {14, 40, 6}, {18, 10, 12}};
        double[][] weights = {{1, 5 / 6.0, .5}, {5 / 6.0, 1, 0}, {.5, 0, 1}};
        assertEquals(0.4915254237288135, Kappa.of(table, Weights.NONE).value(), 1e-13);
        assertEquals(0.0510018155760779, Kappa.of(table, Weights.NONE).standardError(), 1e-13);
        assertEquals(0.3478260869565216, Kappa.of(table, weights).value(), 1e-13);
        assertEquals(0.0755040152548229, Kappa.of(table, weights).standardError(), 1e-13);
        // Fleiss, Cohen and Everitt 1969: 0.429 and 0.507; errors by the same call
        int[][] other = {{106, 10, 4}, {22, 28, 10}, {2, 12, 6}};
        double[][] theirs = {{1, 0, .4444}, {0, 1, .6667}, {.4444, .6667, 1}};
        assertEquals(0.0537110048691673, Kappa.of(other, Weights.NONE).standardError(), 1e-13);
        assertEquals(0.5070699648667976, Kappa.of(other, theirs).value(), 1e-13);
        assertEquals(0.0569938847032576, Kappa.of(other, theirs).standardError(), 1e-13);
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
        RaterAgreement kappa = RaterAgreement.of(FLEISS, Weights.NONE, Chance.FLEISS);
        assertEquals(0.378022, kappa.observed(), 5e-7);
        assertEquals(0.212755, kappa.chance(), 5e-7);
        assertEquals(0.209931, kappa.value(), 5e-7);
        assertEquals(0.0169650692244, kappa.nullStandardError(), 1e-12);
        // numpy: root of Σ U²/(n (n − 1)) with the influence U of every subject on κ, by
        // differences of its weight (0.101 by the jackknife, 0.087 by 20,000 bootstrap draws)
        assertEquals(0.0923711116, kappa.standardError(), 1e-9);
        // the 30 patients and 6 psychiatrists of Fleiss 1971: κ 0.430
        int[][] patients = new int[30][5];
        for (int n = 0; n < 30; n++) {
            for (int c = 0; c < 5; c++) {
                patients[n][c] = DIAGNOSES.charAt(6 * n + c) - '0';
            }
        }
        assertEquals(.430, RaterAgreement.of(patients, Weights.NONE, Chance.FLEISS).value(), 5e-4);
    }

    private static final String DIAGNOSES =
            "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050"
                    + " 02031 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010"
                    + " 40002 02040 10500 00006";

    private static final String[] UNITS = { // - has no rating
        "11-1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11",
        "-3--"
    };

    // Gwet's twelve units and four raters, R irrCAC 1.0: gwet.ac1.raw(cac.raw4raters): 0.77544,
    // 0.14295; fleiss.kappa.raw: 0.76117, 0.15302; interval of AC1 from 0.461
    @Test
    void ratingsThatAreMissingCountAsInGwetsBook() {
        int[][] counts = new int[UNITS.length][5];
        for (int u = 0; u < UNITS.length; u++) {
            for (char c : UNITS[u].replace("-", "").toCharArray()) {
                counts[u][c - '1']++;
            }
        }
        RaterAgreement gwet = RaterAgreement.of(counts, Weights.NONE, Chance.GWET);
        assertEquals(0.77544, gwet.value(), 5e-6);
        assertEquals(0.14295, gwet.standardError(), 5e-6);
        assertEquals(0.461, gwet.estimate().low(), 5e-4);
        RaterAgreement fleiss = RaterAgreement.of(counts, Weights.NONE, Chance.FLEISS);
        assertEquals(0.76117, fleiss.value(), 5e-6);
        assertEquals(0.15302, fleiss.standardError(), 5e-6);
        assertTrue(Double.isNaN(fleiss.nullStandardError()), "not rated equally often");
    }

    /** Two raters as counts: Gwet's is the AC1 of the table, and weights are those of κ. */
    @Test
    void twoRatersAreManyRaters() {
        int[][] counts = new int[45][3];
        int at = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int n = 0; n < THREE[i][j]; n++, at++) {
                    counts[at][i]++;
                    counts[at][j]++;
                }
            }
        }
        // Gwet 2008, equation 8, in numpy
        assertEquals(0.566987, RaterAgreement.of(counts, Weights.NONE, Chance.GWET).value(), 5e-7);
        RaterAgreement linear = RaterAgreement.of(counts, Weights.LINEAR, Chance.FLEISS);
        Kappa kappa = Kappa.of(THREE, Weights.LINEAR);
        assertEquals(kappa.observed(), linear.observed(), 1e-14);
        assertEquals(kappa.value(), linear.value(), 0.003, "Scott's chance is next to Cohen's");
        assertEquals(kappa.standardError(), linear.standardError(), 0.002);
    }

    @Test
    void twoSubjectsMustBeRatedTwice() {
        assertEquals(
                "agreement of raters needs 2 categories and 2 subjects rated twice, got 2 and 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        RaterAgreement.of(
                                                new int[][] {{2, 0}, {1, 0}},
                                                Weights.NONE,
                                                Chance.GWET))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        RaterAgreement.of(
                                new int[][] {{2, -1}, {1, 1}, {1, 1}}, Weights.NONE, Chance.GWET));
    }
}
