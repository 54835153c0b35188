package org.diapason.phantom.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.reconstruction.Coupling;
import org.diapason.reconstruction.Penalty;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One realisation at a time: what every image is made of, and the rule that chooses weights. */
class ReconLabTest {
    private static final LabScene SCENE = LabScene.withLesions();
    private static final LabScanner SCANNER = new LabScanner(SCENE);
    private static final LabData.Pet PET = LabData.Pet.of(SCANNER.counts(1e6, 3));
    private static final LabData DATA = new LabData(PET, LabData.Mr.of(SCANNER.mr(0, 4)));

    private static float[] image(boolean fromCounts, LabPrior prior, double weight) {
        return new LabMethod(fromCounts, prior).made(weight, DATA).activity();
    }

    /** Less error with the truth's edges; less from the counts than after; more if MR is moved. */
    @Test
    void anatomyHelpsWhereItIsRightAndHarmsWhereItIsMoved() {
        LabJudge judge = new LabJudge(SCENE, 0);
        double none = judge.rmse(image(true, LabPrior.NONE, 4));
        double tv = judge.rmse(image(true, LabPrior.TV, 0.5));
        double guided = judge.rmse(image(true, LabPrior.DIRECTIONAL_TV, 1));
        double after = judge.rmse(image(false, LabPrior.DIRECTIONAL_TV, 1));
        assertTrue(tv < 0.95 * none, tv + " under TV, " + none);
        assertTrue(guided < 0.8 * tv, guided + " with MR, " + tv);
        assertTrue(guided < after, guided + " from counts, " + after);
        LabData moved = new LabData(PET, LabData.Mr.of(SCANNER.mr(4, 4)));
        float[] misled = new LabMethod(true, LabPrior.DIRECTIONAL_TV).made(1, moved).activity();
        assertTrue(judge.rmse(misled) > tv, judge.rmse(misled) + " with MR moved");
    }

    @Test
    void threadsChangeNoBit() {
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] counts1 = image(true, LabPrior.JOINT_TV, 0.5);
            float[] after1 = image(false, LabPrior.BOWSHER_L1, 0.5);
            Parallel.setThreads(3);
            assertArrayEquals(counts1, image(true, LabPrior.JOINT_TV, 0.5));
            assertArrayEquals(after1, image(false, LabPrior.BOWSHER_L1, 0.5));
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void theChosenWeightHasWorseNeighbours() {
        LabTuning tuning = new LabTuning(DATA, new LabJudge(SCENE, 0));
        for (LabPrior prior : List.of(LabPrior.NONE, LabPrior.HUBER_TV)) {
            LabMethod method = new LabMethod(false, prior);
            LabTuning.Chosen c = tuning.choose(method, 1e6);
            assertEquals(c.rmse(), tried(method, c.weight()), 0);
            assertTrue(c.rmse() <= tried(method, c.weight() * method.ratio()));
            assertTrue(c.rmse() <= tried(method, c.weight() / method.ratio()));
            assertFalse(c.atEnd());
        }
    }

    private static double tried(LabMethod method, double weight) {
        float[] image = method.made(weight, DATA, LabMethod.Stops.TRIED).activity();
        return new LabJudge(SCENE, 0).rmse(image);
    }

    /** The page compares methods whose errors differ by some tenths of a point. */
    @Test
    void theStopLeavesAFewHundredthsOfAPoint() {
        LabJudge judge = new LabJudge(SCENE, 0);
        for (LabPrior prior : List.of(LabPrior.TV, LabPrior.PARALLEL_LEVEL_SETS)) {
            for (boolean fromCounts : new boolean[] {true, false}) {
                LabMethod method = new LabMethod(fromCounts, prior);
                double usual = judge.rmse(method.made(0.5, DATA).activity());
                double nearer =
                        judge.rmse(method.made(0.5, DATA, LabMethod.Stops.NEARER).activity());
                assertEquals(nearer, usual, 4e-4, method.name());
            }
        }
    }

    @Test
    void withoutPriorImagesAreFilteredAndNoMore() {
        assertArrayEquals(PET.plain(), image(false, LabPrior.NONE, 0.1), 5e-3f);
        assertArrayEquals(PET.resolved(), image(true, LabPrior.NONE, 0.1), 5e-3f);
        float[] soft = Gauss.blur(LabScene.grid(), PET.resolved(), 2.0 / 2.25, 2.0 / 2.25, 0);
        float[] filtered = image(true, LabPrior.NONE, 2 * Gauss.FWHM_PER_SIGMA); // σ of 2 mm
        assertArrayEquals(soft, filtered, 1e-6f);
    }

    /** Both steps lower one function, whatever η is. */
    @ParameterizedTest
    @EnumSource(names = {"JOINT_TV", "SYMMETRIC_LEVEL_SETS"})
    void jointPriorsAreOneFunctionOfBothImages(LabPrior prior) {
        for (LabSetting set : List.of(LabSetting.USUAL, new LabSetting("eta", 2.5))) {
            Coupling c = LabMethod.coupling(prior, set, 0.7);
            float[] u = PET.plain();
            float[] w = DATA.mr().image();
            Penalty ofActivity = c.activity(w);
            Penalty ofAnatomy = c.anatomy(u);
            double there = ofActivity.weight() * ofActivity.prior().value(u);
            assertEquals(
                    1, ofAnatomy.weight() * ofAnatomy.prior().value(w) / there, 1e-5, set.words());
        }
    }

    @Test
    void everyOtherSettingIsAnotherPrior() {
        for (LabMethod m : LabMethod.others()) {
            Geometry grid = LabScene.grid();
            float[] mr = DATA.mr().image();
            double usual = m.prior().of(grid, mr, LabSetting.USUAL).value(PET.plain());
            double other = m.prior().of(grid, mr, m.setting()).value(PET.plain());
            assertTrue(Math.abs(other / usual - 1) > 0.005, m.name() + " is " + other / usual);
        }
    }

    @Test
    void rulesKnowNoUnitOfMr() {
        Geometry grid = LabScene.grid();
        float[] mr = DATA.mr().image();
        float[] other = new float[mr.length];
        for (int v = 0; v < mr.length; v++) {
            other[v] = 700 * mr[v] + 40;
        }
        float[] pet = PET.resolved();
        assertArrayEquals(
                LabRules.laplacian(grid, pet, mr), LabRules.laplacian(grid, pet, other), 2e-3f);
        assertArrayEquals(
                LabRules.sharpened(grid, pet, mr, 7),
                LabRules.sharpened(grid, pet, other, 7),
                2e-3f);
        assertArrayEquals(pet, LabRules.laplacian(grid, pet, pet), 1e-4f);
    }

    /** A prior makes edges cheap where MR has them; a rule puts them there. */
    @Test
    void aRuleInventsWhereAPriorDoesNot() {
        LabJudge judge = new LabJudge(SCENE, 0);
        double led = invented(judge, new LabMethod(false, LabPrior.DIRECTIONAL_TV), 2);
        double fused = invented(judge, new LabMethod(false, LabPrior.LAPLACIAN), 4);
        assertTrue(led < 0.1, led + " under directional TV");
        assertTrue(fused > 0.2, fused + " by laplacian");
    }

    private static double invented(LabJudge judge, LabMethod method, double weight) {
        return new LabRow(method, 1e6, 0, List.of(judge.judge(method.made(weight, DATA))))
                .size(LabLesion.Kind.MR_ONLY);
    }

    @Test
    void allPriorsActOnCountsAndAfter() {
        assertEquals(22, LabMethod.all().size(), "10 twice, and 2 rules");
        assertEquals(22, LabMethod.all().stream().distinct().count());
        assertEquals(14, LabMethod.others().stream().map(LabMethod::name).distinct().count());
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ReconLab(List.of(1e6, 1e5), List.of(0.0), 1, false, 1));
        assertEquals(
                "counts must be 1 to 9 rising numbers from 1000 to 1000000000, got [1000000.0,"
                        + " 100000.0]",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(1.0, 2.0), 1, false, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(0.0, Double.NaN), 1, false, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(0.0), 0, false, 1));
    }
}
