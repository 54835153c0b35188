package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.diapason.math.HistogramMap;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class HistogramMatchTest {
    private static final Geometry GRID = Geometry.of(10, 10, 5, 1, 1, 1);

    private static Exam exam(String id, double gain, double offset, Quantity quantity) {
        Rng rng = new Rng(5);
        float[] v = new float[GRID.voxels()];
        boolean[] in = new boolean[v.length];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) (gain * rng.nextDouble() + offset);
            in[n] = n >= 100;
        }
        v[7] = Float.NaN;
        v[300] = Float.NaN;
        return Exam.of(
                id,
                Map.of("mr", Image.of(Volume.of(GRID, v, quantity))),
                Map.of("brain", Mask.of(GRID, in)),
                Map.of());
    }

    private static float[] values(Exam exam) {
        return exam.image("mr").volume().values();
    }

    @Test
    void scannersOfDifferentGainMeetAtTheMeanHistogram() {
        HistogramReference learner = new HistogramReference("*", "brain", 399, false);
        Exam a = exam("A", 100, 0, Quantity.MR);
        Exam b = exam("B", 300, 40, Quantity.MR);
        HistogramReference.Sum sum = learner.empty();
        learner.add(sum, a);
        HistogramReference.Sum other = learner.empty();
        learner.add(other, b);
        learner.merge(sum, other);
        HistogramMatch step = learner.learn(sum, new Trace());
        Exam mappedA = step.apply(a, new Trace());
        float[] x = values(mappedA);
        assertArrayEquals(x, values(step.apply(b, new Trace())), 1e-2f);
        assertEquals(Quantity.MAPPED, mappedA.image("mr").volume().quantity());
        for (int n = 100; n < x.length; n++) {
            // the mean of 100 u and 300 u + 40
            assertEquals(2 * values(a)[n] + 20, x[n], 1e-2);
        }
        assertTrue(Float.isNaN(x[7]));
    }

    @Test
    void decidedNumbersAreInTheTrace() {
        Trace trace = new Trace();
        new HistogramMatch("mr", "", Numbers.of(0, 1), false)
                .apply(exam("A", 100, 0, Quantity.MR), trace);
        assertEquals(498.0, trace.notes().get("mr.voxels"));
        assertEquals(498.0, trace.notes().get("mr.knots"));
        assertTrue(trace.notes().containsKey("mr.steepest"));
    }

    @Test
    void physicalScalesAreRefusedUnlessAllowed() {
        Exam ct = exam("A", 100, 0, Quantity.HU);
        var e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                new HistogramMatch("*", "", Numbers.of(0, 1), false)
                                        .apply(ct, new Trace()));
        assertEquals(
                "exam A, image mr: the quantity is HU, and histogram matching would destroy its"
                        + " scale. Leave the step out, or set allow-physical to true.",
                e.getMessage());
        HistogramReference learner = new HistogramReference("*", "", 16, false);
        assertThrows(RefusedException.class, () -> learner.add(learner.empty(), ct));
        new HistogramMatch("*", "", Numbers.of(0, 1), true).apply(ct, new Trace());
    }

    @Test
    void anEmptyMaskFails() {
        Exam empty =
                exam("A", 1, 0, Quantity.MR)
                        .mapMasks((n, m) -> Mask.of(GRID, new boolean[GRID.voxels()]));
        var e =
                assertThrows(
                        DataException.class,
                        () ->
                                new HistogramMatch("*", "brain", Numbers.of(0, 1), false)
                                        .apply(empty, new Trace()));
        assertEquals(
                "exam A, image mr: there is no finite value in mask brain, so there is nothing for"
                        + " histogram matching to work on. Correct it or leave this exam out.",
                e.getMessage());
    }

    @Test
    void aReferenceThatFallsIsNamed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HistogramMatch("*", "", Numbers.of(2, 1), false));
        assertThrows(
                IllegalArgumentException.class, () -> new HistogramReference("*", "", 1, false));
    }

    @Test
    void aCohortWithoutTheImageIsRefused() {
        HistogramReference learner = new HistogramReference("pet*", "", 16, false);
        HistogramReference.Sum sum = learner.empty();
        learner.add(sum, exam("A", 1, 0, Quantity.MR));
        assertThrows(RefusedException.class, () -> learner.learn(sum, new Trace()));
    }

    @Test
    void oneThreadAndFourGiveTheSameBitsAndTheInputStays() {
        Exam a = exam("A", 100, 0, Quantity.MR);
        float[] before = values(a).clone();
        Numbers reference = HistogramMap.quantiles(new float[] {1, 5, 7, 20}, 64);
        HistogramMatch step = new HistogramMatch("*", "brain", reference, false);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = values(step.apply(a, new Trace()));
            Parallel.setThreads(4);
            assertArrayEquals(one, values(step.apply(a, new Trace())));
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(before, values(a));
    }
}
