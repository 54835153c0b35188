package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scanner makes of an object against closed forms. */
class ScannerModelTest {
    private static final Numbers MIDDLE = Numbers.of(0, 0, 0);

    private static DigitalObject object(Shape shape, double value) {
        return new DigitalObject(
                "o", Quantity.HU, 0, Numbers.of(30, 30, 30), List.of(Region.of("o", value, shape)));
    }

    private static VirtualScanner scanner(
            Numbers psf, Numbers box, ReconstructionKernel kernel, Noise noise) {
        return new VirtualScanner(
                "s",
                1,
                0,
                psf,
                Numbers.of(1.1, 1.3, 1.7),
                box,
                Optional.ofNullable(kernel),
                Optional.empty(),
                Optional.ofNullable(noise),
                false);
    }

    private static double gaussian(double x, double sigma) {
        return Math.exp(-x * x / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma);
    }

    static List<String> names() {
        return ScannerLibrary.names();
    }

    /** The blurred ball's radial formula; 1e-4 is the float's and the cut kernel's. */
    @Test
    void aSphereIsSeenAsTheRadialFormulaSays() {
        Sphere sphere = new Sphere(Numbers.of(0.4, -0.3, 0.2), 5);
        VirtualScanner s = scanner(Numbers.of(4), MIDDLE, null, null);
        Volume image = s.scan(object(sphere, 1000), 0);
        Geometry g = image.geometry();
        double sigma = 4 / Gauss.FWHM_PER_SIGMA;
        for (int k = 0; k < g.nk(); k++) {
            for (int i = 0; i < g.ni(); i++) {
                Numbers p = g.toWorld(i, 11, k);
                double dx = p.get(0) - 0.4;
                double dy = p.get(1) + 0.3;
                double dz = p.get(2) - 0.2;
                double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
                double expected =
                        Projection.phi((5 - r) / sigma)
                                - Projection.phi((-5 - r) / sigma)
                                - sigma
                                        * sigma
                                        / r
                                        * (gaussian(5 - r, sigma) - gaussian(5 + r, sigma));
                assertEquals(1000 * expected, image.at(i, 11, k), 0.1, "at " + r + " mm");
            }
        }
    }

    /** A tilted plane under three widths has the width σ² = Σ n² σ²; the box is left out. */
    @Test
    void anEdgeAcrossThreeWidthsIsAnErrorFunction() {
        Numbers n = Numbers.of(0.8, 0.6, 0);
        VirtualScanner s = scanner(Numbers.of(3, 4, 5), MIDDLE, null, null);
        Volume image = s.scan(object(new HalfSpace(Numbers.of(0.7, 0, 0), n), 800), 0);
        Geometry g = image.geometry();
        double sigma = Math.sqrt(0.64 * 9 + 0.36 * 16) / Gauss.FWHM_PER_SIGMA;
        for (int i = 0; i < g.ni(); i++) {
            Numbers p = g.toWorld(i, 7, 9);
            double d = 0.8 * (p.get(0) - 0.7) + 0.6 * p.get(1);
            assertEquals(800 * Projection.phi(-d / sigma), image.at(i, 7, 9), 0.05, "at " + d);
        }
    }

    /** A wire is its cross-section times a Gaussian, a bead its volume times three. */
    @Test
    void aWireAndABeadAreTheirSizeTimesAGaussian() {
        double radius = 0.1;
        Volume wire =
                scanner(Numbers.of(2.5), MIDDLE, null, null)
                        .scan(object(ObjectLibrary.rod(0.3, 0.2, radius), 1e5), 0);
        Volume bead =
                scanner(Numbers.of(2, 2.5, 3), MIDDLE, null, null)
                        .scan(object(new Sphere(Numbers.of(0.3, 0.2, -0.4), radius), 1e7), 0);
        double area = Math.PI * radius * radius;
        double volume = 4 * Math.PI / 3 * radius * radius * radius;
        Geometry g = wire.geometry();
        double f = Gauss.FWHM_PER_SIGMA;
        for (int i = 8; i < g.ni() - 8; i++) {
            Numbers p = g.toWorld(i, 12, 8);
            double two = gaussian(p.get(0) - 0.3, 2.5 / f) * gaussian(p.get(1) - 0.2, 2.5 / f);
            double three =
                    gaussian(p.get(0) - 0.3, 2 / f)
                            * gaussian(p.get(1) - 0.2, 2.5 / f)
                            * gaussian(p.get(2) + 0.4, 3 / f);
            // 0.3 % of the peak: the wire's own width takes r²/4σ² = 0.2 %, the sampling the rest
            assertEquals(1e5 * area * two, wire.at(i, 12, 8), 0.003 * 1e5 * area * 0.141);
            assertEquals(1e7 * volume * three, bead.at(i, 12, 8), 0.005 * 1e7 * volume * 0.055);
        }
    }

    /**
     * Under (1 + b f²/c²) exp(−f²/c²) an edge is Φ − b/(4π²c²) Φ″ of variance σ² + 1/(2π²c²): it
     * overshoots by 9 % here.
     */
    @Test
    void aSharpKernelMakesAnEdgeOvershootAsItsTransferSays() {
        double c = 0.25;
        double b = 4;
        VirtualScanner s =
                scanner(Numbers.of(2), MIDDLE, new ReconstructionKernel.Boost(c, b), null);
        Volume image = s.scan(object(new HalfSpace(MIDDLE, Numbers.of(0.8, 0.6, 0)), 1000), 0);
        Geometry g = image.geometry();
        double base = 2 / Gauss.FWHM_PER_SIGMA;
        double sigma = Math.sqrt(base * base + 1 / (2 * Math.PI * Math.PI * c * c));
        double weight = b / (4 * Math.PI * Math.PI * c * c);
        double most = 0;
        for (int i = 0; i < g.ni(); i++) {
            Numbers p = g.toWorld(i, 10, 8);
            double t = -(0.8 * p.get(0) + 0.6 * p.get(1));
            double second = -t / (sigma * sigma) * gaussian(t, sigma);
            double expected = 1000 * (Projection.phi(t / sigma) - weight * second);
            most = Math.max(most, expected);
            assertEquals(expected, image.at(i, 10, 8), 0.3, "at " + t + " mm");
        }
        assertEquals(true, most > 1050, "the edge overshoots: " + most);
    }

    /** What lies beyond the samples is what lies at their border, on each side its own. */
    @Test
    void aKernelLeavesTheBordersOfAnObjectAtTheirLevels() {
        Shape half = new HalfSpace(MIDDLE, Numbers.of(0.8, 0.6, 0));
        Volume truth = object(half, 1000).truth(0.6, MIDDLE);
        VirtualScanner s =
                scanner(Numbers.of(2), MIDDLE, new ReconstructionKernel.Boost(0.5, 4), null);
        Volume image = s.scan(truth, s.grid(30, 30), 0);
        Geometry g = image.geometry();
        assertEquals(1000, image.at(0, 0, 0), 0.5);
        assertEquals(0, image.at(g.ni() - 1, g.nj() - 1, 0), 0.5);
    }

    /** A pattern of one frequency comes out times the transfer: bars of 5 mm, first harmonic. */
    @Test
    void theWholeTransferIsThatOfGaussianBoxAndKernel() {
        ReconstructionKernel table =
                new ReconstructionKernel.MtfTable(
                        List.of(0.0, 0.1, 0.2, 0.5), List.of(1.0, 1.3, 1.0, 0.0));
        VirtualScanner s = scanner(Numbers.of(2, 3, 4), Numbers.of(0, 0, 6), table, null);
        float[] wave = new float[200 * 4 * 40];
        Geometry fine = VirtualScanner.centred(new int[] {200, 4, 40}, Numbers.of(0.5, 0.5, 0.5));
        for (int v = 0; v < wave.length; v++) {
            wave[v] = (float) Math.cos(2 * Math.PI * 0.1 * fine.toWorld(v % 200, 0, 0).get(0));
        }
        Geometry grid = VirtualScanner.centred(new int[] {41, 1, 1}, Numbers.of(1, 1, 1));
        float[] seen = s.scan(Volume.of(fine, wave, Quantity.HU), grid, 0).values();
        double expected =
                1.3 * Math.exp(-2 * Math.pow(Math.PI * 0.1 * 2 / Gauss.FWHM_PER_SIGMA, 2));
        assertEquals(expected, s.mtf(0.1, 0, 0), 1e-12);
        assertEquals(expected, seen[20], 0.01);
        assertEquals(-expected, seen[25], 0.01);
        double slab = Math.sin(Math.PI * 0.6) / (Math.PI * 0.6);
        double along = Math.exp(-2 * Math.pow(Math.PI * 0.1 * 4 / Gauss.FWHM_PER_SIGMA, 2));
        assertEquals(slab * along, s.mtf(0, 0, 0.1), 1e-12);
    }

    @Test
    void aBiasFieldRunsFromItsLowestToItsHighestAndMultiplies() {
        BiasField bias = new BiasField(0.8, 1.2, 5);
        VirtualScanner s =
                new VirtualScanner(
                        "s",
                        2,
                        10,
                        Numbers.of(3),
                        Numbers.of(2),
                        Numbers.of(0),
                        Optional.empty(),
                        Optional.of(bias),
                        Optional.empty(),
                        false);
        Volume image = s.scan(object(new Sphere(MIDDLE, 500), 100), 0);
        float least = Float.MAX_VALUE;
        float most = 0;
        float[] field = bias.on(image.geometry()).values();
        for (int v = 0; v < field.length; v++) {
            least = Math.min(least, field[v]);
            most = Math.max(most, field[v]);
            assertEquals(2 * 100 * field[v] + 10, image.values()[v], 1e-3);
        }
        assertEquals(0.8, least, 1e-7);
        assertEquals(1.2, most, 1e-7);
        double roughest = 0;
        for (int v = 1; v < image.geometry().ni(); v++) {
            roughest = Math.max(roughest, Math.abs(field[v] - field[v - 1]));
        }
        assertEquals(0, roughest, 0.1, "smooth from voxel to voxel");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aScannerWrittenAsSettingsReadsBackTheSame(String name) {
        VirtualScanner s = ScannerLibrary.of(name);
        assertEquals(
                s, Settings.read(VirtualScanner.class, DigitalObjectTest.tree(Settings.write(s))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void oneSeedIsOneImageOnAnyNumberOfThreads(String name) {
        VirtualScanner s = ScannerLibrary.of(name);
        DigitalObject small =
                new DigitalObject(
                        "o",
                        Quantity.HU,
                        10,
                        Numbers.of(14, 15, 16),
                        List.of(Region.of("o", 60, new Sphere(MIDDLE, 5))));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = s.scan(small, 7).values();
            Parallel.setThreads(2);
            assertArrayEquals(one, s.scan(small, 7).values());
        } finally {
            Parallel.setThreads(threads);
        }
    }
}
