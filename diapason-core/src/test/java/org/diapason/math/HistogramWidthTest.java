package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramWidthTest {
    private static final int N = 200000;

    private static float[] weights() {
        float[] weights = new float[N];
        Arrays.fill(weights, 0.5f);
        return weights;
    }

    @Test
    void ofAUniformDistributionItIsItsLengthAndGapsTakeNoRoom() {
        assertEquals(0.8, HistogramWidth.of(v -> 3 + 0.8 * v / N, weights()), 0.01);
        double apart = HistogramWidth.of(v -> 0.8 * v / N + (v < N / 2 ? 0 : 5), weights());
        assertEquals(0.8, apart, 0.02, "two bins of rounding at either end of two pieces");
    }

    /** exp(1/2 log(2 π e σ²)). */
    @Test
    void ofANormalDistributionItIsThatOfItsEntropy() {
        Rng rng = new Rng(5);
        double[] x = new double[N];
        for (int v = 0; v < N; v++) {
            x[v] = 0.3 * rng.nextGaussian();
        }
        double width = 0.3 * Math.sqrt(2 * Math.PI * Math.E);
        assertEquals(width, HistogramWidth.of(v -> x[v], weights()), 0.005 * width);
    }

    @Test
    void valuesWithoutWeightAreNotThere() {
        float[] weights = {0, 1, 0, 1};
        double[] x = {1e300, 1, Double.NaN, 1.01};
        assertEquals(0.02, HistogramWidth.of(v -> x[v], weights), 1e-12);
        assertEquals(0, HistogramWidth.of(v -> x[v], new float[4]));
    }
}
