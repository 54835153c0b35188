package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Mtf;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
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
        Geometry g = Geometry.of(96, 96, 8, 0.7, 0.7, 2);
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
    void aSourceCurveThatEndsEarlyIsRefused() {
        Mtf cut = new Mtf(Numbers.of(0, 0.1, 0.2), Numbers.of(1, 0.9, 0.8));
        assertEquals(
                "exam P1, image ct: the source's MTF within the slices ends at 0.200 per mm, where it"
                        + " still keeps 80 % of the contrast, while the image goes up to 0.500 per"
                        + " mm. Give the whole curve.",
                refused(to(cut, Mtf.gaussian(6)), Scans.texture(1, GRID)).getMessage());
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
