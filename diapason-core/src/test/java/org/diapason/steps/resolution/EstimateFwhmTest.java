package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateFwhmTest {
    private static final EstimateFwhm SKIN =
            new EstimateFwhm(
                    "*",
                    Optional.empty(),
                    OptionalDouble.empty(),
                    8,
                    OptionalDouble.empty(),
                    false);

    /**
     * A bumpy head of 1040 HU above air on 1 mm voxels that average what they cover, through a
     * Gaussian, every second slice; its inside is textured over 2 mm before the scanner sees it.
     */
    private static Volume head(
            long seed, double inPlane, double through, double texture, double noise) {
        int n = 72;
        Geometry fine = Geometry.of(n, n, n, 1, 1, 1);
        Rng rng = new Rng(seed);
        double[] bump = new double[6];
        for (int b = 0; b < bump.length; b++) {
            bump[b] = 0.03 * rng.nextGaussian();
        }
        float[] inside = new float[fine.voxels()];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = (float) rng.nextGaussian();
        }
        inside = Gauss.blur(fine, inside, 1, 1, 1);
        double scale = texture / 0.1498; // (2 √π σ)^-3/2, the SD left of white noise
        float[] object = new float[fine.voxels()];
        for (int v = 0; v < object.length; v++) {
            double x = v % n - 35.7 + 0.1 * bump[0];
            double y = v / n % n - 35.4;
            double z = v / (n * n) - 35.5;
            double part = 0;
            if (Math.abs(surface(x, y, z, bump)) < 0.12) {
                for (int s = 0; s < 64; s++) {
                    double dx = (s % 4 + 0.5) / 4 - 0.5;
                    double dy = (s / 4 % 4 + 0.5) / 4 - 0.5;
                    double dz = (s / 16 + 0.5) / 4 - 0.5;
                    part += surface(x + dx, y + dy, z + dz, bump) > 0 ? 1 / 64.0 : 0;
                }
            } else {
                part = surface(x, y, z, bump) > 0 ? 1 : 0;
            }
            object[v] = (float) (-1000 + part * (1040 + scale * inside[v]));
        }
        // the voxel's mean is 1/12 of the variance
        double si = Math.sqrt(inPlane * inPlane / 5.545177 - 1 / 12.0);
        double sk = Math.sqrt(through * through / 5.545177 - 1 / 12.0);
        float[] seen = Gauss.blur(fine, object, si, si, sk);
        Geometry g = Geometry.of(n, n, n / 2, 1, 1, 2);
        float[] out = new float[g.voxels()];
        for (int k = 0; k < n / 2; k++) {
            System.arraycopy(seen, 2 * k * n * n, out, k * n * n, n * n);
        }
        for (int v = 0; v < out.length; v++) {
            out[v] += (float) (noise * rng.nextGaussian());
        }
        return Volume.of(g, out, Quantity.HU);
    }

    private static double surface(double x, double y, double z, double[] b) {
        double r = Math.sqrt(x * x / (26 * 26) + y * y / (23 * 23) + z * z / (25 * 25));
        double bend =
                b[0] * x / 25
                        + b[1] * Math.sin(0.1 * y)
                        + b[2] * Math.cos(0.12 * z)
                        + b[3] * x * y / 625
                        + b[4] * y * z / 625
                        + b[5] * Math.sin(0.11 * (x + z));
        return 1 + bend - r;
    }

    private static Numbers note(Trace trace, String key) {
        return (Numbers) trace.notes().get("ct." + key);
    }

    /** A ball of radius 45 mm through a Gaussian: closed form. */
    private static Volume ball(double fwhm, double slice, double noise, long seed) {
        return ball(45, fwhm, slice, noise, seed);
    }

    private static Volume ball(double radius, double fwhm, double slice, double noise, long seed) {
        int n = (int) (2 * radius) + 14;
        Geometry g = Geometry.of(n + 2, n, (int) (n / slice), 1, 1, slice);
        Rng rng = new Rng(seed);
        double s = fwhm / Gauss.FWHM_PER_SIGMA;
        float[] v = new float[g.voxels()];
        for (int m = 0; m < v.length; m++) {
            double x = m % g.ni() - (n + 2) / 2.0 + 0.3;
            double y = m / g.ni() % g.nj() - n / 2.0 + 0.4;
            double z = (m / (g.ni() * g.nj()) - (g.nk() - 1) / 2.0) * slice;
            double r = Math.sqrt(x * x + y * y + z * z);
            double d = (radius - r) / s;
            double far = Math.abs(d) > 7 || r < 1 ? 0 : s / r * Math.exp(-d * d / 2);
            double share = 0.5 * Erf.erfc(-d / Math.sqrt(2)) - far / Math.sqrt(2 * Math.PI);
            v[m] = (float) (-1000 + 1040 * share + noise * rng.nextGaussian());
        }
        return Volume.of(g, v, Quantity.HU);
    }

    @ParameterizedTest(name = "{0} mm on slices of {1} mm")
    @CsvSource({"3, 1, 1", "3, 2, 2", "4.5, 3, 3", "2.4, 1.5, 4", "8, 2, 5"})
    void anEvenBodyAtContrastFifteenIsMeasuredWithinTwoPercent(
            double fwhm, double slice, long seed) {
        Volume v = ball(fwhm, slice, 1040 / 15.0, seed);
        Trace trace = new Trace("t", seed);
        Volume out = Scans.ct(SKIN.apply(Scans.exam("P1", v), trace));
        for (int a = 0; a < 3; a++) {
            assertEquals(fwhm, out.fwhmMm().orElseThrow().get(a), 0.02 * fwhm);
            assertTrue(note(trace, "fwhmLowMm").get(a) < fwhm);
            assertTrue(fwhm < note(trace, "fwhmHighMm").get(a));
        }
        assertSame(v.values(), out.values());
        assertEquals(15, (double) trace.notes().get("ct.contrastToNoise"), 1);
    }

    /** Blur along a ball of 15 mm adds σ⁴/R² and more to the variance: 1.9 % of the width. */
    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3"})
    void theCurvatureOfTheBodyIsTakenOff(long seed) {
        Volume v = ball(15, 5, 1, 1040 / 20.0, seed);
        Volume out = Scans.ct(SKIN.apply(Scans.exam("P1", v), new Trace("t", seed)));
        for (int a = 0; a < 3; a++) {
            assertEquals(5, out.fwhmMm().orElseThrow().get(a), 0.013 * 5);
        }
    }

    @Test
    void theBorderOfAMaskMayBeMeasured() {
        Volume v = ball(4, 2, 30, 9).withQuantity(Quantity.MR);
        boolean[] inside = new boolean[v.values().length];
        for (int n = 0; n < inside.length; n++) {
            inside[n] = v.values()[n] > -300;
        }
        EstimateFwhm border =
                new EstimateFwhm(
                        "ct",
                        Optional.of("lesion"),
                        OptionalDouble.empty(),
                        10,
                        OptionalDouble.empty(),
                        false);
        Exam exam = Scans.exam("P1", v, Mask.of(v.geometry(), inside));
        Numbers fwhm = Scans.ct(border.apply(exam, new Trace())).fwhmMm().orElseThrow();
        assertEquals(4, fwhm.get(0), 0.02 * 4);
        assertEquals(4, fwhm.get(2), 0.02 * 4);
    }

    /** A cylinder along k has no edge that faces along k. */
    @Test
    void anAxisThatNoEdgeFacesIsRefusedUnlessItsWidthIsGiven() {
        Geometry g = Geometry.of(80, 80, 20, 1, 1, 2);
        Rng rng = new Rng(3);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            double x = n % 80 - 39.6;
            double y = n / 80 % 80 - 39.3;
            double d = (30 - Math.sqrt(x * x + y * y)) * Gauss.FWHM_PER_SIGMA / 3;
            v[n] = (float) (-1000 + 520 * Erf.erfc(-d / Math.sqrt(2)) + 30 * rng.nextGaussian());
        }
        Exam exam = Scans.exam("P1", Volume.of(g, v, Quantity.HU));
        RefusedException e =
                assertThrows(RefusedException.class, () -> SKIN.apply(exam, new Trace()));
        assertTrue(
                e.getMessage().startsWith("exam P1, image ct: the width along axis k is "),
                e.getMessage());
        assertTrue(
                e.getMessage()
                        .endsWith(
                                "pieces of the edge face that way. Set known-k-mm, or state the"
                                        + " resolution in the column fwhm.ct (mm)."),
                e.getMessage());
        EstimateFwhm known =
                new EstimateFwhm(
                        "*",
                        Optional.empty(),
                        OptionalDouble.empty(),
                        8,
                        OptionalDouble.of(5),
                        false);
        Numbers fwhm = Scans.ct(known.apply(exam, new Trace())).fwhmMm().orElseThrow();
        assertEquals(3, fwhm.get(0), 0.02 * 3);
        assertEquals(3, fwhm.get(1), 0.02 * 3);
        assertEquals(5, fwhm.get(2), 1e-12);
    }

    @Test
    void aStatedResolutionIsKeptUnlessItIsToBeReplaced() {
        Volume v = ball(4, 2, 30, 9).withFwhmMm(Numbers.of(9, 9, 9));
        Exam exam = Scans.exam("P1", v);
        assertSame(exam.image("ct"), SKIN.apply(exam, new Trace()).image("ct"));
        EstimateFwhm again =
                new EstimateFwhm(
                        "*",
                        Optional.empty(),
                        OptionalDouble.empty(),
                        8,
                        OptionalDouble.empty(),
                        true);
        Numbers fwhm = Scans.ct(again.apply(exam, new Trace())).fwhmMm().orElseThrow();
        assertEquals(4, fwhm.get(0), 0.02 * 4);
    }

    @Test
    void aQuantityWithoutAKnownBoundaryIsRefused() {
        Volume v = Scans.texture(1, Geometry.of(9, 9, 9, 1, 1, 1)).withQuantity(Quantity.MR);
        assertEquals(
                "exam P1, image ct: its quantity is MR, for which no value between air and body is"
                        + " known. Set threshold, or mask to the region whose border is to be"
                        + " measured.",
                refused(v).getMessage());
        assertEquals(
                "exam P1, image ct: its quantity is SUVbw, for which no value between air and body is"
                        + " known. Uptake is seldom even on both sides of an edge: give the"
                        + " resolution of a phantom in the column fwhm.ct (mm) or calibration; else"
                        + " set threshold, or mask to an organ of even uptake.",
                refused(v.withQuantity(Quantity.SUV_BW)).getMessage());
    }

    @Test
    void anImageWithoutAnEdgeIsRefused() {
        Volume v = Scans.texture(1, Geometry.of(30, 30, 30, 1, 1, 1));
        assertEquals(
                "exam P1, image ct: only 0 pieces of its edge are even on both sides with a contrast"
                        + " of 8 times the noise, and 20 are needed. Name another mask or threshold,"
                        + " or state the resolution in the column fwhm.ct (mm).",
                refused(v).getMessage());
    }

    private static RefusedException refused(Volume v) {
        return assertThrows(
                RefusedException.class, () -> SKIN.apply(Scans.exam("P1", v), new Trace()));
    }

    /** Textured bodies: within 10 %, and the interval holds the truth in 9 of 10. */
    @Test
    void texturedBodiesAreMeasuredWithinTenPercentAndTheIntervalCovers() {
        int covered = 0;
        int all = 0;
        for (long seed = 1; seed <= 8; seed++) {
            double inPlane = 2.6 + 0.25 * seed;
            double through = 6 - 0.3 * seed;
            Volume v = head(seed, inPlane, through, 30, 25);
            Trace trace = new Trace("t", seed);
            Volume out = Scans.ct(SKIN.apply(Scans.exam("P1", v), trace));
            for (int a = 0; a < 3; a++) {
                double truth = a == 2 ? through : inPlane;
                double fwhm = out.fwhmMm().orElseThrow().get(a);
                assertEquals(truth, fwhm, 0.1 * truth, "seed " + seed + ", axis " + a);
                boolean in =
                        note(trace, "fwhmLowMm").get(a) <= truth
                                && truth <= note(trace, "fwhmHighMm").get(a);
                covered += in ? 1 : 0;
                all++;
            }
        }
        assertTrue(covered >= 0.9 * all, covered + " of " + all);
    }
}
