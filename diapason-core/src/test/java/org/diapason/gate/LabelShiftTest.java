package org.diapason.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.diapason.stats.Logistic;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class LabelShiftTest {

    // Saerens 2002, equation 2.4: 0.9 from 50 % to 10 %: odds 9 · 1/9
    @Test
    void aProbabilityIsAdjustedByTheRatioOfOdds() {
        assertEquals(.5, LabelShift.adjust(.9, .5, .1), 1e-15);
        assertEquals(.525, LabelShift.adjust(.9, .3, .05), 1e-15);
        assertEquals(1, LabelShift.adjust(1, .3, .05));
    }

    // 65 steps of the EM in numpy from π = 0.5 (the first gives 0.415): 0.270958
    @Test
    void thePrevalenceIsWhereTheEmEnds() {
        double[] p = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
        double found = LabelShift.prevalence(p, .5);
        assertEquals(.270958, found, 5e-7);
        double mean = 0;
        for (double v : p) {
            mean += LabelShift.adjust(v, .5, found) / p.length;
        }
        assertEquals(found, mean, 1e-14, "a fixed point of the EM");
        assertEquals(0, LabelShift.prevalence(new double[] {.1, .2, .3}, .5));
        assertEquals(1, LabelShift.prevalence(new double[] {.8, .9, 1}, .5));
    }

    private record Sample(double[] p, boolean[] event) {}

    /**
     * Scores N(±0.75, 1), whose log odds are 1.5 s + logit of the prevalence of the source, 40 %.
     */
    private static Sample sample(
            String name, int n, double prevalence, double moved, double spread) {
        Rng rng = new Rng(Rng.seed(9, name));
        double[] p = new double[n];
        boolean[] event = new boolean[n];
        for (int r = 0; r < n; r++) {
            event[r] = rng.nextDouble() < prevalence;
            double s = (event[r] ? 0.75 : -0.75) + moved + spread * rng.nextGaussian();
            p[r] = Logistic.probability(1.5 * s + Math.log(.4 / .6));
        }
        return new Sample(p, event);
    }

    @Test
    void prevalenceIsRecoveredAndProbabilitiesFollowIt() {
        Sample source = sample("source", 1500, .4, 0, 1);
        Sample target = sample("target", 1500, .1, 0, 1);
        LabelShift shift = LabelShift.of(source.p, source.event, target.p, 200, 1);
        assertTrue(shift.target().low() < .1 && .1 < shift.target().high(), "" + shift.target());
        assertTrue(shift.target().high() - shift.target().low() < .09);
        assertTrue(shift.holds(), "p " + shift.p());
        assertEquals(
                LabelShift.adjust(.5, shift.source(), shift.target().value()), shift.adjust(.5));
    }

    @Test
    void aScoreThatMovedIsNoLabelShiftAndIsRefused() {
        Sample source = sample("source", 1500, .4, 0, 1);
        Sample moved = sample("target", 1500, .4, 1.5, 1);
        assertTrue(LabelShift.of(source.p, source.event, moved.p, 100, 1).p() < .05);
        Sample blurred = sample("target", 1500, .4, 0, 1.6);
        LabelShift shift = LabelShift.of(source.p, source.event, blurred.p, 200, 1);
        assertTrue(shift.p() < .05, "p " + shift.p());
        RefusedException e = assertThrows(RefusedException.class, () -> shift.adjust(.5));
        assertTrue(e.getMessage().endsWith("Label some rows of the target."), e.getMessage());
    }

    /**
     * The test of label shift is wrong in at most 5 + 2 · 2.2 of 100 targets, the interval
     * likewise.
     */
    @Test
    void theTestAndTheIntervalKeepTheirLevel() {
        int wrong = 0;
        int missed = 0;
        for (int k = 0; k < 100; k++) {
            Sample source = sample("s" + k, 300, .4, 0, 1);
            Sample target = sample("t" + k, 300, .2, 0, 1);
            LabelShift shift = LabelShift.of(source.p, source.event, target.p, 100, k);
            wrong += shift.holds() ? 0 : 1;
            missed += shift.target().low() <= .2 && .2 <= shift.target().high() ? 0 : 1;
        }
        assertTrue(wrong <= 9, "wrong " + wrong);
        assertTrue(missed <= 10, "missed " + missed);
    }
}
