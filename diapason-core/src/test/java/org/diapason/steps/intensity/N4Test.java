package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class N4Test {
    private static final ShadedHead HEAD = new ShadedHead(128, 128, 90, 2, 0);
    private final Trace trace = new Trace();

    private static N4 n4(Optional<String> mask) {
        return new N4("*", mask, 4, 3, 200, 200, 0.1, 0.01, 200, 0.0002, true);
    }

    private float[] found(Exam exam) {
        Exam after = n4(Optional.of("brain")).apply(exam, trace);
        return after.image("t1.field").volume().values();
    }

    // ITK 5.2.1 on the same voxels (N4BiasFieldCorrectionImageFilter on every second voxel, 3
    // levels
    // of at most 50 rounds, threshold 0.001, 4 control points): 0.81, 0.84, 1.68, 1.69, 0.02 and
    // 0.05 %
    @ParameterizedTest(name = "field of 1 ± {0}, waves {1}, noise {2}: within {3} %")
    @CsvSource({
        "0.2, false, 0,    0.6",
        "0.2, false, 0.03, 1.0",
        "0.2, true,  0,    0.6",
        "0.2, true,  0.03, 1.0",
        "0,   false, 0,    0.2",
        "0,   false, 0.03, 0.2"
    })
    void findsThePlantedFieldAndInventsNone(
            double span, boolean waves, double noise, double percent) {
        float[] truth = HEAD.field(span, waves);
        double error = HEAD.errorPercent(truth, found(HEAD.exam(HEAD.image(truth, noise))));
        assertTrue(error <= percent, error + " %");
        assertEquals(List.of(), trace.warnings());
        // what is smaller than 1 % is not asked; 1 is the theorem for an independent field
        assertEquals(span > 0, trace.notes().containsKey("t1.narrowing"));
        assertTrue(span == 0 || (double) trace.notes().get("t1.narrowing") > 1);
    }

    // alone: 24 %, with the warning that the field still changes
    @Test
    void twoStepsFindAFieldThatOneDoesNot() {
        float[] truth = HEAD.field(0.4, true);
        Exam exam = HEAD.exam(HEAD.image(truth, 0.03));
        N4 wide = new N4("*", Optional.of("brain"), 4, 3, 200, 200, 0.2, 0.01, 200, 2e-4, false);
        N4 fine = new N4("*", Optional.of("brain"), 4, 3, 200, 200, 0.1, 0.01, 200, 2e-4, false);
        float[] left = fine.apply(wide.apply(exam, trace), trace).image("t1").volume().values();
        float[] shaded = exam.image("t1").volume().values();
        float[] found = new float[left.length];
        for (int v = 0; v < found.length; v++) {
            found[v] = shaded[v] / left[v];
        }
        double error = HEAD.errorPercent(truth, found);
        assertTrue(error <= 1.5, error + " %");
        assertEquals(List.of(), trace.warnings());
        fine.apply(exam, trace);
        assertTrue(
                trace.warnings()
                        .get(0)
                        .matches(
                                "exam P017, image t1: after \\d+ rounds of level 3 the bias field"
                                        + " still changes by 0\\.000\\d{3} a round, more than"
                                        + " tolerance 0\\.000200\\. Look at the result: where it is"
                                        + " still shaded, put an n4 with fwhm 0\\.2 before this"
                                        + " one\\."),
                trace.warnings().get(0));
    }

    /** A wide Gaussian takes this lesion for shading: 1.9 % where none was planted. */
    @Test
    void aFieldThatFollowsTheAnatomyIsAWarning() {
        ShadedHead head = new ShadedHead(128, 128, 90, 2, 1.3 * ShadedHead.WHITE);
        N4 wide = new N4("*", Optional.of("brain"), 4, 3, 200, 200, 0.15, 0.01, 200, 2e-4, false);
        wide.apply(head.exam(head.image(head.field(0, false), 0.03)), trace);
        assertEquals(0.02, (double) trace.notes().get("t1.fieldVariation"), 0.002);
        Numbers widths = (Numbers) trace.notes().get("t1.histogramWidths");
        double narrowing =
                (widths.get(0) * widths.get(0) - widths.get(1) * widths.get(1))
                        / (widths.get(2) * widths.get(2));
        assertEquals(narrowing, (double) trace.notes().get("t1.narrowing"), 1e-12);
        assertEquals(
                "exam P017, image t1: the found field varies by "
                        + Numbers.fixed(100 * (double) trace.notes().get("t1.fieldVariation"), 1)
                        + " % and follows the anatomy: dividing by it takes the histogram from a"
                        + " width of "
                        + Numbers.fixed(widths.get(0), 3)
                        + " to "
                        + Numbers.fixed(widths.get(1), 3)
                        + ", "
                        + Numbers.fixed(narrowing, 2)
                        + " times the least narrowing by a field that is independent of the tissues"
                        + " (1 or more is needed). Give a mask of purer tissue, white matter for"
                        + " example, or leave n4 out.",
                trace.warnings().get(0));
    }

    // ITK, called as above, noise-free: 1.300 becomes 1.282; ours with its fwhm of 0.15: 1.251
    @ParameterizedTest(name = "a lesion of {0} times white matter, noise {1}")
    @CsvSource({"1.3, 0.03", "0.45, 0.03", "1.6, 0"})
    void aLesionOfATenthOfTheHeadKeepsItsRatioToTissue(double ratio, double noise) {
        ShadedHead head = new ShadedHead(128, 128, 90, 2, ratio * ShadedHead.WHITE);
        float[] image = head.image(head.field(0.2, false), noise);
        Exam after = n4(Optional.of("brain")).apply(head.exam(image), trace);
        double kept = head.lesionToWhite(after.image("t1").volume().values());
        assertEquals(1, kept / ratio, 0.02);
        // what it would be without the correction: the test could not fail if it were the same
        assertTrue(Math.abs(head.lesionToWhite(image) / ratio - 1) > 0.02);
    }

    @Test
    void theUnitSurvives() {
        float[] truth = HEAD.field(0.2, false);
        Exam exam = HEAD.exam(HEAD.image(truth, 0));
        Exam after = n4(Optional.of("brain")).apply(exam, trace);
        assertEquals(Quantity.MR, after.image("t1").volume().quantity());
        float[] field = after.image("t1.field").volume().values();
        double sum = 0;
        int n = 0;
        for (int v = 0; v < field.length; v++) {
            // voxels without signal are not positive, so they do not count
            if (HEAD.mask[v] && exam.image("t1").volume().values()[v] > 0) {
                sum += field[v];
                n++;
            }
        }
        assertEquals(1, sum / n, 1e-6);
        assertEquals(
                exam.image("t1").volume().values()[HEAD.grid.index(64, 30, 45)],
                after.image("t1").volume().values()[HEAD.grid.index(64, 30, 45)]
                        * field[HEAD.grid.index(64, 30, 45)],
                1e-3);
    }

    @Test
    void withoutAMaskTheVoxelsAboveOtsusThresholdShowTheField() {
        float[] truth = HEAD.field(0.2, false);
        Exam after = n4(Optional.empty()).apply(HEAD.exam(HEAD.image(truth, 0.03)), trace);
        double error = HEAD.errorPercent(truth, after.image("t1.field").volume().values());
        assertTrue(error <= 1.5, error + " %");
        assertEquals("above Otsu's threshold", trace.notes().get("t1.foreground"));
        double threshold = (double) trace.notes().get("t1.threshold");
        assertTrue(threshold > 100 && threshold < 600, "between air and grey: " + threshold);
    }

    @Test
    void whatItDecidedIsInTheTrace() {
        found(HEAD.exam(HEAD.image(HEAD.field(0.2, false), 0)));
        assertEquals(Numbers.of(2, 2, 2), trace.notes().get("t1.blockVoxels"));
        assertEquals(Numbers.of(2, 2, 1), trace.notes().get("t1.elements"));
        Numbers rounds = (Numbers) trace.notes().get("t1.rounds");
        assertEquals(3, rounds.size());
        assertTrue(rounds.get(2) >= 1 && rounds.max() <= 200, rounds.fixed(0));
        assertTrue((double) trace.notes().get("t1.change") <= 0.0002);
        double variation = HEAD.errorPercent(HEAD.field(0.2, false), ones()) / 100;
        assertEquals(variation, (double) trace.notes().get("t1.fieldVariation"), 0.01);
        double least = (double) trace.notes().get("t1.fieldLeast");
        double most = (double) trace.notes().get("t1.fieldMost");
        assertTrue(least < 1 && most > 1, "the mean is 1");
        assertEquals(1.2 / 0.8, most / least, 0.05);
    }

    private static float[] ones() {
        float[] ones = new float[HEAD.mask.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void voxelsThatAreNotPositiveOrNotMeasuredAreLeftOutAndCounted() {
        float[] image = HEAD.image(HEAD.field(0.2, false), 0.03);
        float[] clean = found(HEAD.exam(image.clone()));
        int at = HEAD.grid.index(64, 30, 45);
        image[at] = Float.NaN;
        image[at + 1] = -7;
        image[at + 2] = 0;
        Exam after = n4(Optional.of("brain")).apply(HEAD.exam(image), trace);
        assertEquals(1.0, trace.notes().get("t1.nanVoxels"));
        assertEquals(2.0, trace.notes().get("t1.notPositiveVoxels"));
        float[] out = after.image("t1").volume().values();
        assertTrue(Float.isNaN(out[at]));
        assertTrue(out[at + 1] < 0 && out[at + 2] == 0);
        // three voxels of 525,000: the field must hardly notice
        assertArrayEquals(clean, after.image("t1.field").volume().values(), 2e-3f);
    }

    @Test
    void aSingleSliceHasAFieldInItsPlane() {
        Geometry g = HEAD.grid;
        Geometry slice = Geometry.of(g.ni(), g.nj(), 1, 2, 2, 5);
        int from = g.index(0, 0, 52);
        int to = from + slice.voxels();
        float[] truth = HEAD.field(0.2, false);
        float[] values = Arrays.copyOfRange(HEAD.image(truth, 0), from, to);
        Exam exam = exam(slice, values, Arrays.copyOfRange(HEAD.mask, from, to), Quantity.MR);
        Volume field = n4(Optional.of("brain")).apply(exam, trace).image("t1.field").volume();
        double left = ratio(truth, field.values(), from, g.index(30, 64, 0));
        double right = ratio(truth, field.values(), from, g.index(98, 64, 0));
        assertEquals(1, left / right, 0.03);
        assertEquals(0.0, ((Numbers) trace.notes().get("t1.elements")).get(2));
    }

    private static double ratio(float[] truth, float[] found, int from, int at) {
        return truth[from + at] / found[at];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HU      | , and only MR has the bias field of a coil. Name the MR image in the"
                        + " setting image.",
                "SUVbw   | , and only MR has the bias field of a coil. Name the MR image in the"
                        + " setting image.",
                "unknown | , and only MR has the bias field of a coil. If it is MR, say so in the"
                        + " cohort table, column quantity.t1.",
                "stored  | , and it must be known to be MR. Put units before this step.",
                "z-score | , so the image is normalized already, and its bias field was not"
                        + " multiplied onto these values. Put n4 before the normalization."
            })
    void onlyMrIsCorrected(String quantity, String why) {
        refused(
                "exam P017, image t1: the quantity is " + quantity + why,
                row(Quantity.of(quantity), true, 1, 2, 3));
    }

    @Test
    void aConstantImageIsRefused() {
        refused(
                "exam P017, image t1: all positive values in mask brain are about 5.000, so there is"
                        + " no bias field to see. Choose another mask or leave the step out.",
                row(Quantity.MR, true, 5, 5, 0, 5));
    }

    @Test
    void aMaskWithoutAPositiveValueFailsTheExam() {
        DataException e =
                assertThrows(
                        DataException.class, () -> found(row(Quantity.MR, true, 0, -1, Float.NaN)));
        assertEquals(
                "exam P017, image t1: none of the 3 voxels in mask brain has a positive value, so"
                        + " there is no bias field to see. Correct it or leave this exam out.",
                e.getMessage());
        assertEquals(
                "exam P017, image t1: there is no voxel in mask brain, so there is no bias field to"
                        + " see. Correct it or leave this exam out.",
                assertThrows(DataException.class, () -> found(row(Quantity.MR, false, 1, 2, 3)))
                        .getMessage());
    }

    @Test
    void aMaskOnAnotherGridIsRefused() {
        Exam exam = row(Quantity.MR, true, 1, 2, 3);
        Mask other = Mask.of(Geometry.of(3, 1, 1, 2, 1, 1), new boolean[] {true, true, true});
        refused(
                "exam P017, image t1: mask brain lies on another grid. Name the image it was drawn"
                        + " on, or resample both to one grid.",
                Exam.of("P017", exam.images(), Map.of("brain", other), Map.of()));
    }

    @Test
    void knotsNearerThanBlocksOrVoxelsAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new N4(
                                        "*",
                                        Optional.empty(),
                                        4,
                                        4,
                                        30,
                                        200,
                                        0.1,
                                        0.01,
                                        200,
                                        1e-3,
                                        false));
        assertEquals(
                "knots of level 4 would be 3.750 mm apart, nearer than working-mm 4.000 mm. Raise"
                        + " knot-spacing-mm or lower levels or working-mm.",
                e.getMessage());
        refused(
                "exam P017, image t1: its voxels are 60.000 mm long along j, and the knots of level 3"
                        + " would be only 50.000 mm apart. Raise knot-spacing-mm, lower levels, or"
                        + " check the file's spacing.",
                exam(
                        Geometry.of(1, 3, 1, 1, 60, 99),
                        new float[] {1, 2, 3},
                        new boolean[] {true, true, true},
                        Quantity.MR));
    }

    @Test
    void aFieldThatStillMovesIsRefused() {
        N4 hasty = new N4("*", Optional.of("brain"), 4, 1, 200, 200, 0.1, 0.01, 2, 1e-4, false);
        Exam exam = HEAD.exam(HEAD.image(HEAD.field(0.2, false), 0));
        String message =
                assertThrows(RefusedException.class, () -> hasty.apply(exam, trace)).getMessage();
        assertTrue(
                message.matches(
                        "exam P017, image t1: after 2 rounds of level 1 the bias field still changes"
                                + " by 0\\.\\d{6} a round, more than tolerance 0\\.000100, so it is"
                                + " not known\\. Raise max-iterations or tolerance, or check the"
                                + " mask\\."),
                message);
    }

    @Test
    void aFieldThatStillMovesALittleIsAWarning() {
        N4 hasty = new N4("*", Optional.of("brain"), 4, 1, 200, 200, 0.1, 0.01, 20, 6e-4, false);
        hasty.apply(HEAD.exam(HEAD.image(HEAD.field(0.2, false), 0)), trace);
        assertTrue(
                trace.warnings().get(0).startsWith("exam P017, image t1: after 20 rounds of level"),
                trace.warnings().toString());
    }

    @Test
    void theFieldIsAddedOnlyOnRequestAndNeverOverAnImage() {
        Exam exam = HEAD.exam(HEAD.image(HEAD.field(0.2, false), 0));
        N4 plain = new N4("*", Optional.of("brain"), 4, 1, 200, 200, 0.1, 0.01, 90, 1e-3, false);
        assertEquals(Set.of("t1"), plain.apply(exam, trace).images().keySet());
        assertEquals(Optional.empty(), plain.source("t1.field"));
        assertEquals(Optional.of("t1"), n4(Optional.empty()).source("t1.field"));
        Image image = exam.image("t1");
        refused(
                "exam P017, image t1: there is an image \"t1.field\" already. Set field to false, or"
                        + " rename the column of the cohort table.",
                Exam.of("P017", Map.of("t1", image, "t1.field", image), exam.masks(), Map.of()));
    }

    private void refused(String message, Exam exam) {
        assertEquals(message, assertThrows(RefusedException.class, () -> found(exam)).getMessage());
    }

    private static Exam row(Quantity quantity, boolean masked, float... values) {
        boolean[] inside = new boolean[values.length];
        Arrays.fill(inside, masked);
        return exam(Geometry.of(values.length, 1, 1, 1, 1, 1), values, inside, quantity);
    }

    private static Exam exam(Geometry g, float[] values, boolean[] inside, Quantity quantity) {
        return Exam.of(
                "P017",
                Map.of("t1", Image.of(Volume.of(g, values, quantity))),
                Map.of("brain", Mask.of(g, inside)),
                Map.of());
    }
}
