package org.diapason.features.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.math.Boundary;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** Responses known in closed form, and what is refused. */
class FilterFormsTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final Boundary ZERO = Boundary.ZERO;
    private static final Boundary MIRROR = Boundary.MIRROR;
    private static final Space VOLUME = Space.VOLUME;
    private static final Space SLICE = Space.SLICE;
    private static final OptionalInt NO_ENERGY = OptionalInt.empty();

    private static float[] impulse(Geometry g, int i, int j, int k) {
        float[] values = new float[g.voxels()];
        values[g.index(i, j, k)] = 1;
        return values;
    }

    /** On cubes and on slices of 2 mm the kernel has one shape in mm; its unit is a mean voxel². */
    @Test
    void anImpulseShowsTheLaplacianOfGaussianInMm() {
        double sigma = 3;
        for (double dz : new double[] {1, 2}) {
            Geometry g = Geometry.of(31, 31, 31, 1, 1, dz);
            Filter log = new LaplacianOfGaussian(sigma, 4, ZERO, VOLUME);
            float[] out = log.respond(g, impulse(g, 15, 15, 15));
            double unit = Math.cbrt(dz);
            int[][] places = {{0, 0, 0}, {3, 0, 0}, {0, -2, 1}, {4, 4, -3}, {0, 0, 5}};
            for (int[] p : places) {
                double r2 = p[0] * p[0] + p[1] * p[1] + p[2] * p[2] * dz * dz;
                double v = sigma * sigma;
                // the sampled kernel times the volume of a voxel, times unit²
                double exact =
                        -Math.pow(2 * Math.PI * v, -1.5)
                                * dz
                                * unit
                                * unit
                                * (3 / v - r2 / (v * v))
                                * Math.exp(-r2 / (2 * v));
                float found = out[g.index(15 + p[0], 15 + p[1], 15 + p[2])];
                assertEquals(exact, found, 1e-9, Arrays.toString(p) + " at " + dz + " mm");
            }
            int reach = dz == 1 ? 12 : 6;
            assertEquals(0, out[g.index(15, 15, 15 + reach + 1)]);
        }
    }

    /** A blob of width s answers at its centre with −D s^D/(s² + σ²)^(D/2 + 1) times its height. */
    @Test
    void aGaussianBlobAnswersAsItsOwnLaplacian() {
        double s = 2.5;
        double sigma = 2;
        for (Space space : Space.values()) {
            int d = space.axes();
            Geometry g = Geometry.of(41, 41, d == 3 ? 41 : 1, 1, 1, 1);
            float[] blob = new float[g.voxels()];
            for (int v = 0; v < blob.length; v++) {
                int i = v % 41 - 20;
                int j = v / 41 % 41 - 20;
                int k = d == 3 ? v / 41 / 41 - 20 : 0;
                blob[v] = (float) (100 * Math.exp(-(i * i + j * j + k * k) / (2 * s * s)));
            }
            float[] out = new LaplacianOfGaussian(sigma, 6, MIRROR, space).respond(g, blob);
            double exact = -100 * d * Math.pow(s, d) / Math.pow(s * s + sigma * sigma, d / 2.0 + 1);
            assertEquals(exact, out[g.index(20, 20, d == 3 ? 20 : 0)], 1e-3);
        }
    }

    @Test
    void aRampIsKeptByMeansAndGoneInSecondDerivatives() {
        Geometry g = Geometry.of(40, 9, 9, 1, 1, 1);
        float[] ramp = new float[g.voxels()];
        for (int v = 0; v < ramp.length; v++) {
            ramp[v] = 3 * (v % 40);
        }
        int middle = g.index(20, 4, 4);
        assertEquals(60, new Mean(7, MIRROR, VOLUME).respond(g, ramp)[middle], 1e-4);
        assertEquals(
                0, new LaplacianOfGaussian(1.5, 6, MIRROR, VOLUME).respond(g, ramp)[middle], 1e-4);
        // E3: (in[x − 1] − in[x + 1]) (−1)/√2 … convolution turns the kernel round: −2 · 3/√2
        float e3 =
                new Laws("E3L3L3", Pooling.NONE, NO_ENERGY, MIRROR, VOLUME)
                        .respond(g, ramp)[middle];
        assertEquals(-6 / Math.sqrt(2) * Math.pow(4 / Math.sqrt(6), 2), e3, 1e-4);
    }

    @Test
    void anImpulseShowsTheKernelsOfLawsTurnedToNoOtherAxis() {
        Geometry g = Geometry.of(7, 7, 7, 1, 1, 1);
        float[] in = impulse(g, 3, 3, 3);
        Filter laws = new Laws("W5S3R5", Pooling.NONE, NO_ENERGY, ZERO, VOLUME);
        float[] out = laws.respond(g, in);
        double[] w = {-1, 2, 0, -2, 1};
        double[] r = {1, -4, 6, -4, 1};
        for (int t = -2; t <= 2; t++) {
            double scale = Math.sqrt(10) * Math.sqrt(6) * Math.sqrt(70);
            assertEquals(w[t + 2] * 2 * 6 / scale, out[g.index(3 + t, 3, 3)], 1e-6);
            assertEquals(2 * 2 * r[t + 2] / scale, out[g.index(4, 3, 3 + t)] * -1, 1e-6);
        }
        // both signs of an odd kernel are among its turns
        float[] most = new Laws("W5S3R5", Pooling.MAX, NO_ENERGY, ZERO, VOLUME).respond(g, in);
        float[] least = new Laws("W5S3R5", Pooling.MIN, NO_ENERGY, ZERO, VOLUME).respond(g, in);
        float[] mean = new Laws("W5S3R5", Pooling.MEAN, NO_ENERGY, ZERO, VOLUME).respond(g, in);
        for (int v = 0; v < in.length; v++) {
            assertEquals(most[v], -least[v]);
            assertEquals(0, mean[v]);
        }
    }

    /** A wave of the filter's own length answers with the area of its envelope, 2π σ²/γ. */
    @Test
    void aWaveAnswersWithTheAreaOfTheEnvelopeWhereItsDirectionIsMet() {
        Geometry g = Geometry.of(48, 48, 1, 0.5, 1, 4);
        float[] wave = new float[g.voxels()];
        double theta = Math.toRadians(30);
        for (int v = 0; v < wave.length; v++) {
            double along = v % 48 * 0.5 * Math.cos(theta) + v / 48 * Math.sin(theta);
            wave[v] = (float) Math.cos(2 * Math.PI * along / 4);
        }
        int centre = g.index(24, 24, 0);
        double area = 2 * Math.PI * 2 * 2 / 1.5 / (0.5 * 1);
        assertEquals(area / 2, gabor(30).respond(g, wave)[centre], 0.002 * area);
        assertEquals(0, gabor(120).respond(g, wave)[centre], 0.002 * area);
    }

    private static Gabor gabor(double theta) {
        return new Gabor(
                2,
                4,
                1.5,
                theta,
                OptionalDouble.empty(),
                Pooling.NONE,
                Gabor.Part.MODULUS,
                MIRROR,
                SLICE);
    }

    /** On a cosine of a mirrored axis each order is known: sin, −cos, with slices of 3 mm. */
    @Test
    void theRieszTransformTurnsACosineByAQuarter() {
        Geometry g = Geometry.of(24, 20, 6, 1, 2, 3);
        float[] cosine = new float[g.voxels()];
        float[] sine = new float[g.voxels()];
        float[] oblique = new float[g.voxels()];
        for (int v = 0; v < cosine.length; v++) {
            int i = v % 24;
            int j = v / 24 % 20;
            double a = Math.PI * 4 * (2 * i + 1) / 48;
            double b = Math.PI * 5 * (2 * j + 1) / 40;
            cosine[v] = (float) Math.cos(a);
            sine[v] = (float) Math.sin(a);
            oblique[v] = (float) (Math.cos(a) * Math.cos(b));
        }
        // a mirrored cosine passes a Laplacian of Gaussian as itself, times a factor
        Filter log = new LaplacianOfGaussian(2, 6, MIRROR, SLICE);
        double one = log.respond(g, cosine)[0] / cosine[0];
        near(sine, new Riesz(log, 1, 0, 0, NONE, MIRROR, SLICE).respond(g, cosine), one);
        near(cosine, new Riesz(log, 2, 0, 0, NONE, MIRROR, SLICE).respond(g, cosine), -one);
        near(sine, new Riesz(log, 3, 0, 0, NONE, MIRROR, SLICE).respond(g, cosine), -one);
        // frequencies 4/48 a voxel of 1 mm along i, 5/40 a voxel of 2 mm along j; √(2!/1! 1!)
        double x = 4 / 48.0;
        double y = 5 / 40.0 / 2;
        double both = log.respond(g, oblique)[0] / oblique[0];
        double factor = both * Math.sqrt(2) * x * y / (x * x + y * y);
        float[] sines = new float[g.voxels()];
        for (int v = 0; v < sines.length; v++) {
            double b = Math.PI * 5 * (2 * (v / 24 % 20) + 1) / 40;
            sines[v] = (float) (sine[v] * Math.sin(b));
        }
        near(sines, new Riesz(log, 1, 1, 0, NONE, MIRROR, SLICE).respond(g, oblique), factor);
    }

    /** A wave of any direction is met as if it ran along i: the first axis follows it. */
    @Test
    void aSteeredTransformFollowsAWaveWhereverItGoes() {
        Geometry g = Geometry.of(24, 20, 10, 1, 2, 3);
        float[] cosine = new float[g.voxels()];
        float[] size = new float[g.voxels()];
        for (int v = 0; v < cosine.length; v++) {
            double a = 2 * (v % 24) / 24.0 + 3 * (v / 24 % 20) / 20.0 - (v / 480) / 10.0;
            cosine[v] = (float) Math.cos(2 * Math.PI * a);
            size[v] = (float) Math.abs(Math.sin(2 * Math.PI * a));
        }
        Filter log = new LaplacianOfGaussian(2.5, 6, Boundary.PERIODIC, VOLUME);
        double one = log.respond(g, cosine)[0] / cosine[0];
        near(size, steered(log, 1, 0, 0).respond(g, cosine), Math.abs(one));
        near(cosine, steered(log, 2, 0, 0).respond(g, cosine), -one);
        near(cosine, steered(log, 4, 0, 0).respond(g, cosine), one);
        near(cosine, steered(log, 0, 2, 0).respond(g, cosine), 0);
        near(cosine, steered(log, 1, 0, 1).respond(g, cosine), 0);
    }

    private static Riesz steered(Filter filter, int i, int j, int k) {
        return new Riesz(filter, i, j, k, OptionalDouble.of(2), Boundary.PERIODIC, VOLUME);
    }

    /** Turning axes keeps the sum of the squares of all components of an order. */
    @Test
    void steeringKeepsTheStrengthOfAnOrder() {
        Geometry g = Geometry.of(9, 8, 7, 1, 1, 2);
        float[] in = FilterTest.noise(g);
        Filter smooth = new LaplacianOfGaussian(2, 4, MIRROR, VOLUME);
        for (int order = 1; order <= 4; order++) {
            double[] fixed = new double[in.length];
            double[] steered = new double[in.length];
            for (int i = 0; i <= order; i++) {
                for (int j = 0; i + j <= order; j++) {
                    int k = order - i - j;
                    OptionalDouble by = OptionalDouble.of(1.5);
                    add(new Riesz(smooth, i, j, k, NONE, MIRROR, VOLUME).respond(g, in), fixed);
                    add(new Riesz(smooth, i, j, k, by, MIRROR, VOLUME).respond(g, in), steered);
                }
            }
            for (int v = 0; v < in.length; v++) {
                assertEquals(1, steered[v] / fixed[v], 1e-5, "order " + order + ", voxel " + v);
            }
        }
    }

    private static void add(float[] response, double[] squares) {
        for (int v = 0; v < response.length; v++) {
            squares[v] += (double) response[v] * response[v];
        }
    }

    private static void near(float[] expected, float[] found, double factor) {
        for (int v = 0; v < found.length; v++) {
            assertEquals(factor * expected[v], found[v], 1e-5, "voxel " + v);
        }
    }

    /** Periodic cosines pass by the gain at their frequency; mirrored ones too. */
    @Test
    void bandsPassACosineByTheirGain() {
        Geometry g = Geometry.of(32, 4, 3, 1, 1, 1);
        for (int u = 1; u < 16; u++) {
            float[] wave = new float[g.voxels()];
            for (int v = 0; v < wave.length; v++) {
                wave[v] = (float) Math.cos(2 * Math.PI * u * (v % 32 + 0.5) / 32);
            }
            double nu = u / 16.0;
            double soft = nu > 0.25 ? Math.cos(Math.PI / 2 * Math.log(2 * nu) / Math.log(2)) : 0;
            double fine =
                    nu > 0.125 && nu <= 0.5
                            ? Math.cos(Math.PI / 2 * Math.log(4 * nu) / Math.log(2))
                            : 0;
            for (Boundary b : new Boundary[] {Boundary.PERIODIC, MIRROR}) {
                near(wave, new Simoncelli(1, b, VOLUME, Frequencies.EXACT).respond(g, wave), soft);
                near(wave, new Simoncelli(2, b, VOLUME, Frequencies.EXACT).respond(g, wave), fine);
                near(wave, new Shannon(1, b, SLICE).respond(g, wave), nu > 0.5 ? 1 : 0);
            }
        }
    }

    @Test
    void gridsThatDoNotCarryAFilterAreRefused() {
        Geometry slices = Geometry.of(4, 4, 4, 0.5, 0.5, 5);
        assertEquals(
                "filter laws-L5E5E5-3d counts in voxels and needs the same spacing along i, j and k,"
                        + " found 0.500 × 0.500 × 5.000 mm. Resample the image to cubes, or set"
                        + " space 2d.",
                refusal(new Laws("L5E5E5", Pooling.NONE, NO_ENERGY, MIRROR, VOLUME), slices));
        assertEquals(
                "filter log-1.5mm-3d needs voxels of at most 2.308 mm, found 5.000 mm: its samples"
                        + " would not carry its shape. Resample the image, set space 2d, or raise"
                        + " the scale in mm.",
                refusal(new LaplacianOfGaussian(1.5, 4, MIRROR, VOLUME), slices));
        Geometry flat = Geometry.of(4, 4, 4, 0.5, 0.6, 5);
        assertEquals(
                "filter shannon-level1-2d counts in voxels and needs the same spacing along i and j,"
                        + " found 0.500 × 0.600 × 5.000 mm. Resample the image to cubes.",
                refusal(new Shannon(1, MIRROR, SLICE), flat));
        refusal(gabor(0), Geometry.of(4, 4, 4, 2.1, 1, 1));
        gabor(0).respond(flat, new float[64]);
    }

    private static String refusal(Filter filter, Geometry g) {
        return assertThrows(RefusedException.class, () -> filter.respond(g, new float[g.voxels()]))
                .getMessage();
    }

    @Test
    void settingsThatMeanNothingAreNamed() {
        wrong(
                "support must be an odd number of voxels to 999, got 4",
                () -> new Mean(4, ZERO, SLICE));
        wrong(
                "support must be an odd number of voxels to 999, got 1001",
                () -> new Mean(1001, ZERO, SLICE));
        wrong(
                "energy-distance must be 0 to 499 voxels, got 1500000000",
                () -> new Laws("L5E5", Pooling.NONE, OptionalInt.of(1500000000), ZERO, SLICE));
        wrong(
                "sigma-mm must be positive, got NaN mm",
                () -> new LaplacianOfGaussian(Double.NaN, 4, ZERO, SLICE));
        wrong(
                "cutoff must be positive, got 0.0 sigma",
                () -> new LaplacianOfGaussian(1, 0, ZERO, SLICE));
        wrong(
                "kernels must name 2 of E3, E5, L3, L5, R5, S3, S5, W5, as in L5E5, got L5E5E5",
                () -> new Laws("L5E5E5", Pooling.NONE, NO_ENERGY, ZERO, SLICE));
        wrong(
                "energy-distance must be 0 to 499 voxels, got -1",
                () -> new Laws("L5E5", Pooling.NONE, OptionalInt.of(-1), ZERO, SLICE));
        wrong(
                "bands must be 3 letters L or H, as in LHL, got LH",
                () -> new SeparableWavelet("db3", "LH", 1, Pooling.NONE, ZERO, VOLUME));
        wrong(
                "level must be from 1 to 8, got 9",
                () -> new SeparableWavelet("db3", "LH", 9, Pooling.NONE, ZERO, SLICE));
        wrong(
                "wavelet must be haar, db1 to db38, sym2 to sym20, coif1 to coif17, got sym1",
                () -> new SeparableWavelet("sym1", "LH", 1, Pooling.NONE, ZERO, SLICE));
        wrong(
                "frequencies centred needs boundary periodic, got zero",
                () -> new Simoncelli(1, ZERO, SLICE, Frequencies.CENTRED));
        wrong("level must be from 1 to 16, got 0", () -> new Shannon(0, ZERO, SLICE));
        Filter base = new Mean(1, ZERO, SLICE);
        wrong(
                "order-i, order-j and order-k must be 0 or more and sum to 1 to 12, got 0, 0 and 0",
                () -> new Riesz(base, 0, 0, 0, NONE, ZERO, SLICE));
        wrong(
                "order-i, order-j and order-k must be 0 or more and sum to 1 to 12, got 2147483647,"
                        + " 2147483647 and 3",
                () -> new Riesz(base, Integer.MAX_VALUE, Integer.MAX_VALUE, 3, NONE, ZERO, VOLUME));
        wrong(
                "steered-by-mm must be positive, got 0.0 mm",
                () -> new Riesz(base, 1, 0, 0, OptionalDouble.of(0), ZERO, SLICE));
        wrong(
                "order-i, order-j and order-k must sum to at most 4 with steered-by-mm, got 5",
                () -> new Riesz(base, 4, 1, 0, OptionalDouble.of(1), ZERO, SLICE));
        wrong(
                "order-k must be 0 with space 2d, got 1",
                () -> new Riesz(base, 0, 0, 1, NONE, ZERO, SLICE));
        wrong(
                "step-degrees must be a whole part of 360, 1 or more, got 50.0",
                () -> gabor(OptionalDouble.of(50), Pooling.MAX));
        wrong(
                "step-degrees and pooling max, mean or min need each other",
                () -> gabor(OptionalDouble.of(45), Pooling.NONE));
        wrong(
                "step-degrees and pooling max, mean or min need each other",
                () -> gabor(OptionalDouble.empty(), Pooling.MAX));
    }

    private static Gabor gabor(OptionalDouble step, Pooling pooling) {
        return new Gabor(1, 2, 1, 0, step, pooling, Gabor.Part.REAL, ZERO, SLICE);
    }

    private static void wrong(String message, org.junit.jupiter.api.function.Executable make) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, make).getMessage());
    }
}
