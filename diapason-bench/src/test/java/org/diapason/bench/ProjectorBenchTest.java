package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProjectorBenchTest {

    /** ⟨x, AᵀA x⟩ = |A x|². */
    @Test
    void theTimedMethodGivesTheTransposeOfTheProjection() {
        ProjectorBench bench = new ProjectorBench();
        bench.size = "64x30";
        bench.setUp();
        float[] back = bench.forwardAndBack();
        double there = 0;
        double here = 0;
        for (int v = 0; v < back.length; v++) {
            there += (double) back[v] * bench.image[v];
        }
        for (float d : bench.data) {
            here += (double) d * d;
        }
        assertEquals(1, there / here, 1e-6);
        double sum = 0;
        for (float d : bench.data) {
            sum += d;
        }
        // 30 views of 64² pixels of mean 1/2; slanted ones miss the corners.
        assertEquals(0.95, sum / (30 * 64 * 64 * 0.5), 0.05);
    }
}
