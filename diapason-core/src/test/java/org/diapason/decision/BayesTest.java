package org.diapason.decision;

import static org.diapason.decision.Panels.INDEPENDENT;
import static org.diapason.decision.Panels.NO;
import static org.diapason.decision.Panels.decide;
import static org.diapason.decision.Panels.label;
import static org.diapason.decision.Panels.phi;
import static org.diapason.decision.Panels.posterior;
import static org.diapason.decision.Panels.score;
import static org.diapason.decision.Panels.study;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.stats.DeLong;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BayesTest {
    private static final Bayes ALONE = new Bayes(List.of(), INDEPENDENT);
    private static final Bayes FITTED = new Bayes(List.of(), new Dependence.Fitted());

    private static final Map<String, Expert> TWO =
            Map.of("a", posterior(0.5, NO), "b", posterior(0.5, NO));

    @Test
    void twoWhoSayNineAndEightTenthsSayThirtySixOfThirtySeven() {
        Decisions.Decided d = decide(0.5, ALONE, TWO, Map.of("a", 0.9, "b", 0.8));
        assertEquals(36.0 / 37, d.probability()[0], 1e-15);
        assertEquals(Answer.YES, d.answer()[0]);
    }

    // odds of the prior counted once: (p/(1−p))·(1−π)/π for each expert, times the prior's own
    @ParameterizedTest(name = "made under {0}, holding at {1}: {2} and {3}")
    @CsvSource({"0.5, 0.1, 0.9, 0.8", "0.2, 0.2, 0.9, 0.8", "0.1, 0.5, 0.05, 0.3"})
    void thePriorIsCountedOnce(double made, double holds, double a, double b) {
        Map<String, Expert> two = Map.of("a", posterior(made, NO), "b", posterior(made, NO));
        double back = (1 - made) / made;
        double odds = holds / (1 - holds) * (a / (1 - a) * back) * (b / (1 - b) * back);
        Decisions.Decided d = decide(holds, ALONE, two, Map.of("a", a, "b", b));
        assertEquals(odds / (1 + odds), d.probability()[0], 1e-14);
    }

    // Bayes by hand: prevalence 0.01, sensitivity 0.9, specificity 0.95: 0.009/(0.009 + 0.0495)
    @Test
    void aLabelIsWorthItsSensitivityAndSpecificity() {
        Map<String, Expert> one = Map.of("a", label(0.9, 0.95, NO));
        assertEquals(
                0.009 / 0.0585, decide(0.01, ALONE, one, Map.of("a", 1.0)).probability()[0], 1e-14);
        assertEquals(
                0.001 / (0.001 + 0.9405),
                decide(0.01, ALONE, one, Map.of("a", 0.0)).probability()[0],
                1e-14);
    }

    // an expert who always says yes: what it never says is worth nothing, not NaN
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 1", "0.3, 0.7, 1"})
    void whoSaysTheSameOfAllSaysNothing(double sensitivity, double specificity, double said) {
        OptionalDouble errs = OptionalDouble.of(0.05);
        Map<String, Expert> one = Map.of("a", label(sensitivity, specificity, errs));
        assertEquals(0.2, decide(0.2, ALONE, one, Map.of("a", said)).probability()[0], 1e-12);
    }

    @Test
    void nobodyVetoesByBeingCertain() {
        OptionalDouble errs = OptionalDouble.of(0.05);
        Map<String, Expert> three =
                Map.of(
                        "a",
                        posterior(0.5, errs),
                        "b",
                        posterior(0.5, errs),
                        "c",
                        label(1, 1, errs));
        Decisions.Decided d = decide(0.5, ALONE, three, Map.of("a", 0.0, "b", 0.9, "c", 1.0));
        assertEquals(0.9, d.probability()[0], 1e-14, "certain no and certain yes balance");
        Decisions.Decided two = decide(0.5, ALONE, three, Map.of("a", 1.0, "b", 0.05, "c", 1.0));
        assertEquals(0.95, two.probability()[0], 1e-14, "(19 · 19)/(361 · …): 19 · 19/19");
        Decisions.Decided low = decide(0.5, ALONE, three, Map.of("a", 1.0, "b", 0.5, "c", 0.0));
        assertEquals(0.5, low.probability()[0], 1e-14);
    }

    @Test
    void whoIsCertainWithoutAnErrorRateIsRefusedAndCounted() {
        Decisions.Decided d = decide(0.5, ALONE, TWO, Map.of("a", 1.0, "b", 0.1));
        assertEquals(Answer.REFUSED, d.answer()[0]);
        assertEquals(
                "a is certain (p = 1), which would veto every other expert; give its error-rate",
                d.reason()[0]);
        assertEquals(
                "a gives 1.5, which is no probability",
                decide(0.5, ALONE, TWO, Map.of("a", 1.5, "b", 0.1)).reason()[0]);
    }

    @Test
    void whatIsMissingAddsNothingAndAllMissingStaysUnknown() {
        Decisions.Decided one = decide(0.5, ALONE, TWO, Map.of("a", 0.9, "b", Double.NaN));
        assertEquals(0.9, one.probability()[0], 1e-15);
        Decisions.Decided none = decide(0.5, ALONE, TWO, Map.of("a", Double.NaN, "b", Double.NaN));
        assertEquals(Answer.UNKNOWN, none.answer()[0]);
        assertTrue(Double.isNaN(none.probability()[0]));
        assertEquals("no expert says anything", none.reason()[0]);
    }

    @Test
    void evidenceForDifferentFindingsIsNotMultiplied() {
        Map<String, Expert> two = Map.of("pet", posterior(0.5, NO), "ct", score("benign"));
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> decide(0.5, ALONE, two, Map.of("pet", 0.9, "ct", 0.8)));
        assertEquals(
                "expert ct speaks of \"benign\", and to be decided is \"x\": evidence for different"
                        + " findings is not put together. Name the experts of one finding (experts:),"
                        + " or join them by a logic rule.",
                e.getMessage());
    }

    @Test
    void nobodyIsHeardTwice() {
        Bayes twice = new Bayes(List.of("a", "b", "a"), INDEPENDENT);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> decide(0.5, twice, TWO, Map.of("a", 0.9, "b", 0.8)));
        assertEquals(
                "a rule names an expert twice, whose evidence would count twice: a, b, a",
                e.getMessage());
    }

    @Test
    void whatIsNotCalibratedIsRefused() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> decide(0.5, ALONE, Map.of("a", score("x")), Map.of("a", 3.0)));
        assertEquals(
                "expert a is not calibrated: its numbers cannot be turned into evidence. Name the"
                        + " column of the truth, so that a calibration half can be fitted, or state"
                        + " where its probability was shown to be calibrated (calibrated: and"
                        + " prior:).",
                e.getMessage());
        IllegalArgumentException fitted =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> decide(0.5, FITTED, TWO, Map.of("a", 0.9, "b", 0.8)));
        assertTrue(fitted.getMessage().contains("claim dependence: independent"));
    }

    @Test
    void independentExpertsReachTheClosedForm() {
        double[] d = {1, 1.2, 0.8};
        double closed = phi(Math.sqrt(1 + 1.44 + 0.64) / Math.sqrt(2));
        int within = 0;
        double mean = 0;
        double error = 0;
        int studies = 20;
        for (int seed = 1; seed <= studies; seed++) {
            DeLong area = study(d, 0, seed, FITTED).rules().get("fused").area();
            assertEquals(1000, area.positives());
            double z = (area.auc() - closed) / area.standardError();
            within += Math.abs(z) <= 2 ? 1 : 0;
            mean += area.auc() / studies;
            error = area.standardError();
        }
        // 19.1 of 20 are expected; fewer than 17 happen once in 70 if all is right
        assertTrue(within >= 17, within + " of 20 within two standard errors of " + closed);
        assertEquals(closed, mean, 2 * error / Math.sqrt(studies), "no lasting loss");
    }

    // equal experts, unequal ones, and a third that repeats the two
    @ParameterizedTest(name = "rho {0}, separations {1}, {2}, {3}")
    @CsvSource({
        "0.3, 1.5, 1.5, 1.5",
        "0.6, 1.5, 1.5, 0.5",
        "0.9, 1.5, 1.5, 1.5",
        "0.9, 1.5, 1.0, 0.5",
        "0.9, 0.5, 2.0, 0.2",
        "0.9, 1.0, 0.0, 0.0"
    })
    void correlatedExpertsCostNoMoreThanAHundredth(double rho, double a, double b, double c) {
        for (int seed = 1; seed <= 5; seed++) {
            Judged judged = study(new double[] {a, b, c}, rho, seed, FITTED);
            String best = a >= b ? "e0" : "e1";
            DeLong.Pair pair = judged.rules().get("fused").against().get(best);
            assertTrue(pair.low() > -0.01, "seed " + seed + ": " + pair.low());
        }
    }

    // z³ of d' 1.5 and 1 at rho 0.6: the sum of both loses 0.005 in the mean, up to 0.013
    @Test
    void bentScoresThatCorrelateCostNoMoreThanTheBestAlone() {
        double[] two = {1.5, 1};
        double mean = 0;
        for (int seed = 1; seed <= 8; seed++) {
            Decisions d = Panels.decisions(two, 0.6, seed, FITTED, s -> s * s * s);
            double gain = Judged.of(d).rules().get("fused").against().get("e0").difference();
            assertTrue(gain > -0.01, "seed " + seed + ": " + gain);
            mean += gain / 8;
        }
        assertTrue(mean > -0.002, "mean " + mean);
    }

    @Test
    void aUselessExpertCostsLessThanAHundredth() {
        for (int seed = 1; seed <= 10; seed++) {
            Judged judged = study(new double[] {1.2, 0}, 0, seed, FITTED);
            double cost = -judged.rules().get("fused").against().get("e0").difference();
            assertTrue(cost < 0.01, "seed " + seed + ": " + cost);
        }
    }

    @Test
    void whatIsRepeatedIsDiscountedAndTheOutputIsCalibrated() {
        double[] alike = {1.5, 1.5, 1.5};
        for (double rho : new double[] {0, 0.5, 0.9}) {
            Decisions d = Panels.decisions(alike, rho, 3, FITTED);
            double w = 0;
            for (double own : d.decided().get("fused").weights().values()) {
                w += own;
            }
            // Clemen and Winkler 1985: worth k/(1 + (k − 1) ρ) independent ones
            assertEquals(3 / (1 + 2 * rho), w, 0.1, "rho " + rho);
            // of the correlations alone, before the output is calibrated
            double slope =
                    ((Likelihood.Line) d.decided().get("fused").calibration().get().likelihood())
                            .slope();
            assertEquals(1, slope, 0.12, "rho " + rho + ": the sum was right as it was");
        }
    }

    @Test
    void theProbabilitiesAreCalibratedOnOtherRows() {
        double[] alike = {1.5, 1.5, 1.5};
        for (double rho : new double[] {0, 0.9}) {
            double slope = 0;
            double inTheLarge = 0;
            for (int seed = 1; seed <= 10; seed++) {
                var judged = study(alike, rho, seed, FITTED).rules().get("fused").calibration();
                slope += judged.orElseThrow().slope().value() / 10;
                inTheLarge += judged.orElseThrow().inTheLarge().value() / 10;
            }
            // errors of both halves: 0.06 and 0.09 in a study, 0.018 and 0.03 in the mean of ten;
            // without a discount the slope is 0.36 at rho 0.9 and the output line must mend it
            assertEquals(1, slope, 0.05, "rho " + rho);
            assertEquals(0, inTheLarge, 0.08, "rho " + rho);
        }
    }
}
