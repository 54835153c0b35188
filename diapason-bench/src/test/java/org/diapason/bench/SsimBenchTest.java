package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SsimBenchTest {

    /**
     * Of x = n and y = n + m, n and m of variance s², windows have covariance s²(1 − Σw²) and
     * variances s² and 2s² of the same: (2 s² + C2)/(3 s² + C2) with C2 = 9 but for the spread of
     * windows; means differ too little to count.
     */
    @Test
    void theTimedMethodGivesTheSimilarityOfNoiseWithNoiseAdded() {
        SsimBench bench = new SsimBench();
        bench.size = "64x64x48";
        bench.setUp();
        double s2 = SsimBench.SD * SsimBench.SD;
        double expected = (2 * s2 + 9) / (3 * s2 + 9);
        assertEquals(expected, bench.ssim(), 0.01);
        assertEquals(expected, bench.ssimUniform7(), 0.01);
        // I = ½ ln 2 of correlated normals against entropies of some 5 bits
        assertEquals(1.06, bench.nmi(), 0.03);
    }
}
