package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TailsTest {

    // R 4.2: pchisq(900, 8, lower.tail = FALSE), pf(400, 3, 40, lower.tail = FALSE),
    // pf(4.4565, 1, 15.2588, lower.tail = FALSE)
    @Test
    void farTailsAreNotCutAtTheRoundingOfOne() {
        assertEquals(1, Tails.chiSquared(900, 8) / 5.6476520704598428e-189, 1e-9);
        assertEquals(1, Tails.f(400, 3, 40) / 7.5330361130418158e-30, 1e-9);
        assertEquals(0.051662486869142307, Tails.f(4.4565, 1, 15.2588), 1e-12);
    }

    @Test
    void withoutEndOfTheDenominatorFIsChiSquared() {
        assertEquals(Tails.chiSquared(6, 3), Tails.f(2, 3, Double.POSITIVE_INFINITY), 1e-15);
        assertEquals(Tails.chiSquared(6, 3), Tails.f(2, 3, 9e6), 1e-6, "where the one takes over");
        assertEquals(1, Tails.f(0, 3, 10));
        assertEquals(0, Tails.chiSquared(Double.POSITIVE_INFINITY, 8));
        assertTrue(Double.isNaN(Tails.f(Double.NaN, 1, 1)));
        assertTrue(Double.isNaN(Tails.chiSquared(1, 0)));
    }
}
