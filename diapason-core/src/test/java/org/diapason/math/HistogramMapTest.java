package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class HistogramMapTest {

    @Test
    void quantilesAreThoseOfHazen() {
        // numpy 2.4.6: quantile([3, 1, 4, 1, 5, 9, 2, 6], (arange(5) + .5)/5, method='hazen')
        Numbers q = HistogramMap.quantiles(new float[] {3, 1, 4, 1, 5, 9, 2, 6}, 5);
        double[] numpy = {1.0, 1.9, 3.5, 5.1, 8.1};
        assertArrayEquals(numpy, q.toArray(), 1e-12);
    }

    @Test
    void tiesAreAveraged() {
        HistogramMap map = HistogramMap.of(new float[] {1, 2, 1}, Numbers.of(10, 20, 30));
        assertArrayEquals(new float[] {15, 30, 22.5f}, map.apply(new float[] {1, 2, 1.5f}));
    }

    @Test
    void matchingToOneselfIsTheIdentity() {
        float[] v = GaussTest.noise(1001, 3);
        HistogramMap map = HistogramMap.of(v, HistogramMap.quantiles(v, v.length));
        assertArrayEquals(v, map.apply(v), 1e-3f);
        assertEquals(1, map.steepest(), 0.1);
    }

    /** A thinned map must land where the full one does: here the truth is y = 3 x + 1. */
    @Test
    void aMillionValuesAreThinnedWithoutHarm() {
        float[] v = GaussTest.noise(300_000, 4);
        float[] y = new float[v.length];
        for (int n = 0; n < v.length; n++) {
            y[n] = 3 * v[n] + 1;
        }
        HistogramMap map = HistogramMap.of(v, HistogramMap.quantiles(y, 4096));
        assertEquals(HistogramMap.MOST_KNOTS, map.knots());
        float[] out = map.apply(v);
        for (int n = 0; n < v.length; n++) {
            assertEquals(y[n], out[n], 4, "a quantile step of 12000/4096");
        }
    }

    @Test
    void theMapNeverFallsAndIsFlatOutside() {
        HistogramMap map = HistogramMap.of(new float[] {0, 0, 5, 9}, Numbers.of(1, 1, 7));
        float last = Float.NEGATIVE_INFINITY;
        for (float x = -2; x < 12; x += 0.25f) {
            float y = map.apply(new float[] {x})[0];
            assertTrue(y >= last);
            last = y;
        }
        assertArrayEquals(map.apply(new float[] {0, 9}), map.apply(new float[] {-100, 100}));
    }

    @Test
    void aConstantImageGoesToTheMedian() {
        HistogramMap map = HistogramMap.of(new float[] {4, 4, 4}, Numbers.of(10, 20, 40));
        assertArrayEquals(new float[] {20, Float.NaN}, map.apply(new float[] {4, Float.NaN}));
    }

    /** Equal steps of value hold one of these knots or hundreds; the map is rank by rank. */
    @Test
    void knotsAreFoundWhereValuesCrowd() {
        float[] v = new float[1001];
        double[] ranks = new double[v.length];
        float[] between = new float[v.length - 1];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) StrictMath.exp(n / 50.0);
            ranks[n] = n;
            if (n > 0) {
                between[n - 1] = (float) (((double) v[n - 1] + v[n]) / 2);
            }
        }
        HistogramMap map = HistogramMap.of(v, Numbers.of(ranks));
        float[] at = map.apply(v);
        float[] half = map.apply(between);
        for (int n = 0; n < v.length; n++) {
            assertEquals(n, at[n], 1e-4 * n);
            if (n > 0) {
                assertEquals(n - 0.5, half[n - 1], 1e-4 * n);
            }
        }
    }
}
