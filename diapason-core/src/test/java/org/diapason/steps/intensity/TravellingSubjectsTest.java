package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Rng;
import org.diapason.math.StraightPieces;
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

class TravellingSubjectsTest {
    private static final int WIDTH = 900;
    private static final double[] TISSUES = {200, 500, 800};
    private static final List<String> NAMES = List.of("csf", "gm", "wm");
    private final Trace trace = new Trace();

    @Test
    void aPlantedLineLiesInItsInterval() {
        int slopes = 0;
        int offsets = 0;
        for (int seed = 0; seed < 200; seed++) {
            Trace one = new Trace();
            learn(Mapping.AFFINE, cohort(12, seed, x -> 1.6 * x - 40, 12), one);
            slopes += holds(one, "slopeInterval", 1.6);
            offsets += holds(one, "offsetInterval", -40);
        }
        // 95 % of 200 are 190 with a standard deviation of 3.1
        assertTrue(slopes >= 182 && slopes <= 198, slopes + " of 200 intervals hold the slope");
        assertTrue(offsets >= 182 && offsets <= 198, offsets + " of 200 intervals hold the offset");
    }

    private static int holds(Trace trace, String key, double truth) {
        Numbers interval = (Numbers) trace.notes().get(key);
        return interval.get(0) <= truth && truth <= interval.get(1) ? 1 : 0;
    }

    @Test
    void aLineWithoutErrorIsFoundExactlyAndTheSubjectsAgreeAfterIt() {
        TravellingSubjectsModel model =
                learn(Mapping.AFFINE, cohort(10, 1, x -> 2 * x + 30, 0), trace);
        assertEquals(2, (double) trace.notes().get("slope"), 1e-5);
        assertEquals(30, (double) trace.notes().get("offset"), 1e-2);
        assertEquals(1, ((Numbers) trace.notes().get("gm.after.icc")).get(0), 1e-4);
        assertTrue(((Numbers) trace.notes().get("gm.before.icc")).get(0) < 0.1);
        Exam exam = exam("new", "A", null, new float[WIDTH]);
        Volume out = model.apply(exam, trace).image("mr").volume();
        assertEquals(30, out.values()[0], 1e-2, "the line goes on beyond the knots");
        assertEquals(Quantity.MAPPED, out.quantity());
        assertEquals(1.0, trace.notes().get("mr.beyondKnots"));
    }

    @Test
    void limitsOfAgreementHoldNewSubjects() {
        List<Exam> exams = cohort(40, 5, x -> 1.6 * x - 40, 12);
        TravellingSubjectsModel model = learn(Mapping.AFFINE, exams, trace);
        Numbers limits = (Numbers) trace.notes().get("gm.after.limits");
        List<Exam> fresh = cohort(400, 99, x -> 1.6 * x - 40, 12);
        int within = 0;
        for (int n = 0; n < fresh.size(); n += 2) {
            Exam mapped = model.apply(fresh.get(n), new Trace());
            double off = mean(mapped, "gm") - mean(fresh.get(n + 1), "gm");
            within += limits.get(0) <= off && off <= limits.get(1) ? 1 : 0;
        }
        // limits from 40 subjects hold 95 % give or take 2.5 of new ones
        assertTrue(within >= 360 && within <= 398, within + " of 400 lie within the limits");
    }

    @Test
    void eachSubjectIsMappedByWhatTheOthersTeach() {
        List<Exam> exams = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            exams.add(scan("A" + s, "A", "S10" + s, 1, x -> x, 0));
            exams.add(scan("B" + s, "B", "S10" + s, 1, x -> x, 0));
        }
        exams.set(1, scan("B0", "B", "S100", 1, x -> x + 100, 0));
        learn(Mapping.TISSUE_WISE, exams, trace);
        // ten equal subjects, one moved by 100: it misses by -100, the nine others by 100/9, so the
        // standard deviation is 100 √(10)/9 = 35.14; within the fit it would be 100/√10 = 31.62
        Numbers limits = (Numbers) trace.notes().get("gm.after.limits");
        assertEquals(2 * 1.959964 * 35.1364, limits.get(1) - limits.get(0), 0.1);
        assertEquals(0, (double) trace.notes().get("gm.after.bias"), 0.1);
    }

    @Test
    void twoContrastsAtOneSiteAreRefused() {
        List<Exam> exams = new ArrayList<>(tagged(x -> x + 100));
        exams.set(2, withTags(exams.get(2), "4000", "90"));
        String message =
                assertThrows(RefusedException.class, () -> learn(Mapping.TISSUE_WISE, exams, trace))
                        .getMessage();
        assertEquals(
                "exam A0, image mr is t1 and exam A1, image mr is t2 by their tags, and a map learned"
                        + " from travelling subjects must not mix contrasts. Learn from one at a time"
                        + " (setting image). Only travelling subjects, scanned both ways, can carry"
                        + " one contrast to another.",
                message);
    }

    @Test
    void aPlantedCurveIsFoundWithinItsError() {
        DoubleUnaryOperator curve = x -> 900 * x / (x + 400);
        TravellingSubjectsModel model = learn(Mapping.MONOTONE, cohort(20, 2, curve, 0), trace);
        assertTrue((double) trace.notes().get("concordance") > 0.99);
        StraightPieces map = StraightPieces.of(model.knots(), model.mapped());
        // the mean of curved quantiles is not the curve at the mean: subjects vary by 5 %
        for (double x : TISSUES) {
            assertEquals(curve.applyAsDouble(x), map.at(x), 2.5, "at " + x);
        }
        assertTrue(((Numbers) trace.notes().get("mappedSe")).max() < 10);
    }

    /**
     * Why the map is by quantiles: with noise at both sites, and with every tenth voxel misplaced,
     * isotonic regression of the paired voxels (pool adjacent violators) is drawn towards the mean.
     */
    @ParameterizedTest(name = "noise {0}, misplaced {1}")
    @CsvSource({"40, 0", "0, 0.1", "20, 0.1"})
    void quantilesFindTheMapBetterThanRegressionOfPairedVoxels(double noise, double misplaced) {
        DoubleUnaryOperator curve = x -> 900 * x / (x + 400);
        List<Exam> exams = new ArrayList<>();
        List<double[]> pairs = new ArrayList<>();
        for (int s = 0; s < 20; s++) {
            Rng rng = new Rng(s);
            float[] a = new float[WIDTH];
            float[] b = new float[WIDTH];
            for (int v = 0; v < WIDTH; v++) {
                double x = TISSUES[rng.nextInt(3)] + 30 * rng.nextGaussian();
                boolean moved = rng.nextDouble() < misplaced;
                double y = moved ? TISSUES[rng.nextInt(3)] + 30 * rng.nextGaussian() : x;
                a[v] = (float) (x + noise * rng.nextGaussian());
                b[v] = (float) (curve.applyAsDouble(y) + 0.7 * noise * rng.nextGaussian());
                pairs.add(new double[] {a[v], b[v]});
            }
            exams.add(exam("A" + s, "A", "S" + s, a));
            exams.add(exam("B" + s, "B", "S" + s, b));
        }
        TravellingSubjectsModel model = learn(Mapping.MONOTONE, exams, trace);
        StraightPieces quantiles = StraightPieces.of(model.knots(), model.mapped());
        pairs.sort((p, q) -> Double.compare(p[0], q[0]));
        double[] isotonic = isotonic(pairs.stream().mapToDouble(p -> p[1]).toArray());
        double byQuantiles = 0;
        double byRegression = 0;
        int n = pairs.size();
        for (int p = n / 50; p < n - n / 50; p++) {
            double x = pairs.get(p)[0];
            double truth = curve.applyAsDouble(x);
            byQuantiles += (quantiles.at(x) - truth) * (quantiles.at(x) - truth);
            byRegression += (isotonic[p] - truth) * (isotonic[p] - truth);
        }
        assertTrue(
                Math.sqrt(byQuantiles) < 0.8 * Math.sqrt(byRegression),
                Math.sqrt(byQuantiles / n) + " and " + Math.sqrt(byRegression / n));
    }

    /** Pools adjacent violators: the rising values with the least squared distance. */
    private static double[] isotonic(double[] y) {
        double[] mean = new double[y.length];
        int[] size = new int[y.length];
        int blocks = 0;
        for (double one : y) {
            mean[blocks] = one;
            size[blocks++] = 1;
            while (blocks > 1 && mean[blocks - 2] >= mean[blocks - 1]) {
                int both = size[blocks - 2] + size[blocks - 1];
                mean[blocks - 2] += (mean[blocks - 1] - mean[blocks - 2]) * size[blocks - 1] / both;
                size[--blocks - 1] = both;
            }
        }
        double[] out = new double[y.length];
        for (int b = 0, n = 0; b < blocks; b++) {
            for (int end = n + size[b]; n < end; n++) {
                out[n] = mean[b];
            }
        }
        return out;
    }

    /** T1 to T2: grey matter becomes the brightest. Histograms agree, tissues do not. */
    @Test
    void aMonotoneMapOfTissuesThatChangeTheirOrderIsRefused() {
        DoubleUnaryOperator swap =
                x -> x < 350 ? x + 100 : x < 650 ? 900 + 0.5 * (x - 500) : 400 + 0.5 * (x - 800);
        List<Exam> exams = cohort(20, 4, swap, 0);
        String message =
                assertThrows(RefusedException.class, () -> learn(Mapping.MONOTONE, exams, trace))
                        .getMessage();
        assertTrue((double) trace.notes().get("concordance") > 0.3, "the voxels rise on the whole");
        assertTrue(
                message.startsWith(
                        "the monotone map misses the paired voxels in mask brain of A and B by"),
                message);
        assertTrue(
                message.endsWith(
                        ": one value for all would do as well. Where tissues change their order"
                                + " choose tissue-wise; else check the registration."),
                message);
    }

    @Test
    void aMonotoneMapSaysWhatItExplainsOfThePairedVoxels() {
        learn(Mapping.MONOTONE, cohort(20, 2, x -> 2 * x, 0), trace);
        assertTrue((double) trace.notes().get("explained") > 0.99);
        List<Exam> exams = new ArrayList<>();
        for (int s = 0; s < 20; s++) {
            Rng rng = new Rng(s);
            float[] a = new float[WIDTH];
            float[] b = new float[WIDTH];
            for (int v = 0; v < WIDTH; v++) {
                double x = rng.nextGaussian();
                a[v] = (float) (x + 0.7 * rng.nextGaussian());
                b[v] = (float) (x + 0.7 * rng.nextGaussian());
            }
            exams.add(exam("A" + s, "A", "S" + s, a));
            exams.add(exam("B" + s, "B", "S" + s, b));
        }
        Trace noisy = new Trace();
        learn(Mapping.MONOTONE, exams, noisy);
        // variance 1.49 each, correlation 1/1.49: the map is y = x and explains 2 · 0.671 − 1
        assertEquals(0.342, (double) noisy.notes().get("explained"), 0.03);
        assertTrue(noisy.warnings().get(0).contains("% of their variance, below 50 %"));
    }

    @Test
    void aFallingMapIsSeenInTheVoxels() {
        TravellingSubjectsModel model =
                learn(Mapping.MONOTONE, cohort(20, 3, x -> 1200 - x, 0), trace);
        assertTrue((double) trace.notes().get("concordance") < -0.99);
        assertEquals(700, StraightPieces.of(model.knots(), model.mapped()).at(500), 0.01);
    }

    @Test
    void tissuesMayChangeTheirOrderFromOneContrastToAnother() {
        // T1: csf 200, gm 500, wm 800; T2: csf 900, gm 400, wm 300
        double[][] t2 = {{200, 900}, {500, 400}, {800, 300}};
        DoubleUnaryOperator swap =
                x -> {
                    double[] tissue = t2[x < 350 ? 0 : x < 650 ? 1 : 2];
                    return tissue[1] + 0.5 * (x - tissue[0]);
                };
        TravellingSubjectsModel model = learn(Mapping.TISSUE_WISE, tagged(swap), trace);
        assertEquals(Optional.of("t1"), model.sourceContrast());
        assertEquals(Optional.of("t2"), model.targetContrast());
        StraightPieces map = StraightPieces.of(model.knots(), model.mapped());
        for (double[] tissue : t2) {
            assertEquals(tissue[1], map.at(tissue[0]), 20, "at " + tissue[0]);
        }
        Exam wrong = withTags(exam("new", "A", null, new float[WIDTH]), "4000", "90");
        assertThrows(RefusedException.class, () -> model.apply(wrong, trace));
    }

    @Test
    void tooFewSubjectsAreRefused() {
        for (Mapping mapping : Mapping.values()) {
            int least = mapping == Mapping.MONOTONE ? 20 : 10;
            learn(mapping, cohort(least, 1, x -> 2 * x, 5), new Trace());
            RefusedException e =
                    assertThrows(
                            RefusedException.class,
                            () -> learn(mapping, cohort(least - 1, 1, x -> 2 * x, 5), trace));
            assertEquals(
                    least
                            - 1
                            + " subjects were scanned at both A and B (columns subject and site), and"
                            + " this map needs at least "
                            + least
                            + ". Scan more subjects at both"
                            + (mapping == Mapping.MONOTONE ? ", or choose affine." : "."),
                    e.getMessage());
        }
    }

    @Test
    void patientsWithoutAPairAndOtherScannersTeachNothing() {
        List<Exam> exams = new ArrayList<>(cohort(10, 1, x -> 2 * x, 3));
        TravellingSubjectsModel alone = learn(Mapping.AFFINE, exams, new Trace());
        exams.add(exam("p1", "A", null, new float[WIDTH]));
        exams.add(exam("p2", "C", "S101", new float[WIDTH]));
        exams.add(scan("p3", "A", "only here", 77, x -> x, 0));
        assertEquals(alone, learn(Mapping.AFFINE, exams, trace));
        exams.add(scan("p4", "A", "S101", 77, x -> x, 0));
        assertEquals(alone, learn(Mapping.AFFINE, exams, trace), "the first scan counts");
        assertTrue(trace.warnings().get(0).startsWith("1 further scans"), trace.warnings().get(0));
    }

    @Test
    void sumsOfOtherBlocksGiveTheSameMap() {
        List<Exam> exams = cohort(20, 1, x -> 2 * x, 3);
        TravellingSubjects learner = learner(Mapping.MONOTONE);
        TravellingSubjects.Sum total = learner.empty();
        for (int from = 0; from < exams.size(); from += 7) {
            TravellingSubjects.Sum part = learner.empty();
            exams.subList(from, Math.min(exams.size(), from + 7))
                    .forEach(e -> learner.add(part, e));
            learner.merge(total, part);
        }
        assertEquals(learn(Mapping.MONOTONE, exams, trace), learner.learn(total, new Trace()));
    }

    @Test
    void voxelsThatKnowNothingOfEachOtherAreRefused() {
        List<Exam> exams = new ArrayList<>();
        for (int s = 0; s < 20; s++) {
            Rng rng = new Rng(s);
            for (String site : List.of("A", "B")) {
                float[] values = new float[WIDTH];
                for (int v = 0; v < WIDTH; v++) {
                    values[v] = (float) rng.nextDouble();
                }
                exams.add(exam(site + s, site, "S" + s, values));
            }
        }
        String message =
                assertThrows(RefusedException.class, () -> learn(Mapping.MONOTONE, exams, trace))
                        .getMessage();
        assertTrue(message.contains("neither rise nor fall together"), message);
        message =
                assertThrows(RefusedException.class, () -> learn(Mapping.TISSUE_WISE, exams, trace))
                        .getMessage();
        assertTrue(message.contains("do not tell"), message);
        message =
                assertThrows(RefusedException.class, () -> learn(Mapping.AFFINE, exams, trace))
                        .getMessage();
        assertTrue(message.contains("may be 0"), message);
    }

    @Test
    void aThirdScannerAndAnotherGridAreRefused() {
        TravellingSubjectsModel model = learn(Mapping.AFFINE, cohort(10, 1, x -> 2 * x, 3), trace);
        float[] values = {1, 2, 3};
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> model.apply(exam("new", "C", null, new float[WIDTH]), trace));
        assertEquals(
                "exam new, image mr: it is of \"C\" by the column site, and the travelling subjects"
                        + " went from A to B. Correct the column, or leave this exam out.",
                e.getMessage());
        Volume same = model.apply(exam("new", "B", null, values), trace).image("mr").volume();
        assertArrayEquals(values, same.values(), "the target keeps its values");
        assertEquals(Quantity.MAPPED, same.quantity());
        List<Exam> exams = new ArrayList<>(cohort(20, 1, x -> 2 * x, 3));
        exams.set(0, exam("A0", "A", "S100", new float[] {1, 2, 3, 4, 5, 6}));
        String message =
                assertThrows(RefusedException.class, () -> learn(Mapping.MONOTONE, exams, trace))
                        .getMessage();
        assertTrue(message.contains("does not lie on the grid of"), message);
    }

    @Test
    void settingsThatCannotBeMeantAreNamed() {
        for (Object[] wrong :
                new Object[][] {
                    {"*", NAMES, "A", "B", Mapping.AFFINE},
                    {"mr", List.of(), "A", "B", Mapping.AFFINE},
                    {"mr", List.of(""), "A", "B", Mapping.AFFINE},
                    {"mr", List.of("a", "a"), "A", "B", Mapping.AFFINE},
                    {"mr", List.of("a"), "A", "B", Mapping.TISSUE_WISE},
                    {"mr", NAMES, "A", "A", Mapping.AFFINE}
                }) {
            @SuppressWarnings("unchecked")
            List<String> masks = (List<String>) wrong[1];
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new TravellingSubjects(
                                    (String) wrong[0],
                                    masks,
                                    "site",
                                    (String) wrong[2],
                                    (String) wrong[3],
                                    "subject",
                                    (Mapping) wrong[4],
                                    false));
        }
    }

    private static double mean(Exam exam, String mask) {
        double sum = 0;
        int count = 0;
        for (int v = 0; v < WIDTH; v++) {
            if (exam.mask(mask).voxels()[v]) {
                sum += exam.image("mr").volume().values()[v];
                count++;
            }
        }
        return sum / count;
    }

    private static TravellingSubjects learner(Mapping mapping) {
        List<String> masks = mapping == Mapping.MONOTONE ? List.of("brain") : NAMES;
        return new TravellingSubjects("mr", masks, "site", "A", "B", "subject", mapping, false);
    }

    private static TravellingSubjectsModel learn(Mapping mapping, List<Exam> exams, Trace trace) {
        TravellingSubjects learner = learner(mapping);
        TravellingSubjects.Sum sum = learner.empty();
        exams.forEach(exam -> learner.add(sum, exam));
        return learner.learn(sum, trace);
    }

    /** Subjects at A and at B in turn; every scan moves the mean of each tissue by an error. */
    private static List<Exam> cohort(
            int subjects, long seed, DoubleUnaryOperator toB, double error) {
        List<Exam> exams = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            String subject = "S" + (100 + s);
            exams.add(scan("A" + s, "A", subject, seed * 1000 + s, x -> x, error));
            exams.add(scan("B" + s, "B", subject, seed * 1000 + s, toB, error));
        }
        return exams;
    }

    private static Exam scan(
            String id,
            String site,
            String subject,
            long seed,
            DoubleUnaryOperator map,
            double error) {
        Rng anatomy = new Rng(seed);
        Rng noise = new Rng(Rng.seed(seed, site));
        float[] values = new float[WIDTH];
        double[] mean = new double[3];
        for (int t = 0; t < 3; t++) {
            mean[t] =
                    TISSUES[t] * (1 + 0.05 * anatomy.nextGaussian()) + error * noise.nextGaussian();
        }
        for (int v = 0; v < WIDTH; v++) {
            values[v] = (float) map.applyAsDouble(mean[v % 3] + 15 * anatomy.nextGaussian());
        }
        return exam(id, site, subject, values);
    }

    private static List<Exam> tagged(DoubleUnaryOperator toB) {
        List<Exam> exams = new ArrayList<>();
        for (Exam exam : cohort(12, 4, toB, 5)) {
            boolean a = exam.covariates().get("site").equals("A");
            exams.add(withTags(exam, a ? "500" : "4000", a ? "10" : "90"));
        }
        return exams;
    }

    private static Exam withTags(Exam exam, String tr, String te) {
        Tags tags =
                new Tags(
                        Map.of("ScanningSequence", "SE", "RepetitionTime", tr, "EchoTime", te),
                        Map.of());
        return exam.mapImages((name, i) -> new Image(i.volume(), tags, Optional.empty()));
    }

    private static Exam exam(String id, String site, String subject, float[] values) {
        Geometry row = Geometry.of(values.length, 1, 1, 1, 1, 1);
        Map<String, Mask> masks = new HashMap<>();
        for (int t = 0; t < 4; t++) {
            boolean[] inside = new boolean[values.length];
            for (int v = 0; v < values.length; v++) {
                inside[v] = t == 3 || v % 3 == t;
            }
            masks.put(t == 3 ? "brain" : NAMES.get(t), Mask.of(row, inside));
        }
        Map<String, String> columns = new HashMap<>(Map.of("site", site));
        if (subject != null) {
            columns.put("subject", subject);
        }
        return Exam.of(
                id, Map.of("mr", Image.of(Volume.of(row, values, Quantity.MR))), masks, columns);
    }
}
