package org.diapason.steps.intensity;

import static org.diapason.steps.intensity.SyntheticBrain.difference;
import static org.diapason.steps.intensity.SyntheticBrain.exam;
import static org.diapason.steps.intensity.SyntheticBrain.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KdeTest {
    private final Trace trace = new Trace();

    private static Kde of(MrWeighting contrast, double bandwidth) {
        return new Kde(
                contrast == MrWeighting.T1 ? "t1" : "t2",
                "brain",
                contrast,
                bandwidth > 0 ? OptionalDouble.of(bandwidth) : OptionalDouble.empty(),
                0.01,
                false);
    }

    @ParameterizedTest(name = "{0}, bandwidth {1}: {2}")
    @CsvSource({"T1, 0, 1000", "T1, 25, 1000", "T2, 0, 600", "PD, 0, 400"})
    void theModeOfTheRuleBecomesOne(MrWeighting contrast, double bandwidth, double mode) {
        Exam exam = exam("A", 3, 1, 0, SyntheticBrain.T1, Tags.none());
        Kde step = of(contrast, bandwidth);
        Exam done = step.apply(exam, trace);
        String name = step.image();
        assertEquals(mode, (Double) trace.notes().get(name + ".mode"), 0.01 * mode);
        assertEquals(
                values(exam, name)[30000] / (Double) trace.notes().get(name + ".mode"),
                values(done, name)[30000],
                1e-6);
        assertEquals(Quantity.MAPPED, done.image(name).volume().quantity());
    }

    @Test
    void theBandwidthIsAnEightiethOfTheHighestValues() {
        of(MrWeighting.T1, 0).apply(exam("A", 3, 1, 0), trace);
        // 99.9 % of all is 99.7 % of white matter: 1000 + 2.76 · 40
        assertEquals(1110 / 80.0, (Double) trace.notes().get("t1.bandwidth"), 0.1);
    }

    @Test
    void whatIsBrighterThanNearlyAllOfTheBrainIsNoWhiteMatter() {
        Exam plain = exam("A", 3, 1, 0);
        float[] vessels = values(plain, "t1").clone();
        for (int v = 20000; v < vessels.length; v += 32) { // 3 % of the brain
            vessels[v] = 1500 + v % 90;
        }
        of(MrWeighting.T1, 0)
                .apply(
                        plain.mapImages((n, i) -> i.withVolume(i.volume().withValues(vessels))),
                        trace);
        assertEquals(1000, (Double) trace.notes().get("t1.mode"), 10);
    }

    @Test
    void isBlindToGain() {
        Kde step = of(MrWeighting.T1, 0);
        assertTrue(
                difference(
                                step.apply(exam("A", 4, 1, 0), new Trace()),
                                step.apply(exam("A", 4, 3, 0), new Trace()),
                                "t1")
                        < 1e-5);
    }

    @Test
    void aWidthThatBlursTheTissuesIntoOneFindsNoWhiteMatter() {
        assertRefused("the smoothed histogram in mask brain has no peak between ", 400);
        assertRefused("the bandwidth is 2000.000 and most values lie between ", 2000);
    }

    private void assertRefused(String start, double bandwidth) {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> of(MrWeighting.T1, bandwidth).apply(exam("P017", 3, 1, 0), trace));
        assertTrue(e.getMessage().startsWith("exam P017, image t1: " + start), e.getMessage());
    }

    @Test
    void aModeBelowZeroIsNotDividedBy() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> of(MrWeighting.T1, 14).apply(exam("P017", 3, 1, -2000), trace));
        assertTrue(
                e.getMessage().endsWith("Give the image before its scale was moved."),
                e.getMessage());
    }
}
