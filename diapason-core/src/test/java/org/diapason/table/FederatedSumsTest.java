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
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FederatedSumsTest {
    private static final int FEATURES = 6;

    /** Rows of the sites in turn; f2 lacks a cell in every third row of site B. */
    private static FeatureTable table(long seed, String sites, int count) {
        Rng rng = new Rng(seed);
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] rows = new double[count][FEATURES];
        for (int r = 0; r < count; r++) {
            char site = sites.charAt(r % sites.length());
            int age = 40 + rng.nextInt(31);
            boolean male = (r / sites.length()) % 2 == 0;
            for (int f = 0; f < FEATURES; f++) {
                rows[r][f] =
                        100 * f
                                + 3 * (site - 'A')
                                + 0.1 * age
                                + (male ? 2 : 0)
                                + (1 + 0.4 * (site - 'A')) * rng.nextGaussian();
            }
            if (site == 'B' && r / sites.length() % 3 == 0) {
                rows[r][2] = Double.NaN;
            }
            exams.add("P" + r);
            covariates.add(
                    new TreeMap<>(
                            java.util.Map.of(
                                    "site", "" + site, "age", "" + age, "sex", male ? "M" : "F")));
        }
        List<String> names =
                java.util.stream.IntStream.range(0, FEATURES).mapToObj(f -> "f" + f).toList();
        List<String> regions = exams.stream().map(e -> "").toList();
        return FeatureTable.of(names, exams, regions, rows, covariates);
    }

    private static FeatureTable of(FeatureTable table, String sites) {
        return table.rows(
                java.util.stream.IntStream.range(0, table.size())
                        .filter(r -> sites.contains(table.covariate(r, "site")))
                        .toArray());
    }

    private static ComBatModel pooled(ComBat settings, FeatureTable table) {
        return (ComBatModel) Fold.learn(List.of(settings), Fold.rows(table), new Trace()).get(0);
    }

    private static void assertSame(ComBatModel a, ComBatModel b) {
        assertEquals(a.columns(), b.columns());
        assertNear(a.alpha(), b.alpha());
        assertNear(a.sigma(), b.sigma());
        assertEquals(a.effects().size(), b.effects().size());
        for (int k = 0; k < a.effects().size(); k++) {
            assertEquals(a.effects().get(k).name(), b.effects().get(k).name());
            assertNear(a.effects().get(k).values(), b.effects().get(k).values());
        }
        assertEquals(a.batches().size(), b.batches().size());
        for (int i = 0; i < a.batches().size(); i++) {
            assertEquals(a.batches().get(i).name(), b.batches().get(i).name());
            assertEquals(a.batches().get(i).exams(), b.batches().get(i).exams());
            assertNear(a.batches().get(i).gamma(), b.batches().get(i).gamma());
            assertNear(a.batches().get(i).delta(), b.batches().get(i).delta());
            assertNear(a.batches().get(i).error(), b.batches().get(i).error());
        }
    }

    private static void assertNear(Numbers expected, Numbers found) {
        assertEquals(expected.size(), found.size());
        for (int n = 0; n < expected.size(); n++) {
            double scale = Math.max(1, Math.abs(expected.get(n)));
            assertEquals(expected.get(n), found.get(n), 1e-10 * scale);
        }
    }

    @ParameterizedTest
    @EnumSource(ComBat.Method.class)
    void numbersNeedOneRoundAndGiveThePooledModel(ComBat.Method method) {
        ComBat settings = ComBat.of("site", List.of("age")).by(method);
        FeatureTable all = table(1, "ABCD", 160);
        List<FederatedSums> parts =
                List.of(
                        FederatedSums.of(settings, of(all, "DB"), Optional.empty(), 5),
                        FederatedSums.of(settings, of(all, "AC"), Optional.empty(), 5));
        ComBatModel merged =
                FederatedSums.merge(List.of("x", "y"), parts, settings, false, new Trace());
        assertSame(pooled(settings, all), merged);
        assertEquals(1, parts.get(0).batches().get(0).gaps().size(), "f2 of B");
    }

    @Test
    void oneSiteInTwoFilesIsPooledWhereThatIsSaid() {
        ComBat settings = ComBat.of("site", List.of("age"));
        FeatureTable all = table(2, "AB", 80);
        int[] first = java.util.stream.IntStream.range(0, 36).toArray();
        int[] second = java.util.stream.IntStream.range(36, 80).toArray();
        List<FederatedSums> parts =
                List.of(
                        FederatedSums.of(settings, all.rows(first), Optional.empty(), 5),
                        FederatedSums.of(settings, all.rows(second), Optional.empty(), 5));
        ComBatModel merged =
                FederatedSums.merge(List.of("x", "y"), parts, settings, true, new Trace());
        assertSame(pooled(settings, all), merged);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                FederatedSums.merge(
                                        List.of("x", "y"), parts, settings, false, new Trace()));
        assertEquals(
                "site \"A\" is in x and in y. If it is one scanner, say --shared-batches; if not,"
                        + " rename it at one hospital and make its file anew.",
                e.getMessage());
    }

    @Test
    void levelsAndCurvesAreAgreedOnFirst() {
        ComBat asked = ComBat.of("site", List.of("sex", "s(age,5)"));
        FeatureTable all = table(3, "ABC", 240);
        FeatureTable x = of(all, "A");
        FeatureTable y = of(all, "BC");
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> FederatedSums.of(asked, x, Optional.empty(), 5));
        assertTrue(
                e.getMessage().startsWith("protected column sex is text, whose levels all"),
                e.getMessage());
        FederatedLevels levels =
                FederatedLevels.merge(
                        List.of("x", "y"),
                        List.of(FederatedLevels.of(asked, x, 5), FederatedLevels.of(asked, y, 5)));
        assertEquals(List.of("F", "M"), levels.columns().get(0).levels());
        assertEquals(40, levels.columns().get(1).low(), "40, rounded down to whole fives");
        assertEquals(70, levels.columns().get(1).high());
        List<FederatedSums> parts =
                List.of(
                        FederatedSums.of(asked, x, Optional.of(levels), 5),
                        FederatedSums.of(asked, y, Optional.of(levels), 5));
        ComBatModel merged =
                FederatedSums.merge(List.of("x", "y"), parts, asked, false, new Trace());
        // ages reach from 40 to 70 in this table, so the pooled fit has the same knots
        assertSame(pooled(asked, all), merged);
    }

    @Test
    void aRangeIsRoundedOutwardsByTenthsOfItsWidth() {
        FeatureTable all = table(4, "AB", 60);
        Numbers ages =
                Numbers.of(
                        java.util.stream.IntStream.range(0, 60)
                                .mapToDouble(r -> 41.3 + r * 0.5)
                                .toArray());
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < 60; r++) {
            SortedMap<String, String> c = new TreeMap<>(all.covariates(r));
            c.put("age", Numbers.plain(ages.get(r)));
            covariates.add(c);
        }
        double[][] rows = new double[60][];
        java.util.Arrays.setAll(rows, all::row);
        List<String> exams = java.util.stream.IntStream.range(0, 60).mapToObj(all::exam).toList();
        FeatureTable own =
                FeatureTable.of(
                        all.features(),
                        exams,
                        exams.stream().map(x -> "").toList(),
                        rows,
                        covariates);
        FederatedSums sums =
                FederatedSums.of(ComBat.of("site", List.of("age")), own, Optional.empty(), 5);
        assertEquals(40, sums.design().columns().get(0).low());
        assertEquals(75, sums.design().columns().get(0).high(), "70.8, by fives");
        assertEquals(40, sums.batches().get(1).low().get(0), "41.8 of site B");
    }

    @Test
    void aSiteOfFewRowsAndASiteWithARareLevelAreLeftOutByName() {
        FeatureTable all = table(5, "ABC", 60);
        int[] kept =
                java.util.stream.IntStream.range(0, 60)
                        .filter(r -> !all.covariate(r, "site").equals("C") || r < 12)
                        .filter(
                                r ->
                                        !all.covariate(r, "site").equals("B")
                                                || all.covariate(r, "sex").equals("M")
                                                || r > 50)
                        .toArray();
        FederatedLevels levels =
                FederatedLevels.of(ComBat.of("site", List.of("sex")), all.rows(kept), 5);
        assertEquals(
                List.of(
                        new FederatedSums.LeftOut(
                                "B",
                                "one combination of protected levels has fewer than 5 rows in it"),
                        new FederatedSums.LeftOut("C", "it has fewer than 5 rows")),
                levels.leftOut());
        FederatedSums sums =
                FederatedSums.of(
                        ComBat.of("site", List.of("sex")), all.rows(kept), Optional.of(levels), 5);
        assertEquals(List.of("A"), sums.batches().stream().map(FederatedSums.Batch::name).toList());
        assertEquals(levels.leftOut(), sums.leftOut());
    }

    @Test
    void aLevelWrittenAsANumberIsALevel() {
        FeatureTable all = table(6, "A", 30);
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < 30; r++) {
            covariates.add(new TreeMap<>(java.util.Map.of("site", "A", "dx", r == 7 ? "1" : "0")));
        }
        double[][] rows = new double[30][];
        java.util.Arrays.setAll(rows, all::row);
        List<String> exams = java.util.stream.IntStream.range(0, 30).mapToObj(all::exam).toList();
        FeatureTable own =
                FeatureTable.of(
                        all.features(),
                        exams,
                        exams.stream().map(x -> "").toList(),
                        rows,
                        covariates);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                FederatedSums.of(
                                        ComBat.of("site", List.of("dx")),
                                        own,
                                        Optional.empty(),
                                        5));
        assertEquals(
                "nothing may leave this hospital: A: one combination of protected levels has fewer"
                        + " than 5 rows in it. Collect more rows, or protect less.",
                e.getMessage());
    }

    /** The sums over 30 rows and over 28 of them differ by two rows: their ages would be told. */
    @Test
    void rowsThatLackWhatFewLackAreLeftOut() {
        FeatureTable all = table(7, "A", 30);
        double[][] rows = new double[30][];
        java.util.Arrays.setAll(rows, r -> all.row(r).clone());
        rows[3][1] = Double.NaN;
        rows[9][1] = Double.NaN;
        FederatedSums sums =
                FederatedSums.of(
                        ComBat.of("site", List.of("age")), all.withRows(rows), Optional.empty(), 5);
        FederatedSums.Batch batch = sums.batches().get(0);
        assertEquals(28, batch.rows());
        assertEquals(2, batch.dropped());
        assertTrue(batch.gaps().isEmpty());
        double mean = 0;
        for (int r = 0; r < 30; r++) {
            mean += r == 3 || r == 9 ? 0 : rows[r][0] / 28;
        }
        assertArrayEquals(new double[] {mean}, new double[] {batch.mean().get(0)}, 1e-12);
    }

    /** A function of the curve under which one patient lies alone gives this patient's features. */
    @Test
    void aSiteWithOnePatientUnderAPartOfACurveIsLeftOut() {
        FeatureTable all = table(8, "AB", 120);
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < 120; r++) {
            SortedMap<String, String> c = new TreeMap<>(all.covariates(r));
            if (c.get("site").equals("B")) {
                c.put("age", r == 1 ? "70" : Integer.toString(40 + r % 7));
            }
            covariates.add(c);
        }
        double[][] rows = new double[120][];
        java.util.Arrays.setAll(rows, all::row);
        List<String> exams = java.util.stream.IntStream.range(0, 120).mapToObj(all::exam).toList();
        FeatureTable own =
                FeatureTable.of(
                        all.features(),
                        exams,
                        exams.stream().map(x -> "").toList(),
                        rows,
                        covariates);
        ComBat settings = ComBat.of("site", List.of("s(age,6)"));
        FederatedLevels levels = FederatedLevels.of(settings, own, 5);
        FederatedSums sums = FederatedSums.of(settings, own, Optional.of(levels), 5);
        assertEquals(List.of(), sums.leftOut());
        assertEquals(20, sums.batches().get(1).dropped(), "those that lack f2, one of them of 70");
        double[][] whole = new double[120][];
        java.util.Arrays.setAll(whole, r -> new double[] {r * r % 97});
        FeatureTable complete =
                FeatureTable.of(
                        List.of("f0"),
                        exams,
                        exams.stream().map(x -> "").toList(),
                        whole,
                        covariates);
        assertEquals(
                List.of(
                        new FederatedSums.LeftOut(
                                "B", "sums of s(age,6) would tell of fewer than 5 of its rows")),
                FederatedSums.of(settings, complete, Optional.of(levels), 5).leftOut());
    }

    @Test
    void filesThatDoNotFitEachOtherAreRefusedByName() {
        FeatureTable all = table(9, "AB", 60);
        ComBat age = ComBat.of("site", List.of("age"));
        FederatedSums a = FederatedSums.of(age, of(all, "A"), Optional.empty(), 5);
        FederatedSums none =
                FederatedSums.of(ComBat.of("site", List.of()), of(all, "B"), Optional.empty(), 5);
        assertEquals(
                "--protect differs: a.json has \"age\", b.json has \"\". Make the files anew with"
                        + " the same.",
                refusal(age, a, none));
        ComBat one =
                new ComBat(
                        "site",
                        List.of("age"),
                        "f1",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        3,
                        false);
        assertEquals(
                "--features differs: a.json has \"*\", b.json has \"f1\". Make the files anew with the"
                        + " same.",
                refusal(age, a, FederatedSums.of(one, of(all, "B"), Optional.empty(), 5)));
        FeatureTable b = of(all, "B");
        double[][] two = new double[b.size()][];
        java.util.Arrays.setAll(two, r -> new double[] {b.row(r)[0], b.row(r)[3]});
        FeatureTable fewer =
                FeatureTable.of(
                        List.of("f0", "f3"),
                        java.util.stream.IntStream.range(0, b.size()).mapToObj(b::exam).toList(),
                        java.util.stream.IntStream.range(0, b.size()).mapToObj(r -> "").toList(),
                        two,
                        java.util.stream.IntStream.range(0, b.size())
                                .mapToObj(b::covariates)
                                .toList());
        assertEquals(
                "the features differ: the 2. is f1 in a.json and f3 in b.json (6 and 2 in all). Use"
                        + " the same --features on tables of the same columns.",
                refusal(age, a, FederatedSums.of(age, fewer, Optional.empty(), 5)));
    }

    private static String refusal(ComBat settings, FederatedSums a, FederatedSums b) {
        return assertThrows(
                        RefusedException.class,
                        () ->
                                FederatedSums.merge(
                                        List.of("a.json", "b.json"),
                                        List.of(a, b),
                                        settings,
                                        false,
                                        new Trace()))
                .getMessage();
    }
}
