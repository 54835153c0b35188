package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatSortTest {

    /**
     * Any bit pattern but NaN, both zeros and infinities among them; few values are compared, and
     * of many those in [2, 2 + 1/64) are so many that they are counted.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4_095, 4_096, 50_001})
    void ordersLikeTheLibraryToTheBit(int n) {
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
        FloatSort.sort(values);
        for (int v = 0; v < n; v++) {
            assertEquals(Float.floatToRawIntBits(expected[v]), Float.floatToRawIntBits(values[v]));
        }
    }
}
