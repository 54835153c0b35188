package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrunkDiscriminantTest {

    /**
     * Python 3.11, scikit-learn 1.2.1: W the rows minus their class means over their spread; {@code
     * lw = LedoitWolf(assume_centered=True).fit(W)}; probabilities and distance from {@code
     * inv(lw.covariance_)}.
     */
    @ParameterizedTest(name = "{0} rows of {1} columns")
    @CsvSource({
        "12, 4, 1.0, 0.44750474640569593, 0.09914401595597412, 3.7693376664894074",
        "9, 15, 0.6629626917899005, 0.9966204466595107, 6.564188906898396e-05, 17.367344217004995"
    })
    void meetsTheInverseOfLedoitAndWolfsCovariance(
            int n, int p, double shrinkage, double first, double second, double distance) {
        double[][] x = new double[n][p];
        int[] classes = new int[n];
        for (int r = 0; r < n; r++) {
            classes[r] = r % 3;
            for (int f = 0; f < p; f++) {
                x[r][f] =
                        StrictMath.sin(1.7 * r * r + 2.3 * f * f + 0.9 * r * f)
                                + (f == 1 ? 0.4 * (r % 3) : 0);
            }
        }
        ShrunkDiscriminant d = ShrunkDiscriminant.of(x, classes, 3);
        assertEquals(shrinkage, d.shrinkage(), 1e-12);
        assertArrayEquals(
                new double[] {first, second, 1 - first - second}, d.probabilities(x[0]), 1e-9);
        assertEquals(distance, d.distance(0, 1), 1e-9 * distance);
    }
}
