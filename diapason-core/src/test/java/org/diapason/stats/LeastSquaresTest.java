package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] Y = {2.1, 3.9, 7.2, 7.8, 10.1, 13.5, 13.9, 16.2};

    // R 4.2: x <- 1:8; g <- factor(c("a","b","c","a","b","c","a","b")); m <- lm(y ~ x + g)
    private static final LeastSquares FULL =
            design(r -> new double[] {1, r + 1, r % 3 == 1 ? 1 : 0, r % 3 == 2 ? 1 : 0});
    private static final LeastSquares BASE = design(r -> new double[] {1, r + 1});

    @Test
    void coefficientsAndErrorsEqualR() {
        LeastSquares.Fit fit = FULL.fit(Y);
        // summary(m)$coefficients
        assertArrayEquals(
                new double[] {-0.140740740741, 2.018518518519, 0.114814814815, 1.407407407407},
                fit.coefficients().toArray(),
                1e-11);
        assertArrayEquals(
                new double[] {0.1505363069104, 0.0277159806428, 0.1466591842461, 0.1616105498465},
                fit.standardErrors().toArray(),
                1e-12);
        assertEquals(0.124444444444, fit.residualSquares(), 1e-11); // sum(resid(m)^2)
        assertEquals(4, fit.df());
        assertEquals(1.407407407407, FULL.lastCoefficient(Y), 1e-11);
    }

    @Test
    void aColumnThatRepeatsAnotherHasNoCoefficient() {
        LeastSquares twice =
                design(
                        r ->
                                new double[] {
                                    1, r + 1, 2 * (r + 1), r % 3 == 1 ? 1 : 0, r % 3 == 2 ? 1 : 0
                                });
        double[] b = twice.fit(Y).coefficients().toArray();
        assertEquals(4, twice.rank());
        assertTrue(Double.isNaN(b[2]));
        assertEquals(2.018518518519, b[1], 1e-11);
        assertTrue(Double.isNaN(design(r -> new double[] {1, r, 3 * r}).lastCoefficient(Y)));
    }

    @Test
    void omegaEqualsItsFormulaInR() {
        // b <- lm(y ~ x); (sst - sse - 2*mse)/(sst + mse)
        assertEquals(0.925120410419, Omega.share(Y, BASE, FULL), 1e-11);
    }

    @Test
    void omegaOfAConstantIsUndefined() {
        double[] same = new double[8];
        java.util.Arrays.fill(same, 0.1);
        assertTrue(Double.isNaN(Omega.share(same, BASE, FULL)));
    }

    @Test
    void quantilesEqualR() {
        double[] v = {3, 1, 4, 1, 5, Double.NaN, 9, 2, 6};
        // quantile(c(3,1,4,1,5,9,2,6), c(.025,.25,.5,.975))
        assertEquals(1.75, Quantiles.of(v, 0.25), 1e-12);
        assertEquals(3.5, Quantiles.median(v), 1e-12);
        assertEquals(8.475, Quantiles.of(v, 0.975), 1e-12);
        assertTrue(Double.isNaN(Quantiles.median(new double[] {Double.NaN})));
    }

    private static LeastSquares design(IntFunction<double[]> row) {
        double[][] rows = new double[8][];
        java.util.Arrays.setAll(rows, row::apply);
        return LeastSquares.of(rows);
    }
}
