package org.diapason.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.stats.Clusters;
import org.diapason.stats.Normals;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NetBenefitTest {
    private static final double[] P = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
    private static final boolean[] EVENT = {
        true, true, true, false, true, false, false, false, false, true
    };

    private static final Clusters TEN = Clusters.single(10);

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
        Threshold equal = Threshold.ofScores(P, EVENT, TEN, 1, 1, .5, 0, 1);
        boolean[] turns = {false, true, false, true};
        Threshold tie =
                Threshold.ofScores(
                        new double[] {1, 2, 3, 4}, turns, Clusters.single(4), 1, 1, .5, 0, 1);
        assertEquals(1.5, tie.value().value(), "a quarter at 1.5 and at 3.5");
        assertEquals(.35, equal.value().value(), 1e-15, "as cheap as 0.65, and lower");
        assertEquals(.2, equal.cost(), 1e-15);
        Threshold dear = Threshold.ofScores(P, EVENT, TEN, 1, 20, .5, 200, 1);
        assertEquals(Double.NEGATIVE_INFINITY, dear.value().value(), "misses are dear: all");
        Threshold rare = Threshold.ofScores(P, EVENT, TEN, 1, 4, .3, 200, 1);
        assertEquals(.35, rare.value().value(), 1e-15);
        assertEquals(.3 * 4 * .2 + .7 * .2, rare.cost(), 1e-15);
        assertTrue(rare.value().low() <= .35 && .35 <= rare.value().high());
    }

    /**
     * The threshold found on 60 rows, tried on 20,000 others, over 300 samples: its own rows
     * flatter its net benefit; what it expects of others is right on average (to 2 standard errors,
     * 0.004), and its intervals of sensitivity come from the rows.
     */
    @Test
    void whatAThresholdReachesOnItsOwnRowsFlattersIt() {
        double flattered = 0;
        double expected = 0;
        double reached = 0;
        int samples = 300;
        for (int k = 0; k < samples; k++) {
            Rng rng = new Rng(Rng.seed(17, "sample " + k));
            double[] s = new double[60];
            boolean[] y = new boolean[60];
            for (int r = 0; r < 60; r++) {
                y[r] = r % 3 == 0;
                s[r] = (y[r] ? 1 : 0) + rng.nextGaussian();
            }
            Clusters rows = Clusters.single(60);
            Threshold t = Threshold.ofScores(s, y, rows, 1, 2, .3, 0, 1);
            double at = t.value().value();
            // sensitivity Φ(1 − t), specificity Φ(t)
            double sensitivity = 1 - below(at - 1);
            reached += (.3 * sensitivity - .7 * (1 - below(at)) / 2) / samples;
            flattered += t.netBenefit().value() / samples;
            expected += t.expectedNetBenefit(2, .3) / samples;
        }
        assertTrue(flattered - reached > .01, flattered + " flatters " + reached);
        assertEquals(reached, expected, .007);
    }

    private static double below(double z) {
        double tail = Normals.twoSided(z) / 2;
        return z < 0 ? tail : 1 - tail;
    }

    /**
     * Sensitivity 4 of 5 and specificity 4 of 5, Wilson 1927 as in R's prop.test without
     * correction.
     */
    @Test
    void theRatesAtAThresholdHaveIntervals() {
        Threshold t = Threshold.ofScores(P, EVENT, TEN, 1, 1, .5, 200, 1);
        assertEquals(.8, t.sensitivity().value());
        assertEquals(0.3755347, t.sensitivity().low(), 1e-6);
        assertEquals(0.9637758, t.specificity().high(), 1e-6);
        // .5 · .8 − .5 · .2 · 1; acting on all: 0
        assertEquals(.3, t.netBenefit().value(), 1e-15);
        assertEquals(0, t.all(), 1e-15);
        assertTrue(t.netBenefit().low() < .3 && t.netBenefit().high() > .3);
        assertTrue(t.expectedCost() > t.cost());
        Clusters pairs = Clusters.of(List.of("a", "b", "c", "a", "b", "d", "d", "e", "e", "c"));
        Threshold clustered = Threshold.ofScores(P, EVENT, pairs, 1, 1, .5, 200, 1);
        assertEquals(t.value().value(), clustered.value().value());
        assertTrue(!t.netBenefit().equals(clustered.netBenefit()), "other draws");
    }
}
