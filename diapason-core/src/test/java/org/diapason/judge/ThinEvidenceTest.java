package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Fold;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** What cannot be computed is never taken for a sign that all is well. */
class ThinEvidenceTest {
    private static final double[] UNEVEN = {0.2, 0.5, 0.8};
    private static final double[] EVEN = {0.5, 0.5, 0.5};
    private static final ComBat PROTECTED = ComBat.of("site", List.of("disease", "age"));
    private static final ComBat UNPROTECTED = ComBat.of("site", List.of("age"));
    private static final BiologyAndSite JUDGE =
            BiologyAndSite.of("site", Optional.of("disease"), List.of("age"));

    /** Sets the first features to 7 in every exam: nothing of any effect is left in them. */
    record Flatten(int features) implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = table.row(r).clone();
                java.util.Arrays.fill(rows[r], 0, features, 7);
            }
            return table.withRows(rows);
        }
    }

    @Test
    void aFeatureMadeConstantHasLostItsEffect() {
        FeatureTable table = Simulation.cohort(1, 20, 20, EVEN, 3, 1.5);
        // Two of the ten features with an effect: a fifth of what is judged.
        Judgement j = judge(table, table, List.of(PROTECTED, new Flatten(3)), new Trace());
        assertEquals(Verdict.HARM, j.verdict(), j.toString());
        assertEquals(2, j.figures().get("erased"));
        assertEquals(10, j.figures().get("judgedFeatures"));
        assertEquals(0, j.table().rows().get(0)[j.table().columns().indexOf("kept")]);
    }

    @Test
    void effectsWithoutAnIntervalAreNotJudged() {
        // Unprotected: kept is 0.74, but no draw with an exam twice can be fitted.
        FeatureTable table = Simulation.cohort(1, 20, 20, UNEVEN, 3, 1.5);
        Judge.Refit<FeatureTable> once =
                rows -> {
                    Set<String> exams = new HashSet<>();
                    for (int r = 0; r < rows.size(); r++) {
                        if (!exams.add(rows.exam(r))) {
                            throw new RefusedException("twice");
                        }
                    }
                    return Fold.refit(List.<Operation<FeatureTable>>of(UNPROTECTED)).fit(rows);
                };
        FeatureTable after = Tables.harmonized(UNPROTECTED, table);
        Judgement j = JUDGE.judge(table, table, after, once, new Trace());
        assertEquals(Verdict.CANNOT_BE_JUDGED, j.verdict(), j.toString());
        assertEquals(0, j.figures().get("judgedFeatures"));
        assertTrue(
                j.reasons()
                        .contains(
                                "10 features have an effect of disease over 3 standard errors but no"
                                        + " interval, because the table steps refused most of the"
                                        + " draws of exams: add exams to small sites."),
                j.reasons().toString());
    }

    @Test
    void aSiteOfOneExamDoesNotHideThatTheOthersAgree() {
        FeatureTable three = Simulation.cohort(1, 20, 20, EVEN, 3, 1.5);
        FeatureTable table =
                Tables.relabel(three, "site", r -> r == 7 ? "Z" : three.covariate(r, "site"));
        Trace trace = new Trace();
        Judgement j = judge(table, table, List.of(PROTECTED), trace);
        assertEquals(Verdict.BETTER, j.verdict(), j.toString());
        assertTrue(j.figures().get("siteShareAfter") < 0.1, j.figures().toString());
        assertEquals(
                List.of(
                        "1 exam (first P1007) is left out of the site share at the end, at least at"
                                + " times: the other half holds no exam of the same site, level or"
                                + " subject."),
                trace.warnings());
    }

    @Test
    void aLevelOfOneExamDoesNotHideThatTheSitesAgree() {
        FeatureTable two = Simulation.cohort(1, 20, 20, EVEN, 3, 1.5);
        FeatureTable table =
                Tables.relabel(two, "sex", r -> r == 0 ? "other" : r % 2 == 0 ? "F" : "M");
        ComBat combat = ComBat.of("site", List.of("disease", "age", "sex"));
        Judgement j = judge(table, table, List.of(combat), new Trace());
        assertEquals(Verdict.BETTER, j.verdict(), j.toString());
    }

    @Test
    void biologyThatIsTheSameEverywhereIsNamedAsTheReason() {
        FeatureTable table =
                Tables.relabel(Simulation.cohort(1, 6, 20, EVEN, 3, 1.5), "disease", r -> "case");
        Judgement j = judge(table, table, List.of(UNPROTECTED), new Trace());
        assertEquals(Verdict.CANNOT_BE_JUDGED, j.verdict());
        assertEquals(
                "disease is the same in every exam, so no effect of it can be lost or kept. Name"
                        + " another column as biology, or add exams that differ in it.",
                j.reasons().get(0));
    }

    @Test
    void anExamWithoutASiteIsRefusedByName() {
        FeatureTable full = Simulation.cohort(1, 6, 20, EVEN, 3, 1.5);
        FeatureTable table =
                Tables.relabel(full, "site", r -> r == 7 ? "" : full.covariate(r, "site"));
        RefusedException refused =
                assertThrows(
                        RefusedException.class, () -> judge(table, table, List.of(), new Trace()));
        assertEquals(
                "exam P1007: column site is missing, so its site is unknown. Fill it in or leave"
                        + " this exam out.",
                refused.getMessage());
    }

    @Test
    void withoutRawFeaturesNothingIsCalledRaw() {
        FeatureTable table = Simulation.cohort(1, 20, 20, EVEN, 3, 1.5);
        Judgement j = judge(null, table, List.of(PROTECTED), new Trace());
        assertEquals(Verdict.BETTER, j.verdict(), j.toString());
        assertFalse(j.figures().containsKey("siteShareRaw"));
        assertTrue(
                j.reasons().get(0).startsWith("the site explains 0.493 of the features before the"),
                j.reasons().toString());
        int raw = j.table().columns().indexOf("siteShareRaw");
        assertTrue(j.table().rows().stream().allMatch(r -> Double.isNaN(r[raw])));
    }

    @Test
    void whatIsOnlyShownIsKnownWithoutBiology() {
        FeatureTable table = Simulation.cohort(1, 6, 10, EVEN, 3, 1.5);
        BiologyAndSite judge = Judges.of(Optional.empty(), List.of(), List.of("f1"), 40, 1, false);
        Judgement j = judge.judge(table, table, table, Fold.refit(List.of()), new Trace());
        int counts = j.table().columns().indexOf("counts");
        assertEquals(1, j.table().rows().get(0)[counts]);
        assertEquals(0, j.table().rows().get(1)[counts]);
    }

    private static Judgement judge(
            FeatureTable raw,
            FeatureTable before,
            List<Operation<FeatureTable>> operations,
            Trace trace) {
        Judge.Refit<FeatureTable> refit = Fold.refit(operations);
        FeatureTable after = refit.fit(before).apply(before);
        return JUDGE.judge(raw, before, after, refit, trace);
    }
}
