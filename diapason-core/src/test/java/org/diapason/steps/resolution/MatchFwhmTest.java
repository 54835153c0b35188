package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.diapason.math.MatchError;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchFwhmTest {
    private static final Geometry GRID = Geometry.of(32, 32, 24, 1, 1, 1);

    private static MatchFwhm to(double mm) {
        return new MatchFwhm("*", mm, false);
    }

    /**
     * Two scanners, one object. Correct code leaves 2e-5 (sampled kernels and float); the plausible
     * mistake, t − s instead of √(t² − s²), leaves 0.3.
     */
    @ParameterizedTest(name = "sharp {0} mm and soft {1} mm meet at {2} mm")
    @CsvSource({"3, 5, 6", "3.5, 6, 7", "2.5, 6, 6.5"})
    void twoScannersOfOneObjectAgreeAfterMatching(double sharp, double soft, double target) {
        Volume object = Scans.texture(7, Geometry.of(64, 64, 64, 1, 1, 1));
        Exam both =
                Exam.of(
                        "phantom",
                        Map.of(
                                "sharp", Image.of(Scans.scanned(object, sharp)),
                                "soft", Image.of(Scans.scanned(object, soft))),
                        Map.of(),
                        Map.of());
        Exam matched = to(target).apply(both, new Trace());
        Volume a = matched.image("sharp").volume();
        Volume b = matched.image("soft").volume();
        double difference = 0;
        double power = 0;
        for (int k = 20; k < 44; k++) {
            for (int j = 20; j < 44; j++) {
                for (int i = 20; i < 44; i++) {
                    double d = a.at(i, j, k) - b.at(i, j, k);
                    difference += d * d;
                    power += a.at(i, j, k) * a.at(i, j, k);
                }
            }
        }
        assertEquals(0, Math.sqrt(difference / power), 1e-3, "away from the repeated border");
        assertEquals(Numbers.of(target, target, target), b.fwhmMm().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"3, 4, 1", "3, 6, 0.8", "2.5, 2.7, 1", "4, 9, 1.5"})
    void theEdgeHasTheTargetsWidthAfterwards(double source, double target, double spacing) {
        Geometry g = Geometry.of(64, 2, 2, spacing, spacing, spacing);
        Volume edge = Scans.edge(g, 32.3 * spacing, source);
        Volume out = Scans.ct(to(target).apply(Scans.exam("P1", edge), new Trace()));
        assertEquals(target, Scans.measuredFwhmMm(out), 0.01 * target);
    }

    @Test
    void decidedNumbersAreInTheTrace() {
        Volume v =
                Scans.texture(1, Geometry.of(16, 16, 16, 1, 1, 2)).withFwhmMm(Numbers.of(3, 4, 5));
        Trace trace = new Trace();
        to(5).apply(Scans.exam("P1", v), trace);
        assertEquals(Numbers.of(3, 4, 5), trace.notes().get("ct.sourceFwhmMm"));
        assertEquals(Numbers.of(4, 3, 0), trace.notes().get("ct.extraFwhmMm"));
        assertEquals(
                Numbers.of(100 * MatchError.largest(3, 5), 100 * MatchError.largest(4, 5), 0),
                trace.notes().get("ct.predictedMatchErrorPercent"));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void anUndersampledAxisWarnsWithThePredictedError() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(1, 2, 2));
        Trace trace = new Trace();
        to(2).apply(Scans.exam("P1", v), trace);
        // 1.3603 %: MatchErrorTest, row "1, 2"
        assertEquals(
                List.of(
                        "exam P1, image ct: along axis i the resolution of 1.00 mm spans only 1.00"
                                + " voxels of 1.00 mm, so matched edges are off by up to 1.36 % of"
                                + " their height."),
                trace.warnings());
    }

    @Test
    void aMatchThatWouldBeOffByMoreThanFivePercentIsRefused() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(2, 2, 0.5));
        RefusedException e = refused(to(2), v);
        assertEquals(
                "exam P1, image ct: along axis k the resolution of 0.50 mm spans only 0.50 voxels"
                        + " of 1.00 mm, so matched edges are off by up to 6.89 % of their height,"
                        + " more than 5 %. Use a series with thinner voxels or leave this exam out.",
                e.getMessage());
    }

    @Test
    void aCoarserImageIsRefusedNotSharpened() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(3, 7.2, 3));
        assertEquals(
                "exam P1, image ct: resolution along axis j is 7.20 mm, coarser than the target"
                        + " 6.00 mm, and blur cannot sharpen it. Raise target-fwhm-mm to at least"
                        + " 7.20 or leave this exam out.",
                refused(to(6), v).getMessage());
    }

    @Test
    void aTenthOfAPercentIsRounding() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(6.005, 6.005, 6.005));
        Volume out = Scans.ct(to(6).apply(Scans.exam("P1", v), new Trace()));
        assertArrayEquals(v.values(), out.values());
    }

    @Test
    void unknownResolutionIsRefusedAndTheColumnsNamed() {
        assertEquals(
                "exam P1, image ct: its resolution is not known, and slice thickness does not tell"
                        + " it. Add the column fwhm.ct (mm) or calibration to the cohort table, or"
                        + " leave the resolution step out.",
                refused(to(6), Scans.texture(1, GRID)).getMessage());
    }

    @Test
    void theGridFirstAndThenTheResolutionIsRefusedUnlessAllowed() {
        Volume v = Scans.scanned(Scans.texture(1, GRID), 3).withResampled(true);
        assertEquals(
                "exam P1, image ct: it was already put on another grid. Match the resolution first"
                        + " and only then change the grid, or set after-grid to true.",
                refused(to(6), v).getMessage());
        Trace trace = new Trace();
        new MatchFwhm("*", 6, true).apply(Scans.exam("P1", v), trace);
        assertEquals("matched after the grid (after-grid)", trace.notes().get("ct.order"));
    }

    @Test
    void aSingleSliceKeepsItsWidthAcrossTheSlice() {
        Volume v =
                Scans.texture(1, Geometry.of(20, 20, 1, 1, 1, 5)).withFwhmMm(Numbers.of(3, 3, 8));
        Volume out = Scans.ct(to(6).apply(Scans.exam("P1", v), new Trace()));
        assertEquals(Numbers.of(6, 6, 8), out.fwhmMm().orElseThrow());
    }

    @Test
    void nanStaysWhereItWasAndSpreadsNowhere() {
        Volume v = Scans.scanned(Scans.texture(1, GRID), 3);
        float[] gaps = v.values().clone();
        gaps[100] = Float.NaN;
        Volume out = Scans.ct(to(6).apply(Scans.exam("P1", v.withValues(gaps)), new Trace()));
        for (int n = 0; n < gaps.length; n++) {
            assertEquals(n == 100, Float.isNaN(out.values()[n]));
        }
    }

    @Test
    void oneThreadAndFourGiveTheSameBitsAndTheInputStays() {
        Volume v = Scans.scanned(Scans.texture(3, GRID), 3);
        float[] before = v.values().clone();
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Volume one = Scans.ct(to(6).apply(Scans.exam("P1", v), new Trace()));
            Parallel.setThreads(4);
            Volume four = Scans.ct(to(6).apply(Scans.exam("P1", v), new Trace()));
            assertArrayEquals(one.values(), four.values());
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(before, v.values());
    }

    @Test
    void aTargetThatIsNoWidthIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> to(0));
        assertEquals("target-fwhm-mm must be positive, got 0.0 mm", e.getMessage());
    }

    private static RefusedException refused(MatchFwhm step, Volume v) {
        return assertThrows(
                RefusedException.class, () -> step.apply(Scans.exam("P1", v), new Trace()));
    }
}
