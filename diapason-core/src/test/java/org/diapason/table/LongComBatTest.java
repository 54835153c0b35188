package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
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

class LongComBatTest {
    private static final LongComBat SETTINGS = LongComBat.of("site", "who", List.of("time"));

    /** 12 subjects, 5 visits, three sites that subjects travel between; features a to d. */
    static FeatureTable cohort() {
        Rng rng = new Rng(5);
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        List<String> exams = new ArrayList<>();
        double[][] rows = new double[60][4];
        for (int s = 0; s < 12; s++) {
            double[] level = {
                rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()
            };
            for (int t = 0; t < 5; t++) {
                int r = s * 5 + t;
                int site = (s + t) % 3;
                SortedMap<String, String> c = new TreeMap<>();
                c.put("site", "ABC".substring(site, site + 1));
                c.put("who", "p" + s);
                c.put("time", Integer.toString(t));
                c.put("site_age", Integer.toString(40 + s * 7 % 11 + t));
                covariates.add(c);
                exams.add("e" + r);
                for (int f = 0; f < 4; f++) {
                    double noise = (1 + site) * rng.nextGaussian() / 4;
                    rows[r][f] = 10 + 2 * level[f] + 0.3 * t + (f + 1) * site + noise;
                }
            }
        }
        return FeatureTable.of(
                List.of("a", "b", "c", "d"), exams, Collections.nCopies(60, "r"), rows, covariates);
    }

    static LongComBatModel fit(LongComBat settings, FeatureTable table, Trace trace) {
        WholeTable sum = settings.empty();
        settings.add(sum, table);
        return (LongComBatModel) settings.learn(sum, trace);
    }

    private static FeatureTable harmonized(LongComBat settings, FeatureTable table) {
        return fit(settings, table, new Trace()).apply(table, new Trace());
    }

    static FeatureTable with(FeatureTable table, String column, String[] texts) {
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < table.size(); r++) {
            SortedMap<String, String> c = new TreeMap<>(table.covariates(r));
            c.put(column, texts[r % texts.length]);
            covariates.add(c);
            exams.add(table.exam(r));
            regions.add(table.region(r));
            rows[r] = table.row(r);
        }
        return FeatureTable.of(table.features(), exams, regions, rows, covariates);
    }

    /** Site C adds 2·(f + 1) to what A adds; what ComBat takes off must be that much apart. */
    @Test
    void whatSitesAddIsTakenOffAndSubjectsStayApart() {
        FeatureTable table = cohort();
        FeatureTable after = harmonized(SETTINGS, table);
        for (int f = 0; f < 4; f++) {
            double off = 0;
            double subjects = 0;
            for (int r = 0; r < 60; r++) {
                int site = (r / 5 + r % 5) % 3;
                double taken = table.row(r)[f] - after.row(r)[f];
                off += (site == 2 ? taken : site == 0 ? -taken : 0) / 20;
                double truth = table.row(r)[f] - (f + 1) * site;
                double sign = r < 5 ? 1 : r >= 55 ? -1 : 0;
                subjects += sign * (after.row(r)[f] - truth) / 5;
            }
            // Standard error of the difference of two sites: 0.5/√20 · √2 = 0.2 at most.
            assertEquals(2 * (f + 1), off, 0.5, "feature " + f);
            assertEquals(0, subjects, 0.4, "feature " + f + ", first and last subject");
        }
    }

    @Test
    void whatSubjectsAndSitesAreIsWrittenDown() {
        Trace trace = new Trace();
        fit(SETTINGS, cohort(), trace);
        assertEquals(12.0, trace.notes().get("subjects"));
        assertEquals(12.0, trace.notes().get("subjectsInSeveralBatches"));
        assertEquals(0.0, trace.notes().get("singularFits"));
        assertEquals(List.of(), trace.warnings());
    }

    /** The original finds the batch's columns by their names and takes site_age for one. */
    @Test
    void aCovariateNamedLikeTheBatchIsACovariate() {
        FeatureTable table = cohort();
        FeatureTable renamed =
                with(
                        table,
                        "plain",
                        IntStream.range(0, 60)
                                .mapToObj(r -> table.covariate(r, "site_age"))
                                .toArray(String[]::new));
        FeatureTable a =
                harmonized(LongComBat.of("site", "who", List.of("time", "site_age")), table);
        FeatureTable b =
                harmonized(LongComBat.of("site", "who", List.of("time", "plain")), renamed);
        for (int r = 0; r < 60; r++) {
            assertArrayEquals(b.row(r), a.row(r));
        }
    }

    @Test
    void theOrderOfRowsChangesNothing() {
        FeatureTable table = cohort();
        int[] back = IntStream.range(0, 60).map(r -> 59 - r).toArray();
        FeatureTable a = harmonized(SETTINGS, table);
        FeatureTable b = harmonized(SETTINGS, table.rows(back));
        for (int r = 0; r < 60; r++) {
            assertArrayEquals(a.row(r), b.row(59 - r), 1e-9);
        }
    }

    @Test
    void rowsOfTheFitAloneComeOutAsInTheFitAndOneBatchIsTheIdentity() {
        FeatureTable table = cohort();
        LongComBatModel model = fit(SETTINGS, table, new Trace());
        FeatureTable all = model.apply(table, new Trace());
        assertArrayEquals(all.row(17), model.apply(table.rows(17), new Trace()).row(0));
        FeatureTable one = with(table, "site", new String[] {"A"});
        Trace trace = new Trace();
        assertArrayEquals(one.row(3), fit(SETTINGS, one, trace).apply(one, new Trace()).row(3));
        assertTrue(trace.warnings().get(0).contains("nothing to harmonize"), "says so");
    }

    @Test
    void aCellThatIsMissingTouchesItsFeatureOnly() {
        FeatureTable table = cohort();
        double[][] rows = new double[60][];
        for (int r = 0; r < 60; r++) {
            rows[r] = table.row(r).clone();
        }
        rows[7][1] = Double.NaN;
        FeatureTable after = harmonized(noShrinking(), table.withRows(rows));
        FeatureTable whole = harmonized(noShrinking(), table);
        assertTrue(Double.isNaN(after.row(7)[1]));
        assertEquals(whole.row(20)[1], after.row(20)[1], 0.1);
        LongComBatModel a = fit(SETTINGS, table.withRows(rows), new Trace());
        LongComBatModel b = fit(SETTINGS, table, new Trace());
        for (int f : new int[] {0, 2, 3}) {
            assertEquals(b.combat().sigma().get(f), a.combat().sigma().get(f));
            assertEquals(b.combat().alpha().get(f), a.combat().alpha().get(f));
        }
        // A feature without a value in site C is fitted on the others and stays undefined there.
        for (int r = 0; r < 60; r++) {
            rows[r][1] = table.covariate(r, "site").equals("C") ? Double.NaN : table.row(r)[1];
        }
        FeatureTable gap = harmonized(SETTINGS, table.withRows(rows));
        assertTrue(Double.isNaN(gap.row(2)[1]) && !Double.isNaN(gap.row(0)[1]));
    }

    private static LongComBat noShrinking() {
        return new LongComBat(
                "site",
                "who",
                List.of("time"),
                Optional.empty(),
                "*",
                LongComBat.Scale.REML,
                2,
                ComBat.Smoothing.REML);
    }

    @Test
    void aConstantFeaturePassesAndOneWithoutSubjectsIsSingular() {
        FeatureTable table = cohort();
        double[][] rows = new double[60][];
        Rng rng = new Rng(2);
        for (int r = 0; r < 60; r++) {
            rows[r] = table.row(r).clone();
            rows[r][1] = 7;
            // The mean of every subject is the same, so its variance is 0.
            rows[r][2] = r % 5 == 4 ? -rows[r - 1][2] - rows[r - 2][2] : rng.nextGaussian();
            rows[r][2] = r % 5 == 4 ? rows[r][2] - rows[r - 3][2] - rows[r - 4][2] : rows[r][2];
        }
        Trace trace = new Trace();
        FeatureTable flat = table.withRows(rows);
        FeatureTable after = fit(SETTINGS, flat, trace).apply(flat, new Trace());
        assertEquals(7, after.row(13)[1]);
        assertEquals(1.0, trace.notes().get("constantFeatures"));
        assertEquals(1.0, trace.notes().get("singularFits"));
        assertTrue(trace.warnings().get(0).startsWith("1 of 4 features has a singular fit"));
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        FeatureTable table = cohort();
        refused(
                "long-combat: column who names 60 subjects in 60 exams; a random intercept per"
                        + " subject needs at least two subjects and repeated exams of them. Use"
                        + " combat, or add follow-up exams.",
                SETTINGS,
                with(
                        table,
                        "who",
                        IntStream.range(0, 60).mapToObj(r -> "p" + r).toArray(String[]::new)));
        String[] alike = new String[60];
        for (int r = 0; r < 60; r++) {
            alike[r] = table.covariate(r, "site").equals("A") ? "x" : "y";
        }
        String message =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        fit(
                                                LongComBat.of("site", "who", List.of("arm")),
                                                with(table, "arm", alike),
                                                new Trace()))
                        .getMessage();
        assertTrue(message.startsWith("arm and site cannot be told apart"), message);
    }

    private static void refused(String message, LongComBat settings, FeatureTable table) {
        assertEquals(
                message,
                assertThrows(RefusedException.class, () -> fit(settings, table, new Trace()))
                        .getMessage());
    }

    @Test
    void subjectsWhoDoNotTravelAreRefused() {
        refused(
                "long-combat: who and site cannot be told apart: no subject was measured in two"
                        + " batches, so a difference between them may be one between their subjects."
                        + " Use combat, or add exams of the same subjects in two batches.",
                SETTINGS,
                with(cohort(), "site", sites(r -> r < 30 ? "A" : "B")));
    }

    @Test
    void batchesThatNoTwoSubjectsShareAreRefused() {
        refused(
                "long-combat: who and site cannot be told apart: no two subjects were measured in the"
                        + " same batch, so every difference between subjects may be one between"
                        + " batches. Add exams of different subjects in one batch.",
                SETTINGS,
                with(cohort(), "site", sites(r -> "s" + (100 + r / 5) + r % 2)));
    }

    /** The first six travel between A and B, the others between C and D. */
    @Test
    void batchesThatNoSubjectLinksAreWarnedOf() {
        Trace trace = new Trace();
        FeatureTable table =
                with(
                        cohort(),
                        "site",
                        sites(r -> (r < 30 ? "AB" : "CD").substring(r % 2, r % 2 + 1)));
        fit(SETTINGS, table, trace);
        assertEquals(12.0, trace.notes().get("subjectsInSeveralBatches"));
        assertEquals(
                List.of(
                        "no subject links A, B with C, D of site: these are compared between subjects"
                                + " only. Exams of one subject in both would make it certain."),
                trace.warnings());
        // One subject of the first six in C links all.
        Trace linked = new Trace();
        fit(
                SETTINGS,
                with(table, "site", sites(r -> r == 7 ? "C" : table.covariate(r, "site"))),
                linked);
        assertEquals(List.of(), linked.warnings());
    }

    private static String[] sites(java.util.function.IntFunction<String> site) {
        return IntStream.range(0, 60).mapToObj(site).toArray(String[]::new);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (String[] bad :
                new String[][] {
                    {"site", "site", "time"},
                    {"site", "who", "who"},
                    {"site", "who", "site"},
                    {"", "who", "time"}
                }) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LongComBat.of(bad[0], bad[1], List.of(bad[2])));
        }
    }
}
