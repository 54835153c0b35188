package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {
    // by hand: 5 × 0.005, 4 × 0.01, 3 × 0.03, then 2 × 0.04 is raised to what stands before it
    @Test
    void theSmallestCountsForAll() {
        assertArrayEquals(
                new double[] {0.04, 0.09, Double.NaN, 0.09, 0.025, 0.6},
                Holm.adjusted(new double[] {0.01, 0.04, Double.NaN, 0.03, 0.005, 0.6}),
                1e-12);
    }

    @Test
    void nothingIsAboveOne() {
        assertArrayEquals(new double[] {1, 1}, Holm.adjusted(new double[] {0.9, 0.8}), 0);
        assertArrayEquals(new double[0], Holm.adjusted(new double[0]), 0);
    }
}
