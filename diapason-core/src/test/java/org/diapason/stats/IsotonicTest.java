package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IsotonicTest {

    // R 4.2: isoreg((.05, .1, .2, .3, .4, .6, .7, .8, .9), ties pooled): .2 five times, .5 twice, 1
    @Test
    void violatorsArePooledAndEqualPlacesFirst() {
        double[] p = {.05, .1, .1, .2, .3, .4, .6, .7, .8, .9};
        double[] y = {1, 0, 0, 0, 0, 1, 0, 1, 1, 1};
        Isotonic fit = Isotonic.of(p, y, null);
        assertArrayEquals(new double[] {.05, .1, .2, .3, .4, .6, .7, .8, .9}, fit.x().toArray(), 0);
        assertArrayEquals(new double[] {.2, .2, .2, .2, .5, .5, 1, 1, 1}, fit.y().toArray(), 1e-15);
        assertEquals(.35, fit.at(.35), 1e-15, "half way between .2 and .5");
        assertEquals(.2, fit.at(-1));
        assertEquals(1, fit.at(2));
    }

    @Test
    void aWeightIsThatManyPoints() {
        Isotonic heavy =
                Isotonic.of(new double[] {1, 2, 3}, new double[] {3, 1, 5}, new double[] {3, 1, 1});
        assertArrayEquals(new double[] {2.5, 2.5, 5}, heavy.y().toArray(), 1e-15);
    }

    /** An order of equal places that could matter: 0 after 1 at the same place. */
    @Test
    void theOrderOfEqualPlacesChangesNothing() {
        Isotonic one = Isotonic.of(new double[] {1, 1, 2}, new double[] {0, 1, 1}, null);
        Isotonic two = Isotonic.of(new double[] {2, 1, 1}, new double[] {1, 1, 0}, null);
        assertEquals(one, two);
        assertArrayEquals(new double[] {.5, 1}, one.y().toArray(), 0);
    }
}
