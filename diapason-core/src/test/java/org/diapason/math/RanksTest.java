package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RanksTest {

    @Test
    void everyRankIsThatOfTheSortedValues() {
        Rng rng = new Rng(3);
        float[] values = new float[2001];
        for (int v = 0; v < values.length; v++) {
            double x = rng.nextGaussian();
            values[v] = (float) (v % 4 == 0 ? Math.rint(x) : v % 4 == 1 ? 1e30 * x : 1e-3 * x + 5);
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        Ranks ranks = Ranks.of(values);
        for (int r = 0; r < sorted.length; r += 7) {
            assertEquals(sorted[r] + 0f, ranks.at(r));
        }
        assertEquals(sorted[2000], ranks.quantile(1));
        assertEquals(sorted[0], ranks.quantile(0));
    }

    @Test
    void quantilesLieStraightBetweenRanks() {
        Ranks ranks = Ranks.of(new float[] {40, 10, 20, 30});
        // numpy.quantile([10, 20, 30, 40], [0.5, 0.9])
        assertEquals(25, ranks.quantile(0.5));
        assertEquals(37, ranks.quantile(0.9), 1e-12);
    }

    @Test
    void theShareBelowDoesNotCountTies() {
        Ranks ranks = Ranks.of(new float[] {1, 2, 2, 3});
        assertEquals(0.25, ranks.shareBelow(2));
        assertEquals(0.75, ranks.shareBelow(2.5));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThrows(IllegalArgumentException.class, () -> Ranks.of(new float[0]));
    }
}
