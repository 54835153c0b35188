package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class SincTest {
    private static final Geometry LINE = Geometry.of(12, 1, 1, 1, 1, 1);
    private static final float[] VALUES = {3, -1, 4, 1, 5, 9, 2, 6, -5, 3, 5, 8};

    private static Geometry line(double first, double step, int n) {
        return new Geometry(
                n, 1, 1, Numbers.of(step, 1, 1), Numbers.of(first, 0, 0), Geometry.IDENTITY);
    }

    // numpy 1.24.2, x = clip(0.3 + 0.7 n, 0, 11), t = x - arange(-8, 20), v = VALUES by clip(k, 0,
    // 11):
    // w = sinc(t) sinc(t/5) (|t| < 5); (w * v).sum() / w.sum()
    private static final double[] NUMPY = {
        1.3153985,
        -1.0000000,
        2.7285278,
        3.6765406,
        0.7379212,
        3.1316631,
        9.2896689,
        7.3685597,
        2.0008388,
        5.4992950,
        3.2840749,
        -5.0000000,
        -0.4916200,
        5.2900804,
        5.0163446,
        7.2765102
    };

    @Test
    void agreesWithTheFormulaByAnotherProgram() {
        float[] out = Resample.onto(LINE, VALUES, line(0.3, 0.7, 16), Interpolation.SINC);
        for (int n = 0; n < NUMPY.length; n++) {
            assertEquals(NUMPY[n], out[n], 1e-5, "value " + n);
        }
    }

    @Test
    void aConstantStaysConstant() {
        float[] ones = new float[LINE.voxels()];
        Arrays.fill(ones, 1000);
        for (float v : Resample.onto(LINE, ones, line(-0.4, 0.137, 80), Interpolation.SINC)) {
            assertEquals(1000, v, 1e-3);
        }
    }

    /** Σ w (t − x)² = 0 at every place: the step has no width of it to count. */
    @Test
    void itsSecondMomentIsNone() {
        int[] index = new int[10];
        double[] weight = new double[10];
        for (double f = 0; f < 1; f += 0.01) {
            Taps.at(Interpolation.SINC, Boundary.NEAREST, 50 + f, 100, index, weight);
            double second = 0;
            for (int q = 0; q < 10; q++) {
                second += weight[q] * (index[q] - 50 - f) * (index[q] - 50 - f);
            }
            assertEquals(0, second, 1e-12);
        }
    }

    /** Half of Nyquist's frequency passes within 0.4 %; straight lines lose 15 % of it halfway. */
    @Test
    void aFineWavePasses() {
        Geometry g = Geometry.of(100, 1, 1, 1, 1, 1);
        float[] wave = new float[100];
        for (int i = 0; i < 100; i++) {
            wave[i] = (float) StrictMath.cos(Math.PI / 2 * i);
        }
        float[] sinc = Resample.onto(g, wave, line(20, 0.25, 200), Interpolation.SINC);
        float[] linear = Resample.onto(g, wave, line(20, 0.25, 200), Interpolation.LINEAR);
        double off = 0;
        double straight = 0;
        for (int x = 0; x < 200; x++) {
            double exact = StrictMath.cos(Math.PI / 2 * (20 + 0.25 * x));
            off = Math.max(off, Math.abs(exact - sinc[x]));
            straight = Math.max(straight, Math.abs(exact - linear[x]));
        }
        assertTrue(off < 0.01, "sinc " + off);
        assertTrue(straight > 0.15, "linear " + straight);
    }

    @Test
    void itIsNanWhereTheNearestVoxelIs() {
        float[] gap = VALUES.clone();
        gap[5] = Float.NaN;
        float[] filled = VALUES.clone();
        filled[5] = -5;
        float[] expected = Resample.onto(LINE, filled, line(0, 0.25, 45), Interpolation.SINC);
        Arrays.fill(expected, 18, 22, Float.NaN);
        assertArrayEquals(
                expected, Resample.onto(LINE, gap, line(0, 0.25, 45), Interpolation.SINC));
    }
}
