package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NormalisingTest {
    // scipy 1.10.1: stats.boxcox([0.21, 0.34, 0.5], lmbda=.3); stats.yeojohnson(y, lmbda=-.4) and
    // lmbda=2
    @Test
    void powersEqualScipy() {
        assertEquals(-1.2462272, Normalising.boxCox(0.21, 0.3), 1e-7);
        assertEquals(-0.62582535, Normalising.boxCox(0.5, 0.3), 1e-8);
        assertEquals(-5.87921887, Normalising.yeoJohnson(-2.1, -0.4, 1), 1e-8);
        assertEquals(0.31481206, Normalising.yeoJohnson(0.4, -0.4, 1), 1e-8);
        assertEquals(-1.13140211, Normalising.yeoJohnson(-2.1, 2, 1), 1e-8);
        assertEquals(Math.log(0.21), Normalising.boxCox(0.21, 0), 1e-15);
    }

    @Test
    void aUnitIsAStraightLineOfTheResult() {
        double[] t = new double[4];
        double[] u = new double[4];
        double[] y = {-3, -0.5, 2, 40};
        for (int n = 0; n < 4; n++) {
            t[n] = Normalising.yeoJohnson(y[n], -0.7, 1);
            u[n] = Normalising.yeoJohnson(y[n], -0.7, 12);
        }
        double slope = (u[1] - u[0]) / (t[1] - t[0]);
        assertEquals(slope, (u[3] - u[2]) / (t[3] - t[2]), 1e-12);
        assertEquals(slope, (u[2] - u[1]) / (t[2] - t[1]), 1e-12);
    }

    @Test
    void theLargestValueIsFoundBeyondTheDigitsOfTheFunction() {
        double at = Normalising.largest(x -> 100 - Math.cosh(x - 0.777), -5, 5, 20);
        assertEquals(0.777, at, 1e-10);
        assertEquals(5, Normalising.largest(x -> x, -5, 5, 20));
        assertTrue(Normalising.largest(x -> -x, -5, 5, 20) == -5);
    }
}
