package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class PassingBablokTest {
    private static final double[] X = {1, 2, 4, 7, 11};

    @Test
    void pointsOnALineGiveTheLine() {
        double[] y = new double[X.length];
        for (int n = 0; n < y.length; n++) {
            y[n] = 30 - 2.5 * X[n];
        }
        PassingBablok line = PassingBablok.of(X, y);
        assertEquals(-2.5, line.slope(), 1e-12);
        assertEquals(30, line.intercept(), 1e-12);
    }

    @Test
    void theSlopeIsTheMedianOfMagnitudesAndTheInterceptThatOfTheRest() {
        // slopes of the pairs: 2, 1, 0; what is left: 0, 1, 0; two pairs rise and one is even
        PassingBablok line = PassingBablok.of(new double[] {0, 1, 2}, new double[] {0, 2, 2});
        assertEquals(1, line.slope());
        assertEquals(0, line.intercept());
        assertEquals(2.0 / 3, line.tau(), 1e-15);
    }

    @Test
    void exchangingSidesAndScalesGivesTheSameLine() {
        double[] y = {3, 2.5, 9, 12, 30};
        PassingBablok one = PassingBablok.of(X, y);
        PassingBablok other = PassingBablok.of(y, X);
        assertEquals(1 / one.slope(), other.slope(), 1e-12);
        double[] wide = new double[5];
        for (int n = 0; n < 5; n++) {
            wide[n] = 40 * y[n];
        }
        assertEquals(40 * one.slope(), PassingBablok.of(X, wide).slope(), 1e-12);
    }

    @Test
    void errorOnBothSidesDoesNotFlattenItAsLeastSquaresDoes() {
        Rng rng = new Rng(2);
        double[] x = new double[600];
        double[] y = new double[600];
        double xy = 0;
        double xx = 0;
        for (int n = 0; n < x.length; n++) {
            double truth = 10 * rng.nextGaussian();
            x[n] = truth + 5 * rng.nextGaussian();
            y[n] = 3 * (truth + 5 * rng.nextGaussian());
            xy += x[n] * y[n];
            xx += x[n] * x[n];
        }
        assertEquals(3, PassingBablok.of(x, y).slope(), 0.15);
        assertTrue(xy / xx < 2.55, "least squares gives 3 · 100/125 = 2.4: " + xy / xx);
    }

    @Test
    void aFifthOfWildPointsMovesItLittle() {
        Rng rng = new Rng(4);
        double[] x = new double[50];
        double[] y = new double[50];
        for (int n = 0; n < x.length; n++) {
            x[n] = 100 + 20 * rng.nextGaussian();
            y[n] = n % 5 == 0 ? 5000 * rng.nextDouble() : 2 * x[n] + 10 + rng.nextGaussian();
        }
        PassingBablok line = PassingBablok.of(x, y);
        assertEquals(2, line.slope(), 0.1);
    }

    @Test
    void pointsThatDoNotVaryHaveNoLine() {
        assertTrue(Double.isNaN(PassingBablok.of(X, new double[5]).slope()));
        assertTrue(Double.isNaN(PassingBablok.of(new double[5], X).slope()));
        assertTrue(Double.isNaN(PassingBablok.of(new double[2], new double[2]).slope()));
    }
}
