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
    void theScaleAndTheMapAreThoseOfThePublishedFormula() {
        // numpy 1.24.2, the formula of intensity-normalization: l = percentile(x, p),
        // s = mean of interp(l, [l[0], l[-1]], [1, 100]); then lines from l to s, extended
        NyulModel model = learned(nyul("", Tails.EXTEND), A, B);
        double[] standard = {
            1.00000000,
            6.04597270,
            12.61230333,
            20.18883637,
            28.77557246,
            38.37251162,
            48.97965400,
            60.59699961,
            73.22454714,
            86.86229959,
            100.00000000
        };
        assertArrayEquals(standard, model.standard().toArray(), 1e-5);
        assertEquals(2, model.learnedFrom());
        float[] mapped = values(model.apply(B, new Trace()));
        int[] at = {0, 500, 27, 123};
        double[] peer = {0.94902150, 38.42077419, 101.53697940, 43.59979509};
        for (int n = 0; n < at.length; n++) {
            assertEquals(peer[n], mapped[at[n]], 2e-5);
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

    /** Half of the values are 0: percentiles 1 to 50 are one knot, at the mean of their places. */
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
