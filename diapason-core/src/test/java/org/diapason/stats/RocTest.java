package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RocTest {

    // pROC 1.18.0: coords(roc, "best"): threshold, specificity, sensitivity
    @Test
    void theBestThresholdsOfTheHaemorrhageStudyAreThoseOfProc() throws IOException {
        Asah asah = Asah.read();
        Roc.Point wfns = Roc.of(asah.column("wfns"), asah.poor()).best();
        assertEquals(3.5, wfns.threshold());
        assertEquals(0.833333333333, wfns.specificity(), 1e-12);
        assertEquals(0.634146341463, wfns.sensitivity(), 1e-12);
        Roc.Point s100b = Roc.of(asah.column("s100b"), asah.poor()).best();
        assertEquals(0.205, s100b.threshold(), 1e-15);
        assertEquals(0.805555555556, s100b.specificity(), 1e-12);
    }

    // pROC 1.18.0: auc(roc, partial.auc = c(1, .9)), partial.auc.focus = "se", partial.auc =
    // c(.85, .62); partial.auc.correct = TRUE
    @Test
    void partsOfTheCurveAreThoseOfProc() throws IOException {
        Asah asah = Asah.read();
        check(asah, "wfns", 0.0334417344173442, 0.6496933390386535, 0.0400999322493225);
        check(asah, "s100b", 0.0327574525745257, 0.6460918556553987, 0.0137635501355013);
        double[] wfns = asah.column("wfns");
        Roc roc = Roc.of(wfns, asah.poor());
        assertEquals(0.1658302439024390, roc.area(Roc.Axis.SPECIFICITY, 0.62, 0.85), 1e-12);
        assertEquals(
                0.6847364855227499,
                PartialAuc.of(
                                wfns,
                                asah.poor(),
                                Clusters.single(113),
                                Roc.Axis.SENSITIVITY,
                                0.9,
                                1,
                                2,
                                1)
                        .corrected(),
                1e-12);
        assertTrue(
                Double.isNaN(
                        PartialAuc.of(
                                        asah.column("ndka"),
                                        asah.poor(),
                                        Clusters.single(113),
                                        Roc.Axis.SENSITIVITY,
                                        0.9,
                                        1,
                                        2,
                                        1)
                                .corrected()),
                "below the diagonal");
    }

    private static void check(
            Asah asah, String score, double area, double corrected, double sensitive) {
        double[] s = asah.column(score);
        PartialAuc part =
                PartialAuc.of(
                        s,
                        asah.poor(),
                        Clusters.single(113),
                        Roc.Axis.SPECIFICITY,
                        0.9,
                        1,
                        2000,
                        1);
        assertEquals(area, part.area(), 1e-12);
        assertEquals(corrected, part.corrected(), 1e-12);
        Roc roc = Roc.of(s, asah.poor());
        assertEquals(sensitive, roc.area(Roc.Axis.SENSITIVITY, 0.9, 1), 1e-12);
        double whole = DeLong.of(s, asah.poor()).auc();
        assertEquals(whole, roc.area(Roc.Axis.SPECIFICITY, 0, 1), 1e-12);
        assertEquals(whole, roc.area(Roc.Axis.SENSITIVITY, 0, 1), 1e-12);
    }

    /**
     * pROC 1.18.0: set.seed(1); ci.auc(auc(roc, partial.auc = c(1, .9)), boot.n = 10000) gives
     * 0.01736 … 0.05437; another 2,000 draws put the ends within 0.002 (0.001 is their own error).
     */
    @Test
    void theIntervalOfAPartIsThatOfProcsBootstrap() throws IOException {
        Asah asah = Asah.read();
        double[] s = asah.column("wfns");
        PartialAuc part =
                PartialAuc.of(
                        s,
                        asah.poor(),
                        Clusters.single(113),
                        Roc.Axis.SPECIFICITY,
                        0.9,
                        1,
                        2000,
                        1);
        assertEquals(0.0173613266814, part.low(), 0.002);
        assertEquals(0.0543680709534, part.high(), 0.002);
        assertTrue(part.correctedLow() < part.corrected());
        assertTrue(part.correctedHigh() > part.corrected());
        assertEquals(
                part,
                PartialAuc.of(
                        s,
                        asah.poor(),
                        Clusters.single(113),
                        Roc.Axis.SPECIFICITY,
                        0.9,
                        1,
                        2000,
                        1));
    }

    /** Every patient four times is no wider than the patients; by rows it is half as wide. */
    @Test
    void theIntervalOfAPartDrawsPatients() throws IOException {
        Asah asah = Asah.read();
        double[] once = asah.column("wfns");
        double[] s = new double[4 * once.length];
        boolean[] y = new boolean[s.length];
        java.util.List<String> patient = new java.util.ArrayList<>();
        for (int r = 0; r < s.length; r++) {
            s[r] = once[r / 4];
            y[r] = asah.poor()[r / 4];
            patient.add("" + r / 4);
        }
        Clusters patients = Clusters.of(patient);
        PartialAuc part = PartialAuc.of(s, y, patients, Roc.Axis.SPECIFICITY, 0.9, 1, 1000, 1);
        // pROC's stratified interval of the patients; classes vary in size here, 0.003 at most
        assertEquals(0.0173613266814, part.low(), 0.004);
        assertEquals(0.0543680709534, part.high(), 0.004);
        Clusters rows = Clusters.single(s.length);
        PartialAuc narrow = PartialAuc.of(s, y, rows, Roc.Axis.SPECIFICITY, 0.9, 1, 1000, 1);
        assertEquals(0.5, (narrow.high() - narrow.low()) / (part.high() - part.low()), 0.1);
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        PartialAuc.of(
                                new double[] {1, 2},
                                new boolean[] {false, true},
                                Clusters.single(2),
                                Roc.Axis.SPECIFICITY,
                                0.9,
                                0.9,
                                1,
                                1));
    }

    @Test
    void aScoreAtTheThresholdIsCalledPositive() {
        double up = Math.nextUp(1.0);
        Roc roc = Roc.of(new double[] {1, up}, new boolean[] {false, true});
        assertEquals(up, roc.threshold().get(1), "no number lies between");
        assertEquals(1, roc.sensitivity().get(1));
        assertEquals(1, roc.specificity().get(1));
    }
}
