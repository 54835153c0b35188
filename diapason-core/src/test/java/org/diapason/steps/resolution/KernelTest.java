package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Mtf;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class KernelTest {
    private static final Geometry GRID = Geometry.of(48, 44, 12, 1, 1, 2);

    private static Kernel to(Mtf source, Mtf target) {
        return new Kernel(
                "*",
                Optional.of(target),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(source),
                Optional.empty(),
                0.02,
                Optional.empty());
    }

    private static Kernel toGaussian(double fwhm) {
        return new Kernel(
                "*",
                Optional.empty(),
                Optional.of(Mtf.gaussian(fwhm)),
                OptionalDouble.of(fwhm),
                Optional.empty(),
                Optional.empty(),
                0.001,
                Optional.empty());
    }

    /** A kernel that enhances edges: it overshoots 1, then falls. */
    private static Mtf sharp() {
        double[] f = new double[200];
        double[] m = new double[200];
        for (int n = 0; n < f.length; n++) {
            f[n] = n * 0.005;
            m[n] = Mtf.gaussian(1.6, f[n]) * (1 + 8 * f[n] * f[n]);
        }
        return new Mtf(Numbers.of(f), Numbers.of(m));
    }

    /** A wave of one frequency comes out with the target's share of it, whatever its direction. */
    @Test
    void aWaveIsLeftWithTheTargetsContrast() {
        Mtf target = Mtf.gaussian(3);
        for (int[] waves : new int[][] {{6, 0}, {0, 4}, {6, 4}, {11, 0}}) {
            float[] v = new float[GRID.voxels()];
            double f = Math.hypot(waves[0] / 48.0, waves[1] / 44.0);
            for (int n = 0; n < v.length; n++) {
                int i = n % 48;
                int j = n / 48 % 44;
                double turn = 2 * Math.PI * (waves[0] * i / 48.0 + waves[1] * j / 44.0);
                v[n] = (float) (100 + 50 * sharp().at(f) * Math.cos(turn));
            }
            Volume in = Scans.texture(1, GRID).withValues(v);
            Volume out = Scans.ct(to(sharp(), target).apply(Scans.exam("P1", in), new Trace()));
            for (int j = 18; j < 26; j++) {
                for (int i = 20; i < 28; i++) {
                    double turn = 2 * Math.PI * (waves[0] * i / 48.0 + waves[1] * j / 44.0);
                    double expected = 100 + 50 * Mtf.gaussian(3, f) * Math.cos(turn);
                    assertEquals(expected, out.at(i, j, 5), 0.3, waves[0] + ", " + waves[1]);
                }
            }
        }
    }

    /** Between Gaussians it is the blur of match-fwhm, in the plane and across. */
    @Test
    void betweenGaussiansItIsMatchFwhm() {
        Volume v = Scans.scanned(Scans.texture(3, Geometry.of(48, 48, 40, 1, 1, 1)), 4);
        Trace trace = new Trace();
        Volume soft = Scans.ct(toGaussian(6).apply(Scans.exam("P1", v), trace));
        Volume blurred =
                Scans.ct(new MatchFwhm("*", 6, false).apply(Scans.exam("P1", v), new Trace()));
        double range = 0;
        for (float x : v.values()) {
            range = Math.max(range, Math.abs(x));
        }
        for (int k = 16; k < 24; k++) {
            for (int j = 16; j < 32; j++) {
                for (int i = 16; i < 32; i++) {
                    assertEquals(blurred.at(i, j, k), soft.at(i, j, k), 2e-3 * range);
                }
            }
        }
        Numbers fwhm = soft.fwhmMm().orElseThrow();
        assertEquals(6, fwhm.get(0), 1e-3);
        assertEquals(6, fwhm.get(2), 1e-3);
        assertEquals(0, (double) trace.notes().get("ct.residualMtf"), 1e-3);
    }

    @Test
    void theNoiseBeforeAndAfterIsPredictedAndMeasured() {
        Geometry g = Geometry.of(96, 96, 40, 0.7, 0.7, 2);
        Volume v = Scans.texture(5, g).withFwhmMm(Numbers.of(1.6, 1.6, 3));
        boolean[] inside = new boolean[g.voxels()];
        for (int n = 0; n < inside.length; n++) {
            inside[n] = n % 96 > 15 && n % 96 < 80 && n / 96 % 96 > 15 && n / 96 % 96 < 80;
        }
        Kernel step =
                new Kernel(
                        "*",
                        Optional.of(Mtf.gaussian(3)),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.of(sharp()),
                        Optional.empty(),
                        0.02,
                        Optional.of("lesion"));
        Trace trace = new Trace();
        step.apply(Scans.exam("P1", v, Mask.of(g, inside)), trace);
        double before = (double) trace.notes().get("ct.noiseSdBefore");
        double after = (double) trace.notes().get("ct.noiseSdAfter");
        double ratio = (double) trace.notes().get("ct.whiteNoiseSdRatio");
        assertEquals(100, before, 2);
        assertTrue(ratio < 0.5);
        assertEquals(ratio, after / before, 0.03 * ratio);
        assertEquals(
                "40 squares of 64 × 64 voxels, in mask lesion",
                trace.notes().get("ct.noiseRegion"));
        Numbers f = (Numbers) trace.notes().get("ct.noisePerMm");
        Numbers was = (Numbers) trace.notes().get("ct.noisePowerBefore");
        Numbers is = (Numbers) trace.notes().get("ct.noisePowerAfter");
        double sum = 0;
        double first = 0;
        for (int n = 0; n < f.size(); n++) {
            double h = Math.min(1, Mtf.gaussian(3).at(f.get(n)) / sharp().at(f.get(n)));
            if (h > 0.2) {
                assertEquals(h * h, is.get(n) / was.get(n), 0.1 * h * h, "at " + f.get(n));
            }
            sum += h * h;
            first += f.get(n) * h * h;
        }
        assertEquals(first / sum, (double) trace.notes().get("ct.noiseMeanPerMmAfter"), 0.02);
        // white noise: SD² times the area of a pixel
        assertEquals(1e4 * 0.49, was.get(10), 0.1 * 1e4 * 0.49);
    }

    /** Half the image is noise of 30, half a pattern of edges: only the first half is even. */
    @Test
    void evenTissueIsFoundWithoutAMask() {
        Geometry g = Geometry.of(128, 128, 8, 1, 1, 2);
        float[] v = Scans.texture(9, g).values().clone();
        for (int n = 0; n < v.length; n++) {
            int i = n % 128;
            v[n] = i < 64 ? 0.3f * v[n] : i < 108 ? (i / 7 + n / 128 / 5) % 2 * 150 : -1000;
        }
        Volume in = Scans.texture(1, g).withValues(v).withFwhmMm(Numbers.of(2, 2, 3));
        Trace trace = new Trace();
        toGaussianIn(3).apply(Scans.exam("P1", in), trace);
        assertEquals("144 squares of 20 × 20 voxels, found", trace.notes().get("ct.noiseRegion"));
        assertEquals(30, (double) trace.notes().get("ct.noiseSdBefore"), 0.5);
    }

    @Test
    void whereNoTissueIsEvenItIsSaid() {
        Volume in = Scans.texture(1, GRID).withValues(new float[GRID.voxels()]);
        Trace trace = new Trace();
        toGaussianIn(3).apply(Scans.exam("P1", in.withFwhmMm(Numbers.of(2, 2, 3))), trace);
        assertEquals(
                "exam P1, image ct: no even tissue was found, so its noise was not measured. Set"
                        + " uniform to a mask of it.",
                trace.warnings().get(0));
    }

    private static Kernel toGaussianIn(double fwhm) {
        return new Kernel(
                "*",
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(fwhm),
                Optional.empty(),
                Optional.empty(),
                0.02,
                Optional.empty());
    }

    /** One curve serves all directions, so widths that differ along i and j are none. */
    @Test
    void aSourceThatIsNotRoundIsRefused() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(2, 2.5, 3));
        assertEquals(
                "exam P1, image ct: its resolution is 2.00 mm along i and 2.50 mm along j, and kernel"
                        + " has one curve for all directions within the slices. Use match-fwhm, or"
                        + " set source.",
                refused(toGaussianIn(4), v).getMessage());
    }

    /** The source is the calibration's curve; a second softening no longer has it. */
    @Test
    void theCalibrationsCurveServesOnceAndUntilItExpires() {
        ScannerCalibration scanner =
                new ScannerCalibration("A", "2025-01-01", Numbers.of(1.6, 1.6, 3), 1, 0, Map.of())
                        .withMtf(sharp().perMm(), Optional.of(sharp().values()), Optional.empty())
                        .withValidUntil(Optional.of("2025-12-31"));
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(1.6, 1.6, 3));
        Image intime =
                new Image(
                        v,
                        new Tags(Map.of("AcquisitionDate", "20251231"), Map.of()),
                        Optional.of(scanner));
        Trace trace = new Trace();
        Exam soft =
                toGaussianIn(3)
                        .apply(Exam.of("P1", Map.of("ct", intime), Map.of(), Map.of()), trace);
        assertEquals(sharp().f50(), (double) trace.notes().get("ct.sourceF50PerMm"), 1e-12);
        Trace again = new Trace();
        Volume same = Scans.ct(toGaussianIn(3).apply(soft, again));
        assertEquals(Mtf.gaussian(3).f50(), (double) again.notes().get("ct.sourceF50PerMm"), 1e-4);
        double off = 0;
        double all = 0;
        for (int n = 0; n < same.values().length; n++) {
            off += Math.pow(same.values()[n] - Scans.ct(soft).values()[n], 2);
            all += Math.pow(same.values()[n], 2);
        }
        assertEquals(0, Math.sqrt(off / all), 0.06, "but for what least-transfer gives up");

        Image late =
                new Image(
                        v,
                        new Tags(Map.of("AcquisitionDate", "20260101"), Map.of()),
                        Optional.of(scanner));
        assertEquals(
                "exam P1, image ct: it was acquired after 2025-12-31, the last day of the calibration"
                        + " of scanner A (phantom scan of 2025-01-01). Scan the phantom again and"
                        + " give its new calibration.",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        toGaussianIn(3)
                                                .apply(
                                                        Exam.of(
                                                                "P1",
                                                                Map.of("ct", late),
                                                                Map.of(),
                                                                Map.of()),
                                                        new Trace()))
                        .getMessage());
    }

    /** A broken calibration fails its exam; an IllegalArgumentException would end the run. */
    @Test
    void aCalibrationWithACurveThatIsNoneFailsTheExam() {
        ScannerCalibration scanner =
                new ScannerCalibration("A", "2025-01-01", Numbers.of(2, 2, 3), 1, 0, Map.of())
                        .withMtf(
                                Numbers.of(0, 1),
                                Optional.of(Numbers.of(0.9, 0)),
                                Optional.empty());
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(2, 2, 3));
        Image one = new Image(v, Tags.none(), Optional.of(scanner));
        Exam exam = Exam.of("P1", Map.of("ct", one), Map.of(), Map.of());
        assertEquals(
                "exam P1, image ct: in the calibration of scanner A, an MTF begins with value 1 at 0"
                        + " per mm, got 0.9 at 0.0 per mm. Analyse the phantom again, or take the"
                        + " curve out.",
                assertThrows(DataException.class, () -> toGaussianIn(4).apply(exam, new Trace()))
                        .getMessage());
    }

    @Test
    void aTargetThatNeverFallsToAHalfIsRefused() {
        Mtf flat = new Mtf(Numbers.of(0, 2), Numbers.of(1, 0.8));
        assertEquals(
                "exam P1, image ct: the target's MTF within the slices keeps more than half the"
                        + " contrast up to its end at 2.000 per mm. Give the curve on to where it"
                        + " falls to a half.",
                refused(to(sharp(), flat), Scans.texture(1, GRID)).getMessage());
    }

    /**
     * Largest where π² f²/(4 ln 2) = ln(16/8.41)/7.59: f = 0.1543, exp(−0.712) less exp(−1.355).
     */
    @Test
    void theOppositeDirectionIsRefusedWithTheReason() {
        Volume v = Scans.texture(1, GRID).withFwhmMm(Numbers.of(4, 4, 4));
        assertEquals(
                "exam P1, image ct: the target is sharper than the source within the slices: at"
                        + " 0.154 per mm it keeps 49 % of the contrast, the source 26 %. What is lost"
                        + " can only be multiplied together with the noise. Take the softer kernel as"
                        + " target or reconstruct anew.",
                refused(
                                new Kernel(
                                        "*",
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalDouble.of(2.9),
                                        Optional.empty(),
                                        Optional.empty(),
                                        0.02,
                                        Optional.empty()),
                                v)
                        .getMessage());
    }

    @Test
    void aCurveThatEndsEarlyIsRefused() {
        Mtf cut = new Mtf(Numbers.of(0, 0.1, 0.2), Numbers.of(1, 0.9, 0.8));
        assertEquals(
                "exam P1, image ct: the source's MTF within the slices ends at 0.200 per mm, where it"
                        + " still keeps 80 % of the contrast, while the image goes up to 0.500 per"
                        + " mm. Give the whole curve.",
                refused(to(cut, Mtf.gaussian(6)), Scans.texture(1, GRID)).getMessage());
        assertTrue(
                refused(to(Mtf.gaussian(1), cut), Scans.texture(1, GRID))
                        .getMessage()
                        .contains("the target's MTF within the slices ends at 0.200 per mm"));
    }

    @Test
    void anUnknownSourceAndAMovedGridAreRefused() {
        assertThrows(
                RefusedException.class,
                () -> toGaussian(6).apply(Scans.exam("P1", Scans.texture(1, GRID)), new Trace()));
        Volume moved = Scans.texture(1, GRID).withFwhmMm(Numbers.of(2, 2, 2)).withResampled(true);
        assertTrue(refused(toGaussian(6), moved).getMessage().contains("another grid"));
    }

    @Test
    void nanStaysWhereItWasAndWeighsNothing() {
        float[] v = new float[GRID.voxels()];
        Arrays.fill(v, 40);
        v[GRID.index(20, 20, 5)] = Float.NaN;
        Volume in = Scans.texture(1, GRID).withValues(v).withFwhmMm(Numbers.of(2, 2, 2));
        Volume out = Scans.ct(toGaussian(5).apply(Scans.exam("P1", in), new Trace()));
        for (int n = 0; n < v.length; n++) {
            assertEquals(v[n], out.values()[n], 1e-3f);
        }
    }

    private static RefusedException refused(Kernel step, Volume v) {
        Exam exam = Scans.exam("P1", v);
        return assertThrows(RefusedException.class, () -> step.apply(exam, new Trace()));
    }
}
