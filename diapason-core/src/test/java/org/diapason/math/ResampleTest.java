package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResampleTest {

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    private static final Geometry SMALL = Geometry.of(6, 5, 4, 1, 1.5, 2);

    /** {@code v[k, j, i] = (7 i + 13 j + 29 k) % 17 + i / 4}. */
    private static float[] small() {
        float[] v = new float[SMALL.voxels()];
        for (int x = 0; x < v.length; x++) {
            int i = x % 6;
            v[x] = (7 * i + 13 * (x / 6 % 5) + 29 * (x / 30)) % 17 + i / 4f;
        }
        return v;
    }

    // scipy 1.17.1, positions c[a] = clip(x0[a] + n · 1.25 / s[a], 0, size[a] − 1), C their grid:
    // map_coordinates(v, C, order=1, mode='nearest').ravel()[::7]
    private static final double[] SCIPY_LINEAR = {
        0,
        6.625,
        12.9166667,
        9.875,
        11.1875,
        9.5625,
        7.88541667,
        8.33333333,
        8.8125,
        9.53125,
        6.29166667,
        7.18229167,
        5.59375,
        7.9375,
        8.71875,
        8.33333333,
        10.375,
        12.75,
        8.71875,
        10.5390625,
        10.375,
        8.5,
        5.5,
        5.53645833,
        7.40104167,
        4.25,
        11.625,
        14,
        6.70833333,
        6.625
    };

    // map_coordinates(v, C, order=3, mode='mirror').ravel()[::7]
    private static final double[] SCIPY_CUBIC = {
        0,
        6.45479277,
        14.619864,
        10.4088496,
        12.1137859,
        9.96496059,
        8.55900616,
        8.35840612,
        10.1487634,
        9.14679332,
        6.64773373,
        5.02738998,
        4.91757311,
        6.28217516,
        8.84676075,
        8.63615813,
        13.0499141,
        14.875,
        9.47783642,
        12.713541,
        10.1458614,
        8.49146396,
        4.590625,
        1.78803065,
        5.06060791,
        3.340625,
        11.0454545,
        14.0209263,
        5.80338568,
        6.43728623
    };

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC"})
    void agreesWithScipyOnTheIbsiGrid(Interpolation how) {
        float[] out = Resample.onto(SMALL, small(), Grid.isotropic(SMALL, 1.25), how);
        double[] scipy = how == Interpolation.LINEAR ? SCIPY_LINEAR : SCIPY_CUBIC;
        assertEquals(5 * 6 * 7, out.length);
        for (int n = 0; n < scipy.length; n++) {
            assertEquals(scipy[n], out[7 * n], 1e-5, "value " + 7 * n);
        }
    }

    @Test
    void aRatioThatIsWholeUpToRoundingGainsNoVoxel() {
        assertEquals(3, Grid.isotropic(Geometry.of(10, 1, 1, 0.3, 1, 1), 1).ni());
        assertEquals(7, Grid.isotropic(Geometry.of(7, 1, 1, 0.1, 1, 1), 0.1).ni());
    }

    @Test
    void aGridOfMoreVoxelsThanAnArrayHoldsIsRefused() {
        Geometry g = Geometry.of(512, 512, 600, 0.7, 0.7, 1);
        assertEquals(
                "a grid of 0.100 × 0.100 × 0.100 mm would have 3584 × 3584 × 6000 voxels, more than"
                        + " 2147483647. Raise spacing-mm or leave this exam out.",
                assertThrows(RefusedException.class, () -> Grid.isotropic(g, 0.1)).getMessage());
        assertThrows(RefusedException.class, () -> Grid.isotropic(g, 1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void theSameGridChangesNoBit(Interpolation how) {
        float[] v = small();
        assertArrayEquals(v, Resample.onto(SMALL, v, SMALL, how));
    }

    /** A cubic B-spline goes through its samples: up by two and back gives the input. */
    @Test
    void cubicPassesThroughTheVoxels() {
        Geometry fine = Geometry.of(11, 9, 7, 0.5, 0.75, 1);
        float[] back =
                Resample.onto(
                        fine,
                        Resample.onto(SMALL, small(), fine, Interpolation.CUBIC),
                        SMALL,
                        Interpolation.NEAREST);
        assertArrayEquals(small(), back, 1e-5f);
    }

    @Test
    void cubicKeepsALongPolynomialLineAwayFromTheBorder() {
        Geometry g = Geometry.of(80, 2, 2, 1, 1, 1);
        Geometry to = Geometry.of(158, 2, 2, 0.5, 1, 1);
        float[] v = new float[g.voxels()];
        for (int x = 0; x < v.length; x++) {
            int i = x % 80 - 40;
            v[x] = i * i * i / 100f;
        }
        float[] out = Resample.onto(g, v, to, Interpolation.CUBIC);
        for (int x = 40; x < 120; x++) {
            double i = x * 0.5 - 40;
            assertEquals(i * i * i / 100, out[x], 1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAxisOfOneVoxelRepeats(Interpolation how) {
        Geometry g = Geometry.of(4, 1, 1, 1, 2, 3);
        float[] v = {1, 2, 4, 8};
        float[] out = Resample.onto(g, v, Grid.isotropic(g, 1), how);
        assertEquals(4 * 2 * 3, out.length);
        for (int x = 0; x < out.length; x++) {
            assertEquals(v[x % 4], out[x], 1e-6);
        }
    }

    @Test
    void linearIsNanWhereANanHasWeightAndNowhereElse() {
        Geometry g = Geometry.of(4, 1, 1, 2, 1, 1);
        float[] v = {1, 2, Float.NaN, 8};
        Geometry to = Geometry.of(7, 1, 1, 1, 1, 1);
        assertArrayEquals(
                new float[] {1, 1.5f, 2, Float.NaN, Float.NaN, Float.NaN, 8},
                Resample.onto(g, v, to, Interpolation.LINEAR));
    }

    @Test
    void cubicIsNanOnlyWhereTheNearestVoxelIs() {
        Geometry g = Geometry.of(5, 1, 1, 4, 1, 1);
        Geometry to = Geometry.of(17, 1, 1, 1, 1, 1);
        float[] filled = Resample.onto(g, new float[] {3, 5, 3, 9, 7}, to, Interpolation.CUBIC);
        float[] out =
                Resample.onto(g, new float[] {3, 5, Float.NaN, 9, 7}, to, Interpolation.CUBIC);
        Arrays.fill(filled, 6, 10, Float.NaN);
        assertArrayEquals(filled, out);
    }

    @Test
    void halfOfAVoxelIsInTheMask() {
        Geometry g = Geometry.of(4, 1, 1, 2, 1, 1);
        Geometry to = Geometry.of(7, 1, 1, 1, 1, 1);
        assertArrayEquals(
                new boolean[] {false, true, true, true, false, false, false},
                Resample.mask(g, new boolean[] {false, true, false, false}, to));
    }

    @ParameterizedTest
    @EnumSource
    void oneThreadAndFourGiveTheSameBits(Interpolation how) {
        Geometry g = Geometry.of(37, 41, 23, 0.7, 0.9, 2.1);
        float[] v = GaussTest.noise(g.voxels(), 5);
        float[] before = v.clone();
        Geometry to = Grid.isotropic(g, 1);
        Parallel.setThreads(1);
        float[] one = Resample.onto(g, v, to, how);
        Parallel.setThreads(4);
        assertArrayEquals(one, Resample.onto(g, v, to, how));
        assertArrayEquals(before, v, "the input is not written to");
    }
}
