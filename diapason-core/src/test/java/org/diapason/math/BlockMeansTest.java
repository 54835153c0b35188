package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class BlockMeansTest {

    @Test
    void onlyPositiveFiniteVoxelsOfTheMaskCount() {
        float[] values = {4, 4, -1, 6, 5, 4, 9, Float.NaN, 6, Float.POSITIVE_INFINITY};
        boolean[] mask = {true, true, true, true, true, true, false, true, true, true};
        BlockMeans m = BlockMeans.of(Geometry.of(5, 2, 1, 1, 1, 1), values, mask, 2, 2, 1);
        // blocks 4 4 4 (three of four), 6 6 (two of four), 5 (one of the two of the last block)
        assertArrayEquals(new float[] {4, 6, 5}, m.mean());
        assertArrayEquals(new float[] {0.75f, 0.5f, 0.5f}, m.confidence());
    }

    @Test
    void aBlockOfTwoTissuesCountsLittle() {
        float[] values = {9, 11, 600, 1000};
        boolean[] mask = {true, true, true, true};
        BlockMeans m = BlockMeans.of(Geometry.of(4, 1, 1, 1, 1, 1), values, mask, 2, 1, 1);
        // coefficients of variation 0.1 and 0.25: 1/(1 + 2⁴), 1/(1 + 5⁴)
        assertArrayEquals(new float[] {1 / 17f, 1 / 626f}, m.confidence(), 1e-6f);
    }

    @Test
    void otsuPartsTwoClusters() {
        float[] values = new float[3001];
        Rng rng = new Rng(1);
        for (int v = 0; v < 3000; v++) {
            values[v] = (float) (v % 3 == 0 ? 100 + 5 * rng.nextGaussian() : 20 + rng.nextDouble());
        }
        values[3000] = Float.NaN;
        double threshold = Otsu.threshold(values);
        // every threshold in the gap parts equally well; the lowest is taken
        assertTrue(threshold >= 20.9 && threshold < 22, "got " + threshold);
        assertEquals(7, Otsu.threshold(new float[] {7, 7, -1}));
        assertEquals(Double.NaN, Otsu.threshold(new float[] {0, -3, Float.NaN}));
    }
}
