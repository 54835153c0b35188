package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.stats.Quantiles;
import org.diapason.step.Fold;
import org.diapason.step.Judgement;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

/** What speaks for or against a verdict, on cohorts of known truth. */
class EvidenceTest {
    private static final double[] EVEN = {0.5, 0.5, 0.5};
    private static final ComBat PROTECTED = ComBat.of("site", List.of("disease", "age"));

    @Test
    void protectedComBatHidesTheSiteAndKeepsBiologyAndWhatIsPutIn() {
        FeatureTable table = Simulation.cohort(41, 30, 40, EVEN, 1, 1.5);
        Map<String, Double> f = figures(table, List.of(PROTECTED));
        assertTrue(f.get("siteAucBefore") > 0.98, f.toString());
        assertEquals(0.5, f.get("siteAucAfter"), 0.1);
        assertTrue(f.get("biologyAucAfter") > 0.95, f.toString());
        assertTrue(f.get("biologyAucBefore") > 0.9, f.toString());
        assertTrue(f.get("siteAucAt50") > f.get("siteAucAfter"), f.toString());
        assertEquals(1, f.get("injectedSlope"), 0.05);
        assertTrue(f.get("injectedSlopeLow") < 1 && f.get("injectedSlopeHigh") > 0.97);
        // The harmonization of shuffled sites leaves the true ones where they were.
        assertEquals(f.get("siteShareBefore"), f.get("siteShareAfterShuffledSites"), 0.1);
        assertTrue(f.get("distributionDiffersBefore") > 0.8, f.toString());
        assertTrue(f.get("distributionDiffersAfter") < 0.1, f.toString());
        assertTrue(f.get("mahalanobisAfter") < f.get("mahalanobisBefore") / 3, f.toString());
    }

    @Test
    void aStepThatHalvesWhatItIsGivenShowsInTheInjectedSlope() {
        FeatureTable table = Simulation.cohort(42, 20, 30, EVEN, 1, 0);
        assertEquals(0.5, figures(table, List.of(new Times(0.5))).get("injectedSlope"), 1e-9);
    }

    @Test
    void withoutStepsNothingMovesAndSiteIsTold() {
        FeatureTable table = Simulation.cohort(43, 20, 30, EVEN, 1, 1.5);
        Map<String, Double> f = figures(table, List.of());
        assertEquals(1, f.get("injectedSlope"), 1e-9);
        assertEquals(f.get("siteAucBefore"), f.get("siteAucAfter"));
        assertEquals(f.get("covarianceDistanceBefore"), f.get("covarianceDistanceAfter"));
        assertEquals(f.get("siteShareBefore"), f.get("siteShareAfterShuffledSites"), 1e-12);
    }

    @Test
    void spreadsThatDifferBetweenSitesAreCounted() {
        FeatureTable even = Simulation.cohort(44, 60, 40, EVEN, 0, 0);
        double[][] rows = new double[even.size()][];
        for (int r = 0; r < rows.length; r++) {
            double by = even.covariate(r, "site").equals("C") ? 3 : 1;
            rows[r] = java.util.Arrays.stream(even.row(r)).map(v -> 10 + by * (v - 10)).toArray();
        }
        Map<String, Double> f = figures(even.withRows(rows), List.of(PROTECTED));
        assertTrue(f.get("spreadDiffersBefore") > 0.95, f.toString());
        assertTrue(f.get("spreadDiffersAfter") < 0.12, f.toString());
        assertTrue(
                f.get("covarianceDistanceAfter") < f.get("covarianceDistanceBefore") / 1.5,
                f.toString());
    }

    @Test
    void aSiteThatActsOnLargeLesionsIsSeenBySize() {
        FeatureTable table = Simulation.cohort(45, 20, 40, EVEN, 1, 0);
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            double age = Double.parseDouble(table.covariate(r, "age")) - 60;
            double by = table.covariate(r, "site").equals("C") ? 0.1 * age : 0;
            rows[r] = java.util.Arrays.stream(table.row(r)).map(v -> v + by).toArray();
        }
        FeatureTable sized = table.withRows(rows);
        BiologyAndSite judge =
                new BiologyAndSite(
                        "site",
                        Optional.of("disease"),
                        List.of(),
                        List.of(),
                        List.of(),
                        40,
                        1,
                        20,
                        true,
                        Optional.of("age"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty());
        Judgement j = judge.judge(null, sized, sized, Fold.refit(List.of()), new Trace());
        assertTrue(j.figures().get("siteBySizeShareBefore") > 0.2, j.figures().toString());
    }

    @Test
    void theLossThatIsVisibleComesFromTheIntervalsAndFallsWithTheNumberOfExams() {
        Judgement few = judge(Simulation.cohort(46, 20, 20, EVEN, 2, 1), List.of(PROTECTED));
        Judgement many = judge(Simulation.cohort(46, 20, 60, EVEN, 2, 1), List.of(PROTECTED));
        assertTrue(many.figures().get("visibleLoss") < few.figures().get("visibleLoss"));
        double[] errors =
                few.table().rows().stream()
                        .filter(row -> row[1] == 1)
                        .mapToDouble(row -> (row[9] - row[8]) / (2 * 1.96))
                        .toArray();
        // R: qnorm(0.975) + qnorm(0.8) is 2.8016.
        assertEquals(
                0.1 + 2.8016 * Quantiles.median(errors), few.figures().get("visibleLoss"), 1e-4);
        assertTrue(
                few.reasons().stream().anyMatch(r -> r.startsWith("with these exams a loss of")));
    }

    private static Map<String, Double> figures(
            FeatureTable table, List<Operation<FeatureTable>> operations) {
        return judge(table, operations).figures();
    }

    private static Judgement judge(FeatureTable table, List<Operation<FeatureTable>> operations) {
        FeatureTable after = Fold.refit(operations).fit(table).apply(table);
        return Judges.of(Optional.of("disease"), List.of("age"), List.of(), 100, 1, true)
                .judge(null, table, after, Fold.refit(operations), new Trace());
    }

    private record Times(double factor) implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = java.util.Arrays.stream(table.row(r)).map(v -> v * factor).toArray();
            }
            return table.withRows(rows);
        }
    }
}
