package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.MatchError;
import org.diapason.math.Mtf;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
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

    /** Gaussian phantom, source 4 mm, target 6 mm, 1 mm voxels: 6 mm ± 0.2 % by second moment. */
    @ParameterizedTest(name = "edge at {0} mm")
    @CsvSource({"30", "30.25", "30.5", "31.1"})
    void aGaussianPhantomReachesSixMillimetres(double at) {
        Volume edge = Scans.edge(Geometry.of(64, 1, 1, 1, 1, 1), at, 4);
        Volume out = Scans.ct(to(6).apply(Scans.exam("P1", edge), new Trace()));
        assertEquals(6, Scans.measuredFwhmMm(out), 0.002 * 6);
    }

    /**
     * Slices of 3 mm, each the mean over its thickness, of a scanner of 4 mm, to 1 mm cubes: what
     * is measured afterwards is the target, the slice's aperture and the interpolator's blur in it.
     * Without counting them linear ends at 7.51 mm.
     */
    @ParameterizedTest(name = "{0}, anti-alias {1}, edge at {2} mm, grid {3} of {4} mm")
    @CsvSource({
        "LINEAR, AUTO, 90, IBSI, 1",
        "LINEAR, AUTO, 90.7, IBSI, 1",
        "LINEAR, CARDOSO, 91.5, IBSI, 1",
        "CUBIC, AUTO, 90, IBSI, 1",
        "CUBIC, NONE, 90.9, IBSI, 1",
        "SINC, AUTO, 90.9, IBSI, 1",
        "NEAREST, AUTO, 90.4, IBSI, 1",
        "LINEAR, AUTO, 90.4, CORNER, 1.5",
        "LINEAR, AUTO, 90.4, ORIGIN, 1.5",
        "LINEAR, AUTO, 90.4, EXTENT, 1.1",
        "LINEAR, CARDOSO, 90.4, ORIGIN, 4.4",
        "CUBIC, CARDOSO, 90.4, EXTENT, 4.4"
    })
    void fromThickSlicesToCubesTheTargetIsMet(
            Interpolation how, AntiAlias antiAlias, double at, Grid.Rule grid, double cubeMm) {
        Geometry g = Geometry.of(60, 3, 3, 3, 0.5, 0.5);
        float[] v = new float[g.voxels()];
        int parts = 300;
        for (int p = 0; p < parts; p++) {
            float[] part = Scans.edge(g, at + 3 * ((p + 0.5) / parts - 0.5), 4).values();
            for (int n = 0; n < v.length; n++) {
                v[n] += part[n] / parts;
            }
        }
        double source = Math.sqrt(16 + 5.545177 * 9 / 12);
        Volume slices = Volume.of(g, v, Quantity.HU).withFwhmMm(Numbers.of(source, source, source));
        MatchFwhm match =
                new MatchFwhm(
                        "*",
                        OptionalDouble.of(7),
                        false,
                        Optional.empty(),
                        Optional.of(new NextGrid(cubeMm, how, antiAlias, grid)));
        Trace trace = new Trace();
        Exam matched = match.apply(Scans.exam("P1", slices), trace);
        Isotropic isotropic =
                new Isotropic("*", cubeMm, how, antiAlias, false, grid, Boundary.NEAREST);
        Volume cubes = Scans.ct(isotropic.apply(matched, new Trace()));
        assertEquals(7, Scans.measuredFwhmMm(cubes), 0.02 * 7);
        assertEquals(7, cubes.fwhmMm().orElseThrow().get(0), 1e-9);
        assertEquals(7, cubes.fwhmMm().orElseThrow().get(1), 1e-9);
        if (cubeMm == 1) {
            double mean =
                    how == Interpolation.LINEAR
                            ? 4 / 27.0
                            : how == Interpolation.NEAREST ? 2 / 27.0 : 0;
            double added = ((Numbers) trace.notes().get("ct.nextGridAddsFwhmMm")).get(0);
            assertEquals(2.35482 * 3 * Math.sqrt(mean), added, 1e-2);
        }
    }

    @Test
    void aGridStepThatBlursBeyondTheTargetIsRefused() {
        Volume v =
                Scans.texture(1, Geometry.of(16, 16, 16, 1, 1, 3)).withFwhmMm(Numbers.of(4, 4, 5));
        MatchFwhm step =
                new MatchFwhm(
                        "*",
                        OptionalDouble.of(5.5),
                        false,
                        Optional.empty(),
                        Optional.of(new NextGrid(1, Interpolation.LINEAR, AntiAlias.AUTO)));
        assertEquals(
                "exam P1, image ct: resolution along axis k is 5.00 mm, 5.69 mm with the blur of the"
                        + " grid step that follows, coarser than the target 5.50 mm, and blur cannot"
                        + " sharpen it. Raise target-fwhm-mm to at least 5.70 or leave this exam"
                        + " out.",
                refused(step, v).getMessage());
    }

    @Test
    void eachAxisMayHaveItsTarget() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(3, 4, 5));
        MatchFwhm step =
                new MatchFwhm(
                        "*",
                        OptionalDouble.empty(),
                        false,
                        Optional.of(Numbers.of(5, 5, 7)),
                        Optional.empty());
        Trace trace = new Trace();
        Volume out = Scans.ct(step.apply(Scans.exam("P1", v), trace));
        assertEquals(Numbers.of(5, 5, 7), out.fwhmMm().orElseThrow());
        assertEquals(Numbers.of(4, 3, Math.sqrt(24)), trace.notes().get("ct.extraFwhmMm"));
        assertEquals(Numbers.of(5, 5, 7), trace.notes().get("ct.targetFwhmMm"));
        assertEquals(
                "one target per axis of the image (target-axes-mm)",
                trace.notes().get("ct.anisotropic"));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new MatchFwhm(
                                        "*",
                                        OptionalDouble.of(5),
                                        false,
                                        Optional.of(Numbers.of(5, 5, 7)),
                                        Optional.empty()));
        assertEquals(
                "one of target-fwhm-mm and target-axes-mm is needed, got both", e.getMessage());
    }

    /** Filtering multiplies the noise power by |MTF|²; white noise shows it directly. */
    @Test
    void theNoiseThatIsLeftIsPredicted() {
        Geometry g = Geometry.of(48, 48, 48, 1, 1, 1.5);
        Volume v = Scans.texture(9, g).withFwhmMm(Numbers.of(3, 3, 4));
        Trace trace = new Trace();
        Volume out = Scans.ct(to(5).apply(Scans.exam("P1", v), trace));
        double predicted = (double) trace.notes().get("ct.whiteNoiseSdRatio");
        // σ of 1.699 and 0.849 voxels: (1/(2 √π σ))^½ an axis
        assertEquals(0.407 * 0.407 * 0.576, predicted, 2e-3);
        double before = 0;
        double after = 0;
        for (int k = 8; k < 40; k++) {
            for (int j = 8; j < 40; j++) {
                for (int i = 8; i < 40; i++) {
                    before += v.at(i, j, k) * v.at(i, j, k);
                    after += out.at(i, j, k) * out.at(i, j, k);
                }
            }
        }
        assertEquals(predicted, Math.sqrt(after / before), 0.05 * predicted);
    }

    @Test
    void aScannerThatIsNoGaussianIsReportedFromItsCurve() {
        double[] f = new double[101];
        double[] sharp = new double[101];
        double[] round = new double[101];
        for (int n = 0; n < f.length; n++) {
            f[n] = n / 100.0;
            round[n] = Mtf.gaussian(3, f[n]);
            // overshoots, as reconstructions that enhance edges do
            sharp[n] = Mtf.gaussian(3, f[n]) * (1 + 12 * f[n] * f[n]);
        }
        ScannerCalibration calibration =
                new ScannerCalibration("A", "2026-01-01", Numbers.of(3, 3, 3), 1, 0, Map.of())
                        .withMtf(
                                Numbers.of(f),
                                Optional.of(Numbers.of(sharp)),
                                Optional.of(Numbers.of(round)));
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(3, 3, 3));
        Image one = new Image(v, Tags.none(), Optional.of(calibration));
        Trace trace = new Trace();
        to(4).apply(Exam.of("P1", Map.of("ct", one), Map.of(), Map.of()), trace);
        Numbers off = (Numbers) trace.notes().get("ct.residualMtf");
        // largest of exp(−x) · 12 x/(π² F²/(4 ln 2)) at x = 1: 12/(e · 3.5597 · 16)
        assertEquals(12 / Math.E / (3.5597 * 16), off.get(0), 1e-4);
        assertEquals(0, off.get(2), 1e-12);
        assertEquals(
                List.of(
                        "exam P1, image ct: the calibration's MTF is no Gaussian, and after matching"
                                + " it differs from the target's by up to a share of the contrast"
                                + " along axis i by 7.7 %, axis j by 7.7 %. Use the step kernel to"
                                + " match the curves."),
                trace.warnings());
    }

    @Test
    void undersampledAxesGiveOneWarningWithThePredictedError() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(1, 2, 1));
        Trace trace = new Trace();
        to(2).apply(Scans.exam("P1", v), trace);
        // 1.3603 %: MatchErrorTest, row "1, 2"
        assertEquals(
                List.of(
                        "exam P1, image ct: along axis i the resolution of 1.00 mm spans only 1.00"
                                + " voxels of 1.00 mm (1.36 %), along axis k the resolution of 1.00"
                                + " mm spans only 1.00 voxels of 1.00 mm (1.36 %), so matched edges"
                                + " are off by up to 1.36 % of their height."),
                trace.warnings());
    }

    @Test
    void aMatchThatWouldBeOffByMoreThanFivePercentIsRefused() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(2, 2, 0.5));
        RefusedException e = refused(to(2), v);
        assertEquals(
                "exam P1, image ct: along axis k the resolution of 0.50 mm spans only 0.50 voxels"
                        + " of 1.00 mm (6.89 %), so matched edges are off by up to 6.89 % of their height,"
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

    /** Widths that come from the calibration expire with it; those of the table do not. */
    @Test
    void widthsOfAnExpiredCalibrationAreRefused() {
        ScannerCalibration old =
                new ScannerCalibration("A", "2025-01-01", Numbers.of(3, 3, 3), 1, 0, Map.of())
                        .withValidUntil(Optional.of("2025-12-31"));
        Tags later = new Tags(Map.of("AcquisitionDate", "20260101"), Map.of());
        Volume own = Scans.texture(1, GRID).withFwhmMm(Numbers.of(3, 3, 3));
        Volume told = own.withFwhmMm(Numbers.of(3.1, 3.1, 3.1));
        to(4).apply(one(told, later, old), new Trace());
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> to(4).apply(one(own, later, old), new Trace()));
        assertEquals(
                "exam P1, image ct: it was acquired after 2025-12-31, the last day of the calibration"
                        + " of scanner A (phantom scan of 2025-01-01). Scan the phantom again and"
                        + " give its new calibration.",
                e.getMessage());
    }

    /** A curve describes what the scanner gave, and not what a blur has made of it. */
    @Test
    void afterABlurTheCalibrationHasNoCurve() {
        Numbers f = Numbers.of(0, 0.2, 1);
        Optional<Numbers> curve = Optional.of(Numbers.of(1, 0.5, 0));
        ScannerCalibration with =
                new ScannerCalibration("A", "2026-01-01", Numbers.of(3, 3, 3), 2, 0, Map.of())
                        .withMtf(f, curve, curve);
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(3, 3, 3));
        Exam same = to(3).apply(one(v, Tags.none(), with), new Trace());
        assertEquals(Optional.of(with), same.image("ct").calibration());
        Exam soft = to(4).apply(one(v, Tags.none(), with), new Trace());
        ScannerCalibration left = soft.image("ct").calibration().orElseThrow();
        assertEquals(Optional.empty(), left.mtfInPlane());
        assertEquals(java.util.OptionalDouble.of(2), left.gain());
        Trace again = new Trace();
        to(5).apply(soft, again);
        assertTrue(!again.notes().containsKey("ct.residualMtf"));
    }

    private static Exam one(Volume volume, Tags tags, ScannerCalibration calibration) {
        Image image = new Image(volume, tags, Optional.of(calibration));
        return Exam.of("P1", Map.of("ct", image), Map.of(), Map.of());
    }
}
