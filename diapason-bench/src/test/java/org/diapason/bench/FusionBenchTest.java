package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is timed is right. */
class FusionBenchTest {

    /** Means are averaged; of two details the larger one is taken, so there is more of them. */
    @Test
    void fusedNoiseHasTheMeanAndMoreSpreadThanEither() {
        FusionBench bench = new FusionBench();
        bench.size = "256x256x1";
        bench.setUp();
        for (float[] fused : List.of(bench.laplacianOfFiveLevels(), bench.db2OfTwoLevels())) {
            double[] m = moments(fused);
            assertEquals(GaussBench.MEAN, m[0], 0.5);
            double larger = 2 * GaussBench.SD;
            assertTrue(m[1] > larger * larger && m[1] < 1.4 * larger * larger, "variance " + m[1]);
        }
    }

    /** Two volumes of one mean and one spread; their average would have half of the variance. */
    @ParameterizedTest
    @ValueSource(strings = {"energy", "laplacian", "dwt", "swt", "swt-max-abs", "guided"})
    void fusedVolumesKeepTheMeanAndMoreSpreadThanAnAverage(String rule) {
        VolumeFusionBench bench = new VolumeFusionBench();
        bench.size = "40x40x40";
        bench.rule = rule;
        bench.setUp();
        double[] m = moments(bench.fuse());
        assertEquals(GaussBench.MEAN, m[0], 0.5);
        double variance = GaussBench.SD * GaussBench.SD;
        assertTrue(m[1] > 0.52 * variance && m[1] < 2 * variance, "variance " + m[1]);
    }

    /**
     * The share of the variance of white noise in the first scale in 3-D: Σ (δ − h)² = 1 − 2 h(0) +
     * Σ h², with h(0) = (3/8)³ and Σ h² = (70/256)³.
     */
    @Test
    void theScalesAddUpAndTheFirstHasItsShareOfTheVariance() {
        StarletBench bench = new StarletBench();
        bench.size = "64x60x56";
        bench.setUp();
        List<float[]> parts = bench.fourScales();
        double share = 1 - 2 * Math.pow(3 / 8.0, 3) + Math.pow(70 / 256.0, 3);
        double expected = share * GaussBench.SD * GaussBench.SD;
        assertEquals(expected, moments(parts.get(0))[1], 0.02 * expected);
        for (int v = 0; v < bench.noise.length; v++) {
            double sum = 0;
            for (float[] part : parts) {
                sum += part[v];
            }
            assertEquals(bench.noise[v], sum, 1e-4);
        }
    }

    private static double[] moments(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float v : values) {
            sum += v;
            squares += (double) v * v;
        }
        double mean = sum / values.length;
        return new double[] {mean, squares / values.length - mean * mean};
    }
}
