package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.diapason.math.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line integrals are known in closed form, and back projection is the transpose. */
class ProjectorTest {

    /** A disc has the integral 2 √(R² − s²); the bin at the tangent has no finite slope there. */
    @ParameterizedTest(name = "{0} x {1} pixels of {2} x {3} mm, bins of {4} mm")
    @CsvSource({"256, 256, 1, 1, 1", "200, 120, 1.25, 2, 1.1", "129, 201, 2, 1.3, 0.8"})
    void aDiscHasTheSinogramOfADisc(int ni, int nj, double dx, double dy, double bin) {
        int bins = (int) Math.ceil(250 / bin);
        ParallelBeam beam = new ParallelBeam(ni, nj, 1, dx, dy, bins, bin, 45, 3, 180);
        double r = 80;
        double cx = 13;
        double cy = -9;
        float[] disc = disc(ni, nj, dx, dy, cx, cy, r);
        Projector p = Projector.of(beam);
        float[] seen = new float[p.measurements()];
        p.forward(disc, seen);
        double sum = 0;
        int n = 0;
        for (int v = 0; v < beam.views(); v++) {
            double angle = Math.toRadians(3 + v * 4.0);
            double middle = cx * Math.cos(angle) + cy * Math.sin(angle);
            for (int b = 0; b < bins; b++) {
                double s = (b - (bins - 1) / 2.0) * bin - middle;
                if (Math.abs(Math.abs(s) - r) > 1.5 * Math.max(dx, dy)) {
                    double exact = Math.abs(s) < r ? 2 * Math.sqrt(r * r - s * s) : 0;
                    double off = seen[v * bins + b] - exact;
                    sum += off * off;
                    n++;
                }
            }
        }
        assertTrue(Math.sqrt(sum / n) < 0.01 * 2 * r, "RMS " + Math.sqrt(sum / n) + " mm");
    }

    /** The share of each pixel that the disc fills, by 8 x 8 points. */
    private static float[] disc(
            int ni, int nj, double dx, double dy, double cx, double cy, double r) {
        float[] disc = new float[ni * nj];
        for (int p = 0; p < disc.length * 64; p++) {
            int i = p / 64 % ni;
            int j = p / 64 / ni;
            double x = (i - (ni - 1) / 2.0 - 0.5 + (p % 8 + 0.5) / 8) * dx - cx;
            double y = (j - (nj - 1) / 2.0 - 0.5 + (p / 8 % 8 + 0.5) / 8) * dy - cy;
            disc[p / 64] += x * x + y * y < r * r ? 1 / 64f : 0;
        }
        return disc;
    }

    /** Along the axes lines run through the middles of pixels: a sum times their length. */
    @Test
    void aLineAlongAnAxisAddsItsPixels() {
        ParallelBeam beam = new ParallelBeam(4, 3, 2, 2, 5, 4, 2, 2, 0, 180);
        Projector p = Projector.of(beam);
        float[] image = Scans.random(24, 1);
        float[] seen = new float[p.measurements()];
        p.forward(image, seen);
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < 4; i++) {
                double column = 0;
                for (int j = 0; j < 3; j++) {
                    column += 5.0 * image[(k * 3 + j) * 4 + i];
                }
                assertEquals(column, seen[k * 4 + i], 1e-5, "view 0, slice " + k + ", bin " + i);
            }
            // View 1 looks along −x: bins of 2 mm over rows of 5 mm, so bin 1.5 + 2.5 n hits row n.
            double middle = 0;
            for (int i = 0; i < 4; i++) {
                double below = image[(k * 3 + 1) * 4 + i];
                middle += 2 * (below + 0.2 * (image[k * 12 + 8 + i] - below));
            }
            assertEquals(middle, seen[8 + k * 4 + 2], 1e-5, "1 mm above the middle row");
        }
    }

    /** Or lines would pass between the samples of a pixel and miss it. */
    @Test
    void theShadowOfAPixelIsAsWideAsThePixel() {
        double bin = 0.05;
        Projector p = Projector.of(new ParallelBeam(3, 3, 1, 1, 4, 401, bin, 36, 2, 180));
        float[] image = new float[9];
        image[4] = 1;
        float[] seen = new float[p.measurements()];
        p.forward(image, seen);
        for (int v = 0; v < 36; v++) {
            double angle = Math.toRadians(2 + 5 * v);
            double width = Math.abs(Math.cos(angle)) + 4 * Math.abs(Math.sin(angle));
            double area = 0;
            int touched = 0;
            for (int b = 0; b < 401; b++) {
                area += bin * seen[v * 401 + b];
                touched += seen[v * 401 + b] > 0 ? 1 : 0;
            }
            assertTrue(touched * bin >= width - 2 * bin, "view " + v);
            assertEquals(4, area, 0.02, "mm² in view " + v);
        }
    }

    @ParameterizedTest(name = "{0} x {1} x {2} pixels, {3} bins of {4} mm")
    @CsvSource({
        "64, 64, 1, 64, 1, 0",
        "37, 52, 3, 90, 0.7, 11",
        "20, 9, 1, 5, 3.5, -40",
        "1, 1, 1, 3, 0.4, 0",
        "50, 3, 2, 70, 1.9, 200"
    })
    void backProjectionIsTheTranspose(int ni, int nj, int nk, int bins, double bin, double first) {
        Projector p = Projector.of(new ParallelBeam(ni, nj, nk, 1, 1.4, bins, bin, 36, first, 360));
        assertEquals(0, Scans.adjointError(p, 5), 1e-6);
        Projector some = p.every(1, 5);
        assertEquals(0, Scans.adjointError(some, 6), 1e-6);
    }

    @Test
    void theScanOfABlurredImageHasItsTranspose() {
        ParallelBeam beam = ParallelBeam.covering(24, 3, 16);
        Projector p = Projector.of(beam);
        ForwardModel lopsided = new Lopsided(24 * 24);
        float[] factors = Scans.random(p.measurements(), 9);
        ScanModel scan = ScanModel.of(p, factors, Optional.of(lopsided));
        assertEquals(0, Scans.adjointError(scan, 1), 1e-6);
        assertEquals(0, Scans.adjointError(scan.every(3, 4), 2), 1e-6);
    }

    @Test
    void viewsAloneAreTheViewsOfTheWhole() {
        ScanModel whole = Scans.model(12);
        float[] image = Scans.spots();
        float[] all = new float[whole.measurements()];
        whole.forward(image, all);
        for (int first = 0; first < 3; first++) {
            ScanModel part = whole.every(first, 3);
            float[] some = new float[part.measurements()];
            part.forward(image, some);
            for (int v = 0; v < 4; v++) {
                for (int b = 0; b < 32; b++) {
                    assertEquals(all[(first + 3 * v) * 32 + b], some[v * 32 + b]);
                }
            }
        }
    }

    @Test
    void threadsChangeNoBit() {
        Projector p = Projector.of(new ParallelBeam(61, 47, 2, 1, 1.2, 70, 0.9, 24, 0, 180));
        int before = Parallel.threads();
        float[] data = new float[p.measurements()];
        float[] image = new float[p.pixels()];
        try {
            for (int threads : new int[] {1, 2, 8}) {
                Parallel.setThreads(threads);
                float[] d = new float[data.length];
                float[] i = new float[image.length];
                p.forward(Scans.random(image.length, 3), d);
                p.backward(Scans.random(data.length, 4), i);
                if (threads > 1) {
                    assertArrayEquals(data, d);
                    assertArrayEquals(image, i);
                }
                data = d;
                image = i;
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    /** Water of 0.0096 per mm, 511 keV: through 100 mm of it exp(−0.96) comes out. */
    @Test
    void waterLetsThroughWhatBeerSays() {
        Projector p = Projector.of(new ParallelBeam(51, 50, 1, 2, 2, 51, 2, 1, 0, 180));
        float[] water = new float[p.pixels()];
        java.util.Arrays.fill(water, 0.0096f);
        float[] through = p.attenuation(water);
        assertEquals(StrictMath.exp(-0.96), through[25], 1e-6);
    }

    @Test
    void whatHasNoSizeIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ParallelBeam(8, 8, 1, 1, 0, 8, 1, 8, 0, 180));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ParallelBeam(8, 8, 1, 1, 1, 8, 1, 0, 0, 180));
        // Places along a row would not fit into their parts, or bins not differ in them.
        for (double[] unlike : new double[][] {{1, 1, 1e10}, {1e-9, 1, 1}, {1, 1e7, 1}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ParallelBeam(8, 8, 1, unlike[0], unlike[1], 8, unlike[2], 8, 0, 180));
        }
        Projector p = Projector.of(ParallelBeam.covering(8, 1, 8));
        float[] factors = new float[p.measurements()];
        factors[3] = Float.NaN;
        assertThrows(
                IllegalArgumentException.class, () -> ScanModel.of(p, factors, Optional.empty()));
    }

    /** Each pixel gives a third to the next: no symmetric map. */
    private record Lopsided(int pixels) implements ForwardModel {
        @Override
        public int measurements() {
            return pixels;
        }

        @Override
        public void forward(float[] image, float[] data) {
            for (int v = 0; v < pixels; v++) {
                data[v] = image[v] * 2 / 3 + (v > 0 ? image[v - 1] / 3 : 0);
            }
        }

        @Override
        public void backward(float[] data, float[] image) {
            for (int v = 0; v < pixels; v++) {
                image[v] = data[v] * 2 / 3 + (v + 1 < pixels ? data[v + 1] / 3 : 0);
            }
        }
    }
}
