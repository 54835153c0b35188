package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class BinsTest {
    private static Bins bins(double... counts) {
        return new Bins(0, counts.length, Numbers.of(counts));
    }

    @Test
    void valuesBeyondTheEndsCountAtTheEndsOrNotAtAll() {
        float[] values = {-5, 0, 0.5f, 1, 2.9f, 3, 99};
        assertEquals(Numbers.of(3, 1, 3), Bins.of(values, 0, 3, 3, true).counts());
        assertEquals(Numbers.of(2, 1, 2), Bins.of(values, 0, 3, 3, false).counts());
    }

    @Test
    void smoothingKeepsTheSumAndWidensByItsVariance() {
        double[] one = new double[101];
        one[50] = 1000;
        Bins smooth = bins(one).smoothed(4);
        double sum = 0;
        double variance = 0;
        for (int b = 0; b < 101; b++) {
            sum += smooth.counts().get(b);
            variance += smooth.counts().get(b) * (b - 50) * (b - 50);
        }
        assertEquals(1000, sum, 1e-9);
        assertEquals(16, variance / sum, 1e-5, "cut at 6 standard deviations");
    }

    /** Counts that fall from the start on have no peak, however they are smoothed. */
    @Test
    void aSlopeHasNoPeakBesideItsEnd() {
        double[] falling = new double[100];
        for (int b = 0; b < 100; b++) {
            falling[b] = 1000 * StrictMath.exp(-b / 10.0);
        }
        assertEquals(0, bins(falling).smoothed(5).peaks().length);
    }

    @Test
    void peaksLieAtTheParabolaAndRiseAboveTheHigherSaddle() {
        Bins.Peak[] peaks = bins(0, 2, 6, 4, 3, 9, 9, 5, 5, 6, 1).peaks();
        assertEquals(3, peaks.length);
        // through (1, 2), (2, 6), (3, 4): top at 2 + (2 − 4)/(2(2 − 12 + 4)) = 2 + 1/6
        assertEquals(2.5 + 1.0 / 6, peaks[0].at(), 1e-12);
        assertEquals(3, peaks[0].prominence(), "above the saddle of 3 towards 9");
        assertEquals(6, peaks[1].at(), "in the middle of a level top");
        assertEquals(8, peaks[1].prominence(), "the lowest to the left is 0, to the right 1");
        assertArrayEquals(
                new double[] {6, 1}, new double[] {peaks[2].height(), peaks[2].prominence()});
    }

    @Test
    void aLevelRowHasNoPeak() {
        assertEquals(0, bins(4, 4, 4, 4).peaks().length);
        assertEquals(0, bins(1, 4, 4, 4).peaks().length);
        assertThrows(IllegalArgumentException.class, () -> Bins.of(new float[1], 2, 2, 8, true));
    }
}
