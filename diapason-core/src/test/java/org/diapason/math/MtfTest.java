package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MtfTest {

    /**
     * An edge from 0 to 1 through a Gaussian, pixels of 1 × 1 spacing, at an angle to the columns.
     */
    private static double[] edge(int n, double sigma, double degrees, double noise, long seed) {
        Rng rng = new Rng(seed);
        double tan = Math.tan(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        double[] v = new double[n * n];
        for (int p = 0; p < v.length; p++) {
            double d = (p % n - n / 2.0 + 0.3 - tan * (p / n - n / 2.0)) * cos;
            v[p] = 0.5 * Erf.erfc(-d / sigma / Math.sqrt(2)) + noise * rng.nextGaussian();
        }
        return v;
    }

    private static LineSpread spread(double[] patch, int n, double pixelMm, double bin) {
        SlantedEdge edge = SlantedEdge.of(patch, n, n, pixelMm, pixelMm);
        return LineSpread.edge(edge.distanceMm().toArray(), patch, bin * pixelMm);
    }

    @Test
    void aGaussianHasItsClosedForm() {
        Mtf mtf = Mtf.gaussian(2);
        assertEquals(0.441271 / 2, mtf.f50(), 1e-5);
        assertEquals(0.804271 / 2, mtf.f10(), 1e-5);
        assertEquals(2, mtf.gaussianFwhmMm(), 1e-4);
        assertEquals(0, mtf.offGaussian(0, 2, 1), 1e-12);
        assertEquals(Mtf.gaussian(2, 0.3), mtf.at(0.3), 1e-5);
        assertEquals(0, mtf.at(9));
    }

    @Test
    void theCrossingIsTheFirstOneAndLinear() {
        Mtf mtf = new Mtf(Numbers.of(0, 1, 2, 3, 4), Numbers.of(1, 0.6, 0.4, 0.6, 0.05));
        assertEquals(1.5, mtf.f50(), 1e-12);
        assertEquals(3 + 0.5 / 0.55, mtf.f10(), 1e-12);
        assertTrue(Double.isNaN(mtf.frequencyOf(0.01)));
        assertEquals(0.5, mtf.at(2.5), 1e-12);
    }

    @Test
    void theRatioEndsWhereNothingIsLeft() {
        Mtf sharp = new Mtf(Numbers.of(0, 1, 2), Numbers.of(1, 0.8, 0.01));
        Mtf soft = new Mtf(Numbers.of(0, 1, 2), Numbers.of(1, 0.4, 0.0));
        assertEquals(0.5, sharp.ratio(soft, 1, 0.05, 1), 1e-12);
        assertEquals(1, soft.ratio(sharp, 1, 0.05, 1), 1e-12);
        assertEquals(0, sharp.ratio(soft, 2, 0.05, 1));
    }

    /**
     * 128 × 128 pixels, σ 1 pixel, 3°: f50 of the closed form is 0.187391; an independent program
     * of the same method gives 0.18735 and 0.18663 uncorrected for bins of 0.1 and 0.25 pixel.
     */
    @ParameterizedTest(name = "bins of {0} pixel: raw {1}")
    @CsvSource({"0.1, 0.18735", "0.25, 0.18663"})
    void aSlantedEdgeGivesTheGoldenNumbers(double bin, double raw) {
        LineSpread spread = spread(edge(128, 1, 3, 0, 0), 128, 1, bin);
        assertEquals(raw, spread.mtf(0).f50(), 1.5e-4);
        assertEquals(0.187391, spread.mtf().f50(), 0.002 * 0.187391);
        assertEquals(0.341541, spread.mtf().f10(), 0.005 * 0.341541);
    }

    @ParameterizedTest(name = "FWHM {0} mm on pixels of {1} mm at {2} degrees")
    @CsvSource({"2.4, 1, 3", "4, 0.8, 7", "1.6, 0.5, -4", "6, 1.5, 5"})
    void edgesAgreeWithTheGaussianWithinOnePercent(double fwhm, double mm, double degrees) {
        double sigma = fwhm / Gauss.FWHM_PER_SIGMA / mm;
        LineSpread spread = spread(edge(100, sigma, degrees, 0, 0), 100, mm, 0.2);
        assertEquals(0.441271 / fwhm, spread.mtf().f50(), 0.005 * 0.441271 / fwhm);
        assertEquals(fwhm, spread.momentFwhmMm(), 0.01 * fwhm);
        assertEquals(fwhm, spread.halfMaximumFwhmMm(), 0.01 * fwhm);
        assertEquals(0, spread.mtf().offGaussian(0, fwhm, 1 / fwhm), 0.01);
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4", "5", "6"})
    void anEdgeInNoiseIsMeasuredWithinThreePercent(long seed) {
        // contrast 60 times the noise of a pixel; 200 rows
        LineSpread spread = spread(edge(200, 1.2, 4, 1 / 60.0, seed), 200, 0.7, 0.2);
        double fwhm = 1.2 * Gauss.FWHM_PER_SIGMA * 0.7;
        assertEquals(0.441271 / fwhm, spread.mtf().f50(), 0.03 * 0.441271 / fwhm);
    }

    @Test
    void theEdgeIsFoundWhereItIs() {
        SlantedEdge edge = SlantedEdge.of(edge(64, 1, 5, 0, 0), 64, 64, 1, 1);
        assertEquals(5, edge.degrees(1, 1), 0.01);
        double atMiddle = edge.firstPixels() + 32 * edge.pixelsPerRow();
        assertEquals(32 - 0.3, atMiddle, 0.01);
    }

    /** A point or a wire of the given FWHM on a sloping ground. */
    private static float[] spot(Geometry g, double[] fwhm, double lean, double noise, long seed) {
        Rng rng = new Rng(seed);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            double e = 0;
            int k = n / (g.ni() * g.nj());
            int[] at = {n % g.ni(), n / g.ni() % g.nj(), k};
            for (int a = 0; a < 3; a++) {
                double x = (at[a] - (g.size(a) - 1) / 2.0 + 0.2) * g.spacing(a);
                x -= a == 0 ? lean * (k - (g.nk() - 1) / 2.0) * g.spacing(2) : 0;
                double sigma = fwhm[a] / Gauss.FWHM_PER_SIGMA;
                e += fwhm[a] > 0 ? x * x / (2 * sigma * sigma) : 0;
            }
            v[n] = (float) (1000 * Math.exp(-e) + 0.3 * at[0] - 20 + noise * rng.nextGaussian());
        }
        return v;
    }

    @Test
    void aPointGivesTheWidthOfEveryAxis() {
        Geometry g = Geometry.of(31, 33, 27, 1, 1, 1.5);
        float[] box = spot(g, new double[] {2.5, 3, 4}, 0, 0, 0);
        for (int a = 0; a < 3; a++) {
            double fwhm = new double[] {2.5, 3, 4}[a];
            LineSpread spread = LineSpread.point(g, box, a);
            assertEquals(fwhm, spread.momentFwhmMm(), 0.01 * fwhm);
            assertEquals(0.441271 / fwhm, spread.mtf().f50(), 0.01 * 0.441271 / fwhm);
        }
    }

    /** A bead of 2.5 mm whose peak is 200 times the noise of a voxel; as in the QA of beads. */
    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void aPointInNoiseIsMeasuredWithinThreePercent(long seed) {
        Geometry g = Geometry.of(31, 33, 27, 1, 1, 1.5);
        double[] fwhm = {2.5, 3, 4};
        float[] box = spot(g, fwhm, 0, 5, seed);
        for (int a = 0; a < 3; a++) {
            Mtf mtf = LineSpread.point(g, box, a).mtf();
            for (double f = 0; f * fwhm[a] < 1; f += 0.02) {
                assertEquals(Mtf.gaussian(fwhm[a], f), mtf.at(f), 0.03, "axis " + a + ", " + f);
            }
        }
    }

    @Test
    void aPointThatDrownsInNoiseIsRefused() {
        Geometry g = Geometry.of(31, 33, 27, 1, 1, 1.5);
        float[] box = spot(g, new double[] {2.5, 3, 4}, 0, 60, 1);
        var e = assertThrows(RefusedException.class, () -> LineSpread.point(g, box, 0));
        assertTrue(
                e.getMessage()
                        .matches(
                                "the bead holds \\d+ times the noise of its voxels, and an MTF within"
                                        + " 3 % needs 67. Scan it with more dose or average scans, or take"
                                        + " an edge."),
                e.getMessage());
    }

    @ParameterizedTest(name = "leaning {0}, noise {1}")
    @CsvSource({"0.05, 0", "0.05, 4", "0, 0"})
    void aSaturatedWireIsRefused(double lean, double noise) {
        Geometry g = Geometry.of(33, 31, 40, 1, 1, 1);
        float[] box = spot(g, new double[] {3, 3, 0}, lean, noise, 5);
        LineSpread.wire(g, box, 0, 2, 0.25);
        for (int v = 0; v < box.length; v++) {
            box[v] = Math.min(600, box[v]);
        }
        var e = assertThrows(RefusedException.class, () -> LineSpread.wire(g, box, 0, 2, 0.25));
        assertEquals(
                "the wire is saturated: 40 of 40 slices have the same largest value of 600.0, so its"
                        + " profile is cut off there. Reconstruct with the extended scale, or scan a"
                        + " thinner wire.",
                e.getMessage());
    }

    @ParameterizedTest(name = "noise {0}: within {1}")
    @CsvSource({"0, 0.01", "5, 0.03"})
    void aLeaningWireIsSampledBetweenThePixels(double noise, double tolerance) {
        Geometry g = Geometry.of(33, 31, 40, 1, 1, 1);
        double fwhm = 2.2;
        float[] box = spot(g, new double[] {fwhm, fwhm, 0}, 0.04, noise, 3);
        LineSpread spread = LineSpread.wire(g, box, 0, 2, 0.25);
        assertEquals(0.441271 / fwhm, spread.mtf().f50(), tolerance * 0.441271 / fwhm);
        assertEquals(fwhm, spread.halfMaximumFwhmMm(), 2 * tolerance * fwhm);
    }

    @Test
    void edgeWireAndPointAgree() {
        double fwhm = 3;
        Mtf edge = spread(edge(120, fwhm / Gauss.FWHM_PER_SIGMA, 4, 0, 0), 120, 1, 0.2).mtf();
        Geometry g = Geometry.of(35, 35, 35, 1, 1, 1);
        Mtf wire =
                LineSpread.wire(g, spot(g, new double[] {fwhm, fwhm, 0}, 0.05, 0, 0), 0, 2, 0.2)
                        .mtf();
        Mtf point = LineSpread.point(g, spot(g, new double[] {fwhm, fwhm, fwhm}, 0, 0, 0), 0).mtf();
        for (double f = 0; f < 0.4; f += 0.02) {
            assertEquals(edge.at(f), wire.at(f), 0.01);
            assertEquals(edge.at(f), point.at(f), 0.01);
            assertEquals(Mtf.gaussian(fwhm, f), point.at(f), 0.01);
        }
    }

    /** An untilted edge leaves nine of ten bins empty. */
    @Test
    void emptyBinsAreFilledAndCounted() {
        double[] at = new double[40];
        double[] v = new double[40];
        for (int n = 0; n < at.length; n++) {
            at[n] = n - 20;
            v[n] = 0.5 * Erf.erfc(-(n - 20.2) / 2.0 / Math.sqrt(2));
        }
        LineSpread spread = LineSpread.edge(at, v, 0.5);
        assertEquals(39, spread.emptyBins());
        assertTrue(LineSpread.edge(at, v, 1).emptyBins() == 0);
    }

    @Test
    void aCurveThatIsNoTransferIsNamed() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Mtf(Numbers.of(0, 0.5, 0.4), Numbers.of(1, 0.5, 0.2)));
        assertEquals("frequencies of an MTF must rise, got 0.4 per mm in place 3", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Mtf(Numbers.of(0, 0.5), Numbers.of(0.9, 0.5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Mtf(Numbers.of(0, 0.5), Numbers.of(1, Double.NaN)));
    }
}
