package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subjects and batches that were not in the fit. */
class LongComBatPlaceTest {
    private static LongComBat settings(boolean slope) {
        return new LongComBat(
                "site",
                "who",
                List.of("time"),
                slope ? Optional.of("time") : Optional.empty(),
                "*",
                LongComBat.Scale.REML,
                3,
                ComBat.Smoothing.REML);
    }

    private static FeatureTable named(FeatureTable table, String column, String text) {
        return LongComBatTest.with(table, column, new String[] {text});
    }

    private static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** The prediction of a new subject is the one the fit makes of its own. */
    @ParameterizedTest(name = "random slope: {0}")
    @ValueSource(booleans = {false, true})
    void aSubjectOfTheFitUnderANewNameComesOutTheSame(boolean slope) {
        FeatureTable table = LongComBatTest.cohort();
        LongComBatModel model = LongComBatTest.fit(settings(slope), table, new Trace());
        FeatureTable own = table.rows(rows(15, 20));
        Trace trace = new Trace();
        FeatureTable renamed = model.apply(named(own, "who", "new"), trace);
        FeatureTable known = model.apply(own, new Trace());
        for (int r = 0; r < 5; r++) {
            assertArrayEquals(known.row(r), renamed.row(r), 1e-10);
        }
        assertEquals(1.0, trace.notes().get("newSubjects"));
        assertEquals(
                List.of(
                        "1 subject of 5 exams was not in the fit: what is their own is predicted from"
                                + " these exams, the fewer they are the closer to the average"
                                + " subject."),
                trace.warnings());
    }

    @Test
    void ofASingleVisitAShareIsTheSubjects() {
        FeatureTable table = LongComBatTest.cohort();
        LongComBatModel model = LongComBatTest.fit(settings(false), table, new Trace());
        FeatureTable visit = named(table.rows(7), "who", "new");
        double[] after = model.apply(visit, new Trace()).row(0);
        ComBatModel.Batch batch = model.batches().get(0);
        double[] mean = model.combat().expected(visit, 0);
        for (int f = 0; f < 4; f++) {
            double noise = model.variances().get(0).values().get(f);
            double between = model.variances().get(1).values().get(f);
            double off = visit.row(0)[f] - mean[f] - model.shifts().get(0).values().get(f);
            double mu = mean[f] + between / (between + noise) * off;
            double sigma = model.combat().sigma().get(f);
            double left = visit.row(0)[f] - mu - sigma * batch.gamma().get(f);
            assertEquals(mu + left / Math.sqrt(batch.delta().get(f)), after[f], 1e-12);
        }
    }

    @Test
    void rowsOfTheFitComeOutAsTheFormulaSays() {
        FeatureTable table = LongComBatTest.cohort();
        LongComBatModel model = LongComBatTest.fit(settings(true), table, new Trace());
        FeatureTable after = model.apply(table, new Trace());
        for (int r = 0; r < 60; r++) {
            double[] mean = model.combat().expected(table, r);
            String who = table.covariate(r, "who");
            LongComBatModel.Subject subject =
                    model.subjects().stream().filter(s -> s.name().equals(who)).findFirst().get();
            ComBatModel.Batch batch = model.batches().get((r / 5 + r % 5) % 3);
            for (int f = 0; f < 4; f++) {
                double mu = mean[f] + subject.intercept().get(f) + r % 5 * subject.slope().get(f);
                double off = model.combat().sigma().get(f) * batch.gamma().get(f);
                double scale = Math.sqrt(batch.delta().get(f));
                assertEquals(mu + (table.row(r)[f] - mu - off) / scale, after.row(r)[f], 1e-12);
            }
        }
    }

    /** ComBat says the same of a patient of an unknown scanner. */
    @Test
    void onePatientOfAnUnknownScannerIsRefusedAsComBatRefusesHim() {
        FeatureTable table = LongComBatTest.cohort();
        FeatureTable one = named(table.rows(4), "site", "Z");
        ComBatModel combat = Tables.fit(ComBat.of("site", List.of("time")), table);
        String said =
                assertThrows(RefusedException.class, () -> combat.apply(one, new Trace()))
                        .getMessage();
        LongComBatModel model = LongComBatTest.fit(settings(false), table, new Trace());
        assertEquals(
                said,
                assertThrows(RefusedException.class, () -> model.apply(one, new Trace()))
                        .getMessage());
        assertTrue(said.startsWith("exam e4: site \"Z\" was not in the fit"), said);
    }

    /** Features of level 10, subjects of sd 2, noise of sd 1, sites that add and multiply. */
    private static FeatureTable cohort(
            long seed, String sites, double[] adds, int subjects, int visits, String prefix) {
        Rng rng = new Rng(seed);
        int n = subjects * visits;
        int features = adds.length;
        double[][] values = new double[features][n];
        List<String> who = new ArrayList<>();
        List<String> site = new ArrayList<>();
        List<String> time = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            double[] level = new double[features];
            for (int f = 0; f < features; f++) {
                level[f] = 10 + 2 * rng.nextGaussian();
            }
            for (int t = 0; t < visits; t++) {
                int k = (s + t) % sites.length();
                who.add(prefix + s);
                site.add(sites.substring(k, k + 1));
                time.add(Integer.toString(t));
                for (int f = 0; f < features; f++) {
                    double shift = sites.length() == 1 ? adds[f] : k * adds[f] / 2;
                    values[f][s * visits + t] = level[f] + 0.3 * t + shift + rng.nextGaussian();
                }
            }
        }
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("who", who);
        c.put("site", site);
        c.put("time", time);
        return Tables.table(
                IntStream.range(0, features).mapToObj(f -> "f" + (1000 + f)).toList(), values, c);
    }

    private static double[] adds(long seed, int features) {
        Rng rng = new Rng(seed);
        return IntStream.range(0, features).mapToDouble(f -> 3 + rng.nextGaussian()).toArray();
    }

    /** V⁻¹ of every subject by hand: its γ and the standard error without shrinking. */
    @Test
    void aNewSiteIsPlacedByGeneralisedLeastSquares() {
        double[] adds = adds(1, 1);
        LongComBatModel model =
                LongComBatTest.fit(
                        settings(false), cohort(2, "ABC", adds, 30, 4, "p"), new Trace());
        FeatureTable rows = cohort(3, "Z", adds, 5, 3, "q").rows(rows(0, 13));
        LongComBatModel.Placed placed = model.place(rows, new Trace());
        double noise = model.variances().get(0).values().get(0);
        double between = model.variances().get(1).values().get(0);
        double weight = 0;
        double sum = 0;
        for (int s = 0; s < 5; s++) {
            int visits = s == 4 ? 1 : 3;
            double mean = 0;
            for (int t = 0; t < visits; t++) {
                int r = s * 3 + t;
                mean += (rows.row(r)[0] - model.combat().expected(rows, r)[0]) / visits;
            }
            double w = 1 / (between + noise / visits);
            weight += w;
            sum += w * mean;
        }
        assertEquals(sum / weight, placed.shift().get(0), 1e-10);
        double own = placed.batch().delta().get(0) / 13;
        double more = (1 / weight - noise / 13) / noise;
        // One feature is not shrunk, so all of γ̂ counts.
        assertEquals(Math.sqrt(own + more), placed.batch().error().get(0), 1e-10);
    }

    /** 300 features: their γ* lie about the truth as far as their standard errors say. */
    @Test
    void theStandardErrorContainsWhatNewSubjectsAdd() {
        double[] adds = adds(4, 300);
        LongComBatModel model =
                LongComBatTest.fit(
                        settings(false), cohort(5, "ABC", adds, 40, 4, "p"), new Trace());
        FeatureTable rows = cohort(6, "Z", adds, 10, 3, "q");
        Trace trace = new Trace();
        LongComBatModel.Placed placed = model.place(rows, trace);
        double squares = 0;
        for (int f = 0; f < 300; f++) {
            double sigma = model.combat().sigma().get(f);
            double truth = (10 + adds[f] - model.combat().alpha().get(f)) / sigma;
            double off = (placed.batch().gamma().get(f) - truth) / placed.batch().error().get(f);
            squares += off * off / 300;
        }
        // 1 with 8 % of Monte-Carlo error; 21 without what subjects add.
        assertEquals(1, squares, 0.3);
        double median = (double) trace.notes().get("standardError");
        assertTrue(median > 0.5 && median < 0.8, "2/√10 and a little: " + median);
        LongComBatModel more = model.with(placed);
        double left = 0;
        FeatureTable after = more.apply(rows, new Trace());
        for (int r = 0; r < 30; r++) {
            left += (after.row(r)[0] - 10 - adds[0] / 2 - 0.3 * (r % 3)) / 30;
        }
        assertEquals(0, left, 2, "brought to the average of the fit, 2/√10 · 3");
        assertEquals(model.batches(), more.batches().subList(0, 3), "others are not touched");
    }

    /** Known subjects who travel to the new site make it certain to the noise. */
    @Test
    void knownSubjectsPlaceASiteBetter() {
        double[] adds = adds(7, 20);
        FeatureTable fit = cohort(8, "ABC", adds, 40, 4, "p");
        LongComBatModel model = LongComBatTest.fit(settings(false), fit, new Trace());
        FeatureTable moved = named(fit.rows(rows(0, 40)), "site", "Z");
        Trace travel = new Trace();
        model.place(moved, travel);
        double known = (double) travel.notes().get("standardError");
        Trace strangers = new Trace();
        model.place(
                LongComBatTest.with(
                        moved,
                        "who",
                        IntStream.range(0, 40).mapToObj(r -> "q" + r / 4).toArray(String[]::new)),
                strangers);
        assertTrue((double) strangers.notes().get("standardError") > 2 * known);
    }

    /** Given its subjects, every number of a batch comes from its own rows. */
    @Test
    void aSiteOfTheFitUnderANewNameIsPlacedWhereItWas() {
        FeatureTable table = LongComBatTest.cohort();
        LongComBatModel model = LongComBatTest.fit(settings(true), table, new Trace());
        int[] own =
                IntStream.range(0, 60)
                        .filter(r -> table.covariate(r, "site").equals("B"))
                        .toArray();
        ComBatModel.Batch was = model.batches().get(1);
        ComBatModel.Batch is =
                model.place(named(table.rows(own), "site", "Z"), new Trace()).batch();
        assertArrayEquals(was.gamma().toArray(), is.gamma().toArray(), 1e-9);
        assertArrayEquals(was.delta().toArray(), is.delta().toArray(), 1e-9);
    }

    @Test
    void whatCannotBePlacedIsRefused() {
        FeatureTable table = LongComBatTest.cohort();
        LongComBatModel model = LongComBatTest.fit(settings(false), table, new Trace());
        FeatureTable one = named(named(table.rows(rows(0, 5)), "site", "Z"), "who", "q");
        assertEquals(
                "site \"Z\" has exams of one subject only, who was not in the fit: what is the"
                        + " subject's and what the batch's cannot be told apart. Add exams of other"
                        + " subjects.",
                assertThrows(RefusedException.class, () -> model.place(one, new Trace()))
                        .getMessage());
        FeatureTable known = table.rows(rows(0, 1));
        assertEquals(
                "site \"A\" was in the fit of this model, so it cannot be placed anew.",
                assertThrows(RefusedException.class, () -> model.place(known, new Trace()))
                        .getMessage());
    }
}
