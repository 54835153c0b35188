package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussTest {

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    static float[] noise(int n, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            values[v] = (float) (4000 * rng.nextDouble() - 1000);
        }
        return values;
    }

    @Test
    void agreesWithScipy() {
        // v[k, j, i] = (7 i + 13 j + 29 k) % 17 + i / 4, shape (4, 5, 6); scipy 1.17.1:
        // gaussian_filter(v, (0.9, 2.0, 1.3), mode='nearest', radius=(6, 12, 8)).ravel()[::5]
        double[] scipy = {
            6.42312097, 8.08903625, 8.69775382, 8.81318229, 8.65756048, 7.81500096, 7.71835043,
            9.03184107, 8.96787926, 8.73677414, 8.41109522, 8.15231957, 8.02382452, 8.75956501,
            8.8530493, 8.72060778, 8.40172334, 8.27948131, 7.43402106, 8.65681401, 9.135859,
            8.859136, 8.12094536, 7.44573059
        };
        Geometry g = Geometry.of(6, 5, 4, 1, 1, 1);
        float[] v = new float[g.voxels()];
        for (int x = 0; x < v.length; x++) {
            int i = x % 6;
            v[x] = (7 * i + 13 * (x / 6 % 5) + 29 * (x / 30)) % 17 + i / 4f;
        }
        float[] blurred = Gauss.blur(g, v, 1.3, 2.0, 0.9);
        for (int n = 0; n < scipy.length; n++) {
            assertEquals(scipy[n], blurred[5 * n], 1e-5, "value " + 5 * n);
        }
    }

    /** Odd and even kernel lengths, rows shorter and longer than the kernel and than one run. */
    @ParameterizedTest
    @CsvSource({
        "1, 7, 9, 0.5, 0.7, 1.5",
        "3, 4, 1, 2, 1, 3",
        "7, 8, 13, 0.3, 0.64, 0.66",
        "16, 17, 31, 2, 1.1, 2.6",
        "64, 5, 3, 3, 0, 1",
        "1030, 3, 5, 2, 1, 1",
        "100, 33, 20, 0, 0, 1.7",
        "45, 40, 35, 2, 2, 2"
    })
    void staysWithinAMillionthOfTheRangeOfTheExactSum(
            int ni, int nj, int nk, double si, double sj, double sk) {
        Geometry g = Geometry.of(ni, nj, nk, 1, 1, 1);
        float[] v = noise(g.voxels(), 3);
        double[] exact = new double[v.length];
        for (int x = 0; x < v.length; x++) {
            exact[x] = v[x];
        }
        exact = axis(axis(axis(exact, g, 0, si), g, 1, sj), g, 2, sk);
        float[] fast = Gauss.blur(g, v, si, sj, sk);
        for (int x = 0; x < v.length; x++) {
            assertEquals(exact[x], fast[x], 1e-6 * 4000);
        }
    }

    /** The definition in double: one axis, one voxel at a time, border repeated. */
    private static double[] axis(double[] v, Geometry g, int axis, double sigma) {
        double[] w = g.size(axis) == 1 ? new double[] {1} : Gauss.kernel(sigma);
        int step = axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
        double[] out = new double[v.length];
        for (int x = 0; x < v.length; x++) {
            int at = x / step % g.size(axis);
            for (int t = 1 - w.length; t < w.length; t++) {
                int to = Math.max(0, Math.min(g.size(axis) - 1, at + t));
                out[x] += w[Math.abs(t)] * v[x + (to - at) * step];
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 0.64})
    void threeTapsHaveExactlyTheVarianceAskedFor(double sigma) {
        double[] w = Gauss.kernel(sigma);
        assertEquals(2, w.length);
        assertEquals(sigma * sigma, 2 * w[1], 1e-16);
        assertEquals(1, w[0] + 2 * w[1], 1e-16);
    }

    @Test
    void theKernelReachesSixSigmaFromTwoThirdsOfAVoxelOn() {
        assertEquals(5, Gauss.kernel(0.65).length, "ceil(6 · 0.65) = 4 voxels a side");
        assertEquals(13, Gauss.kernel(2).length, "12 voxels a side");
    }

    @Test
    void constantsStay() {
        Geometry g = Geometry.of(20, 10, 5, 1, 1, 1);
        float[] v = new float[g.voxels()];
        java.util.Arrays.fill(v, 1000);
        for (float b : Gauss.blur(g, v, 2, 0.5, 1.7)) {
            assertEquals(1000, b, 4e-4);
        }
    }

    @Test
    void noSigmaChangesNoBitAndMakesACopy() {
        Geometry g = Geometry.of(9, 8, 7, 1, 1, 1);
        float[] v = noise(g.voxels(), 1);
        v[5] = Float.NaN;
        float[] out = Gauss.blur(g, v, 0, 0, 0);
        assertArrayEquals(v, out);
        assertTrue(v != out);
    }

    @Test
    void anAxisOfOneVoxelIsLeftAlone() {
        Geometry g = Geometry.of(1, 1, 40, 1, 1, 1);
        float[] v = noise(g.voxels(), 1);
        float[] line = Gauss.blur(Geometry.of(40, 1, 1, 1, 1, 1), v, 1.5, 0, 0);
        assertArrayEquals(line, Gauss.blur(g, v, 2, 2, 1.5));
    }

    @Test
    void nanIsNoMeasurementAndStaysNan() {
        Geometry g = Geometry.of(30, 12, 150, 1, 1, 1);
        float[] v = noise(g.voxels(), 8);
        double[] x = new double[v.length];
        double[] m = new double[v.length];
        for (int n = 0; n < v.length; n++) {
            if (n % 30 < 4 || n % 7 == 3) {
                v[n] = Float.NaN;
            } else {
                x[n] = v[n];
                m[n] = 1;
            }
        }
        float[] before = v.clone();
        x = axis(axis(axis(x, g, 0, 1.2), g, 1, 0.5), g, 2, 2);
        m = axis(axis(axis(m, g, 0, 1.2), g, 1, 0.5), g, 2, 2);
        float[] out = Gauss.blur(g, v, 1.2, 0.5, 2);
        assertArrayEquals(before, v, "the input is not written to");
        for (int n = 0; n < v.length; n++) {
            if (Float.isNaN(v[n])) {
                assertTrue(Float.isNaN(out[n]));
            } else {
                assertEquals(x[n] / m[n], out[n], 1e-6 * 4000);
            }
        }
    }

    @Test
    void oneThreadAndFourGiveTheSameBits() {
        Geometry g = Geometry.of(37, 41, 23, 1, 1, 1);
        float[] v = noise(g.voxels(), 5);
        float[] before = v.clone();
        Parallel.setThreads(1);
        float[] one = Gauss.blur(g, v, 2, 1.3, 0.8);
        Parallel.setThreads(4);
        assertArrayEquals(one, Gauss.blur(g, v, 2, 1.3, 0.8));
        assertArrayEquals(before, v, "the input is not written to");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWidthThatIsNoneIsNamed(double sigma) {
        Geometry g = Geometry.of(3, 3, 3, 1, 1, 1);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Gauss.blur(g, new float[27], 1, sigma, 1));
        assertEquals("sigma must be 0 or more, got " + sigma + " voxels", e.getMessage());
    }
}
