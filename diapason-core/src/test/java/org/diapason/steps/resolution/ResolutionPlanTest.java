package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class ResolutionPlanTest {
    private static Exam exam(String id, double i, double j, double k) {
        Geometry g = Geometry.of(12, 12, 12, 1, 1, 3);
        return Scans.exam(id, Scans.texture(1, g).withFwhmMm(Numbers.of(i, j, k)));
    }

    private static final List<Exam> COHORT =
            List.of(
                    exam("A", 4, 4, 5),
                    exam("B", 4.5, 4.5, 6),
                    exam("C", 5, 5, 5.5),
                    exam("D", 9, 9, 12));

    private static ResolutionPlan plan(boolean perAxis, double quantile, String... exclude) {
        return new ResolutionPlan("*", perAxis, quantile, List.of(exclude), Optional.empty());
    }

    private static MatchFwhm learned(ResolutionPlan plan, Trace trace) {
        ResolutionPlan.Sum sum = plan.empty();
        ResolutionPlan.Sum other = plan.empty();
        plan.add(other, COHORT.get(3));
        plan.add(other, COHORT.get(0));
        plan.add(sum, COHORT.get(2));
        plan.add(sum, COHORT.get(1));
        plan.merge(sum, other);
        return plan.learn(sum, trace);
    }

    @Test
    void everybodyKeptIsTheCoarsestOfAll() {
        Trace trace = new Trace();
        assertEquals(new MatchFwhm("*", 12, false), learned(plan(false, 1), trace));
        assertEquals("nobody", trace.notes().get("leftOut"));
        CoarsestFwhm coarsest = new CoarsestFwhm("*");
        CoarsestFwhm.Sum sum = coarsest.empty();
        COHORT.forEach(e -> coarsest.add(sum, e));
        assertEquals(coarsest.learn(sum, new Trace()), learned(plan(false, 1), new Trace()));
    }

    @Test
    void eachTargetSaysWhoIsLeftOut() {
        Trace trace = new Trace();
        learned(plan(false, 1), trace);
        assertEquals("left out: nobody", trace.notes().get("at 12.00 mm"));
        assertEquals("left out: D", trace.notes().get("at 6.00 mm"));
        assertEquals("left out: B, D", trace.notes().get("at 5.50 mm"));
        assertEquals("left out: B, C, D", trace.notes().get("at 5.00 mm"));
    }

    /** Thirty exams: 3 to 5.9 mm, every second width a hair less than the next hundredth. */
    @Test
    void ofManyWidthsTheEndsAreListedAndNoneTwice() {
        ResolutionPlan plan = plan(false, 1);
        ResolutionPlan.Sum sum = plan.empty();
        for (int n = 0; n < 30; n++) {
            double w = 3 + n * 0.1;
            plan.add(sum, exam("E" + (n < 10 ? "0" : "") + n, w, w, w));
            plan.add(sum, exam("F" + (n < 10 ? "0" : "") + n, w - 1e-4, w - 1e-4, w - 1e-4));
        }
        Trace trace = new Trace();
        plan.learn(sum, trace);
        List<String> listed =
                trace.notes().keySet().stream().filter(k -> k.startsWith("at ")).toList();
        assertEquals(20, listed.size());
        assertEquals("at 5.90 mm", listed.get(0));
        assertEquals("at 3.00 mm", listed.get(19));
        assertEquals("left out: nobody", trace.notes().get("at 5.90 mm"));
        assertTrue(trace.notes().get("at 3.00 mm").toString().endsWith(" and 38 more"));
    }

    @Test
    void aQuantileLeavesTheCoarsestOutAndTheyAreRefused() {
        Trace trace = new Trace();
        MatchFwhm match = learned(plan(false, 0.75), trace);
        assertEquals(new MatchFwhm("*", 6, false), match);
        assertEquals("D", trace.notes().get("leftOut"));
        assertEquals(
                "1 of 4 exams are coarser than the target and will be refused: D. Raise quantile to"
                        + " keep them.",
                trace.warnings().get(0));
        var e = assertThrows(RefusedException.class, () -> match.apply(COHORT.get(3), new Trace()));
        assertEquals(
                "exam D, image ct: resolution along axis i is 9.00 mm, coarser than the target 6.00"
                        + " mm, and blur cannot sharpen it. Raise target-fwhm-mm to at least 9.00 or"
                        + " leave this exam out.",
                e.getMessage());
    }

    @Test
    void whatEachExamLosesIsWhatMatchingThenDoes() {
        Trace trace = new Trace();
        MatchFwhm match = learned(plan(false, 1, "D"), trace);
        assertEquals(Numbers.of(2, 2, 1), trace.notes().get("A.ct.losesMm"));
        Trace matched = new Trace();
        match.apply(COHORT.get(0), matched);
        assertEquals(
                matched.notes().get("ct.whiteNoiseSdRatio"),
                trace.notes().get("A.ct.whiteNoiseSdRatio"));
        assertTrue(!trace.notes().containsKey("D.ct.losesMm"));
    }

    @Test
    void eachAxisMayHaveItsTarget() {
        MatchFwhm match = learned(plan(true, 0.75), new Trace());
        assertEquals(OptionalDouble.empty(), match.targetFwhmMm());
        assertEquals(Numbers.of(5, 5, 6), match.targetAxesMm().orElseThrow());
    }

    /** 3 mm slices to 4 mm cubes: 2 voxels are 8 mm; to 1 mm by straight lines: 4/27 h² more. */
    @Test
    void theGridThatFollowsIsCounted() {
        NextGrid coarse = new NextGrid(4, Interpolation.CUBIC, AntiAlias.AUTO);
        ResolutionPlan plan = new ResolutionPlan("*", false, 0.75, List.of(), Optional.of(coarse));
        assertEquals(8, learned(plan, new Trace()).targetMm(0), 1e-12);
        NextGrid fine = new NextGrid(1, Interpolation.LINEAR, AntiAlias.AUTO);
        ResolutionPlan lines = new ResolutionPlan("*", false, 0.75, List.of(), Optional.of(fine));
        MatchFwhm match = learned(lines, new Trace());
        assertEquals(Math.sqrt(36 + 5.545177 * 9 * 4 / 27.0), match.targetMm(2), 1e-6);
        Exam softest = match.apply(COHORT.get(1), new Trace());
        assertEquals(6, Scans.ct(softest).fwhmMm().orElseThrow().get(2), 1e-9);
    }

    /**
     * 1.9 mm of 0.5 mm voxels by straight lines to cubes of 1 mm: unfiltered they must have 2 mm
     * before it, and end at sqrt(4 + 5.545 · 0.25 · ¼) where every new voxel lies half way.
     */
    @Test
    void theCoarsestWidthCountsTheGridThatFollows() {
        Exam one =
                Scans.exam(
                        "A",
                        Scans.texture(1, Geometry.of(8, 8, 8, 0.5, 0.5, 0.5))
                                .withFwhmMm(Numbers.of(1.9, 1.9, 1.9)));
        for (Grid.Rule rule : Grid.Rule.values()) {
            NextGrid next = new NextGrid(1, Interpolation.LINEAR, AntiAlias.AUTO, rule);
            CoarsestFwhm coarsest = new CoarsestFwhm("*", Optional.of(next));
            CoarsestFwhm.Sum sum = coarsest.empty();
            coarsest.add(sum, one);
            MatchFwhm match = coarsest.learn(sum, new Trace());
            // ibsi, corner and extent lie half way between voxels, origin on them
            double lines = rule == Grid.Rule.ORIGIN ? 0 : 5.545177 * 0.25 / 4;
            assertEquals(Math.sqrt(4 + lines), match.targetMm(0), 1e-6, rule.toString());
            Exam after =
                    new Isotropic(
                                    "*",
                                    1,
                                    Interpolation.LINEAR,
                                    AntiAlias.AUTO,
                                    false,
                                    rule,
                                    Boundary.NEAREST)
                            .apply(match.apply(one, new Trace()), new Trace());
            assertEquals(match.targetMm(0), Scans.ct(after).fwhmMm().orElseThrow().get(0), 1e-9);
            ResolutionPlan plan = new ResolutionPlan("*", false, 1, List.of(), Optional.of(next));
            ResolutionPlan.Sum all = plan.empty();
            plan.add(all, one);
            assertEquals(match, plan.learn(all, new Trace()));
        }
    }

    @Test
    void aCohortOfWhichNobodyIsKeptIsRefused() {
        var e =
                assertThrows(
                        RefusedException.class, () -> learned(plan(false, 1, "*"), new Trace()));
        assertEquals(
                "the cohort has no exam that is kept and has an image that matches \"*\". Correct"
                        + " image or exclude, or leave the resolution step out.",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> plan(false, 0));
    }
}
