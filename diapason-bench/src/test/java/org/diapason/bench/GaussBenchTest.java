package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Gauss;
import org.junit.jupiter.api.Test;

class GaussBenchTest {

    /** White noise of variance s² keeps its mean; its variance becomes s² (Σ w²)³. */
    @Test
    void theTimedMethodGivesTheMeanAndVarianceOfBlurredNoise() {
        GaussBench bench = new GaussBench();
        bench.size = "96x80x64";
        bench.setUp();
        float[] blurred = bench.blurByTwoVoxels();
        double mean = 0;
        double variance = 0;
        int n = 0;
        for (int k = 12; k < 52; k++) {
            for (int j = 12; j < 68; j++) {
                for (int i = 12; i < 84; i++) {
                    double d = blurred[bench.geometry.index(i, j, k)] - GaussBench.MEAN;
                    mean += d;
                    variance += d * d;
                    n++;
                }
            }
        }
        double[] w = Gauss.kernel(GaussBench.SIGMA);
        double squares = -w[0] * w[0];
        for (double x : w) {
            squares += 2 * x * x;
        }
        double expected = GaussBench.SD * GaussBench.SD * squares * squares * squares;
        assertEquals(0, mean / n, 0.1, "its standard error is 0.02");
        assertEquals(expected, variance / n, 0.15 * expected, "about 450 independent places");
    }
}
