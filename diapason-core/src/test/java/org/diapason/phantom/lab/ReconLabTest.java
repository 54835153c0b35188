package org.diapason.phantom.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Parallel;
import org.junit.jupiter.api.Test;

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
        LabJudge judge = new LabJudge(SCENE, 0);
        LabTuning tuning = new LabTuning(DATA, judge);
        for (LabPrior prior : List.of(LabPrior.NONE, LabPrior.HUBER_TV)) {
            LabMethod method = new LabMethod(false, prior);
            LabTuning.Chosen c = tuning.choose(method, 1e6);
            assertEquals(c.rmse(), judge.rmse(image(false, prior, c.weight())), 0);
            assertTrue(c.rmse() <= judge.rmse(image(false, prior, c.weight() * method.ratio())));
            assertTrue(c.rmse() <= judge.rmse(image(false, prior, c.weight() / method.ratio())));
            assertFalse(c.atEnd());
        }
    }

    @Test
    void allPriorsActOnCountsAndAfter() {
        assertEquals(20, LabMethod.all().size(), "9 twice, and 2 rules");
        assertEquals(20, LabMethod.all().stream().distinct().count());
        assertEquals(12, LabMethod.others().stream().map(LabMethod::name).distinct().count());
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
