package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DistortionTest {

    private static Distortion of(float[] source, double[] from, double... to) {
        return Distortion.of(SortedFloats.of(source), StraightPieces.of(from, to, Tails.CLAMP));
    }

    private static float[] uniform(int n) {
        float[] u = new float[n];
        for (int v = 0; v < n; v++) {
            u[v] = (v + 0.5f) / n;
        }
        return u;
    }

    @Test
    void gainAndOffsetAreNoDistortion() {
        Distortion d = of(uniform(600_000), new double[] {0, 1}, -40, 900);
        assertEquals(0, d.nonlinearity(), 1e-12);
        assertEquals(1, d.stretch(), 1e-5);
        assertEquals(0, d.merged(), 0);
    }

    /**
     * The half u ≤ 1/2 goes to 0, the rest to 2u − 1: variance 5/48, covariance 1/12, so r² =
     * (1/12)²/(1/12 · 5/48) = 0.8, and the best line has slope 1.
     */
    @Test
    void aFloorMergesHalfAndBendsByAFifth() {
        Distortion d = of(uniform(600_000), new double[] {0.5, 1}, 0, 1);
        assertEquals(0.2, d.nonlinearity(), 1e-5);
        assertEquals(0.5, d.merged(), 1e-5);
        assertEquals(2, d.stretch(), 1e-3);
    }

    @Test
    void aMapToOneValueIsAllLost() {
        Distortion d = of(new float[] {1, 2, 2, 5}, new double[] {0, 9}, 3, 3);
        assertEquals(1, d.nonlinearity(), 0);
        assertEquals(1, d.merged(), 0);
        assertEquals(0, d.stretch(), 0);
    }

    @Test
    void equalValuesThatStayAloneAreNotMerged() {
        assertEquals(0, of(new float[] {1, 1, 1, 2}, new double[] {1, 2}, 1, 2).merged(), 0);
        assertEquals(0.75, of(new float[] {1, 2, 2, 5}, new double[] {2, 5}, 1, 2).merged(), 0);
    }
}
