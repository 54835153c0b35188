package org.diapason.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Rng;
import org.diapason.stats.Clusters;
import org.diapason.stats.Logistic;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class EvidenceFitTest {
    private static final OptionalDouble NO = OptionalDouble.empty();
    private final boolean[] event = new boolean[6000];
    private final double[] score = new double[6000];

    EvidenceFitTest() {
        Rng rng = new Rng(5);
        for (int r = 0; r < event.length; r++) {
            event[r] = r % 3 == 0;
            score[r] = rng.nextGaussian() + (event[r] ? 1.5 : 0);
        }
    }

    private static EvidenceFit fit(double[] said, boolean[] truth) {
        return new EvidenceFit("expert a", said, truth, Clusters.single(said.length));
    }

    private static Expert.Posterior posterior(Optional<String> calibrated, double prior) {
        return new Expert.Posterior("p", "x", OptionalDouble.of(prior), calibrated, NO, 0.5);
    }

    private double[] probabilities(double times) {
        double[] p = new double[score.length];
        for (int r = 0; r < p.length; r++) {
            // the true log ratio of two normals 1.5 apart, at prior 1/2
            p[r] = Logistic.probability(times * (1.5 * score[r] - 1.125));
        }
        return p;
    }

    @Test
    void aScoreBecomesItsLogLikelihoodRatio() {
        Evidence e = fit(score, event).of(Panels.score("x"));
        for (double s : new double[] {-1, 0, 0.75, 2}) {
            assertEquals(1.5 * s - 1.125, e.logRatio(s), 0.15, "at " + s);
        }
        assertTrue(Double.isNaN(e.logRatio(Double.NaN)));
        assertEquals(e.logRatio(50), e.logRatio(500), "nothing was seen out there");
    }

    @Test
    void anIsotonicCurveFollowsTheSameLine() {
        Expert isotonic =
                new Expert.Score("s", "x", false, Expert.Curve.ISOTONIC, NO, OptionalDouble.of(1));
        Evidence e = fit(score, event).of(isotonic);
        for (double s : new double[] {0, 0.75, 1.5}) {
            assertEquals(1.5 * s - 1.125, e.logRatio(s), 0.4, "at " + s);
        }
        assertEquals(StrictMath.log(6001), e.logRatio(9), 1e-9, "capped by 1 in 6,002 rows");
        boolean[] few = java.util.Arrays.copyOf(event, 900);
        assertThrows(
                RefusedException.class,
                () -> fit(java.util.Arrays.copyOf(score, 900), few).of(isotonic));
    }

    @Test
    void anOverconfidentModelIsMendedOrRefusedIfStatedToBeRight() {
        Evidence mended = fit(probabilities(3), event).of(posterior(Optional.empty(), 0.5));
        assertEquals(1.125, mended.logRatio(Logistic.probability(3 * 1.125)), 0.15);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                fit(probabilities(3), event)
                                        .of(posterior(Optional.of("a study"), 0.5)));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "expert a is stated to be calibrated (a study), but the calibration"
                                        + " half contradicts: slope 0.3"),
                e.getMessage());
        Evidence right = fit(probabilities(1), event).of(posterior(Optional.of("a study"), 0.5));
        assertEquals(StrictMath.log(4), right.logRatio(0.8), 1e-14, "as it is, at its own prior");
    }

    @Test
    void certainProbabilitiesDoNotSpoilTheLine() {
        double[] p = probabilities(1);
        int moved = 0;
        for (int r = 0; r < p.length; r++) {
            if (p[r] > 0.97) {
                p[r] = 1;
                moved++;
            }
        }
        assertTrue(moved > 50, "rows that claim to be certain: " + moved);
        Evidence e = fit(p, event).of(posterior(Optional.empty(), 0.5));
        assertEquals(StrictMath.log(4), e.logRatio(0.8), 0.15);
        assertTrue(e.logRatio(1) < 6, "" + e.logRatio(1));
    }

    @Test
    void labelsAreCountedAndNeverCertain() {
        double[] right = new double[event.length];
        for (int r = 0; r < right.length; r++) {
            right[r] = event[r] ? 1 : 0;
        }
        Expert.Label label =
                new Expert.Label("l", "x", NO, NO, Optional.empty(), Optional.empty(), NO);
        Evidence e = fit(right, event).of(label);
        // (2000.5/2001)/(0.5/4001) = 8000.001, capped by (1 − e)/e with e = 1/6002
        assertEquals(StrictMath.log(6001), e.logRatio(1), 1e-9);
        assertEquals(StrictMath.log(0.5 / 2001 * 4001 / 4000.5), e.logRatio(0), 1e-9);
        assertTrue(e.capped(1));
        assertFalse(e.capped(0));
    }

    @Test
    void whoTellsNothingIsSilentAndWhoPointsTheOtherWayIsRefused() {
        Rng rng = new Rng(2);
        int silent = 0;
        for (int n = 0; n < 20; n++) {
            double[] noise = new double[400];
            boolean[] own = new boolean[400];
            for (int r = 0; r < noise.length; r++) {
                noise[r] = rng.nextGaussian();
                own[r] = r % 2 == 0;
            }
            try {
                Evidence e = fit(noise, own).of(Panels.score("x"));
                silent += e.silent() ? 1 : 0;
                assertEquals(0, e.logRatio(1), 0.5);
            } catch (RefusedException e) {
                silent++; // one in forty is shown to point the other way
            }
        }
        assertTrue(silent >= 4 && silent <= 16, "half of those who know nothing: " + silent);
        double[] wrong = score.clone();
        for (int r = 0; r < wrong.length; r++) {
            wrong[r] = -wrong[r];
        }
        RefusedException e =
                assertThrows(RefusedException.class, () -> fit(wrong, event).of(Panels.score("x")));
        assertTrue(e.getMessage().startsWith("expert a points the other way"), e.getMessage());
    }

    @Test
    void tooFewRowsAreRefused() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                fit(
                                                java.util.Arrays.copyOf(score, 57),
                                                java.util.Arrays.copyOf(event, 57))
                                        .of(Panels.score("x")));
        assertEquals(
                "expert a cannot be calibrated: the calibration half has 19 rows of the rarer outcome"
                        + " in which it says something, 20 are needed. Collect more, or learn nothing (share:"
                        + " 0) and state what is known.",
                e.getMessage());
    }

    // 20 in 1,000 experts who know nothing lie below ½ by two standard errors, one by 3.09
    @Test
    void chanceAloneRefusesNobody() {
        Rng rng = new Rng(9);
        int refused = 0;
        for (int n = 0; n < 500; n++) {
            double[] noise = new double[200];
            boolean[] own = new boolean[200];
            for (int r = 0; r < noise.length; r++) {
                noise[r] = rng.nextGaussian();
                own[r] = r % 2 == 0;
            }
            try {
                fit(noise, own).of(Panels.score("x"));
            } catch (RefusedException e) {
                refused++;
            }
        }
        assertTrue(refused <= 3, "0.5 expected, and 12 by an interval of 95 %: " + refused);
    }

    // 40 patients with 50 rows each are 40, not 2,000
    @Test
    void rowsOfOnePatientDoNotShowThatAnExpertPointsTheOtherWay() {
        double[] noise = new double[2000];
        boolean[] own = new boolean[2000];
        List<String> patients = new ArrayList<>();
        for (int r = 0; r < noise.length; r++) {
            own[r] = r % 100 < 50;
            // of either kind 20 patients of spread 1; those with the finding lie 0.5 lower
            noise[r] = (r / 100 - 9.5) / 5.8 - (own[r] ? 0.5 : 0);
            patients.add("P" + r / 50);
        }
        Expert score = Panels.score("x");
        assertThrows(RefusedException.class, () -> fit(noise, own).of(score), "if rows were apart");
        Evidence e = new EvidenceFit("expert a", noise, own, Clusters.of(patients)).of(score);
        assertTrue(e.silent());
    }

    // 160 of 200 at 0.8, 40 of 200 at 0.2; 99 of 100 at 1, 1 of 100 at 0, as its error rate says
    @Test
    void whoIsCertainAndErrsAsOftenAsStatedIsNotContradicted() {
        double[] p = new double[600];
        boolean[] truth = new boolean[600];
        for (int r = 0; r < p.length; r++) {
            p[r] = r < 200 ? 0.8 : r < 400 ? 0.2 : r < 500 ? 1 : 0;
            truth[r] = r < 160 || r >= 200 && r < 240 || r >= 400 && r < 499 || r == 500;
        }
        Expert.Posterior stated =
                new Expert.Posterior(
                        "p",
                        "x",
                        OptionalDouble.of(0.5),
                        Optional.of("a study"),
                        OptionalDouble.of(0.01),
                        0.5);
        assertEquals(StrictMath.log(99), fit(p, truth).of(stated).logRatio(1), 1e-12);
    }

    // 80 of 100 and 70 of 100: what is stated at 0.8 and 0.7 stays, 0.95 and 0.9 does not
    @Test
    void statedSensitivityIsHeldAgainstTheCalibrationHalf() {
        double[] said = new double[200];
        boolean[] truth = new boolean[200];
        for (int r = 0; r < 200; r++) {
            truth[r] = r < 100;
            said[r] = r < 80 || r >= 170 ? 1 : 0;
        }
        assertEquals(
                StrictMath.log(0.8 / 0.3),
                fit(said, truth).of(Panels.label(0.8, 0.7, NO)).logRatio(1),
                1e-12);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> fit(said, truth).of(Panels.label(0.95, 0.9, NO)));
        assertEquals(
                "expert a is stated to be calibrated (sensitivity and specificity), but the"
                        + " calibration half contradicts: sensitivity 0.800, specificity 0.700"
                        + " (p < 0.0001). Leave both out to have them counted here.",
                e.getMessage());
        assertThrows(
                RefusedException.class,
                () -> fit(said, truth).of(Panels.label(1, 0.7, OptionalDouble.of(0.01))));
    }
}
