package org.diapason.steps.intensity;

import static org.diapason.steps.intensity.SyntheticBrain.difference;
import static org.diapason.steps.intensity.SyntheticBrain.exam;
import static org.diapason.steps.intensity.SyntheticBrain.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fuzzy tissues, for the step and for the least-squares learner that uses them. */
class FcmTest {
    private final Trace trace = new Trace();

    private static Fcm of(String image, Tissue tissue, String t1) {
        return new Fcm(image, "brain", tissue, Optional.ofNullable(t1), false);
    }

    /** Memberships of other tissues pull a mean by (noise/distance)² of theirs: under 1 %. */
    @ParameterizedTest(name = "{0} lies at {1}")
    @CsvSource({"WM, 1000, 0.01", "GM, 600, 0.01", "CSF, 300, 0.05"})
    void theMeanOfTheTissueBecomesOne(Tissue tissue, double mean, double within) {
        Exam exam = exam("A", 6, 1, 0);
        Exam done = of("t1", tissue, null).apply(exam, trace);
        Numbers means = (Numbers) trace.notes().get("t1.tissueMeans");
        double found = means.get(tissue.ordinal());
        assertEquals(mean, found, within * mean);
        assertEquals(values(exam, "t1")[30000] / found, values(done, "t1")[30000], 1e-6);
        assertEquals(Quantity.MAPPED, done.image("t1").volume().quantity());
        assertTrue(Float.isNaN(values(done, "t1")[0]));
    }

    @Test
    void theTissuesOfT2ComeFromANamedT1() {
        of("t2", Tissue.WM, "t1").apply(exam("A", 6, 1, 0), trace);
        Numbers means = (Numbers) trace.notes().get("t2.tissueMeans");
        assertEquals(900, means.get(0), 18);
        assertEquals(600, means.get(1), 6);
        assertEquals(400, means.get(2), 4);
        assertEquals(
                "exam P017, image t2: its contrast is t2 by its tags, and tissues are found on T1"
                        + " only. Name a T1 image of this exam on the same grid (t1).",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        of("t2", Tissue.WM, null)
                                                .apply(exam("P017", 6, 1, 0), new Trace()))
                        .getMessage());
        assertThrows(
                RefusedException.class,
                () -> of("t1", Tissue.WM, "t2").apply(exam("P017", 6, 1, 0), new Trace()));
    }

    @Test
    void aT1ThatIsNormalizedAlreadyStillShowsTheTissues() {
        Exam exam = exam("A", 6, 1, 0);
        Exam first = of("t1", Tissue.WM, null).apply(exam, new Trace());
        assertTrue(
                difference(
                                of("t2", Tissue.WM, "t1").apply(exam, new Trace()),
                                of("t2", Tissue.WM, "t1").apply(first, new Trace()),
                                "t2")
                        < 1e-5);
    }

    @Test
    void isBlindToGain() {
        Fcm step = of("t1", Tissue.GM, null);
        assertTrue(
                difference(
                                step.apply(exam("A", 6, 1, 0), new Trace()),
                                step.apply(exam("A", 6, 3, 0), new Trace()),
                                "t1")
                        < 1e-5);
    }

    @Test
    void twoValuesAreNotThreeTissues() {
        Exam exam = exam("P017", 6, 1, 0);
        float[] two = new float[values(exam, "t1").length];
        for (int v = 0; v < two.length; v++) {
            two[v] = v % 3 == 0 ? 100 : 200;
        }
        Exam flat = exam.mapImages((n, i) -> i.withVolume(i.volume().withValues(two)));
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> of("t1", Tissue.WM, null).apply(flat, trace));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "exam P017, image t1: its values in mask brain do not fall into"
                                        + " three classes: after "),
                e.getMessage());
    }

    private static LsqModel learned(List<Exam> exams) {
        Lsq learner = new Lsq("t1", "brain", Optional.empty(), false);
        Lsq.Sum sum = learner.empty();
        for (Exam exam : exams) {
            Lsq.Sum one = learner.empty();
            learner.add(one, exam);
            learner.merge(sum, one);
        }
        return learner.learn(sum, new Trace());
    }

    @Test
    void leastSquaresBringsTissuesToTheStandardOfThePopulation() {
        LsqModel model = learned(List.of(exam("A", 1, 1, 0), exam("B", 2, 2.5, 0)));
        assertEquals(0.3, model.standard().get(0), 0.02, "grey voxels pull it up by 5 %");
        assertEquals(0.6, model.standard().get(1), 0.006);
        assertEquals(1, model.standard().get(2), 1e-12);
        model.apply(exam("C", 3, 7, 0), trace);
        assertEquals(1 / 7000.0, (Double) trace.notes().get("t1.factor"), 0.01 / 7000);
    }

    @Test
    void oneExamFitsItselfExactly() {
        LsqModel model = learned(List.of(exam("A", 1, 1, 0)));
        model.apply(exam("A", 1, 1, 0), trace);
        Numbers t = (Numbers) trace.notes().get("t1.tissueMeans");
        assertEquals(1 / t.get(2), (Double) trace.notes().get("t1.factor"), 1e-15);
    }

    @Test
    void theStandardDoesNotDependOnGainOrOrder() {
        Exam a = exam("A", 1, 1, 0);
        Exam b = exam("B", 2, 1, 0);
        Numbers standard = learned(List.of(a, b)).standard();
        Numbers other = learned(List.of(exam("B", 2, 3, 0), a)).standard();
        for (int c = 0; c < 3; c++) {
            assertEquals(standard.get(c), other.get(c), 1e-7);
        }
        assertTrue(
                difference(
                                learned(List.of(a, b)).apply(b, new Trace()),
                                learned(List.of(a, b)).apply(exam("B", 2, 3, 0), new Trace()),
                                "t1")
                        < 1e-5);
    }

    @Test
    void contrastsAreNotMixed() {
        Lsq learner = new Lsq("*", "brain", Optional.of("t1"), false);
        Lsq.Sum sum = learner.empty();
        learner.add(sum, exam("A", 1, 1, 0));
        assertEquals(
                "exam A, image t1 is t1 and exam A, image t2 is t2 by their tags, and lsq must not"
                        + " mix contrasts. Learn from one at a time (setting image). Only travelling"
                        + " subjects, scanned both ways, can carry one contrast to another.",
                assertThrows(RefusedException.class, () -> learner.learn(sum, new Trace()))
                        .getMessage());
        assertThrows(RefusedException.class, () -> learner.learn(learner.empty(), new Trace()));
    }

    @Test
    void aT1OnAnotherGridIsRefused() {
        Exam exam = exam("P017", 6, 1, 0);
        var small = org.diapason.volume.Geometry.of(3, 1, 1, 1, 1, 1);
        Exam apart =
                Exam.of(
                        "P017",
                        java.util.Map.of(
                                "t2",
                                exam.image("t2"),
                                "t1",
                                exam.image("t1")
                                        .withVolume(
                                                org.diapason.volume.Volume.of(
                                                        small, new float[3], Quantity.MR))),
                        java.util.Map.of(
                                "brain", exam.mask("brain"), "b", Mask.of(small, new boolean[3])),
                        java.util.Map.of());
        assertEquals(
                "exam P017, image t2: it does not lie on the grid of exam P017, image t1, to which"
                        + " fcm compares it voxel by voxel. Resample both to one grid.",
                assertThrows(
                                RefusedException.class,
                                () -> of("t2", Tissue.WM, "t1").apply(apart, trace))
                        .getMessage());
    }
}
