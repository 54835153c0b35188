package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.SortedFloats;
import org.diapason.math.Tails;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
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

class NyulTest {
    private static final Geometry GRID = Geometry.of(10, 10, 10, 1, 1, 1);

    private static Exam exam(String id, Tags tags, float[] values) {
        boolean[] brain = new boolean[values.length];
        Arrays.fill(brain, values.length / 2, values.length, true);
        return Exam.of(
                id,
                Map.of(
                        "mr",
                        new Image(Volume.of(GRID, values, Quantity.MR), tags, Optional.empty())),
                Map.of("brain", Mask.of(GRID, brain)),
                Map.of());
    }

    private static Exam scanned(String id, double offset, double gain, boolean squared) {
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            double u = v * 37 % 1000 / 1000.0;
            values[v] = (float) (offset + gain * (squared ? u * u : u));
        }
        return exam(id, Tags.none(), values);
    }

    private static final Exam A = scanned("A", 50, 400, false);
    private static final Exam B = scanned("B", -20, 90, true);

    private static Nyul nyul(String mask, Tails tails, Double... percentiles) {
        return new Nyul("*", mask, List.of(percentiles), 1, 100, tails, false);
    }

    private static NyulModel learned(Nyul nyul, Exam... exams) {
        Nyul.Sum sum = nyul.empty();
        for (Exam exam : exams) {
            Nyul.Sum one = nyul.empty();
            nyul.add(one, exam);
            nyul.merge(sum, one);
        }
        return nyul.learn(sum, new Trace());
    }

    private static float[] values(Exam exam) {
        return exam.image("mr").volume().values();
    }

    @Test
    void theScaleAndTheMapAreThoseOfTwoOtherPrograms() {
        // intensity-normalization 3.0.1, A and B as float32, mask = second half of the voxels:
        //   n = NyulNormalizer().fit_population([A, B], [mask, mask]); n.standard_scale;
        //   n.transform(B, mask)
        // MedPy 0.5.2 gives the same scale and, in the mask, the same values to 2e-14:
        //   IntensityRangeStandardization((1, 99), range(10, 91, 10), (1, 100)).train([A, B])
        double[] standard = {
            1.0000000000,
            5.6397186033,
            12.6763478611,
            20.9006547241,
            30.3126379859,
            38.9415660676,
            50.1767378570,
            62.5338622107,
            73.5974244668,
            88.0040793040,
            100.0000000000
        };
        NyulModel model = learned(nyul("brain", Tails.EXTEND), A, B);
        assertArrayEquals(standard, model.standard().toArray(), 1e-8);
        assertEquals(2, model.learnedFrom());
        float[] mapped = values(model.apply(B, new Trace()));
        int[] at = {0, 27, 123, 500, 623, 956, 999};
        double[] peer = {
            0.9788304264,
            103.5978276310,
            44.4614039572,
            39.1869327169,
            2.5127468268,
            26.6800486461,
            98.0011051304
        };
        for (int n = 0; n < at.length; n++) {
            assertEquals(peer[n], mapped[at[n]], 1e-5, "float rounding at " + at[n]);
        }
    }

    @Test
    void landmarksOfTwoScannersMeet() {
        NyulModel model = learned(nyul("brain", Tails.EXTEND), A, B);
        for (Exam exam : List.of(A, B)) {
            float[] mapped = values(model.apply(exam, new Trace()));
            SortedFloats brain =
                    SortedFloats.of(Arrays.copyOfRange(mapped, mapped.length / 2, mapped.length));
            for (int p = 0; p < model.percentiles().size(); p++) {
                assertEquals(
                        model.standard().get(p),
                        brain.quantile(model.percentiles().get(p) / 100),
                        0.099, // 1e-3 of the scale
                        exam.id() + " at " + model.percentiles().get(p) + " %");
            }
        }
    }

    @Test
    void everyImageWeighsTheSame() {
        Numbers a = learned(nyul("", Tails.CLAMP), A).standard();
        Numbers b = learned(nyul("", Tails.CLAMP), B).standard();
        Numbers both = learned(nyul("", Tails.CLAMP), A, B).standard();
        for (int p = 0; p < a.size(); p++) {
            assertEquals((a.get(p) + b.get(p)) / 2, both.get(p), 1e-12);
        }
        assertEquals(1, both.get(0), 1e-12);
        assertEquals(100, both.get(10), 1e-12);
    }

    @Test
    void tailsGoOnOrStayFlat() {
        float[] clamped = values(learned(nyul("", Tails.CLAMP), A, B).apply(A, new Trace()));
        float[] extended = values(learned(nyul("", Tails.EXTEND), A, B).apply(A, new Trace()));
        assertEquals(1, clamped[0], 0); // the lowest value
        double step = (10.0 / 100 - 1.0 / 100) * 0.999;
        NyulModel model = learned(nyul("", Tails.EXTEND), A, B);
        double slope = (model.standard().get(1) - 1) / step;
        assertEquals(1 - slope * 0.00999, extended[0], 1e-4);
    }

    /**
     * Half of the values are 0: percentiles 1 to 50 are one knot, at the mean of their places.
     * intensity-normalization 3.0.1 divides by nothing there and gives NaN; MedPy refuses.
     */
    @Test
    void equalLandmarksAreOneKnot() {
        float[] whole = new float[GRID.voxels()];
        for (int v = 0; v < whole.length; v++) {
            whole[v] = Math.max(0, v - 500);
        }
        NyulModel model = learned(nyul("", Tails.EXTEND), A);
        Trace trace = new Trace();
        float[] mapped = values(model.apply(exam("W", Tags.none(), whole), trace));
        Numbers s = model.standard();
        double mean = (s.get(0) + s.get(1) + s.get(2) + s.get(3) + s.get(4) + s.get(5)) / 6;
        assertEquals(mean, mapped[3], 1e-4);
        assertEquals(6.0, trace.notes().get("mr.knots"));
    }

    @Test
    void anImageWithoutRangeIsRefused() {
        float[] lone = new float[GRID.voxels()];
        lone[700] = 9;
        Exam exam = exam("A", Tags.none(), lone);
        var e =
                assertThrows(
                        RefusedException.class, () -> learned(nyul("brain", Tails.CLAMP), exam));
        assertEquals(
                "exam A, image mr: percentiles 1 and 99 in mask brain are both 0.000, so there is"
                        + " no range to map. Choose a mask of tissue, without background.",
                e.getMessage());
        NyulModel model = learned(nyul("brain", Tails.CLAMP), A);
        assertThrows(RefusedException.class, () -> model.apply(exam, new Trace()));
    }

    @Test
    void aScaleThatDoesNotRiseIsRefused() {
        float[] whole = new float[GRID.voxels()];
        for (int v = 0; v < whole.length; v++) {
            whole[v] = Math.max(0, v - 500);
        }
        Exam exam = exam("W", Tags.none(), whole);
        var e = assertThrows(RefusedException.class, () -> learned(nyul("", Tails.CLAMP), exam));
        assertEquals(
                "percentiles 1 and 10 fall together in all 1 images, so the standard scale does not"
                        + " rise. Choose a mask without background, or leave one of the two out of"
                        + " percentiles.",
                e.getMessage());
    }

    @Test
    void contrastsAreNotMixed() {
        Exam t1 = exam("A", AdmissionTest.tags(Contrast.T1), values(A));
        Exam t2 = exam("B", AdmissionTest.tags(Contrast.T2), values(B));
        assertThrows(RefusedException.class, () -> learned(nyul("", Tails.CLAMP), t1, t2));
        NyulModel model = learned(nyul("", Tails.CLAMP), t1);
        assertThrows(RefusedException.class, () -> model.apply(t2, new Trace()));
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> nyul("", Tails.CLAMP, 10.0, 10.0, 90.0));
        assertThrows(IllegalArgumentException.class, () -> nyul("", Tails.CLAMP, 10.0, 101.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Nyul("*", "", List.of(), 5, 5, Tails.CLAMP, false));
    }
}
