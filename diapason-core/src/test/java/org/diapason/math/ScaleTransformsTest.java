package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pyramid, starlet, wavelets and guided filter. */
class ScaleTransformsTest {
    private static final Geometry SMALL = Geometry.of(11, 14, 1, 1, 1, 1);
    private static final List<String> WAVELETS =
            List.of("haar", "db2", "db3", "db4", "db5", "db6", "db7", "db8", "cdf-5-3", "cdf-9-7");

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    static IntStream sizes() {
        return IntStream.rangeClosed(1, 97);
    }

    /** 1e-6 of the range is 0.002. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void everySizeIsFoundAgain(int n) {
        for (int axis = 0; axis < 3; axis++) {
            int[] size = {5, 4, 3};
            size[axis] = n;
            Geometry g = Geometry.of(size[0], size[1], size[2], 1, 1, 1.2);
            float[] x = Scales.noise(g.voxels());
            String where = n + " along " + axis;
            for (int levels : new int[] {1, 4}) {
                assertEquals(
                        0,
                        Scales.furthest(x, LaplacianPyramid.of(g, x, levels).sum()),
                        0.002,
                        "pyramid, " + where);
                float[] sum = new float[x.length];
                Starlet.of(g, x, levels).forEach(part -> Scales.add(part, sum));
                assertEquals(0, Scales.furthest(x, sum), 0.002, "starlet, " + where);
                for (String w : WAVELETS) {
                    float[] back = WaveletTransform.of(g, x, w, levels).merged();
                    assertEquals(0, Scales.furthest(x, back), 0.002, w + ", " + where);
                }
            }
        }
    }

    /**
     * PyWavelets 1.1.1, {@code x[j, i] = (7i + 13j + 3ij) % 29} of 14 rows of 11: c =
     * pywt.wavedec2(x, name, 'symmetric', 2); of c[2], c[1] and c[0] the sum of a[k] (k*k % 17 −
     * 8).
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "haar 366.500000 197.500000 74.500000 -182.500000 31.500000 268.000000 236.000000",
                "db2 560.473243 253.847346 672.940756 37.638751 -294.685239 124.041203 148.512935",
                "db3 -642.507001 -226.670877 432.532638 -307.266446 229.345002 38.319994"
                        + " -1239.838958",
                "db8 41.866722 716.901343 392.629292 741.841917 353.641451 152.050072 -397.951875"
            })
    void coefficientsAreThoseOfPyWavelets(
            String name,
            double h1,
            double v1,
            double d1,
            double h2,
            double v2,
            double d2,
            double a) {
        WaveletTransform t = WaveletTransform.of(SMALL, Scales.numbers(SMALL), name, 2);
        double[] expected = {h1, v1, d1, h2, v2, d2};
        for (int b = 0; b < 6; b++) {
            assertEquals(expected[b], Scales.print(t.details().get(b).values()), 1e-3, "band " + b);
        }
        assertEquals(a, Scales.print(t.base().values()), 1e-3);
    }

    /**
     * PyWavelets 1.1.1, the same formula on 40 rows of 37: pywt.dwt2(x, 'bior2.2' or 'bior4.4',
     * 'reflect'), row 10, columns 8 to 12 of each band; ours begin 1 and 2 coefficients later.
     */
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource({
        "cdf-5-3, 1, 0, 30.906250, 41.093750, 39.500000, 18.875000, 16.375000",
        "cdf-5-3, 1, 1, -1.812500, 1.812500, 16.312500, -18.125000, 9.062500",
        "cdf-5-3, 1, 2, 0.000000, 1.812500, 12.687500, -5.437500, -1.812500",
        "cdf-5-3, 1, 3, 0.000000, -3.625000, 0.000000, 7.250000, 3.625000",
        "cdf-9-7, 2, 0, 34.044941, 38.981231, 30.403088, 19.447677, 19.324224",
        "cdf-9-7, 2, 1, -3.942274, 0.231738, 0.231738, -3.942274, -17.694596",
        "cdf-9-7, 2, 2, 3.493930, 0.231738, -1.515014, -7.794050, 11.414483",
        "cdf-9-7, 2, 3, -0.870316, 0.208595, -0.870316, 4.391018, 4.439031"
    })
    void liftingGivesTheCoefficientsOfPyWaveletsInside(
            String name, int late, int band, double a, double b, double c, double d, double e) {
        Geometry g = Geometry.of(37, 40, 1, 1, 1, 1);
        WaveletTransform t = WaveletTransform.of(g, Scales.numbers(g), name, 1);
        WaveletTransform.Band found = band == 0 ? t.base() : t.details().get(band - 1);
        double[] expected = {a, b, c, d, e};
        for (int n = 0; n < 5; n++) {
            int at = found.grid().index(8 + n - late, 10 - late, 0);
            assertEquals(expected[n], found.values()[at], 1e-5, "column " + (8 + n));
        }
    }

    /**
     * scipy 1.10.1: k = [1,4,6,4,1]/16; convolve1d(x, k with holes, axis, mode='mirror'); every
     * second row and column, zeros put between them and convolve1d(…, 2k).
     */
    @Test
    void pyramidAndStarletAreTheirConvolutions() {
        float[] x = Scales.numbers(SMALL);
        LaplacianPyramid p = LaplacianPyramid.of(SMALL, x, 1);
        assertEquals(6 * 7, p.base().length);
        assertEquals(-161.207031, Scales.print(p.base()), 1e-4);
        assertEquals(-34.658630, Scales.print(Scales.details(p, 0)), 1e-3);
        List<float[]> parts = Starlet.of(SMALL, x, 4);
        double[] expected = {-9.750000, 7.736740, -1.468199, -1.406234, -111.112308};
        for (int n = 0; n < 5; n++) {
            assertEquals(expected[n], Scales.print(parts.get(n)), 1e-3, "part " + n);
        }
    }

    /** numpy, means of windows of 5 × 5 cut at the border, ε 0.01, guide x/28. */
    @Test
    void theGuidedFilterIsItsFormula() {
        float[] guide = Scales.numbers(SMALL);
        float[] p = new float[guide.length];
        for (int v = 0; v < p.length; v++) {
            int j = v / 11;
            p[v] = (5 * (v % 11) + 3 * j * j) % 7 < 3 ? 1 : 0;
            guide[v] /= 28;
        }
        float[] q =
                GuidedFilter.of(
                        SMALL,
                        GuidedFilter.Source.of(guide),
                        GuidedFilter.Source.of(p),
                        new int[] {2, 2, 0},
                        0.01);
        assertEquals(-3.965241, Scales.print(q), 1e-4);
    }

    @Test
    void flipsCommuteWhereNothingIsDecimatedOrAxesAreOddAtEveryLevel() {
        Geometry odd = Geometry.of(17, 33, 9, 1, 1, 1);
        Geometry any = Geometry.of(18, 13, 10, 1, 1, 1);
        for (int axis = 0; axis < 3; axis++) {
            float[] x = Scales.noise(any.voxels());
            List<float[]> flat = Starlet.of(any, x, 3);
            List<float[]> turned = Starlet.of(any, Scales.flipped(any, x, axis), 3);
            for (int n = 0; n < 4; n++) {
                assertArrayEquals(Scales.flipped(any, flat.get(n), axis), turned.get(n));
            }
            float[] y = Scales.noise(odd.voxels());
            LaplacianPyramid p = LaplacianPyramid.of(odd, y, 3);
            LaplacianPyramid t = LaplacianPyramid.of(odd, Scales.flipped(odd, y, axis), 3);
            for (int n = 0; n < 3; n++) {
                assertArrayEquals(
                        Scales.flipped(p.grids().get(n), Scales.details(p, n), axis),
                        Scales.details(t, n));
            }
        }
    }

    @Test
    void thickSlicesWaitUntilTheOthersAreAsCoarse() {
        Geometry thick = Geometry.of(64, 48, 12, 1, 1.2, 4);
        LaplacianPyramid p = LaplacianPyramid.of(thick, Scales.noise(thick.voxels()), 3);
        assertEquals(
                List.of(
                        thick,
                        Geometry.of(32, 24, 12, 2, 2.4, 4),
                        Geometry.of(16, 12, 12, 4, 4.8, 4),
                        Geometry.of(8, 6, 6, 8, 9.6, 8)),
                p.grids());
        WaveletTransform t = WaveletTransform.of(thick, new float[thick.voxels()], "haar", 3);
        assertEquals(3 + 3 + 7, t.details().size());
        // a slice alone is smoothed within itself until the third level
        float[] one = new float[thick.voxels()];
        one[thick.index(30, 20, 5)] = 1;
        List<float[]> parts = Starlet.of(thick, one, 3);
        int beside = thick.index(30, 20, 6);
        assertEquals(0, parts.get(0)[beside]);
        assertEquals(0, parts.get(1)[beside]);
        assertTrue(parts.get(2)[beside] < 0);
    }

    @Test
    void sameBitsOnAnyNumberOfThreadsAndTheInputAsItWas() {
        Geometry g = Geometry.of(70, 61, 40, 1, 1, 1);
        float[] x = Scales.noise(g.voxels());
        float[] before = x.clone();
        float[][] all = new float[2][];
        for (int run = 0; run < 2; run++) {
            Parallel.setThreads(run == 0 ? 1 : 3);
            float[] sum = LaplacianPyramid.of(g, x, 3).base().clone();
            float[] other = WaveletTransform.of(g, x, "db4", 2).base().values();
            float[] smooth = Starlet.of(g, x, 3).get(1);
            float[] guided =
                    GuidedFilter.of(
                            g,
                            GuidedFilter.Source.of(x),
                            GuidedFilter.Source.of(x),
                            new int[] {3, 3, 2},
                            10);
            all[run] = new float[sum.length + other.length + 2 * smooth.length];
            System.arraycopy(sum, 0, all[run], 0, sum.length);
            System.arraycopy(other, 0, all[run], sum.length, other.length);
            System.arraycopy(smooth, 0, all[run], sum.length + other.length, smooth.length);
            int at = all[run].length - smooth.length;
            System.arraycopy(guided, 0, all[run], at, smooth.length);
        }
        assertArrayEquals(all[0], all[1]);
        assertArrayEquals(before, x);
    }
}
