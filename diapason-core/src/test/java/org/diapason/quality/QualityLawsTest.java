package org.diapason.quality;

import static org.diapason.quality.Textures.CUBE;
import static org.diapason.quality.Textures.PLANE;
import static org.diapason.quality.Textures.RANGED;
import static org.diapason.quality.Textures.assertUndefined;
import static org.diapason.quality.Textures.noise;
import static org.diapason.quality.Textures.noisy;
import static org.diapason.quality.Textures.value;
import static org.diapason.quality.Textures.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What holds of any images, here of noise that is smooth enough to have structure. */
class QualityLawsTest {
    @Test
    void whatIsSymmetricIsSoToTheLastBit() {
        for (Metric metric :
                new Metric[] {
                    Metric.SSIM, Metric.SSIM_UNIFORM_7, Metric.UQI, Metric.MSE, Metric.KS, Metric.W1
                }) {
            assertEquals(
                    value(metric, noisy(CUBE, 1), noisy(CUBE, 2), RANGED),
                    value(metric, noisy(CUBE, 2), noisy(CUBE, 1), RANGED),
                    metric.label());
        }
    }

    @Test
    void anImageIsFullyLikeItself() {
        Volume x = noisy(PLANE, 1);
        Map<Metric, Double> best = new EnumMap<>(Metric.class);
        for (Metric metric :
                new Metric[] {Metric.SSIM, Metric.VIF, Metric.UQI, Metric.NCC, Metric.EPI}) {
            best.put(metric, 1.0);
        }
        for (Metric metric : new Metric[] {Metric.MSE, Metric.KS, Metric.W1, Metric.ERGAS}) {
            best.put(metric, 0.0);
        }
        best.put(Metric.NMI, 2.0);
        best.forEach(
                (metric, value) ->
                        // 1e-10 beside the variances of VIF is the authors'
                        assertEquals(value, value(metric, x, x, RANGED), 1e-10, metric.label()));
    }

    /** A window of one image is compared with brute force in double. */
    @Test
    void cubesAreThoseOfTheDefinition() {
        float[] x = noise(CUBE, 3);
        float[] y = noise(CUBE, 4);
        double[] w = new double[11];
        double sum = 0;
        for (int t = 0; t < 11; t++) {
            w[t] = Math.exp(-(t - 5) * (t - 5) / 4.5);
            sum += w[t];
        }
        double total = 0;
        int windows = 0;
        for (int k = 0; k + 11 <= CUBE.nk(); k++) {
            for (int j = 0; j + 11 <= CUBE.nj(); j++) {
                for (int i = 0; i + 11 <= CUBE.ni(); i++) {
                    total += window(x, y, i, j, k, w, sum * sum * sum);
                    windows++;
                }
            }
        }
        double expected = total / windows;
        assertEquals(expected, value(Metric.SSIM, volume(CUBE, x), volume(CUBE, y), RANGED), 1e-12);
    }

    private static double window(
            float[] x, float[] y, int i, int j, int k, double[] w, double sum) {
        double[] m = new double[5];
        for (int c = 0; c < 11; c++) {
            for (int b = 0; b < 11; b++) {
                for (int a = 0; a < 11; a++) {
                    int v = CUBE.index(i + a, j + b, k + c);
                    double weight = w[a] * w[b] * w[c] / sum;
                    m[0] += weight * x[v];
                    m[1] += weight * y[v];
                    m[2] += weight * x[v] * x[v];
                    m[3] += weight * y[v] * y[v];
                    m[4] += weight * x[v] * y[v];
                }
            }
        }
        double c1 = 4;
        double c2 = 36;
        double both = m[2] - m[0] * m[0] + m[3] - m[1] * m[1];
        return (2 * m[0] * m[1] + c1)
                * (2 * (m[4] - m[0] * m[1]) + c2)
                / ((m[0] * m[0] + m[1] * m[1] + c1) * (both + c2));
    }

    /** Turning all images over turns every edge alike, those that are upright too. */
    @Test
    void edgesCarriedOverAreThoseOfTheImagesTurnedOver() {
        double[] found = new double[4];
        for (int turn = 0; turn < 4; turn++) {
            Volume[] images = new Volume[3];
            for (int image = 0; image < 3; image++) {
                images[image] = turned(image, turn);
            }
            found[turn] =
                    FusionQuality.of(
                                    images[0],
                                    images[1],
                                    images[2],
                                    Optional.empty(),
                                    Optional.empty(),
                                    Set.of(Metric.QABF),
                                    RANGED)
                            .together()
                            .get(Metric.QABF)
                            .value();
        }
        for (double value : found) {
            assertEquals(found[0], value, 1e-12);
        }
    }

    /** Whole numbers from 0 to 4, so that many slopes are exactly upright or level. */
    private static Volume turned(int seed, int turn) {
        Geometry square = Geometry.of(40, 40, 1, 1, 1, 1);
        Rng rng = new Rng(seed);
        float[] values = new float[1600];
        for (int v = 0; v < 1600; v++) {
            int i = turn == 1 || turn == 3 ? 39 - v % 40 : v % 40;
            int j = turn == 2 || turn == 3 ? 39 - v / 40 : v / 40;
            values[j * 40 + i] = rng.nextInt(5);
        }
        return volume(square, values);
    }

    @Test
    void informationIsBlindToABijection() {
        float[] x = noise(PLANE, 7);
        float[] y = noise(PLANE, 8);
        float[] other = new float[y.length];
        for (int v = 0; v < y.length; v++) {
            x[v] = Math.round(x[v]) & 63;
            y[v] = Math.round(y[v]) & 63;
            other[v] = (int) y[v] * 37 % 64; // 37 is odd, so it permutes 0 … 63
        }
        assertEquals(
                value(Metric.MI, volume(PLANE, x), volume(PLANE, y), RANGED),
                value(Metric.MI, volume(PLANE, x), volume(PLANE, other), RANGED),
                1e-12);
    }

    /** 58 / 200 · 100 is 28.999999999999996 in double, but NumPy's edge 29 is 58 itself. */
    @Test
    void aValueOnAnEdgeIsInTheBinAbove() {
        Geometry row = Geometry.of(201, 1, 1, 1, 1, 1);
        float[] x = new float[201];
        float[] y = new float[201];
        for (int v = 0; v < 201; v++) {
            x[v] = v;
            y[v] = v >= 58 ? 1 : 0;
        }
        // normalized_mutual_information(x, y), scikit-image 0.19.3
        assertEquals(
                1.1305041138918945,
                value(Metric.NMI, volume(row, x), volume(row, y), RANGED),
                1e-12);
    }

    @Test
    void slicesByThemselvesAreMeansOfSlices() {
        Volume x = noisy(CUBE, 1);
        Volume y = noisy(CUBE, 2);
        for (Metric metric : new Metric[] {Metric.SSIM, Metric.SSIM_UNIFORM_7, Metric.AG}) {
            double mean = 0;
            for (int k = 0; k < CUBE.nk(); k++) {
                mean += value(metric, slice(x, k), slice(y, k), RANGED) / CUBE.nk();
            }
            assertEquals(
                    mean, value(metric, x, y, RANGED.withBySlices(true)), 1e-12, metric.label());
        }
    }

    private static Volume slice(Volume v, int k) {
        int n = CUBE.ni() * CUBE.nj();
        float[] values = java.util.Arrays.copyOfRange(v.values(), k * n, (k + 1) * n);
        return volume(Geometry.of(CUBE.ni(), CUBE.nj(), 1, 1, 1, 1), values);
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() {
        Settings s = RANGED.withDraws(100, 3).withLiterature(true);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            FusionQuality one = fused(s);
            for (int threads : new int[] {2, 8}) {
                Parallel.setThreads(threads);
                assertEquals(one, fused(s));
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    private static FusionQuality fused(Settings s) {
        return FusionQuality.of(
                noisy(PLANE, 1),
                noisy(PLANE, 2),
                noisy(PLANE, 3),
                Optional.of(FusionQuality.Sharp.A),
                Optional.empty(),
                EnumSet.allOf(Metric.class),
                s.withRatio(0.5));
    }

    /** What has no value counts for nothing: the figures are those of the part that has one. */
    @Test
    void missingVoxelsAreAsIfCutOff() {
        Geometry wide = Geometry.of(80, 57, 1, 1, 1, 1);
        float[][] values = new float[2][wide.voxels()];
        for (int image = 0; image < 2; image++) {
            float[] part = noise(PLANE, 11 + image);
            for (int v = 0; v < wide.voxels(); v++) {
                int i = v % 80;
                float beyond = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
                values[image][v] = i < 61 ? part[v / 80 * 61 + i] : beyond;
            }
        }
        Set<Metric> local = EnumSet.allOf(Metric.class);
        local.removeIf(m -> m.ofThree() || m == Metric.SAM || m == Metric.MS_SSIM);
        local.remove(Metric.VIF); // its scales begin at even voxels, and 61 ends inside one
        for (Metric metric : local) {
            assertEquals(
                    value(metric, noisy(PLANE, 11), noisy(PLANE, 12), RANGED),
                    value(metric, volume(wide, values[0]), volume(wide, values[1]), RANGED),
                    1e-9,
                    metric.label());
        }
    }

    @Test
    void aMaskChoosesVoxelsAndMiddlesOfWindows() {
        boolean[] in = new boolean[PLANE.voxels()];
        float[] x = noise(PLANE, 1);
        float[] y = x.clone();
        for (int v = 0; v < in.length; v++) {
            in[v] = v % 61 < 20;
            y[v] += v % 61 < 20 ? 1 : v % 61 >= 40 ? 50 : 1;
        }
        Settings s = RANGED.withMask(Optional.of(Mask.of(PLANE, in)));
        assertEquals(1, value(Metric.MSE, volume(PLANE, x), volume(PLANE, y), s), 1e-6);
        assertTrue(value(Metric.SSIM, volume(PLANE, x), volume(PLANE, y), s) > 0.999);
        assertTrue(value(Metric.SSIM, volume(PLANE, x), volume(PLANE, y), RANGED) < 0.99);
    }

    @Test
    void whereNothingCountsEveryFigureSaysSo() {
        Volume empty = volume(PLANE, new float[PLANE.voxels()]);
        java.util.Arrays.fill(empty.values(), Float.NaN);
        for (Figure figure :
                Comparison.of(empty, noisy(PLANE, 1), EnumSet.allOf(Metric.class), RANGED)
                        .values()) {
            assertFalse(figure.defined(), figure.metric().label());
        }
    }

    @Test
    void aSingleVoxelIsComparedAsFarAsItGoes() {
        Geometry one = Geometry.of(1, 1, 1, 1, 1, 1);
        Volume x = volume(one, new float[] {3});
        Volume y = volume(one, new float[] {5});
        assertEquals(4, value(Metric.MSE, x, y, RANGED));
        assertEquals(2, value(Metric.W1, x, y, RANGED));
        for (Metric metric :
                new Metric[] {Metric.SSIM, Metric.SSIM_UNIFORM_7, Metric.MS_SSIM, Metric.UQI}) {
            assertUndefined(metric, x, y, "single voxel");
        }
        for (Figure figure : Comparison.of(x, y, EnumSet.allOf(Metric.class), RANGED).values()) {
            assertTrue(figure.defined() == Double.isFinite(figure.value()));
        }
    }

    @Test
    void channelsMustFit() {
        Volume three =
                Volume.of(
                        PLANE,
                        java.util.List.of(noise(PLANE, 1), noise(PLANE, 2), noise(PLANE, 3)),
                        Channels.COLOURS,
                        Quantity.PICTURE);
        Volume two =
                Volume.of(
                        PLANE,
                        java.util.List.of(noise(PLANE, 1), noise(PLANE, 2)),
                        Channels.COMPONENTS,
                        Quantity.PICTURE);
        assertThrows(RefusedException.class, () -> value(Metric.MSE, three, two, RANGED));
        double mean = 0;
        for (int c = 0; c < 3; c++) {
            mean += value(Metric.SSIM, three.only(c), noisy(PLANE, 9), RANGED) / 3;
        }
        assertEquals(mean, value(Metric.SSIM, three, noisy(PLANE, 9), RANGED), 1e-12);
    }
}
