package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws and edge cases of ComBat. */
class ComBatTest {
    private static final ComBat COMBAT = ComBat.of("site", List.of("age", "sex"));

    @Test
    void oneBatchIsLeftAsItIs() {
        FeatureTable table = Tables.random(1, 6, 1, 12);
        Trace trace = new Trace();
        ComBatModel model = Tables.fit(COMBAT, table, trace);
        assertEquals(0, Tables.difference(table, model.apply(table, new Trace())));
        assertEquals(
                List.of(
                        "all exams are of site A: there is nothing to harmonize and every exam"
                                + " stays as it is."),
                trace.children().get(0).warnings());
    }

    @Test
    void applyingToTheRowsOfTheFitOneByOneEqualsTheWhole() {
        FeatureTable table = Tables.random(2, 20, 3, 10);
        ComBatModel model = Tables.fit(COMBAT, table);
        FeatureTable all = model.apply(table, new Trace());
        for (int r = 0; r < table.size(); r++) {
            FeatureTable one = model.apply(table.rows(r), new Trace());
            assertArrayEquals(all.row(r), one.row(0), 1e-12 * 30, "exam " + table.exam(r));
        }
    }

    @Test
    void siteMeansAgreeAfterwardsOnceAgeAndSexAreTakenOut() {
        // Without shrinking every site keeps exactly the grand mean: γ* = γ̂ leaves Σ(z − γ̂) = 0.
        FeatureTable table = Tables.random(3, 8, 4, 15);
        ComBat plain = ComBat.of("site", List.of()).by(ComBat.Method.NONE);
        FeatureTable after = Tables.harmonized(plain, table);
        for (int f = 0; f < 8; f++) {
            double[] sums = new double[4];
            for (int r = 0; r < after.size(); r++) {
                sums[r % 4] += after.row(r)[f] / 15;
            }
            for (double mean : sums) {
                assertEquals(sums[0], mean, 1e-11);
            }
        }
    }

    @Test
    void orderOfRowsAndNamesOfBatchesDoNotMatter() {
        FeatureTable table = Tables.random(4, 12, 3, 11);
        int[] order = new int[table.size()];
        Arrays.setAll(order, r -> r);
        new Rng(9).shuffle(order);
        FeatureTable expected = Tables.harmonized(COMBAT, table).rows(order);
        FeatureTable shuffled = renamed(table.rows(order));
        assertEquals(0, Tables.difference(expected, Tables.harmonized(COMBAT, shuffled)), 1e-10);
    }

    @Test
    void anyThreadsGiveTheSameBits() {
        FeatureTable table = Tables.random(5, 12, 3, 40);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            ComBatModel one = Tables.fit(COMBAT, table);
            Parallel.setThreads(5);
            assertEquals(one, Tables.fit(COMBAT, table));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void sumsMergeInAnyGrouping() {
        FeatureTable table = holes(Tables.random(6, 5, 2, 20));
        ComBatFit round = (ComBatFit) firstRound(table);
        ComBatSums left = sums(round, table, 0, 13);
        round.merge(left, sums(round, table, 13, 21));
        round.merge(left, sums(round, table, 21, 40));
        ComBatSums tail = sums(round, table, 13, 21);
        round.merge(tail, sums(round, table, 21, 40));
        ComBatSums right = sums(round, table, 0, 13);
        round.merge(right, tail);
        FeatureTable a = round.learn(left, new Trace()).apply(table, new Trace());
        FeatureTable b = round.learn(right, new Trace()).apply(table, new Trace());
        FeatureTable c =
                round.learn(sums(round, table, 0, 40), new Trace()).apply(table, new Trace());
        assertEquals(0, Tables.difference(a, b), 1e-10);
        assertEquals(0, Tables.difference(a, c), 1e-10);
        ComBatSums rowByRow = round.empty();
        for (int r = 0; r < 40; r++) {
            round.merge(rowByRow, sums(round, table, r, r + 1));
        }
        FeatureTable d = round.learn(rowByRow, new Trace()).apply(table, new Trace());
        assertEquals(0, Tables.difference(a, d), 1e-10, "a hole in a sum of one row");
    }

    @Test
    void aMissingCellLeavesOtherFeaturesExactAndItsOwnFeatureAsIfTheRowWereAbsent() {
        // Without shrinking, features do not speak to each other.
        ComBat plain = ComBat.of("site", List.of("age")).by(ComBat.Method.NONE);
        FeatureTable table = Tables.random(7, 4, 3, 9);
        double[][] rows = copy(table);
        rows[5][2] = Double.NaN;
        rows[6][2] = Double.POSITIVE_INFINITY;
        FeatureTable full = Tables.harmonized(plain, table);
        FeatureTable holed = Tables.harmonized(plain, table.withRows(rows));
        int[] others = new int[table.size() - 2];
        for (int r = 0, n = 0; r < table.size(); r++) {
            if (r != 5 && r != 6) {
                others[n++] = r;
            }
        }
        FeatureTable without = Tables.harmonized(plain, table.rows(others));
        for (int r = 0; r < table.size(); r++) {
            for (int f : new int[] {0, 1, 3}) {
                assertEquals(full.row(r)[f], holed.row(r)[f], 1e-12);
            }
        }
        for (int n = 0; n < others.length; n++) {
            assertEquals(without.row(n)[2], holed.row(others[n])[2], 1e-12);
        }
        assertTrue(Double.isNaN(holed.row(5)[2]), "NaN stays NaN");
    }

    @Test
    void aConstantFeaturePassesUnchangedAndIsCounted() {
        FeatureTable table = set(Tables.random(8, 5, 3, 8), 1, row -> 0.1);
        Trace trace = new Trace();
        FeatureTable after = Tables.fit(COMBAT, table, trace).apply(table, new Trace());
        for (int r = 0; r < table.size(); r++) {
            assertEquals(0.1, after.row(r)[1], "row " + r);
        }
        assertEquals(1.0, trace.children().get(0).notes().get("constantFeatures"));
        assertAllFinite(after);
    }

    @Test
    void aFeatureThatAgeExplainsWhollyPassesUnchanged() {
        FeatureTable random = Tables.random(8, 5, 3, 8);
        FeatureTable table =
                set(random, 1, r -> 0.1 + Double.parseDouble(random.covariate(r, "age")) / 3);
        FeatureTable after = Tables.harmonized(COMBAT, table);
        assertArrayEquals(table.column("f101"), after.column("f101"));
    }

    @Test
    void aFeatureConstantInOneBatchTakesItsScaleFromTheOthers() {
        FeatureTable random = Tables.random(9, 6, 3, 8);
        FeatureTable table = set(random, 1, r -> r % 3 == 0 ? 7 : random.row(r)[1]);
        Trace trace = new Trace();
        ComBat plain = ComBat.of("site", List.of());
        FeatureTable after = Tables.fit(plain, table, trace).apply(table, new Trace());
        assertAllFinite(after);
        assertEquals(
                List.of(
                        "site \"A\": 1 feature does not vary in it and takes its scale from the"
                                + " others."),
                trace.children().get(0).warnings());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"PARAMETRIC, others", "NONE, ''"})
    void aFeatureOfTwoValuesInALargeBatchGetsNoScaleOfItsOwn(ComBat.Method method, String from) {
        // Two values 0.001 apart have a spread of 0.0007; taken for the scale of site A it would
        // stretch a third exam a thousandfold.
        FeatureTable random = Tables.random(9, 6, 3, 8);
        FeatureTable table =
                set(
                        random,
                        1,
                        r -> r % 3 != 0 ? random.row(r)[1] : r < 6 ? 20 + 1e-3 * r : Double.NaN);
        Trace trace = new Trace();
        ComBatModel model = Tables.fit(ComBat.of("site", List.of()).by(method), table, trace);
        double scale = Math.sqrt(model.batches().get(0).delta().get(1));
        assertTrue(scale > 0.3 && scale < 3, "δ* " + scale);
        assertEquals(
                List.of(
                        "site \"A\": 1 feature has fewer than min-scale-exams 3 values in it and "
                                + (from.isEmpty()
                                        ? "keeps its scale."
                                        : "takes its scale from the others.")),
                trace.children().get(0).warnings());
    }

    @Test
    void withoutShrinkingAFeatureConstantInOneBatchKeepsItsScaleAndSaysSo() {
        FeatureTable random = Tables.random(9, 6, 3, 8);
        FeatureTable table = set(random, 1, r -> r % 3 == 0 ? 7 : random.row(r)[1]);
        Trace trace = new Trace();
        ComBat plain = ComBat.of("site", List.of()).by(ComBat.Method.NONE);
        assertEquals(1, Tables.fit(plain, table, trace).batches().get(0).delta().get(1));
        assertEquals(
                List.of("site \"A\": 1 feature does not vary in it and keeps its scale."),
                trace.children().get(0).warnings());
    }

    @Test
    void aFeatureUndefinedEverywhereOrInOneBatchIsCountedAndStaysUndefinedThere() {
        FeatureTable random = Tables.random(10, 6, 3, 8);
        FeatureTable one = set(random, 1, r -> Double.NaN);
        FeatureTable table = set(one, 2, r -> r % 3 == 2 ? Double.NaN : random.row(r)[2]);
        Trace trace = new Trace();
        FeatureTable after = Tables.fit(COMBAT, table, trace).apply(table, new Trace());
        for (int r = 0; r < table.size(); r++) {
            assertTrue(Double.isNaN(after.row(r)[1]));
            assertEquals(r % 3 == 2, Double.isNaN(after.row(r)[2]));
            assertTrue(Double.isFinite(after.row(r)[3]));
        }
        assertEquals(1.0, trace.children().get(0).notes().get("undefinedFeatures"));
        assertEquals(1.0, trace.children().get(0).notes().get("undefinedInABatch"));
    }

    @Test
    void aBatchOfOneExamIsCorrectedInItsMeanOnlyAndOthersKeepTheirScale() {
        FeatureTable all = Tables.random(11, 8, 3, 10);
        int[] kept = new int[21];
        for (int r = 0, n = 0; r < all.size(); r++) {
            if (r % 3 != 2 || r == 2) {
                kept[n++] = r;
            }
        }
        FeatureTable table = all.rows(kept);
        Trace trace = new Trace();
        ComBatModel model = Tables.fit(ComBat.of("site", List.of()), table, trace);
        assertEquals(1, model.batches().get(2).delta().max());
        assertTrue(model.batches().get(0).delta().get(0) != 1);
        assertEquals(
                List.of(
                        "site \"C\" has 1 exam, fewer than min-scale-exams 3: its spread cannot be"
                                + " estimated, so only its mean is corrected. Merge it with another"
                                + " batch to correct both."),
                trace.children().get(0).warnings());
        assertAllFinite(model.apply(table, new Trace()));
    }

    @Test
    void oneFeatureIsNotShrunk() {
        FeatureTable table = Tables.random(12, 1, 2, 10);
        ComBat plain = COMBAT.by(ComBat.Method.NONE);
        Trace trace = new Trace();
        assertEquals(
                Tables.fit(plain, table).batches(), Tables.fit(COMBAT, table, trace).batches());
        assertEquals(
                List.of(
                        "there is one feature, f100, and nothing that it shares with others: its"
                                + " estimates are not shrunk (method none)."),
                trace.children().get(0).warnings());
    }

    @Test
    void oneFeatureThatVariesAmongConstantOnesIsNotShrunkAndThatIsSaid() {
        FeatureTable table = set(Tables.random(12, 2, 2, 10), 1, row -> 0.1);
        Trace trace = new Trace();
        Tables.fit(COMBAT, table, trace);
        assertTrue(
                trace.children()
                        .get(0)
                        .warnings()
                        .contains(
                                "one feature alone varies and has a fit, and nothing that it shares"
                                        + " with others: its estimates are not shrunk (method none)."),
                trace.children().get(0).warnings().toString());
    }

    /** pandas and R write a missing site so; it would have become a site. */
    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "nan"})
    void anExamWithoutABatchIsRefused(String text) {
        FeatureTable all = Tables.random(17, 4, 2, 6);
        FeatureTable table =
                Tables.relabel(all, "site", r -> r == 5 ? text : all.covariate(r, "site"));
        assertEquals(
                "exam P1005: column site is missing, so its batch is unknown. Fill it in or leave"
                        + " this exam out.",
                assertThrows(RefusedException.class, () -> Tables.fit(COMBAT, table)).getMessage());
    }

    @Test
    void equalFeaturesShrinkToWhatTheyShare() {
        // All features alike: no variance between features, so γ* and δ*² are their means.
        FeatureTable one = Tables.random(13, 1, 2, 10);
        double[][] same = new double[3][];
        Arrays.fill(same, one.column("f100"));
        SortedMap<String, List<String>> c = new TreeMap<>();
        List<String> sites = new ArrayList<>();
        for (int r = 0; r < one.size(); r++) {
            sites.add(one.covariate(r, "site"));
        }
        c.put("site", sites);
        FeatureTable table = Tables.table(List.of("a", "b", "c"), same, c);
        FeatureTable expected = Tables.harmonized(ComBat.of("site", List.of()), one);
        FeatureTable after = Tables.harmonized(ComBat.of("site", List.of()), table);
        assertArrayEquals(expected.column("f100"), after.column("b"), 1e-12);
    }

    @Test
    void diseaseOfOneSiteOnlyIsRefusedWithTheEmptyCells() {
        FeatureTable table = Tables.random(14, 4, 2, 6);
        FeatureTable confounded = Tables.relabel(table, "sex", r -> r % 2 == 0 ? "F" : "M");
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> Tables.fit(ComBat.of("site", List.of("age", "sex")), confounded));
        assertEquals(
                "sex and site cannot be told apart: no exam with sex=M in A; no exam with sex=F in"
                        + " B. Removing site would remove sex. Collect exams for what is missing,"
                        + " or use travelling subjects.",
                refused.getMessage());
    }

    @Test
    void aCovariateThatRepeatsAnotherIsRefusedByName() {
        FeatureTable table = Tables.random(15, 4, 2, 6);
        FeatureTable twice =
                Tables.relabel(
                        table,
                        "months",
                        r -> Integer.toString(12 * Integer.parseInt(table.covariate(r, "age"))));
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> Tables.fit(ComBat.of("site", List.of("age", "months")), twice));
        assertEquals(
                "months cannot be told apart from site and age together: it is a sum of them."
                        + " Leave one of these columns out of protect.",
                refused.getMessage());
    }

    @Test
    void nearConfoundingIsWarnedOfWithItsInflation() {
        FeatureTable table = Tables.random(16, 4, 2, 20);
        FeatureTable near =
                Tables.relabel(table, "age", r -> (r % 2 == 0 ? "40" : "70") + "." + r % 7);
        Trace trace = new Trace();
        Tables.fit(ComBat.of("site", List.of("age")), near, trace);
        assertTrue(
                trace.children().get(0).warnings().get(0).startsWith("age is nearly explained by"),
                trace.children().get(0).warnings().toString());
    }

    /**
     * Ages of two sites, 0 to 6 years of spread and d years apart: 1 + d²/4 over the variance 4.
     */
    @ParameterizedTest(name = "{0} years apart: warned {1}")
    @CsvSource({"10, false", "14, true"})
    void anInflationOverTenIsWarnedOf(int years, boolean warned) {
        FeatureTable table = Tables.random(16, 4, 2, 21);
        FeatureTable apart =
                Tables.relabel(table, "age", r -> Integer.toString(40 + r / 2 % 7 + r % 2 * years));
        Trace trace = new Trace();
        Tables.fit(ComBat.of("site", List.of("age")), apart, trace);
        double inflation = (double) trace.children().get(0).notes().get("vif.age");
        assertEquals(1 + years * years / 4.0 / 4, inflation, 1e-9);
        assertEquals(
                warned,
                trace.children().get(0).warnings().stream()
                        .anyMatch(w -> w.startsWith("age is nearly explained by site")));
    }

    @Test
    void anUnknownBatchAndAMissingCovariateAreRefusedByName() {
        FeatureTable table = Tables.random(17, 4, 2, 6);
        ComBatModel model = Tables.fit(COMBAT, table);
        FeatureTable elsewhere = Tables.relabel(table.rows(3), "site", r -> "D");
        FeatureTable ageless = Tables.relabel(table.rows(3), "age", r -> "");
        assertEquals(
                "exam P1003: site \"D\" was not in the fit (it knows A, B). Correct it, leave this"
                        + " exam out, or fit anew with exams of it.",
                assertThrows(RefusedException.class, () -> model.apply(elsewhere, new Trace()))
                        .getMessage());
        assertEquals(
                "exam P1003: column age is missing, and it is a covariate of this step. Fill it in"
                        + " or leave this exam out.",
                assertThrows(RefusedException.class, () -> model.apply(ageless, new Trace()))
                        .getMessage());
    }

    @Test
    void anAgeOutsideTheFitIsFlagged() {
        FeatureTable table = Tables.random(18, 4, 2, 6);
        ComBatModel model = Tables.fit(ComBat.of("site", List.of("age")), table);
        Trace trace = new Trace();
        model.apply(Tables.relabel(table.rows(3), "age", r -> "99"), trace);
        assertTrue(
                trace.warnings().get(0).startsWith("age of 1 exam (first P1003) lies outside "),
                trace.warnings().toString());
    }

    @Test
    void featuresOutsideThePatternPassAndNewOnesInsideItAreRefused() {
        FeatureTable table = Tables.random(19, 12, 2, 6);
        ComBat some =
                new ComBat(
                        "site",
                        List.of(),
                        "f10*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        5,
                        false);
        ComBatModel model = Tables.fit(some, table);
        FeatureTable after = model.apply(table, new Trace());
        assertArrayEquals(table.column("f110"), after.column("f110"));
        assertTrue(Math.abs(table.row(0)[9] - after.row(0)[9]) > 1e-6);
        FeatureTable more = Tables.random(19, 12, 2, 6);
        FeatureTable fewer = Tables.random(19, 5, 2, 6);
        ComBatModel small = Tables.fit(some, fewer);
        assertThrows(RefusedException.class, () -> small.apply(more, new Trace()));
    }

    private static Object firstRound(FeatureTable table) {
        ComBat.Levels levels = COMBAT.empty();
        COMBAT.add(levels, table);
        return COMBAT.learn(levels, new Trace());
    }

    private static ComBatSums sums(ComBatFit round, FeatureTable table, int from, int to) {
        ComBatSums sums = round.empty();
        for (int r = from; r < to; r++) {
            round.add(sums, table.rows(r));
        }
        return sums;
    }

    private static double[][] copy(FeatureTable table) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, r -> table.row(r).clone());
        return rows;
    }

    private static FeatureTable holes(FeatureTable table) {
        double[][] rows = copy(table);
        for (int r = 0; r < rows.length; r += 3) {
            rows[r][r % 4] = Double.NaN;
        }
        return table.withRows(rows);
    }

    private static FeatureTable set(
            FeatureTable table, int feature, java.util.function.IntToDoubleFunction value) {
        double[][] rows = copy(table);
        for (int r = 0; r < rows.length; r++) {
            rows[r][feature] = value.applyAsDouble(r);
        }
        return table.withRows(rows);
    }

    /** Sites A, B, C … become z, y, x …: another order of the same batches. */
    private static FeatureTable renamed(FeatureTable table) {
        return Tables.relabel(
                table,
                "site",
                r -> String.valueOf((char) ('z' - (table.covariate(r, "site").charAt(0) - 'A'))));
    }

    private static void assertAllFinite(FeatureTable table) {
        for (int r = 0; r < table.size(); r++) {
            for (double v : table.row(r)) {
                assertTrue(Double.isFinite(v), "row " + r);
            }
        }
    }
}
