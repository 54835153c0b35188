package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedFloatsTest {

    /**
     * Any bit pattern but NaN, both zeros and infinities among them; few values are compared, and
     * of many those in [2, 2 + 1/64) are so many that they are counted.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_095, 4_096, 50_001, 900_000})
    void ordersLikeTheLibrary(int n) {
        Rng rng = new Rng(9);
        float[] special = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, -1};
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            float any = Float.intBitsToFloat((int) rng.nextLong());
            values[v] = any != any || v % 9 == 0 ? special[v % 6] : any;
            if (v % 3 == 1) {
                values[v] = 2 + (float) rng.nextDouble() / 64;
            }
        }
        float[] expected = values.clone();
        Arrays.sort(expected);
        SortedFloats sorted = SortedFloats.of(values);
        for (int v = 0; v < n; v++) {
            assertEquals(expected[v], sorted.get(v), 0);
        }
    }

    /** Whole numbers are counted, but not where one value is none, or lies too far. */
    @ParameterizedTest
    @ValueSource(floats = {7, 7.5f, -0f, 1e9f, -40_000, Float.POSITIVE_INFINITY})
    void wholeNumbersAndAlmostWholeOnesAreInOrder(float odd) {
        Rng rng = new Rng(4);
        float[] values = new float[600_000];
        for (int v = 0; v < values.length; v++) {
            values[v] = (int) (3000 * rng.nextDouble()) - 1024;
        }
        values[599_999] = odd;
        float[] expected = values.clone();
        Arrays.sort(expected);
        SortedFloats sorted = SortedFloats.of(values);
        for (int v = 0; v < values.length; v++) {
            assertEquals(expected[v], sorted.get(v), 0);
        }
    }

    @Test
    void quantilesAreOfTypeSeven() {
        // numpy 1.24.2: percentile([3, 1, 4, 1, 5, 9, 2, 6], [0, 10, 50, 99, 100])
        SortedFloats sorted = SortedFloats.of(new float[] {3, 1, 4, 1, 5, 9, 2, 6});
        assertEquals(1, sorted.quantile(0), 1e-12);
        assertEquals(1, sorted.quantile(0.1), 1e-12);
        assertEquals(3.5, sorted.quantile(0.5), 1e-12);
        assertEquals(8.79, sorted.quantile(0.99), 1e-12);
        assertEquals(9, sorted.quantile(1), 1e-12);
    }

    /** Of 1, 2, 4 a half share is 1 and half of 2, then the other half and 4. */
    @Test
    void equalSharesKeepTheMean() {
        SortedFloats three = SortedFloats.of(new float[] {4, 1, 2});
        assertArrayEquals(new double[] {2 / 1.5, 5 / 1.5}, three.shareMeans(2), 1e-15);
        assertArrayEquals(new double[] {1, 1, 2, 2, 4, 4}, three.shareMeans(6), 1e-15);
        Rng rng = new Rng(3);
        float[] skewed = new float[10_007];
        double sum = 0;
        for (int v = 0; v < skewed.length; v++) {
            skewed[v] = (float) StrictMath.exp(2 * rng.nextGaussian());
            sum += skewed[v];
        }
        double mean = Arrays.stream(SortedFloats.of(skewed).shareMeans(128)).average().orElse(0);
        assertEquals(sum / skewed.length, mean, 1e-12 * sum);
    }
}
