package org.diapason.quality;

import static org.diapason.quality.Textures.PLANE;
import static org.diapason.quality.Textures.RANGED;
import static org.diapason.quality.Textures.assertUndefined;
import static org.diapason.quality.Textures.noise;
import static org.diapason.quality.Textures.noisy;
import static org.diapason.quality.Textures.value;
import static org.diapason.quality.Textures.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.Test;

/** Far, dark, constant and very different images: what rounding must not be taken for. */
class QualityDigitsTest {
    @Test
    void aFarOffsetCostsNoDigits() {
        float[] x = noise(PLANE, 5);
        float[] y = noise(PLANE, 6);
        double near = value(Metric.NCC, volume(PLANE, x), volume(PLANE, y), RANGED);
        for (int v = 0; v < x.length; v++) {
            x[v] = Math.round(x[v]) + 1_000_000;
            y[v] = Math.round(y[v]) + 1_000_000;
        }
        assertEquals(near, value(Metric.NCC, volume(PLANE, x), volume(PLANE, y), RANGED), 1e-3);
    }

    /** A PET image in Bq/ml beside its SUV: the offset of one must not swallow the other. */
    @Test
    void imagesOfVeryDifferentSizeKeepTheirCorrelation() {
        float[] x = noise(PLANE, 5);
        float[] y = noise(PLANE, 6);
        float[] small = x.clone();
        double near = value(Metric.NCC, volume(PLANE, x), volume(PLANE, y), RANGED);
        for (int v = 0; v < x.length; v++) {
            small[v] = x[v] / 1024; // powers of two cost a float no digit
            y[v] *= 1 << 24;
        }
        assertEquals(
                near, value(Metric.NCC, volume(PLANE, small), volume(PLANE, y), RANGED), 1e-13);
    }

    @Test
    void aConstantImageHasNoCorrelationHoweverManyVoxels() {
        Geometry large = Geometry.of(256, 256, 100, 1, 1, 1);
        float[] x = new float[large.voxels()];
        float[] y = new float[large.voxels()];
        java.util.Arrays.fill(x, 1_000_000.1f);
        Rng rng = new Rng(1);
        for (int v = 0; v < y.length; v++) {
            y[v] = (float) rng.nextGaussian();
        }
        assertUndefined(Metric.NCC, volume(large, x), volume(large, y), "constant");
    }

    /** 0.1 i as a float is a ramp up to its rounding. */
    @Test
    void roundingIsNoEdge() {
        float[] ramp = new float[PLANE.voxels()];
        for (int v = 0; v < ramp.length; v++) {
            ramp[v] = 0.1f * (v % 61);
        }
        assertUndefined(Metric.EPI, volume(PLANE, ramp), noisy(PLANE, 1), "no edges");
    }

    @Test
    void aMeanThatIsNoneUpToRoundingHasNoRelativeError() {
        float[] x = noise(PLANE, 5);
        int half = x.length / 2;
        for (int v = 0; v < half; v++) {
            x[half + v] = -x[v];
        }
        x[2 * half] = 0;
        assertUndefined(Metric.ERGAS, volume(PLANE, x), noisy(PLANE, 1), "mean 0");
    }

    /** Flat 10^-6 beside 3 10^-6, far from a part that is a billion times as bright. */
    @Test
    void aDarkPartIsJudgedByItsOwnValues() {
        float[][] values = new float[2][PLANE.voxels()];
        boolean[] in = new boolean[PLANE.voxels()];
        for (int v = 0; v < in.length; v++) {
            in[v] = v % 61 < 20 || v % 61 == 60; // no window has its middle in column 60
            values[0][v] = v % 61 < 40 ? 1e-6f : 1000;
            values[1][v] = v % 61 < 40 ? 3e-6f : 1000;
        }
        Settings s = RANGED.withMask(Optional.of(Mask.of(PLANE, in)));
        // 2 · 1 · 3 / (1 + 9)
        assertEquals(
                0.6,
                value(Metric.UQI, volume(PLANE, values[0]), volume(PLANE, values[1]), s),
                1e-6);
    }
}
