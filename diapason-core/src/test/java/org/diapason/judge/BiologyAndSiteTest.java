package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.step.Fold;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts on simulated cohorts of known truth. */
class BiologyAndSiteTest {
    private static final double[] UNEVEN = {0.2, 0.5, 0.8};
    private static final double[] EVEN = {0.5, 0.5, 0.5};
    private static final ComBat PROTECTED = ComBat.of("site", List.of("disease", "age"));
    private static final ComBat UNPROTECTED = ComBat.of("site", List.of("age"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void protectedComBatIsBetter(long seed) {
        FeatureTable table = Simulation.cohort(seed, 20, 20, UNEVEN, 3, 1.5);
        Judgement j = judge(PROTECTED, table);
        assertEquals(Verdict.BETTER, j.verdict(), j.toString());
        // Kept is 1 up to what shrinking and the scales of the sites change.
        assertEquals(1, j.figures().get("medianKept"), 0.05);
        assertTrue(j.figures().get("siteShareAfter") < 0.15, j.figures().toString());
        assertTrue(j.figures().get("siteShareRaw") > 0.3, j.figures().toString());
        // Rows of the fit score about −m/n = −0.04 by construction, halves scored by their own fit
        // lower still; unseen halves show the noise of the fit, about 0.03.
        assertTrue(
                j.figures().get("siteShareAfter")
                        > j.figures().get("siteShareAfterInSample") + 0.02,
                j.figures().toString());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void unprotectedComBatIsHarmThatOnlyThePlainCoefficientSees(long seed) {
        FeatureTable table = Simulation.cohort(seed, 20, 20, UNEVEN, 3, 1.5);
        Judgement j = judge(UNPROTECTED, table);
        assertEquals(Verdict.HARM, j.verdict(), j.toString());
        // W/T = 0.19/0.25 = 0.76; a within of about 1 shows why the plain coefficient is needed.
        assertEquals(0.76, j.figures().get("confoundingWT"), 1e-12);
        assertEquals(0.76, j.figures().get("medianKept"), 0.06);
        assertEquals(1, j.figures().get("medianWithin"), 0.06);
        assertTrue(j.figures().get("erased") >= 2, j.figures().toString());
    }

    @Test
    void unprotectedComBatIsBetterWhereBiologyIsTheSameAtEverySite() {
        FeatureTable table = Simulation.cohort(6, 20, 20, EVEN, 3, 1.5);
        Judgement j = judge(UNPROTECTED, table);
        assertEquals(Verdict.BETTER, j.verdict(), j.toString());
    }

    @Test
    void withoutASiteEffectNothingChanges() {
        FeatureTable table = Simulation.cohort(7, 20, 20, UNEVEN, 3, 0);
        Judgement j = judge(PROTECTED, table);
        assertEquals(Verdict.NO_CHANGE, j.verdict(), j.toString());
        assertTrue(j.figures().get("siteShareRaw") <= j.figures().get("rawPermutationLimit"));
        assertTrue(
                j.figures().get("rawPermutationLimit") > 0,
                "95 % quantile of what is 0 on average");
    }

    @Test
    void aSiteEffectThatStaysIsNoChange() {
        FeatureTable table = Simulation.cohort(8, 20, 20, UNEVEN, 3, 1.5);
        Judgement j =
                BiologyAndSite.of("site", Optional.of("disease"), List.of("age"))
                        .judge(table, table, table, Fold.refit(List.of()), new Trace());
        assertEquals(Verdict.NO_CHANGE, j.verdict(), j.toString());
        assertTrue(j.reasons().get(0).endsWith("less than half of it is gone."));
    }

    /** Adds to every feature so much per site: −by, 0, by for A, B, C. */
    record Shift(double by) implements org.diapason.step.Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                double add = by * (table.covariate(r, "site").charAt(0) - 'B');
                rows[r] = java.util.Arrays.stream(table.row(r)).map(v -> v + add).toArray();
            }
            return table.withRows(rows);
        }
    }

    /** Offsets −d, 0, d explain 2d²/3 of 2d²/3 + 1: 0.49 for 1.2, 0.35 for 0.9, 0.14 for 0.5. */
    @ParameterizedTest(name = "offsets fall from 1.2 to {0} SD: {1}")
    @CsvSource({"0.9, NO_CHANGE", "0.5, BETTER"})
    void halfOfTheSiteEffectMustGo(double left, Verdict verdict) {
        FeatureTable table =
                new Shift(1.2).apply(Simulation.cohort(16, 20, 20, EVEN, 3, 0), new Trace());
        Shift step = new Shift(left - 1.2);
        Judgement j =
                with(List.of(), List.of())
                        .judge(
                                table,
                                table,
                                step.apply(table, new Trace()),
                                Fold.refit(List.of(step)),
                                new Trace());
        assertEquals(verdict, j.verdict(), j.toString());
    }

    @Test
    void judgedAreEffectsOverThreeStandardErrors() {
        FeatureTable table = Simulation.cohort(18, 40, 20, EVEN, 0.75, 0);
        Judgement j = few(List.of()).judge(table, table, table, nothing(), new Trace());
        int between = 0;
        for (double[] row : j.table().rows()) {
            double t = Math.abs(row[4] / row[5]);
            assertEquals(t > 3 ? 1 : 0, row[1]);
            between += t > 2 && t < 3 ? 1 : 0;
        }
        assertTrue(between > 3, "some are over two only: " + between);
    }

    /** Odd features have no effect: one of 20 that count is 5 %, two of 21 are more. */
    @ParameterizedTest(name = "only shown: {0}: {1}")
    @CsvSource({
        "f?2 f?4 f?6 f?8 f?0 f2 f4 f6 f8 f39, CANNOT_BE_JUDGED",
        "f?2 f?4 f?6 f?8 f?0 f4 f6 f8 f39, NO_CHANGE"
    })
    void moreThanFivePercentMustBeJudged(String shownOnly, Verdict verdict) {
        FeatureTable table = Simulation.cohort(19, 40, 20, EVEN, 3, 0);
        BiologyAndSite judge = few(List.of(shownOnly.split(" ")));
        Judgement j = judge.judge(table, table, table, nothing(), new Trace());
        assertEquals(verdict, j.verdict(), j.toString());
    }

    private static BiologyAndSite few(List<String> shownOnly) {
        return Judges.of(Optional.of("disease"), List.of("age"), shownOnly, 40, 1, false);
    }

    private static org.diapason.step.Judge.Refit<FeatureTable> nothing() {
        return Fold.refit(List.of());
    }

    @Test
    void biologyThatGoesAlongWithTheSiteIsWarnedOf() {
        assertEquals(
                List.of(
                        "disease goes along with the site: its mean variance within sites is 0.76"
                                + " of its total variance (below 0.95). A ComBat that does not"
                                + " protect it would keep about that much of its effect."),
                warnings(UNEVEN));
        assertEquals(List.of(), warnings(new double[] {0.4, 0.5, 0.6}));
    }

    private static List<String> warnings(double[] prevalence) {
        FeatureTable table = Simulation.cohort(17, 2, 20, prevalence, 3, 1);
        Trace trace = new Trace();
        few(List.of()).judge(table, table, table, nothing(), trace);
        return trace.warnings();
    }

    @Test
    void tooFewExamsForTheEffectCannotBeJudged() {
        FeatureTable table = Simulation.cohort(9, 20, 10, EVEN, 0.2, 1.5);
        Judgement j = judge(PROTECTED, table);
        assertEquals(Verdict.CANNOT_BE_JUDGED, j.verdict(), j.toString());
    }

    @Test
    void withoutBiologyTheSharesAreGivenAndNothingIsJudged() {
        FeatureTable table = Simulation.cohort(10, 10, 10, EVEN, 2, 1.5);
        for (Optional<String> biology : List.of(Optional.<String>empty(), Optional.of("grade"))) {
            Judgement j = judge(PROTECTED, BiologyAndSite.of("site", biology, List.of()), table);
            assertEquals(Verdict.NOT_JUDGED, j.verdict());
            assertTrue(j.figures().get("siteShareRaw") > j.figures().get("siteShareAfter"));
            assertTrue(!j.figures().containsKey("erased"));
        }
    }

    @Test
    void onePrimaryFeatureDecidesForHarm() {
        // Ten times more features without than with harm: f0 alone is shrunk towards the mean.
        FeatureTable table = Simulation.cohort(11, 40, 20, EVEN, 3, 1.5);
        FeatureTable after = halved(Tables.harmonized(PROTECTED, table));
        List<Operation<FeatureTable>> ops = List.of(PROTECTED, new HalveF0());
        Judgement counted =
                BiologyAndSite.of("site", Optional.of("disease"), List.of("age"))
                        .judge(table, table, after, Fold.refit(ops), new Trace());
        assertEquals(Verdict.BETTER, counted.verdict(), counted.toString());
        assertEquals(1, counted.figures().get("erased"));
        BiologyAndSite strict = with(List.of("f0"), List.of());
        assertEquals(
                Verdict.HARM,
                strict.judge(table, table, after, Fold.refit(ops), new Trace()).verdict());
    }

    /** Halves every value, and moves sites apart in the order of their prevalence. */
    record Tear() implements org.diapason.step.Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                double shift = 5 * (table.covariate(r, "site").charAt(0) - 'B');
                rows[r] = java.util.Arrays.stream(table.row(r)).map(v -> 0.5 * v + shift).toArray();
            }
            return table.withRows(rows);
        }
    }

    @Test
    void aFeatureErasedWithinSitesAndInflatedOverThemIsHarmedOnce() {
        FeatureTable table = Simulation.cohort(15, 10, 20, UNEVEN, 3, 0);
        Judgement j =
                with(List.of(), List.of())
                        .judge(
                                table,
                                table,
                                new Tear().apply(table, new Trace()),
                                Fold.refit(List.of(new Tear())),
                                new Trace());
        // within = 0.5; kept = 0.5 + 5·cov(site, disease)/var(disease)/3 = 0.5 + 5·0.2/0.25/3.
        assertEquals(0.5, j.figures().get("medianWithin"), 1e-9);
        assertEquals(1.83, j.figures().get("medianKept"), 0.15);
        assertEquals(5, j.figures().get("erased"));
        assertEquals(5, j.figures().get("inflated"));
        assertEquals(5, j.figures().get("harmed"));
    }

    @Test
    void featuresThatAreOnlyShownDoNotDecide() {
        FeatureTable table = Simulation.cohort(1, 20, 20, UNEVEN, 3, 1.5);
        Judgement j = judge(UNPROTECTED, with(List.of(), List.of("f*")), table);
        assertEquals(Verdict.CANNOT_BE_JUDGED, j.verdict(), j.toString());
        assertEquals(20, j.table().names().size());
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyThreads() {
        FeatureTable table = Simulation.cohort(12, 8, 12, UNEVEN, 2, 1.5);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Judgement one = judge(PROTECTED, table);
            Parallel.setThreads(4);
            Judgement four = judge(PROTECTED, table);
            assertEquals(one.figures(), four.figures());
            for (int f = 0; f < 8; f++) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(
                        one.table().rows().get(f), four.table().rows().get(f));
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void aNumberMayBeTheBiology() {
        FeatureTable table = Simulation.cohort(14, 6, 30, EVEN, 0, 1.5);
        Judgement j =
                judge(
                        ComBat.of("site", List.of("age")),
                        BiologyAndSite.of("site", Optional.of("age"), List.of()),
                        table);
        // Planted 0.02 per year; the standard error of one feature is 1/(11.5·√90) = 0.009.
        double[] slopes = j.table().rows().stream().mapToDouble(r -> r[4]).toArray();
        assertEquals(0.02, java.util.Arrays.stream(slopes).average().orElseThrow(), 0.012);
    }

    /** Brings f0 half-way to 10, cases and controls alike: erases half of every effect. */
    record HalveF0() implements org.diapason.step.Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            return halved(table);
        }
    }

    private static FeatureTable halved(FeatureTable table) {
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r).clone();
            rows[r][0] = (rows[r][0] + 10) / 2;
        }
        return table.withRows(rows);
    }

    private static BiologyAndSite with(List<String> primary, List<String> shownOnly) {
        return new BiologyAndSite(
                "site",
                Optional.of("disease"),
                List.of("age"),
                primary,
                shownOnly,
                400,
                20,
                200,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Judgement judge(ComBat combat, FeatureTable table) {
        return judge(combat, with(List.of(), List.of()), table);
    }

    private static Judgement judge(ComBat combat, BiologyAndSite judge, FeatureTable table) {
        FeatureTable after = Tables.harmonized(combat, table);
        return judge.judge(table, table, after, Fold.refit(List.of(combat)), new Trace());
    }
}
