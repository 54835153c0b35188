package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.diapason.step.Fold;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Effects of a column that says nothing. */
class ManufacturedBiologyTest {
    private static final ComBat PROTECTED = ComBat.of("site", List.of("disease", "age"));

    /**
     * R: {@code 2 * pnorm(-1.96 * sqrt(c(0.8333333, 0.76, 0.5733333)))} is 0.0736, 0.0875, 0.1378.
     */
    @ParameterizedTest(name = "{0}, {1} and {2} % cases: {3} of plain tests")
    @CsvSource({"25, 50, 75, 0.0736", "20, 50, 80, 0.0875", "10, 50, 90, 0.1378"})
    void aCorrectComBatMakesNoEffectWithSiteInTheModelButPlainTestsFollowTheDesign(
            double a, double b, double c, double predicted) {
        double[] prevalence = {a / 100, b / 100, c / 100};
        FeatureTable table = Simulation.cohort(31, 60, 40, prevalence, 1, 1.5);
        Trace trace = new Trace();
        Judgement j = judge(List.of(PROTECTED), table, trace);
        assertEquals(Verdict.NO_CHANGE, j.verdict(), j.toString());
        // 200 orders of 60 features: a standard error of 0.002 and what protecting costs.
        assertEquals(0.05, j.figures().get("falsePositives"), 0.01);
        assertEquals(predicted, j.figures().get("falsePositivesPlainPredicted"), 1e-4);
        assertEquals(predicted, j.figures().get("falsePositivesPlain"), 0.02);
        boolean surely = j.figures().get("falsePositivesPlainLow") > 0.075;
        assertEquals(surely ? 1 : 0, trace.warnings().size(), trace.warnings().toString());
        assertTrue(a > 10 || surely, "the worst design is warned of");
    }

    @Test
    void stepsThatTakeFromTheLabelAreHarm() {
        FeatureTable table = Simulation.cohort(32, 40, 20, new double[] {0.5, 0.5, 0.5}, 0, 0);
        Judgement j = judge(List.of(PROTECTED, new Raise()), table, new Trace());
        assertEquals(Verdict.HARM, j.verdict(), j.toString());
        assertTrue(
                j.reasons().get(0).endsWith("the table steps make effects of it."), j.toString());
    }

    @Test
    void biologyWithOneValueIsNotJudged() {
        FeatureTable table = Simulation.cohort(33, 4, 20, new double[] {1, 1, 1}, 0, 1);
        assertEquals(Verdict.NOT_JUDGED, judge(List.of(), table, new Trace()).verdict());
    }

    @Test
    void fewerThan200OrdersAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ManufacturedBiology("site", "disease", List.of(), List.of(), 199));
    }

    private static Judgement judge(
            List<Operation<FeatureTable>> operations, FeatureTable table, Trace trace) {
        return new ManufacturedBiology("site", "disease", List.of("age"), List.of(), 200)
                .judge(null, table, table, Fold.refit(operations), trace);
    }

    /** Raises every feature of the cases by half an SD: an effect out of nothing but the label. */
    private record Raise() implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            List<double[]> rows = new ArrayList<>();
            for (int r = 0; r < table.size(); r++) {
                double add = table.covariate(r, "disease").equals("case") ? 0.5 : 0;
                rows.add(java.util.Arrays.stream(table.row(r)).map(v -> v + add).toArray());
            }
            return table.withRows(rows.toArray(new double[0][]));
        }
    }
}
