package org.diapason.phantom.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.reconstruction.Likelihood;
import org.junit.jupiter.api.Test;

/** One realisation at a time: what every image is made of, and the rule that chooses weights. */
class ReconLabTest {
    private static final LabScanner SCANNER = new LabScanner(LabScene.withLesions());
    private static final float[] TRUTH = LabScene.pixels(LabScene.withLesions().activity());

    private final LabScanner.Counts counts = SCANNER.counts(1e6, 3);
    private final Likelihood mr = SCANNER.mr(0, 4);
    private final float[] plain = LabMethod.plain(counts).convergedImage();
    private final float[] anatomy = LabMethod.anatomy(mr).convergedImage();

    private float[] image(boolean fromCounts, LabPrior prior, double weight) {
        return new LabMethod(fromCounts, prior).image(weight, counts, plain, anatomy, mr);
    }

    /** Less error with the truth's edges; less from the counts than after; more if MR is moved. */
    @Test
    void anatomyHelpsWhereItIsRightAndHarmsWhereItIsMoved() {
        LabJudge judge = new LabJudge(TRUTH, 0);
        double none = judge.rmse(image(true, LabPrior.NONE, 1));
        double tv = judge.rmse(image(true, LabPrior.TV, 0.5));
        double guided = judge.rmse(image(true, LabPrior.DIRECTIONAL_TV, 1));
        double after = judge.rmse(image(false, LabPrior.DIRECTIONAL_TV, 1));
        assertTrue(tv < 0.95 * none, tv + " under TV, " + none);
        assertTrue(guided < 0.8 * tv, guided + " with MR, " + tv);
        assertTrue(guided < after, guided + " from counts, " + after);
        Likelihood moved = SCANNER.mr(4, 4);
        float[] misled =
                new LabMethod(true, LabPrior.DIRECTIONAL_TV)
                        .image(1, counts, plain, anatomy, moved);
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
        LabJudge judge = new LabJudge(TRUTH, 0);
        LabTuning tuning = new LabTuning(counts, plain, anatomy, mr, judge);
        for (LabPrior prior : List.of(LabPrior.NONE, LabPrior.HUBER_TV)) {
            LabMethod method = new LabMethod(false, prior);
            LabTuning.Chosen c = tuning.choose(method, 1e6);
            assertEquals(c.rmse(), judge.rmse(image(false, prior, c.weight())), 0);
            assertTrue(c.rmse() <= judge.rmse(image(false, prior, c.weight() * method.ratio())));
            assertTrue(c.rmse() <= judge.rmse(image(false, prior, c.weight() / method.ratio())));
            assertFalse(c.atEnd());
        }
        assertEquals(1, tuning.choose(new LabMethod(true, LabPrior.NONE), 1e6).tried());
    }

    @Test
    void allPriorsActOnCountsAndAfter() {
        assertEquals(18, LabMethod.all().size());
        assertEquals(18, LabMethod.all().stream().distinct().count());
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ReconLab(List.of(1e6, 1e5), List.of(0.0), 1, 1));
        assertEquals(
                "counts must be 1 to 9 rising numbers from 1000 to 1000000000, got [1000000.0,"
                        + " 100000.0]",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(1.0, 2.0), 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(0.0, Double.NaN), 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReconLab(List.of(1e6), List.of(0.0), 0, 1));
    }
}
