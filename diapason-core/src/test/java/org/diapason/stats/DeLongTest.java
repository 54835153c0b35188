package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class DeLongTest {

    // pROC 1.18.0: roc(outcome, wfns, levels = c("Good", "Poor"), direction = "<"); auc, var,
    // ci.auc
    @Test
    void theAreasOfTheHaemorrhageStudyAreThoseOfProc() throws IOException {
        Asah asah = Asah.read();
        DeLong wfns = DeLong.of(asah.column("wfns"), asah.poor());
        assertEquals(0.823678861788618, wfns.auc(), 1e-12);
        assertEquals(0.00146991470882363, wfns.variance(), 1e-12);
        assertEquals(0.748534887819453, wfns.low(), 1e-9);
        assertEquals(0.898822835757783, wfns.high(), 1e-9);
        DeLong s100b = DeLong.of(asah.column("s100b"), asah.poor());
        assertEquals(0.731368563685637, s100b.auc(), 1e-12);
        assertEquals(0.00266868245717244, s100b.variance(), 1e-12);
        DeLong ndka = DeLong.of(asah.column("ndka"), asah.poor());
        assertEquals(0.6119579945799458, ndka.auc(), 1e-12);
        assertEquals(0.0031908105493913, ndka.variance(), 1e-12);
        assertEquals(41, ndka.positives());
        assertEquals(72, ndka.negatives());
    }

    // pROC 1.18.0: roc.test(wfns, s100b), roc.test(wfns, ndka), roc.test(s100b, ndka); $conf.int
    @Test
    void twoScoresOfTheSamePatientsAreComparedAsInProc() throws IOException {
        Asah asah = Asah.read();
        double[] wfns = asah.column("wfns");
        double[] s100b = asah.column("s100b");
        double[] ndka = asah.column("ndka");
        DeLong.Pair first = DeLong.compare(wfns, s100b, asah.poor());
        assertEquals(2.20898359144091, first.z(), 1e-9);
        assertEquals(0.0271757822291882, first.p(), 1e-9);
        assertEquals(0.0104061769564846, first.low(), 1e-9);
        assertEquals(0.1742144192494776, first.high(), 1e-9);
        assertEquals(2.79777591868904, DeLong.compare(wfns, ndka, asah.poor()).z(), 1e-9);
        DeLong.Pair last = DeLong.compare(s100b, ndka, asah.poor());
        assertEquals(1.39077002573558, last.z(), 1e-9);
        assertEquals(0.164295175223054, last.p(), 1e-9);
    }

    private static final Clusters PATIENT =
            patients(0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7);
    private static final boolean[] SICK = sick("1001011000101001");
    private static final double[] A = {
        .9, .4, .5, .8, .3, .6, .7, .6, .2, .5, .4, .1, .6, .7, .3, .9
    };
    private static final double[] B = {
        .6, .5, .2, .9, .6, .3, .7, .4, .3, .6, .8, .2, .5, .4, .1, .7
    };

    private static Clusters patients(int... patient) {
        return Clusters.of(Arrays.stream(patient).mapToObj(p -> "P" + p).toList());
    }

    private static boolean[] sick(String text) {
        boolean[] sick = new boolean[text.length()];
        for (int r = 0; r < sick.length; r++) {
            sick[r] = text.charAt(r) == '1';
        }
        return sick;
    }

    /** Obuchowski 1997, equations 3 to 9, over all pairs of rows in numpy. */
    @Test
    void lesionsOfOnePatientAreNotCountedAsPatients() {
        DeLong a = DeLong.of(A, SICK, PATIENT);
        assertEquals(0.8730158730158729, a.auc(), 1e-14);
        assertEquals(0.0070117103698790345, a.variance(), 1e-14);
        assertEquals(8, a.clusters());
        DeLong.Pair pair = DeLong.compare(A, B, SICK, PATIENT);
        assertEquals(0.012993214418546457, pair.variance(), 1e-14);
        assertTrue(DeLong.of(A, SICK).variance() != a.variance());
    }

    /**
     * Every patient's rows doubled: the same patients, so the same variance; rows alone say half.
     */
    @Test
    void copyingEveryRowOfAPatientAddsNothing() {
        double[] twice = new double[2 * A.length];
        boolean[] sick = new boolean[twice.length];
        int[] patient = new int[twice.length];
        for (int r = 0; r < twice.length; r++) {
            twice[r] = A[r / 2];
            sick[r] = SICK[r / 2];
            patient[r] = PATIENT.of(r / 2);
        }
        DeLong once = DeLong.of(A, SICK, PATIENT);
        DeLong copied = DeLong.of(twice, sick, patients(patient));
        assertEquals(once.variance(), copied.variance(), 1e-15);
        assertEquals(once.auc(), copied.auc(), 1e-15);
    }

    @Test
    void theIntervalOnLogOddsStaysInside() {
        double[] score = {1, 2, 3, 4, 5, 6, 7, 8};
        DeLong d = DeLong.of(score, sick("00010111"));
        assertEquals(15.0 / 16, d.auc(), 1e-15);
        assertEquals(1, d.high());
        assertTrue(d.logitHigh() < 1 && d.logitLow() > 0.4, "" + d.logitLow());
        // by hand: logit(15/16) ± 1.959964 · SE/(15/16 · 1/16)
        double middle = Math.log(15);
        double reach = 1.959963984540054 * d.standardError() / (15.0 / 256);
        assertEquals(1 / (1 + Math.exp(-middle + reach)), d.logitLow(), 1e-14);
    }

    @Test
    void aPerfectScoreHasNoVarianceAndNoLogOdds() {
        DeLong d = DeLong.of(new double[] {1, 2, 3, 4}, sick("0011"));
        assertEquals(1, d.auc());
        assertEquals(0, d.variance());
        assertTrue(Double.isNaN(d.logitLow()));
        DeLong.Pair same = DeLong.compare(A, A, SICK);
        assertEquals(0, same.variance());
        assertTrue(Double.isNaN(same.z()) && Double.isNaN(same.p()));
    }

    @Test
    void onePatientWithAllPositiveRowsHasNoVariance() {
        Clusters one = patients(0, 0, 1, 1, 2);
        boolean[] sick = sick("11000");
        double[] a = {3, 1, 2, 1, 0};
        double[] b = {1, 3, 2, 1, 0};
        assertTrue(Double.isNaN(DeLong.of(a, sick, one).variance()));
        DeLong.Pair pair = DeLong.compare(a, b, sick, one);
        assertTrue(Double.isNaN(pair.variance()) && Double.isNaN(pair.low()));
    }

    /** Two scores that differ in two of 100,000 rows still differ. */
    @Test
    void aSmallDifferenceIsNotTakenForNone() {
        Rng rng = new Rng(2);
        double[] a = new double[100_000];
        boolean[] sick = new boolean[a.length];
        for (int r = 0; r < a.length; r++) {
            sick[r] = r % 2 == 0;
            a[r] = rng.nextGaussian() + (sick[r] ? 1 : 0);
        }
        double[] b = a.clone();
        b[0] += 0.001;
        b[2] += 0.001;
        DeLong.Pair pair = DeLong.compare(b, a, sick);
        assertTrue(pair.variance() > 0 && pair.variance() < 1e-15, "" + pair.variance());
        assertTrue(pair.z() > 0);
    }

    @Test
    void zeroAndMinusZeroAreOneScore() {
        assertEquals(0.5, DeLong.of(new double[] {0.0, -0.0}, sick("10")).auc());
        assertEquals(0.5, DeLong.of(new double[] {-0.0, 0.0}, sick("10")).auc());
    }

    @Test
    void aScoreThatIsNoNumberOrAClassThatIsEmptyIsNotJudged() {
        assertEquals(
                "the score of row 2 is NaN. Leave the row out.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> DeLong.of(new double[] {1, Double.NaN}, sick("01")))
                        .getMessage());
        assertEquals(
                "positive and negative rows are needed, got 2 positive and 0 negative",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> DeLong.of(new double[] {1, 2}, sick("11")))
                        .getMessage());
    }

    /**
     * 60 patients with 1 to 4 lesions that share 70 % of the noise: the area is Φ(1/√2). About 95 %
     * of the intervals hold it (Monte-Carlo error 0.7 %); by rows alone fewer than 90 % do.
     */
    @Test
    void intervalsOfClusteredRowsHoldTheTruth() {
        double truth = 0.7602499389065233;
        int held = 0;
        int heldByRows = 0;
        for (int cohort = 0; cohort < 1000; cohort++) {
            Rng rng = new Rng(Rng.seed(7, "cohort " + cohort));
            double[] score = new double[240];
            boolean[] sick = new boolean[240];
            int[] patient = new int[240];
            int rows = 0;
            for (int p = 0; p < 60; p++) {
                double own = Math.sqrt(0.7) * rng.nextGaussian();
                int lesions = 1 + rng.nextInt(4);
                boolean ill = p % 2 == 0;
                for (int l = 0; l < lesions; l++) {
                    sick[rows] = ill;
                    patient[rows] = p;
                    score[rows++] = (ill ? 1 : 0) + own + Math.sqrt(0.3) * rng.nextGaussian();
                }
            }
            double[] s = Arrays.copyOf(score, rows);
            boolean[] y = Arrays.copyOf(sick, rows);
            DeLong d = DeLong.of(s, y, patients(Arrays.copyOf(patient, rows)));
            held += d.low() <= truth && truth <= d.high() ? 1 : 0;
            DeLong byRows = DeLong.of(s, y);
            heldByRows += byRows.low() <= truth && truth <= byRows.high() ? 1 : 0;
        }
        assertTrue(held >= 920 && held <= 970, "held " + held);
        assertTrue(heldByRows < 900, "by rows " + heldByRows);
    }
}
