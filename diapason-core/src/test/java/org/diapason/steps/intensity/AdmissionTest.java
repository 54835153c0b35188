package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.diapason.math.Cdf;
import org.diapason.step.Step;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What no normalization may touch, each with its whole sentence. */
class AdmissionTest {
    private static final Geometry ROW = Geometry.of(4, 1, 1, 1, 1, 1);

    private static Exam exam(String id, Quantity quantity, Tags tags, float... values) {
        return Exam.of(
                id,
                Map.of("mr", new Image(Volume.of(ROW, values, quantity), tags, Optional.empty())),
                Map.of(
                        "brain",
                        Mask.of(ROW, new boolean[] {true, true, true, false}),
                        "none",
                        Mask.of(ROW, new boolean[4]),
                        "elsewhere",
                        Mask.of(
                                Geometry.of(4, 1, 1, 2, 1, 1),
                                new boolean[] {true, true, true, true})),
                Map.of());
    }

    private static Exam exam(Quantity quantity) {
        return exam("P017", quantity, Tags.none(), 1, 2, 3, 4);
    }

    static Tags tags(Contrast contrast) {
        return new Tags(
                switch (contrast) {
                    case T1 ->
                            Map.of(
                                    "ScanningSequence", "SE",
                                    "RepetitionTime", "600",
                                    "EchoTime", "10");
                    case T2 ->
                            Map.of(
                                    "ScanningSequence", "SE",
                                    "RepetitionTime", "3000",
                                    "EchoTime", "90");
                    default -> Map.of();
                },
                Map.of());
    }

    private static String refusal(Exam exam, String mask) {
        HistogramReference learner = new HistogramReference("mr", mask, 16, Cdf.MID_RANK, false);
        String learned =
                assertThrows(RefusedException.class, () -> learner.add(learner.empty(), exam))
                        .getMessage();
        HistogramMatch step = HistogramMatch.toQuantiles("mr", mask, Numbers.of(0, 1), false);
        String applied =
                assertThrows(RefusedException.class, () -> step.apply(exam, new Trace()))
                        .getMessage();
        assertEquals(learned, applied, "learner and step refuse alike");
        String z =
                assertThrows(
                                RefusedException.class,
                                () -> new ZScore("mr", mask, false, false).apply(exam, new Trace()))
                        .getMessage();
        assertEquals(learned.replace("histogram matching", "a z-score"), z);
        return learned;
    }

    @ParameterizedTest
    @CsvSource({"HU", "SUVbw", "SUVlbm", "Bq/ml"})
    void aPhysicalScaleIsNotDestroyed(String quantity) {
        assertEquals(
                "exam P017, image mr: the quantity is "
                        + quantity
                        + ", and histogram matching would destroy its scale. Leave the step out, or"
                        + " set allow-physical to true.",
                refusal(exam(Quantity.of(quantity)), "brain"));
    }

    @Test
    void valuesOfUnknownMeaningAreNotChanged() {
        assertEquals(
                "exam P017, image mr: the quantity is unknown, so nobody can say whether histogram"
                        + " matching would destroy its scale. Name it in the cohort table, column"
                        + " quantity.mr, MR for example.",
                refusal(exam(Quantity.UNKNOWN), "brain"));
    }

    @Test
    void storedValuesWaitForTheirUnits() {
        assertEquals(
                "exam P017, image mr: the values are as stored in the file, and histogram matching"
                        + " must know what they are. Put units before this step.",
                refusal(exam(Quantity.STORED), "brain"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MAPPED", "Z_SCORE"})
    void nothingIsNormalizedTwice(Quantity quantity) {
        assertEquals(
                "exam P017, image mr: the quantity is "
                        + quantity.label()
                        + ", so the image is normalized already, and histogram matching would do it"
                        + " twice. Leave one of the two steps out.",
                refusal(exam(quantity), "brain"));
    }

    @Test
    void whatAStepMadeTheNextOneRefuses() {
        Step<Exam> z = new ZScore("*", "brain", false, true);
        Exam once = z.apply(exam(Quantity.MR), new Trace());
        assertTrue(
                assertThrows(RefusedException.class, () -> z.apply(once, new Trace()))
                        .getMessage()
                        .contains("twice"),
                "allow-physical is no leave to do it twice");
    }

    @Test
    void aMaskOnAnotherGridIsNamed() {
        assertEquals(
                "exam P017, image mr: mask elsewhere lies on another grid. Name the image it was"
                        + " drawn on, or resample both to one grid.",
                refusal(exam(Quantity.MR), "elsewhere"));
    }

    @Test
    void aConstantImageHasNoSpread() {
        assertEquals(
                "exam P017, image mr: all values in mask brain are about 7.000, so there is no"
                        + " spread to divide by. Choose another mask.",
                refusal(exam("P017", Quantity.MR, Tags.none(), 7, 7, 7, 9), "brain"));
    }

    @Test
    void anEmptyMaskFailsTheExam() {
        assertEquals(
                "exam P017, image mr: there is no finite value in mask none, so there is nothing"
                        + " for a z-score to work on. Correct it or leave this exam out.",
                assertThrows(
                                DataException.class,
                                () ->
                                        new ZScore("mr", "none", false, false)
                                                .apply(exam(Quantity.MR), new Trace()))
                        .getMessage());
    }

    @Test
    void aPictureMayBeMatched() {
        Exam picture = exam(Quantity.PICTURE);
        Exam matched =
                HistogramMatch.toQuantiles("*", "", Numbers.of(0, 1), false)
                        .apply(picture, new Trace());
        assertEquals(Quantity.MAPPED, matched.image("mr").volume().quantity());
    }

    private static HistogramMatch learned(Trace trace, Exam... exams) {
        HistogramReference learner = new HistogramReference("mr", "brain", 16, Cdf.MID_RANK, false);
        HistogramReference.Sum sum = learner.empty();
        for (Exam exam : exams) {
            HistogramReference.Sum one = learner.empty();
            learner.add(one, exam);
            learner.merge(sum, one);
        }
        return learner.learn(sum, trace);
    }

    @Test
    void contrastsAreNotMixedAndBothExamsAreNamed() {
        Exam a = exam("A", Quantity.MR, tags(Contrast.T1), 1, 2, 3, 4);
        Exam b = exam("B", Quantity.MR, tags(Contrast.T2), 1, 2, 3, 4);
        String sentence =
                "exam A, image mr is t1 and exam B, image mr is t2 by their tags, and histogram"
                        + " matching must not mix contrasts. Learn from one at a time (setting"
                        + " image). Only travelling subjects, scanned both ways, can carry one"
                        + " contrast to another.";
        for (Exam[] order : new Exam[][] {{a, b}, {b, a}, {a, a, b, b}}) {
            assertEquals(
                    sentence,
                    assertThrows(RefusedException.class, () -> learned(new Trace(), order))
                            .getMessage());
        }
    }

    @Test
    void whatWasLearnedFromOneContrastIsNotGivenToAnother() {
        Exam t1 = exam("A", Quantity.MR, tags(Contrast.T1), 1, 2, 3, 4);
        HistogramMatch step = learned(new Trace(), t1, t1);
        assertEquals(Optional.of("t1"), step.contrast());
        step.apply(t1, new Trace());
        step.apply(exam(Quantity.MR), new Trace()); // no tags, so nothing is known against it
        assertEquals(
                "exam B, image mr: its contrast is t2 by its tags, and the step was learned from"
                        + " t1. Only travelling subjects, scanned both ways, can carry one contrast"
                        + " to another.",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        step.apply(
                                                exam(
                                                        "B",
                                                        Quantity.MR,
                                                        tags(Contrast.T2),
                                                        1,
                                                        2,
                                                        3,
                                                        4),
                                                new Trace()))
                        .getMessage());
    }

    @Test
    void anUntoldContrastIsTakenForThatOfTheOthersWithAWarning() {
        Trace trace = new Trace();
        learned(
                trace,
                exam("A", Quantity.MR, tags(Contrast.T1), 1, 2, 3, 4),
                exam("B", Quantity.MR, Tags.none(), 1, 2, 3, 4));
        assertEquals("t1", trace.notes().get("contrast"));
        assertEquals(
                java.util.List.of(
                        "exam B, image mr has no tags that tell its contrast and was taken for t1"
                                + " like the others; there may be more such images."),
                trace.warnings());
    }
}
