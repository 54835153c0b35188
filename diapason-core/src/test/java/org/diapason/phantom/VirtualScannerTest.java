package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class VirtualScannerTest {
    private static final Geometry FINE = VirtualScanner.centred(49, 49, 49, 1, 1);

    /** A point's image has the variance σ² along i and j and σ² + t²/12 along k. */
    @Test
    void aPointIsSpreadByGaussianInPlaneAndGaussianWithSlabThroughPlane() {
        float[] point = new float[FINE.voxels()];
        point[FINE.index(24, 24, 24)] = 1000;
        VirtualScanner s = new VirtualScanner("s", 2, 0, 5, 0.7, 1.3, 2.5, 0, false);
        Volume image = s.scan(Volume.of(FINE, point, Quantity.HU), s.grid(44, 44), 0);
        Geometry g = image.geometry();
        double sum = 0;
        double[] second = new double[3];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    Numbers p = g.toWorld(i, j, k);
                    sum += image.at(i, j, k);
                    for (int a = 0; a < 3; a++) {
                        second[a] += image.at(i, j, k) * p.get(a) * p.get(a);
                    }
                }
            }
        }
        double variance = 25 / (8 * Math.log(2));
        assertEquals(2000, sum * g.voxelMm3(), 0.1, "gain times the whole of the point");
        assertEquals(variance, second[0] / sum, 1e-3);
        assertEquals(variance, second[1] / sum, 1e-3);
        assertEquals(variance + 2.5 * 2.5 / 12, second[2] / sum, 1e-3);
    }

    /** An object that already has 2 mm of blur ends at the scanner's width, not beyond. */
    @Test
    void theBlurAnObjectAlreadyHasIsTakenOff() {
        float[] edge = new float[FINE.voxels()];
        double own = 2 / Gauss.FWHM_PER_SIGMA;
        for (int v = 0; v < edge.length; v++) {
            edge[v] = (float) (1000 * Projection.phi((v % 49 - 24) / own));
        }
        Volume object = Volume.of(FINE, edge, Quantity.HU).withFwhmMm(Numbers.of(2, 2, 2));
        VirtualScanner s = new VirtualScanner("s", 1, -20, 3, 0.9, 1, 0, 0, false);
        Volume image = s.scan(object, s.grid(20, 20), 0);
        for (int i = 0; i < image.geometry().ni(); i++) {
            double x = image.geometry().toWorld(i, 0, 0).get(0);
            double expected = 1000 * Projection.phi(x * Gauss.FWHM_PER_SIGMA / 3) - 20;
            assertEquals(expected, image.at(i, 3, 4), 0.05, "at " + x + " mm");
        }
    }

    @Test
    void noiseIsIndependentPerVoxelWithTheStatedSpreadAndValuesAreWholeHu() {
        Volume water = Volume.of(FINE, new float[FINE.voxels()], Quantity.HU);
        VirtualScanner s = new VirtualScanner("s", 0.97, 6, 4, 1, 1.5, 1.5, 10, true);
        float[] v = s.scan(water, s.grid(60, 60), 3).values();
        double sum = 0;
        double square = 0;
        double neighbours = 0;
        for (int n = 0; n < v.length; n++) {
            assertEquals(Math.rint(v[n]), v[n]);
            sum += v[n] - 6;
            square += (v[n] - 6) * (v[n] - 6);
            neighbours += n == 0 ? 0 : (v[n] - 6) * (v[n - 1] - 6);
        }
        // 144,000 voxels: 4 standard errors of mean, variance and covariance; rounding adds 1/12.
        assertEquals(0, sum / v.length, 4 * 10 / Math.sqrt(v.length));
        assertEquals(100 + 1 / 12.0, square / v.length, 4 * 100 * Math.sqrt(2.0 / v.length));
        assertEquals(0, neighbours / v.length, 4 * 100 / Math.sqrt(v.length));
    }

    @Test
    void theImageIsTheSameOnOneThreadAndOnTwo() {
        Volume object = new LesionObject(4, 60, 30, 2.5, 12).truth();
        VirtualScanner s = PlantedCohort.SCANNERS.get(2);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = s.scan(object, s.grid(40, 40), 8).values();
            Parallel.setThreads(2);
            assertArrayEquals(one, s.scan(object, s.grid(40, 40), 8).values());
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void aScannerSharperThanTheObjectsSamplesIsRefusedAsASetting() {
        Volume water = Volume.of(FINE, new float[FINE.voxels()], Quantity.HU);
        VirtualScanner s = VirtualScanner.reference(1.5, 1);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> s.scan(water, s.grid(20, 20), 0));
        assertEquals(
                "scanner reference: psfMm 1.50 mm is too sharp for an object of 0.00 mm sampled at"
                        + " 1.00 mm; it needs 1.89 mm or more",
                e.getMessage());
    }

    @Test
    void beyondItsGridAnObjectGoesOnAsItsBorderIs() {
        float[] rising = new float[FINE.voxels()];
        for (int v = 0; v < rising.length; v++) {
            rising[v] = v % 49;
        }
        VirtualScanner s = new VirtualScanner("s", 1, 0, 4, 2, 2, 0, 0, false);
        Volume image = s.scan(Volume.of(FINE, rising, Quantity.HU), s.grid(80, 10), 0);
        assertEquals(0, image.at(0, 20, 2), 1e-4);
        assertEquals(48, image.at(image.geometry().ni() - 1, 20, 2), 1e-4);
    }

    /** √(2² + (0.8 · 2.3548)²) = 2.748. */
    @Test
    void theSharpestScannerOfALesionHasTwoAndThreeQuarterMillimetres() {
        Volume truth = new LesionObject(1, 60, 30, 2.5, 10).truth();
        VirtualScanner enough = VirtualScanner.reference(2.75, 2);
        assertEquals(1000, enough.scan(truth, enough.grid(20, 20), 0).values().length);
        VirtualScanner sharper = VirtualScanner.reference(2.74, 2);
        assertThrows(
                IllegalArgumentException.class, () -> sharper.scan(truth, sharper.grid(20, 20), 0));
    }
}
