package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Fold;
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

/** Biology of three levels, and of numbers. */
class LevelsTest {

    /**
     * R: {@code n <- 24; r <- 0:23; y <- sapply(0:4, function(f) sin(1.7*r*r + 2.3*f*f + 0.9*r*f) +
     * 0.8*(r %% 3 == 2)*(f == 1) + (r %/% 8)*0.7*(f != 3)); stage <- factor(c("I", "II", "III")[r
     * %% 3 + 1]); site <- factor(c("A", "B", "C")[r %/% 8 + 1]); size <- (r*7) %% 11}.
     */
    private static final FeatureTable TABLE = table(0);

    private static FeatureTable table(double common) {
        double[][] y = new double[5][24];
        SortedMap<String, List<String>> c = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (String name : List.of("stage", "site", "size", "kernel")) {
            c.put(name, new ArrayList<>());
        }
        for (int f = 0; f < 5; f++) {
            names.add("f" + f);
            for (int r = 0; r < 24; r++) {
                y[f][r] =
                        StrictMath.sin(1.7 * r * r + 2.3 * f * f + 0.9 * r * f)
                                + (r % 3 == 2 && f == 1 ? 0.8 : 0)
                                + (f != 3 ? r / 8 * 0.7 : 0)
                                + (f < 4 ? common * StrictMath.sin(0.37 * r * r) : 0);
            }
        }
        for (int r = 0; r < 24; r++) {
            c.get("stage").add(List.of("I", "II", "III").get(r % 3));
            c.get("site").add(List.of("A", "B", "C").get(r / 8));
            c.get("size").add(Integer.toString(r * 7 % 11));
            c.get("kernel").add("KLMMLKKMLKK".substring(r % 11, r % 11 + 1));
        }
        return Tables.table(names, y, c);
    }

    private static Panel panel(FeatureTable table, String biology) {
        return new Panel(table, Coding.of(table, "site", Optional.of(biology), List.of()));
    }

    /**
     * R: {@code summary(lm(y[, 2] ~ site + stage))$coef}, and with {@code relevel(stage, "II")}.
     */
    @Test
    void everyPairOfLevelsHasTheEffectAndErrorOfR() {
        Panel panel = panel(TABLE, "stage");
        assertEquals(
                List.of("II against I", "III against I", "III against II"),
                panel.contrasts().stream().map(Coding.Contrast::name).toList());
        Coefficient first = panel.effect(1, panel.contrasts().get(1), true);
        assertEquals(0.305652147061066, first.value(), 1e-12);
        assertEquals(0.352720146982626, first.standardError(), 1e-12);
        Coefficient second = panel.effect(1, panel.contrasts().get(2), true);
        assertEquals(0.7237965206388882, second.value(), 1e-12);
        assertEquals(0.3527201469826258, second.standardError(), 1e-12);
        assertEquals(second.value(), panel.coefficient(1, panel.contrasts().get(2), true), 1e-12);
    }

    /** R: {@code anova(lm(y[, 2] ~ site), lm(y[, 2] ~ site + stage))}. */
    @Test
    void allLevelsAreTestedTogetherWithTheSitesCharged() {
        Panel.Test test = panel(TABLE, "stage").test(1, true, 0);
        assertEquals(0.14725, test.p(), 5e-6);
        assertEquals(2, test.over());
        assertEquals(19, test.under());
        // a scale per site: F falls to 16/19 and has 16 degrees of freedom
        Panel.Test charged = panel(TABLE, "stage").test(1, true, 3);
        assertEquals(test.f() * 16 / 19, charged.f(), 1e-12);
        assertEquals(16, charged.under());
    }

    /**
     * R: {@code b <- c(0, coef(m)[4:5])[stage]; b <- b - mean(b); sum(b^2) / sum(resid(m)^2)} of
     * {@code m <- lm(y[, f] ~ site + stage)}; the same of size, where b is its slope times size.
     */
    @Test
    void theFisherRatioOfLevelsAndOfNumbersIsTheVarianceOfBiologyOverTheRest() {
        double[] r = {
            0.1086626622810780,
            0.2269557049994894,
            0.1857961890133561,
            0.1348468686976982,
            0.0551124163362185
        };
        for (int f = 0; f < 5; f++) {
            assertEquals(r[f], Fisher.withinSite(panel(TABLE, "stage"), f), 1e-12);
        }
        assertEquals(0.001129598342878687, Fisher.withinSite(panel(table(3), "size"), 1), 1e-12);
    }

    /**
     * Python 3.11, numpy, of y + 3·sin(0.37·r²) in the first four columns: W residuals of site and
     * stage over their spread, B fitted stage less its mean over the same spread, λ 0.1248 by
     * scikit-learn's {@code LedoitWolf(assume_centered=True)}; {@code trace(solve((1 - l) * W.T @ W
     * / n + l * mu * I, B.T @ B / n))}.
     */
    @Test
    void theFisherRatioOfAllFeaturesIsThatOfAShrunkCovariance() {
        assertEquals(0.28235287181985447, Fisher.trace(panel(table(3), "stage"), f -> true), 1e-10);
    }

    /** R: {@code lmer(y[, f] ~ stage + (1 | site))}, variance of site over the sum of both. */
    @Test
    void theShareBetweenSitesIsThatOfAMixedModel() {
        double[] lme4 = {
            0.452625782146, 0.349111166707, 0.602127234741, 0.0404606707266, 0.583849784116
        };
        List<SiteModel> found = SiteModel.perFeature(panel(TABLE, "stage"), 0);
        for (int f = 0; f < 5; f++) {
            assertEquals(lme4[f], found.get(f).share(), 1e-5);
            assertTrue(Double.isNaN(found.get(f).effect()), "stage has three levels");
        }
    }

    /**
     * R: {@code m <- lmerTest::lmer(y[, f] ~ size + (1 | site))} with bobyqa and {@code rhoend =
     * 1e-11}; {@code coef(summary(m))["size", "Estimate"]/sigma(m)}, {@code "df"}, {@code
     * "Pr(>|t|)"}. The fourth has no variance between sites.
     */
    @Test
    void theEffectOfBiologyInTheMixedModelIsThatOfLmerTest() {
        double[][] r = {
            {0.069363638689, 20.039590972, 0.288941110753},
            {0.109705877749, 20.055106968, 0.100230915330},
            {-0.041574761974, 20.027330519, 0.521304820113},
            {0.012258803698, 22, 0.848501436274},
            {-0.040208316755, 20.029006094, 0.534943793723}
        };
        Panel panel = panel(TABLE, "size");
        List<SiteModel> found = SiteModel.perFeature(panel, 0);
        List<SiteModel> charged = SiteModel.perFeature(panel, 5);
        for (int f = 0; f < 5; f++) {
            assertEquals(r[f][0], found.get(f).effect(), 1e-7);
            assertEquals(r[f][1], found.get(f).df(), 1e-4);
            assertEquals(r[f][2], found.get(f).p(), 1e-6);
            assertEquals(found.get(f).df() - 5, charged.get(f).df(), 1e-12);
            assertTrue(charged.get(f).p() > found.get(f).p(), "five degrees of freedom are spent");
        }
    }

    /**
     * R: {@code anova(lm(y[, 2] ~ site + stage + size), lm(y[, 2] ~ site * size + stage))}: F
     * 0.34565 on 2 and 16.
     */
    @Test
    void siteBySizeIsTheFTestOfR() {
        double[] size = SizeEffect.of(TABLE, "size");
        SizeEffect.Found found =
                SizeEffect.of(panel(TABLE, "stage"), size, "size", "f1"::equals, 0);
        assertEquals(1, found.tested());
        assertEquals(0, found.found());
        // ω² = 2(F − 1)/(2F + 16 + 1)
        assertEquals(2 * (0.34565 - 1) / (2 * 0.34565 + 17), found.share(), 1e-5);
    }

    /** 0.05/3 = 0.0167 is not above 0.016, 0.05/2 is below 0.03. */
    @Test
    void manyTestsAreCorrected() {
        assertEquals(1, SizeEffect.holm(new double[] {0.03, Double.NaN, 0.016, 0.04}));
        assertEquals(0, SizeEffect.holm(new double[] {0.03, 0.017, 0.04}));
    }

    /** R: {@code max(cancor(model.matrix(~stage)[, -1], model.matrix(~kernel)[, -1])$cor)^2}. */
    @Test
    void levelsAgainstLevelsHaveCramersVAndTheLargestCanonicalCorrelation() {
        Confounders.Column kernel =
                Confounders.of(TABLE, "stage", "kernel"::equals).columns().get(0);
        assertEquals(1 / (1 - 0.0194805194805195), kernel.inflation(), 1e-12);
        // R: sqrt(chisq.test(table(stage, kernel), correct = FALSE)$statistic / 24 / 2)
        assertEquals(0.0986927542439653, kernel.strength(), 1e-12);
        assertEquals(2, kernel.rank());
    }

    /** Kernel B is at I and II, kernel S at III and IV: no single level is given away. */
    @Test
    void aContrastOfPairsThatAKernelGivesAwayIsInseparable() {
        FeatureTable table =
                Tables.relabel(
                        Tables.relabel(
                                Simulation.cohort(1, 1, 20, new double[] {0.5, 0.5, 0.5}, 1, 1),
                                "grade",
                                r -> List.of("I", "II", "III", "IV").get(r % 4)),
                        "kernel",
                        r -> r % 4 < 2 ? "B" : "S");
        Confounders found = Confounders.of(table, "grade", "kernel"::equals);
        assertEquals("inseparable", found.verdict());
        assertEquals(2, found.columns().get(0).rank());
        assertEquals(3, found.columns().get(0).fullRank());
        assertEquals(
                "kernel cannot be told from grade: no method can separate their effects. Add exams"
                        + " that differ in one and not in the other; no exam has B × III, B × IV, S"
                        + " × I, S × II.",
                found.columns().get(0).words("grade"));
    }

    /** Takes from the cases of stage III what they have more than the others. */
    record Level(double by) implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                double less = table.covariate(r, "stage").equals("III") ? by : 0;
                rows[r] = java.util.Arrays.stream(table.row(r)).map(v -> v - less).toArray();
            }
            return table.withRows(rows);
        }
    }

    private static FeatureTable staged() {
        FeatureTable plain = Simulation.cohort(51, 10, 36, new double[] {0.5, 0.5, 0.5}, 0, 1.5);
        FeatureTable labelled =
                Tables.relabel(plain, "stage", r -> List.of("I", "II", "III").get(r % 3));
        return new Level(-3).apply(Tables.relabel(labelled, "disease", r -> "none"), new Trace());
    }

    private static Judgement judge(List<Operation<FeatureTable>> operations) {
        FeatureTable table = staged();
        FeatureTable after = Fold.refit(operations).fit(table).apply(table);
        return Judges.of(Optional.of("stage"), List.of("age"), List.of(), 100, 4, true)
                .judge(null, table, after, Fold.refit(operations), new Trace());
    }

    @Test
    void aProtectedStageIsKeptAndTheLossOfOnePairOfLevelsIsHarm() {
        ComBat combat = ComBat.of("site", List.of("stage", "age"));
        Judgement kept = judge(List.of(combat));
        assertEquals(Verdict.BETTER, kept.verdict(), kept.toString());
        assertTrue(kept.figures().get("biologyAucAfter") > 0.75, kept.figures().toString());
        assertEquals(1, kept.figures().get("injectedSlope"), 0.1);
        Judgement lost = judge(List.of(combat, new Level(1)));
        assertEquals(Verdict.HARM, lost.verdict(), lost.toString());
        assertTrue(
                lost.reasons().stream()
                        .anyMatch(r -> r.matches("feature f\\d, III against II?: kept 0.6.*")),
                lost.reasons().toString());
        int column = lost.table().columns().indexOf("kept, III against I");
        assertEquals(0.67, lost.table().rows().get(0)[column], 0.08);
    }

    @Test
    void namesOfPatientsAreNoBiology() {
        FeatureTable many = Tables.relabel(TABLE, "patient", r -> "p" + (char) ('a' + r));
        RefusedException refused =
                assertThrows(RefusedException.class, () -> panel(many, "patient"));
        assertEquals(
                "biology column patient has 24 levels, and a judgement takes at most 10, or a number."
                        + " Name another column, or merge levels.",
                refused.getMessage());
    }
}
