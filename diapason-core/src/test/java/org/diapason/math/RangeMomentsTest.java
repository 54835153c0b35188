package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RangeMomentsTest {

    @Test
    void onlyValuesStrictlyInsideCount() {
        RangeMoments of = RangeMoments.of(new float[] {0, 1, 2, 3, 4, 50, 100, Float.NaN}, 0, 50);
        assertEquals(4, of.count());
        assertEquals(2.5, of.mean());
        assertEquals(Math.sqrt(5.0 / 3), of.sd(), 1e-15, "divides by n − 1");
    }

    @Test
    void ofOneValueThereIsNoSpread() {
        assertTrue(Double.isNaN(RangeMoments.of(new float[] {7}, 0, 50).sd()));
        assertTrue(Double.isNaN(RangeMoments.of(new float[] {7}, 8, 50).mean()));
    }
}
