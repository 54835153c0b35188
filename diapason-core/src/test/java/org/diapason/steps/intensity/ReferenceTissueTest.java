package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ReferenceTissueTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private final Trace trace = new Trace();

    @Test
    void aValueOneDeviationAboveTheTissueLiesOneDeviationAboveTheTarget() {
        // muscle 800 and 1200: 1000 ± 200; the lesion outside has 1200 and 1400
        Exam exam = exam(Quantity.MR, Map.of("mr", new float[] {800, 1200, 1200, 1400, Float.NaN}));
        Volume out = step(40, OptionalDouble.of(10), false).apply(exam, trace).image("mr").volume();
        assertArrayEquals(new float[] {30, 50, 50, 60, Float.NaN}, out.values());
        assertEquals(Quantity.MAPPED, out.quantity(), "a target that looks like HU makes no HU");
        assertEquals(
                "mask muscle was 1000.000 ± 200.000 and is 40.000 ± 10.000; the values are mapped and"
                        + " have no physical unit, HU least of all",
                trace.notes().get("mr.meaning"));
        assertEquals(0.05, trace.notes().get("mr.gain"));
        assertEquals(-10.0, trace.notes().get("mr.offset"));
    }

    @Test
    void whatIsMappedIsNeverTakenForHounsfieldUnitsAgain() {
        Exam exam = exam(Quantity.MR, Map.of("mr", new float[] {800, 1200, 1200}));
        Exam out = step(40, OptionalDouble.of(10), false).apply(exam, trace);
        assertThrows(RefusedException.class, () -> new HuLine("*").apply(out, trace));
        assertThrows(
                RefusedException.class,
                () -> step(40, OptionalDouble.of(10), false).apply(out, trace));
    }

    @Test
    void aFactorAloneKeepsRatios() {
        Exam exam = exam(Quantity.MR, Map.of("mr", new float[] {150, 250, 600, 100}));
        Volume out = step(100, NONE, false).apply(exam, trace).image("mr").volume();
        assertArrayEquals(new float[] {75, 125, 300, 50}, out.values());
    }

    @Test
    void sequencesMappedTogetherKeepTheirRatio() {
        Map<String, float[]> echoes =
                Map.of("echo1", new float[] {300, 500, 900}, "echo2", new float[] {100, 300, 450});
        Exam out = step(100, NONE, true).apply(exam(Quantity.MR, echoes), trace);
        // the four muscle voxels have the mean 300
        assertArrayEquals(
                new float[] {100, 500 / 3f, 300}, out.image("echo1").volume().values(), 1e-4f);
        assertArrayEquals(
                new float[] {100 / 3f, 100, 150}, out.image("echo2").volume().values(), 1e-4f);
        assertEquals("echo1 echo2", trace.notes().get("together"));
        Exam each = step(100, NONE, false).apply(exam(Quantity.MR, echoes), trace);
        assertEquals(225, each.image("echo1").volume().values()[2], 1e-4, "each by itself");
        assertEquals(225, each.image("echo2").volume().values()[2], 1e-4, "loses the ratio");
    }

    @Test
    void oneMapForSeveralSequencesIsTheMapOfAllTheirVoxels() {
        Map<String, float[]> two = Map.of("a", new float[] {0, 4, 2}, "b", new float[] {4, 8, 2});
        Exam out = step(0, OptionalDouble.of(1), true).apply(exam(Quantity.MR, two), trace);
        // 0 4 4 8: mean 4, standard deviation √8
        double sd = Math.sqrt(8);
        assertEquals(-4 / sd, out.image("a").volume().values()[0], 1e-6);
        assertEquals(4 / sd, out.image("b").volume().values()[1], 1e-6);
    }

    @Test
    void aMeanThatNoFactorBringsToTheTargetIsRefused() {
        Exam exam = exam(Quantity.MR, Map.of("mr", new float[] {-3, 1, 5}));
        assertEquals(
                "exam P017, image mr: the mean in mask muscle is -1.000, and a factor brings only a"
                        + " mean above 0 to 100.000. Give a target-sd, or the image before its scale"
                        + " was moved.",
                assertThrows(
                                RefusedException.class,
                                () -> step(100, NONE, false).apply(exam, trace))
                        .getMessage());
    }

    @Test
    void anEvenTissueAndAPhysicalScaleAreRefused() {
        Exam even = exam(Quantity.MR, Map.of("mr", new float[] {7, 7, 9}));
        Exam ct = exam(Quantity.HU, Map.of("mr", new float[] {7, 8, 9}));
        ReferenceTissue step = step(40, OptionalDouble.of(10), false);
        assertThrows(RefusedException.class, () -> step.apply(even, trace));
        assertThrows(RefusedException.class, () -> step.apply(ct, trace));
    }

    @Test
    void saysWhatItSetsInItsOwnMaskAndNothingElsewhere() {
        ReferenceTissue step = step(40, OptionalDouble.of(10), false);
        assertEquals(Optional.of("mean and standard deviation"), step.fixes("mr", "muscle"));
        assertEquals(Optional.of("mean"), step(40, NONE, false).fixes("mr", "muscle"));
        assertEquals(Optional.empty(), step.fixes("mr", "lesion"));
        assertEquals(Set.of("muscle"), step.masks());
    }

    private static ReferenceTissue step(double mean, OptionalDouble sd, boolean together) {
        return new ReferenceTissue("*", "muscle", mean, sd, together, false);
    }

    /** Rows of voxels, the first two of which are muscle. */
    private static Exam exam(Quantity quantity, Map<String, float[]> images) {
        Map<String, Image> all = new java.util.TreeMap<>();
        Geometry row = Geometry.of(images.values().iterator().next().length, 1, 1, 1, 1, 1);
        images.forEach((name, x) -> all.put(name, Image.of(Volume.of(row, x, quantity))));
        boolean[] inside = new boolean[row.voxels()];
        java.util.Arrays.fill(inside, 0, 2, true);
        return Exam.of("P017", all, Map.of("muscle", Mask.of(row, inside)), Map.of());
    }
}
