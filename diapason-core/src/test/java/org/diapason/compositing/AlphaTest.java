package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class AlphaTest {
    private static final int N = 300_001;

    private static float[] random(long seed, double from, double to) {
        Rng rng = new Rng(seed);
        float[] v = new float[N];
        for (int p = 0; p < N; p++) {
            v[p] = (float) (from + (to - from) * rng.nextDouble());
        }
        return v;
    }

    @Test
    void isWithinTwoUnitsInTheLastPlaceOfTheTrueMix() {
        float[] x = random(1, -1000, 3000);
        float[] a = random(2, 0, 1);
        float[] z = random(3, -1000, 3000);
        float[] y = new float[N];

        Alpha.mix(x, a, z, y);

        for (int p = 0; p < N; p++) {
            double truth = (double) a[p] * x[p] + (1 - (double) a[p]) * z[p];
            double most = Math.max(Math.abs(x[p]), Math.abs(z[p]));
            assertEquals(truth, y[p], 2 * Math.ulp((float) most));
        }
    }

    @Test
    void opaqueClearAndEqualPixelsAreExactToTheLastBit() {
        float[] x = random(4, -1e6, 1e6);
        float[] z = random(5, -1e-6, 1e-6);
        float[] y = new float[N];
        float[] one = new float[N];
        Arrays.fill(one, 1);

        Alpha.mix(x, one, z, y);
        assertArrayEquals(x, y);
        Alpha.mix(z, one, x, y); // where z + (x - z) loses x
        assertArrayEquals(z, y);
        Alpha.mix(z, 1, x, y);
        assertArrayEquals(z, y);
        Alpha.mix(x, new float[N], z, y);
        assertArrayEquals(z, y);
        Alpha.mix(x, random(6, 0, 1), x, y);
        assertArrayEquals(x, y);
        Alpha.mix(x, 0.3f, x, y);
        assertArrayEquals(x, y);
    }

    @Test
    void thereIsNoStepBelowFullOpacity() {
        float nearly = Math.nextDown(1f);
        float[] y = new float[1];
        Alpha.mix(new float[] {3}, new float[] {nearly}, new float[] {1}, y);
        assertEquals(1 + nearly * 2, y[0], Math.ulp(3f));
    }

    @Test
    void mixesInPlaceAndRefusesUnlikeLengths() {
        float[] x = {1, 2, 3};
        float[] z = {3, 4, 5};
        Alpha.mix(x, new float[] {0.5f, 1, 0}, z, z);
        assertArrayEquals(new float[] {2, 2, 5}, z);
        assertThrows(IllegalArgumentException.class, () -> Alpha.mix(x, 0.5f, z, new float[2]));
        assertThrows(IllegalArgumentException.class, () -> Alpha.mix(x, new float[2], z, z));
    }

    @Test
    void threadsDoNotChangeABit() {
        float[] x = random(11, 0, 1);
        float[] a = random(12, 0, 1);
        float[] z = random(13, 0, 1);
        float[][] y = new float[3][N];
        int before = Parallel.threads();
        try {
            int[] counts = {1, 2, 8};
            for (int t = 0; t < 3; t++) {
                Parallel.setThreads(counts[t]);
                Alpha.mix(x, a, z, y[t]);
            }
        } finally {
            Parallel.setThreads(before);
        }
        assertArrayEquals(y[0], y[1]);
        assertArrayEquals(y[0], y[2]);
    }
}
