package org.diapason.steps.intensity;

import static org.diapason.steps.intensity.SyntheticBrain.difference;
import static org.diapason.steps.intensity.SyntheticBrain.exam;
import static org.diapason.steps.intensity.SyntheticBrain.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Trace;
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

class WhiteStripeTest {
    private final Trace trace = new Trace();

    private static WhiteStripe of(String image, MrWeighting contrast) {
        return new WhiteStripe(
                image, "brain", contrast, Optional.empty(), 0.05, 0.02, 0.05, 0.001, false);
    }

    private static WhiteStripe hybrid() {
        return new WhiteStripe(
                "t1", "brain", MrWeighting.T1, Optional.of("t2"), 0.05, 0.02, 0.05, 0.001, false);
    }

    private double note(String key) {
        return (Double) trace.notes().get(key);
    }

    @Test
    void theLastPeakOfT1IsWhiteMatter() {
        Exam done = of("t1", MrWeighting.T1).apply(exam("A", 1, 1, 0), trace);
        assertEquals(1000, note("t1.mode"), 5);
        assertEquals(1000, note("t1.mean"), 5);
        assertEquals("last", trace.notes().get("t1.rule"));
        assertEquals(0.1 * 64000, note("t1.stripeVoxels"), 20);
        assertEquals(Quantity.Z_SCORE, done.image("t1").volume().quantity());
        assertTrue(Float.isNaN(values(done, "t1")[0]));
        float[] before = values(exam("A", 1, 1, 0), "t1");
        assertEquals(
                (before[20000] - note("t1.mean")) / note("t1.sd"), values(done, "t1")[20000], 1e-4);
    }

    // WhiteStripe 2.5.0 (R 4.2.2, mgcv 1.8-41), v the finite values in the brain:
    // class(v) <- "img_voi"; r <- whitestripe(v, "T1"); i <- r$whitestripe.ind
    // r$img.mode 1002.25, r$whitestripe 987.56545 1016.90373, mean(v[i]) 1002.2323, sd 8.3829588;
    // T2: 600.75, 592.34464 609.13073, 600.743152, 4.8308535. "MD", the first peak, gives 558.25:
    // it drops bins under a fifth of the highest, those between the peaks too; planted is 400
    @Test
    void agreesWithTheAuthorsProgram() {
        of("t1", MrWeighting.T1).apply(exam("A", 1, 1, 0), trace);
        assertEquals(1002.25, note("t1.mode"), 1, "a tenth of the stripe's standard deviation");
        assertEquals(1002.2323, note("t1.mean"), 1);
        assertEquals(8.3829588, note("t1.sd"), 0.005);
        of("t2", MrWeighting.T2).apply(exam("A", 1, 1, 0), trace);
        assertEquals(600.75, note("t2.mode"), 0.5);
        assertEquals(600.743152, note("t2.mean"), 0.5);
        assertEquals(4.8308535, note("t2.sd"), 0.005);
    }

    @Test
    void aStripeThatLiesEverywhereIsAWarning() {
        // every block of this brain holds all tissues, of which there are stripes of 20 voxels
        of("t1", MrWeighting.T1).apply(exam("P017", 1, 1, 0), trace);
        assertEquals(1, note("t1.spread"), 0.04);
        assertEquals(
                "exam P017, image t1: the stripe is spread over "
                        + Numbers.fixed(note("t1.spread"), 2)
                        + " of mask brain (blocks of 8 mm), and white matter over no more than 0.60,"
                        + " so it may be another tissue or noise. Check the mode, the mask and the"
                        + " contrast.",
                trace.warnings().get(0));
    }

    @Test
    void whiteMatterThatLiesTogetherIsNone() {
        ShadedHead head = new ShadedHead(128, 128, 90, 2, 0);
        Exam exam = head.exam(head.image(head.field(0, false), 0.06));
        of("t1", MrWeighting.T1).apply(exam, trace);
        assertEquals(0.4, note("t1.spread"), 0.03);
        assertEquals(java.util.List.of(), trace.warnings());
    }

    /** A uniform slice of the bell around its top: q ± 5 % of all is ± 5/35 of white matter. */
    @Test
    void theStripeIsSymmetricInShareAroundTheMode() {
        of("t1", MrWeighting.T1).apply(exam("A", 2, 1, 0), trace);
        Numbers stripe = (Numbers) trace.notes().get("t1.stripe");
        // normal quantiles at 1/2 ± 1/7 are ± 0.366 standard deviations of 40
        assertEquals(note("t1.mode") - 14.6, stripe.get(0), 1.5);
        assertEquals(note("t1.mode") + 14.6, stripe.get(1), 1.5);
    }

    @Test
    void theLargestPeakOfT2AndTheFirstOfPdAreTaken() {
        of("t2", MrWeighting.T2).apply(exam("A", 1, 1, 0), trace);
        assertEquals(600, note("t2.mode"), 6, "grey matter is the largest in this brain");
        Trace first = new Trace();
        of("t2", MrWeighting.PD).apply(exam("A", 1, 1, 0, SyntheticBrain.T1, Tags.none()), first);
        assertEquals(400, (Double) first.notes().get("t2.mode"), 4);
    }

    @ParameterizedTest(name = "gain {0}, offset {1}")
    @CsvSource({"3, 0", "0.25, 90", "1, -2000"})
    void isBlindToGainAndOffset(double gain, double offset) {
        WhiteStripe step = of("t1", MrWeighting.T1);
        // float values of about 1000 are good to 6e-5, a stripe has a spread of about 8
        assertTrue(
                difference(
                                step.apply(exam("A", 4, 1, 0), new Trace()),
                                step.apply(exam("A", 4, gain, offset), new Trace()),
                                "t1")
                        < 2e-3);
    }

    @Test
    void theHybridStripeIsWhereBothAgree() {
        // with fluid 300 on T2 white matter is its largest peak, as the hybrid assumes
        Exam exam = whiteIsLargest();
        Exam done = hybrid().apply(exam, trace);
        assertEquals(Set.of("t1", "t2"), hybrid().images());
        float[] a = values(exam, "t1");
        float[] b = values(exam, "t2");
        Numbers one = (Numbers) trace.notes().get("t1.stripe");
        Numbers two = (Numbers) trace.notes().get("t2.stripe");
        double sum = 0;
        int count = 0;
        for (int v = 0; v < a.length; v++) {
            if (a[v] > one.get(0) && a[v] < one.get(1) && b[v] > two.get(0) && b[v] < two.get(1)) {
                sum += b[v];
                count++;
            }
        }
        assertEquals(count, note("t1.stripeVoxels"));
        assertEquals(count, note("t2.stripeVoxels"));
        assertEquals(sum / count, note("t2.mean"), 1e-9);
        assertEquals(Quantity.Z_SCORE, done.image("t2").volume().quantity());
    }

    private static Exam whiteIsLargest() {
        Exam plain = exam("A", 5, 1, 0);
        float[] t1 = values(plain, "t1").clone();
        float[] t2 = values(plain, "t2").clone();
        for (int v = t1.length / 5; v < t1.length; v++) {
            if (v % 20 >= 4 && v % 20 < 10) { // two thirds of grey become white
                t1[v] += 400;
                t2[v] -= 200;
            }
        }
        return plain.mapImages(
                (n, i) -> i.withVolume(i.volume().withValues(n.equals("t1") ? t1 : t2)));
    }

    @Test
    void stripesThatAgreeNoMoreThanByChanceAreRefused() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> hybrid().apply(exam("P017", 1, 1, 0), new Trace()));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "exam P017, image t1: the stripe takes 0.00 % of mask brain, and"
                                        + " between 1.00 and 15.00 % was expected, so it is not"
                                        + " white matter alone."),
                e.getMessage());
    }

    private static Exam row(float[] values) {
        Geometry g = Geometry.of(values.length, 1, 1, 1, 1, 1);
        boolean[] all = new boolean[values.length];
        java.util.Arrays.fill(all, true);
        return Exam.of(
                "P017",
                Map.of("mr", Image.of(Volume.of(g, values, Quantity.MR))),
                Map.of("brain", Mask.of(g, all)),
                Map.of());
    }

    @Test
    void aHistogramWithoutAPeakInsideIsRefused() {
        float[] falling = new float[10000];
        for (int v = 0; v < falling.length; v++) {
            falling[v] = (float) (100 * -StrictMath.log((v + 0.5) / falling.length));
        }
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> of("*", MrWeighting.T1).apply(row(falling), trace));
        assertEquals(
                "exam P017, image mr: the smoothed histogram in mask brain has no peak between"
                        + " 0.105 and 685.906 that rises by 5.0 % of its highest and reaches 20 % of"
                        + " it, so white matter cannot be found. The mask must be the brain without"
                        + " skull; else lower prominence.",
                e.getMessage());
    }

    @Test
    void coarseValuesThatFillTheStripeAreRefused() {
        float[] coarse = values(exam("A", 1, 1, 0), "t1").clone();
        for (int v = 0; v < coarse.length; v++) {
            coarse[v] = 100 * Math.round(coarse[v] / 100);
        }
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                of("t1", MrWeighting.T1)
                                        .apply(
                                                exam("P017", 1, 1, 0)
                                                        .mapImages(
                                                                (n, i) ->
                                                                        i.withVolume(
                                                                                i.volume()
                                                                                        .withValues(
                                                                                                coarse))),
                                                trace));
        assertTrue(e.getMessage().contains("% was expected, so it is not white"), e.getMessage());
    }

    @Test
    void tagsOfAnotherContrastAreRefused() {
        assertEquals(
                "exam P017, image t2: its contrast is t2 by its tags, and contrast t1 was asked"
                        + " for. Set contrast to what the image is, or name other images (image).",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        of("*", MrWeighting.T1)
                                                .apply(exam("P017", 1, 1, 0), new Trace()))
                        .getMessage());
    }

    @Test
    void aBrightLesionMovesTheScaleByLittle() {
        Exam plain = exam("A", 1, 1, 0);
        float[] lesion = values(plain, "t1").clone();
        for (int v = 30000; v < 30500; v++) {
            lesion[v] = 5000;
        }
        of("t1", MrWeighting.T1)
                .apply(
                        plain.mapImages((n, i) -> i.withVolume(i.volume().withValues(lesion))),
                        trace);
        assertEquals(1000, note("t1.mean"), 10);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertEquals(
                "width must be above 0 and at most 0.25, got 0.3",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new WhiteStripe(
                                                "*",
                                                "brain",
                                                MrWeighting.T1,
                                                Optional.empty(),
                                                0.3,
                                                0.02,
                                                0.05,
                                                0.001,
                                                false))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new WhiteStripe(
                                "*",
                                "brain",
                                MrWeighting.T1,
                                Optional.of("t2"),
                                0.05,
                                0.02,
                                0.05,
                                0.001,
                                false));
    }
}
