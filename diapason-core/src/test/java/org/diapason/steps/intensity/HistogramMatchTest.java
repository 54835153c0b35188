package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.Cdf;
import org.diapason.math.HistogramMap;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.math.SortedFloats;
import org.diapason.math.Tails;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
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
        HistogramReference learner = new HistogramReference("*", "brain", 399, Cdf.MID_RANK, false);
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
        HistogramMatch.toQuantiles("mr", "", Numbers.of(0, 1), false)
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
                                HistogramMatch.toQuantiles("*", "", Numbers.of(0, 1), false)
                                        .apply(ct, new Trace()));
        assertEquals(
                "exam A, image mr: the quantity is HU, and histogram matching would destroy its"
                        + " scale. Leave the step out, or set allow-physical to true.",
                e.getMessage());
        HistogramReference learner = new HistogramReference("*", "", 16, Cdf.MID_RANK, false);
        assertThrows(RefusedException.class, () -> learner.add(learner.empty(), ct));
        HistogramMatch.toQuantiles("*", "", Numbers.of(0, 1), true).apply(ct, new Trace());
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
                                HistogramMatch.toQuantiles("*", "brain", Numbers.of(0, 1), false)
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
                () -> HistogramMatch.toQuantiles("*", "", Numbers.of(2, 1), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HistogramReference("*", "", 1, Cdf.MID_RANK, false));
    }

    @Test
    void aCohortWithoutTheImageIsRefused() {
        HistogramReference learner = new HistogramReference("pet*", "", 16, Cdf.MID_RANK, false);
        HistogramReference.Sum sum = learner.empty();
        learner.add(sum, exam("A", 1, 0, Quantity.MR));
        assertThrows(RefusedException.class, () -> learner.learn(sum, new Trace()));
    }

    @Test
    void oneThreadAndFourGiveTheSameBitsAndTheInputStays() {
        Exam a = exam("A", 100, 0, Quantity.MR);
        float[] before = values(a).clone();
        Numbers reference =
                HistogramMap.quantiles(
                        SortedFloats.of(new float[] {1, 5, 7, 20}), 64, Cdf.MID_RANK);
        HistogramMatch step = HistogramMatch.toQuantiles("*", "brain", reference, false);
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

    private static Exam pair(Quantity quantity, Tags moving, Tags fixed) {
        Image a = exam("A", 100, 0, quantity).image("mr");
        Image b = exam("A", 300, 40, quantity).image("mr");
        return Exam.of(
                "A",
                Map.of(
                        "mr", new Image(a.volume(), moving, Optional.empty()),
                        "fixed", new Image(b.volume(), fixed, Optional.empty())),
                exam("A", 1, 0, quantity).masks(),
                Map.of());
    }

    @Test
    void anImageIsMatchedToAnotherOfItsExamWhichStays() {
        Exam both = pair(Quantity.MR, Tags.none(), Tags.none());
        HistogramMatch step = HistogramMatch.toImage("*", "brain", "fixed", Cdf.MID_RANK);
        assertEquals(Set.of("fixed"), step.images());
        assertEquals(Set.of("brain"), step.masks());
        Trace trace = new Trace();
        Exam done = step.apply(both, trace);
        assertSame(both.image("fixed"), done.image("fixed"));
        float[] target = both.image("fixed").volume().values();
        for (int n = 100; n < target.length; n++) {
            assertEquals(target[n], values(done)[n], 1e-3);
        }
        assertEquals(399.0, trace.notes().get("referenceVoxels"));
    }

    @Test
    void aReferenceOfAnotherContrastIsRefused() {
        Exam both =
                pair(Quantity.MR, AdmissionTest.tags(Contrast.T1), AdmissionTest.tags(Contrast.T2));
        HistogramMatch step = HistogramMatch.toImage("mr", "", "fixed", Cdf.MID_RANK);
        var e = assertThrows(RefusedException.class, () -> step.apply(both, new Trace()));
        assertTrue(e.getMessage().contains("histogram matching must not mix contrasts"));
    }

    @Test
    void oneReferenceIsNamedAndNoMore() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new HistogramMatch(
                                        "*",
                                        "",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Cdf.UPPER,
                                        Bands.REFUSE,
                                        false,
                                        Optional.empty()));
        assertEquals(
                "name either reference, an image of the exam, or reference-quantiles, got neither",
                e.getMessage());
    }

    /** Cubes of uniform values: r² of u and u³ is (1/5 − 1/8)²/((1/12)(1/7 − 1/16)) = 0.84. */
    @Test
    void aMapThatBendsIsMeasuredAndWarnedOf() {
        double[] cubes = new double[1000];
        for (int q = 0; q < cubes.length; q++) {
            double u = (q + 0.5) / cubes.length;
            cubes[q] = u * u * u;
        }
        float[] u = new float[GRID.voxels()];
        for (int n = 0; n < u.length; n++) {
            u[n] = 7 + 30 * (n + 0.5f) / u.length;
        }
        Exam flat =
                exam("A", 1, 0, Quantity.MR)
                        .mapImages((n, i) -> i.withVolume(i.volume().withValues(u)));
        Trace trace = new Trace();
        HistogramMatch.toQuantiles("mr", "", Numbers.of(cubes), false).apply(flat, trace);
        assertEquals(0.16, (double) trace.notes().get("mr.nonlinearity"), 1e-3);
        assertEquals(
                List.of(
                        "exam A, image mr: 16.0 % of the variance after the map is not explained by"
                                + " a change of gain and offset, above 10.0 %: the shape of the"
                                + " histogram was another one. Check that both images show the same"
                                + " tissue in the same contrast."),
                trace.warnings());
    }

    @Test
    void aHistogramMeasuredWhereItWasMatchedIsNoFinding() {
        for (Operation<Exam> method :
                List.of(
                        new HistogramReference("mr", "brain", 16, Cdf.MID_RANK, false),
                        HistogramMatch.toQuantiles("mr", "brain", Numbers.of(0, 1), false),
                        new Nyul(
                                "mr",
                                "brain",
                                List.of(1.0, 50.0, 99.0),
                                0,
                                100,
                                Tails.CLAMP,
                                false))) {
            assertTrue(method.fixes("mr", "brain").isPresent(), method::toString);
            assertTrue(method.fixes("mr", "lesion").isEmpty(), method::toString);
            assertTrue(method.fixes("ct", "brain").isEmpty(), method::toString);
        }
    }
}
