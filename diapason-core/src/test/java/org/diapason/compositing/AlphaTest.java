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
    void isWithinOneUnitInTheLastPlaceOfTheTrueMix() {
        float[] x = random(1, -1000, 3000);
        float[] a = random(2, 0, 1);
        float[] z = random(3, -1000, 3000);
        float[] y = new float[N];

        Alpha.mix(x, a, z, y);

        for (int p = 0; p < N; p++) {
            double truth = (double) a[p] * x[p] + (1 - (double) a[p]) * z[p];
            double most = Math.max(Math.abs(x[p]), Math.abs(z[p]));
            assertEquals(truth, y[p], Math.ulp((float) most));
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

    /** Where x = z the first fma may be off by half a unit, which must not tip the second. */
    @Test
    void whatIsEqualStaysAtEveryScaleAndOpacity() {
        float[] a = random(14, 0, 1);
        for (int p = 0; p < 2000; p++) {
            a[p] = (p % 1000) / 1024f; // ties
            a[p + 2000] = Math.scalb(1f, -(p % 150)); // down to the least float
        }
        for (int e = -125; e <= 127; e++) {
            float[] x = random(100 + e, 1, 2);
            for (int p = 0; p < N; p++) {
                // beside powers of two spacings differ on either side
                x[p] = Math.scalb(p % 7 == 0 ? 1 : p % 7 == 1 ? Math.nextDown(2f) : x[p], e);
            }
            float[] y = new float[N];
            Alpha.mix(x, a, x, y);
            assertArrayEquals(x, y, "scale 2^" + e);
        }
        float[] least = {3 * Float.MIN_VALUE};
        float[] y = new float[1];
        Alpha.mix(least, 0.5f, least, y);
        assertEquals(least[0], y[0], Float.MIN_VALUE); // the limit that is stated
    }

    @Test
    void whatIsFarApartDoesNotOverflow() {
        float[] y = new float[1];
        float most = Float.MAX_VALUE;
        Alpha.mix(new float[] {most}, 0.5f, new float[] {-most}, y);
        assertEquals(0, y[0]);
        Alpha.mix(new float[] {most}, 0.25f, new float[] {most}, y);
        assertEquals(most, y[0]);
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
