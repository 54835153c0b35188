package org.diapason.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.stats.Clusters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NetBenefitTest {
    private static final double[] P = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
    private static final boolean[] EVENT = {
        true, true, true, false, true, false, false, false, false, true
    };

    // by hand: TP/n − FP/n · t/(1 − t); a row at the threshold is acted on
    @Test
    void truePositivesPayAndFalseOnesCostTheOddsOfTheThreshold() {
        check(.1, .344444, .444444);
        check(.2, .325, .375);
        check(.5, .2, 0);
    }

    private static void check(double threshold, double model, double all) {
        NetBenefit worth = NetBenefit.of(P, EVENT, threshold);
        assertEquals(model, worth.model().value(), 5e-7);
        assertEquals(all, worth.all().value(), 5e-7);
        assertEquals(model - Math.max(0, all), worth.gain().value(), 1e-6);
        assertEquals(100 * (model - all) * (1 - threshold) / threshold, worth.avoidedOf100(), 1e-3);
    }

    // calibration_reference.txt; the error from R: sd(ifelse(p >= .2, ifelse(y, 1, -1/4),
    // 0))/sqrt(n)
    @Test
    void theDecisionCurveOfTheCancerPredictionIsTheReference() throws IOException {
        Path file =
                Path.of(System.getProperty("diapason.data", "absent"))
                        .resolve("references/df_binary.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), file + " is absent");
        List<String[]> rows =
                Files.readAllLines(file).stream().skip(1).map(l -> l.split(",")).toList();
        double[] p = rows.stream().mapToDouble(r -> Double.parseDouble(r[7])).toArray();
        boolean[] event = new boolean[p.length];
        for (int r = 0; r < p.length; r++) {
            event[r] = rows.get(r)[1].equals("TRUE");
        }
        double[][] reference = {
            {.05, 0.105543859649, 0.0947368421053},
            {.1, 0.0874074074074, 0.0444444444444},
            {.15, 0.0792156862745, -0.0117647058824},
            {.2, 0.0673333333333, -0.075},
            {.3, 0.0546666666667, -0.228571428571},
            {.4, 0.0386666666667, -0.433333333333}
        };
        for (double[] row : reference) {
            NetBenefit worth = NetBenefit.of(p, event, row[0]);
            assertEquals(row[1], worth.model().value(), 1e-12);
            assertEquals(row[2], worth.all().value(), 1e-12);
        }
        NetBenefit worth = NetBenefit.of(p, event, .2);
        assertEquals(
                0.011762723639039,
                (worth.model().high() - worth.model().value()) / 1.959963984540054,
                1e-12);
        List<NetBenefit> curve = NetBenefit.curve(p, event, Clusters.single(p.length), .4);
        assertEquals(40, curve.size());
        assertEquals(worth, curve.get(19));
    }

    @Test
    void aThresholdOfNothingOrAllIsNone() {
        assertThrows(IllegalArgumentException.class, () -> NetBenefit.of(P, EVENT, 0));
        assertThrows(IllegalArgumentException.class, () -> NetBenefit.of(P, EVENT, 1));
    }

    @Test
    void oneMissThatCostsFourAlarmsMeansOneFifth() {
        assertEquals(.2, Threshold.ofProbability(1, 4), 1e-15);
        assertEquals(1, Threshold.ofProbability(1, 0), "a miss costs nothing: never");
        assertThrows(IllegalArgumentException.class, () -> Threshold.ofProbability(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Threshold.ofProbability(-1, 2));
    }

    /** All eleven thresholds by hand; at prevalence ½ and equal costs it is Youden's. */
    @Test
    void theThresholdOnScoresIsTheOneThatCostsLeast() {
        Threshold equal = Threshold.ofScores(P, EVENT, 1, 1, .5, 0, 1);
        boolean[] turns = {false, true, false, true};
        Threshold tie = Threshold.ofScores(new double[] {1, 2, 3, 4}, turns, 1, 1, .5, 0, 1);
        assertEquals(1.5, tie.value().value(), "a quarter at 1.5 and at 3.5");
        assertEquals(.35, equal.value().value(), 1e-15, "as cheap as 0.65, and lower");
        assertEquals(.2, equal.cost(), 1e-15);
        Threshold dear = Threshold.ofScores(P, EVENT, 1, 20, .5, 200, 1);
        assertEquals(Double.NEGATIVE_INFINITY, dear.value().value(), "misses are dear: all");
        Threshold rare = Threshold.ofScores(P, EVENT, 1, 4, .3, 200, 1);
        assertEquals(.35, rare.value().value(), 1e-15);
        assertEquals(.3 * 4 * .2 + .7 * .2, rare.cost(), 1e-15);
        assertTrue(rare.value().low() <= .35 && .35 <= rare.value().high());
    }
}
