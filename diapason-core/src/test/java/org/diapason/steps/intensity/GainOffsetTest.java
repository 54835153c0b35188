package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class GainOffsetTest {
    private static final GainOffset LEARNER = new GainOffset("mr", "muscle", "site", "A");
    private final Trace trace = new Trace();

    @Test
    void gainIsTheRatioOfSpreadsAndOffsetWhatIsLeftOfTheMeans() {
        GainOffsetModel model = learn(three("A", 1, 0), three("B", 3, -50));
        assertEquals(3, model.gains().get("B"), 1e-6);
        assertEquals(-50, model.offsets().get("B"), 1e-4);
        assertEquals(1.0, model.gains().get("A"));
        assertEquals(0.0, model.offsets().get("A"));
    }

    @Test
    void errorsAreThoseOfTheDeltaMethod() {
        // R, with m and s of the three exams of each scanner:
        //   g = exp(mean(log(sb)) - mean(log(sa)))
        //   g * sqrt(var(log(sb))/3 + var(log(sa))/3)
        //   ea = -g*ma + g*mean(ma)*log(sa); eb = mb - g*mean(ma)*log(sb)
        //   sqrt(var(ea)/3 + var(eb)/3); qt(.975, 2)
        double[] ma = {100, 110, 123};
        double[] sa = {10, 12, 11};
        double[] mb = {250, 240, 280};
        double[] sb = {30, 35, 28};
        Exam[][] exams = new Exam[2][3];
        for (int e = 0; e < 3; e++) {
            exams[0][e] = exam("A", (float) (ma[e] - sa[e]), (float) (ma[e] + sa[e]));
            exams[1][e] = exam("B", (float) (mb[e] - sb[e]), (float) (mb[e] + sb[e]));
        }
        learn(exams);
        assertEquals(2.813570486628845, note("B.gain"), 1e-9);
        assertEquals(0.23745717516042236, note("B.gainSe"), 1e-9);
        assertEquals(-55.63965734913512, note("B.offset"), 1e-7);
        assertEquals(36.65483399056696, note("B.offsetSe"), 1e-7);
        Numbers interval = (Numbers) trace.notes().get("B.offsetInterval");
        assertEquals(
                -55.63965734913512 + 4.302652729696 * 36.65483399056696, interval.get(1), 1e-6);
    }

    @Test
    void theLearnedStepGivesTheReferencesValuesBack() {
        GainOffsetModel model = learn(three("A", 1, 0), three("B", 3, -50));
        Volume out = model.apply(exam("B", 250, 310, Float.NaN), trace).image("mr").volume();
        assertArrayEquals(new float[] {100, 120, Float.NaN}, out.values(), 1e-4f);
        assertEquals(Quantity.MAPPED, out.quantity());
        Volume same = model.apply(exam("A", 250, 310), trace).image("mr").volume();
        assertArrayEquals(new float[] {250, 310}, same.values());
    }

    @Test
    void intervalsHoldThePlantedGainAndOffset() {
        Rng rng = new Rng(11);
        int gain = 0;
        int offset = 0;
        int cohorts = 400;
        for (int c = 0; c < cohorts; c++) {
            GainOffset.Sum sum = LEARNER.empty();
            for (int e = 0; e < 24; e++) {
                double mean = 500 + 30 * rng.nextGaussian();
                double sd = 60 * StrictMath.exp(0.1 * rng.nextGaussian());
                boolean b = e % 2 == 1;
                float low = (float) ((b ? 1.7 : 1) * (mean - sd) + (b ? 80 : 0));
                float high = (float) ((b ? 1.7 : 1) * (mean + sd) + (b ? 80 : 0));
                LEARNER.add(sum, exam(b ? "B" : "A", low, high));
            }
            Trace one = new Trace();
            LEARNER.learn(sum, one);
            gain += holds(one, "B.gainInterval", 1.7);
            offset += holds(one, "B.offsetInterval", 80);
        }
        // 95 % of 400 are 380, their standard deviation 4.4; t of the smaller group is a little
        // wide
        assertTrue(gain >= 371 && gain <= 394, gain + " of 400 intervals hold the gain");
        assertTrue(offset >= 371 && offset <= 394, offset + " of 400 intervals hold the offset");
    }

    private static int holds(Trace trace, String key, double truth) {
        Numbers interval = (Numbers) trace.notes().get(key);
        return interval.get(0) <= truth && truth <= interval.get(1) ? 1 : 0;
    }

    @Test
    void sumsOfOtherBlocksAgree() {
        GainOffset.Sum whole = LEARNER.empty();
        GainOffset.Sum left = LEARNER.empty();
        GainOffset.Sum right = LEARNER.empty();
        Rng rng = new Rng(3);
        for (int e = 0; e < 12; e++) {
            Exam exam =
                    exam(e % 2 == 0 ? "A" : "B", (float) rng.nextGaussian(), 5 + e % 5, 9 + e % 3);
            LEARNER.add(whole, exam);
            LEARNER.add(e < 5 ? left : right, exam);
        }
        LEARNER.merge(left, right);
        GainOffsetModel one = LEARNER.learn(whole, trace);
        GainOffsetModel two = LEARNER.learn(left, trace);
        assertEquals(one.gains().get("B"), two.gains().get("B"), 1e-12);
        assertEquals(one.offsets().get("B"), two.offsets().get("B"), 1e-12);
    }

    @Test
    void aScannerItDoesNotKnowIsRefused() {
        GainOffsetModel model = learn(three("A", 1, 0), new Exam[] {exam("B", 1, 2)});
        assertEquals(
                "scanner B has 1 exams, fewer than 3, so its gain and offset are not learned and its"
                        + " exams will be refused. Add exams of it.",
                trace.warnings().get(0));
        assertEquals(
                "exam P017, image mr: its scanner, \"B\" in the column site, is not among those whose"
                        + " gain and offset were learned, [A]. Learn anew with at least 3 exams of it.",
                assertThrows(RefusedException.class, () -> model.apply(exam("B", 1, 2), trace))
                        .getMessage());
        assertThrows(DataException.class, () -> model.apply(exam(" ", 1, 2), trace));
    }

    @Test
    void aReferenceWithoutExamsIsRefused() {
        assertEquals(
                "the reference scanner A has 0 exams in the column site, and at least 3 are needed to"
                        + " know how patients differ; there are exams of [B]. Choose another reference.",
                assertThrows(RefusedException.class, () -> learn(new Exam[0], three("B", 1, 0)))
                        .getMessage());
    }

    @Test
    void hounsfieldUnitsAreSentToTheirPhantom() {
        Exam ct = exam("A", 1, 2);
        Exam hu = ct.mapImages((n, i) -> i.withVolume(i.volume().withQuantity(Quantity.HU)));
        String sentence =
                "exam P017, image mr: the quantity is HU, whose gain and offset are an error of the"
                        + " scanner and not of its patients. Measure them on a phantom (column"
                        + " calibration) and use hu-line for CT; leave gain-offset out.";
        assertEquals(
                sentence,
                assertThrows(RefusedException.class, () -> LEARNER.add(LEARNER.empty(), hu))
                        .getMessage());
        GainOffsetModel model = learn(three("A", 1, 0));
        assertThrows(RefusedException.class, () -> model.apply(hu, trace));
    }

    @Test
    void twoContrastsAreRefused() {
        Exam[] exams = three("A", 1, 0);
        exams[0] = withTags(exams[0], "500", "10");
        exams[1] = withTags(exams[1], "4000", "90");
        String message = assertThrows(RefusedException.class, () -> learn(exams)).getMessage();
        assertTrue(message.contains("and gain-offset must not mix contrasts"), message);
        exams[1] = withTags(exams[1], "500", "10");
        GainOffsetModel model = learn(exams);
        Exam t2 = withTags(exam("A", 1, 2), "4000", "90");
        assertThrows(RefusedException.class, () -> model.apply(t2, trace));
    }

    private static Exam withTags(Exam exam, String tr, String te) {
        Map<String, String> tags =
                Map.of("ScanningSequence", "SE", "RepetitionTime", tr, "EchoTime", te);
        return exam.mapImages(
                (n, i) -> new Image(i.volume(), new Tags(tags, Map.of()), Optional.empty()));
    }

    @Test
    void patternsAndUnsoundModelsAreNamed() {
        assertThrows(
                IllegalArgumentException.class, () -> new GainOffset("*", "muscle", "site", "A"));
        TreeMap<String, Double> none = new TreeMap<>(Map.of("A", 0.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GainOffsetModel("mr", "site", "A", none, none, Optional.empty()));
    }

    private double note(String key) {
        return (double) trace.notes().get(key);
    }

    private GainOffsetModel learn(Exam[]... scanners) {
        GainOffset.Sum sum = LEARNER.empty();
        for (Exam[] exams : scanners) {
            for (Exam exam : exams) {
                LEARNER.add(sum, exam);
            }
        }
        return LEARNER.learn(sum, trace);
    }

    private static Exam[] three(String site, float gain, float offset) {
        return new Exam[] {
            exam(site, gain * 90 + offset, gain * 110 + offset),
            exam(site, gain * 95 + offset, gain * 125 + offset),
            exam(site, gain * 80 + offset, gain * 118 + offset)
        };
    }

    /** A row of voxels, all in the mask. */
    private static Exam exam(String site, float... values) {
        Geometry row = Geometry.of(values.length, 1, 1, 1, 1, 1);
        boolean[] inside = new boolean[values.length];
        java.util.Arrays.fill(inside, true);
        return Exam.of(
                "P017",
                Map.of("mr", Image.of(Volume.of(row, values, Quantity.MR))),
                Map.of("muscle", Mask.of(row, inside)),
                Map.of("site", site));
    }
}
