package org.diapason.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscountTest {
    private static final boolean[] ALL = {true, true};

    /**
     * Two experts whose ratios spread by s and t and correlate by exactly rho in both classes:
     * every quantile of one normal with every quantile of another.
     */
    private static Discount of(double s, double t, double rho) {
        int m = 12;
        double[] z = new double[m];
        double square = 0;
        for (int i = 0; i < m; i++) {
            z[i] = new NormalDistribution().inverseCumulativeProbability((i + 0.5) / m);
            square += z[i] * z[i] / m;
        }
        double[][] ratios = new double[2][2 * m * m];
        boolean[] event = new boolean[2 * m * m];
        for (int r = 0; r < event.length; r++) {
            double u = z[r % m] / Math.sqrt(square);
            double v = z[r / m % m] / Math.sqrt(square);
            event[r] = r >= m * m;
            double mean = event[r] ? 0.5 : -0.5;
            ratios[0][r] = s * u + mean * s * s;
            ratios[1][r] = t * (rho * u + Math.sqrt(1 - rho * rho) * v) + mean * t * t;
        }
        return Discount.fitted(ratios, event);
    }

    // w = D⁻¹ R⁻¹ D 1 by hand: (1 − ρ t/s)/(1 − ρ²) and (1 − ρ s/t)/(1 − ρ²), if neither is
    // negative;
    // else the weaker one is 0 and the stronger one stands for both
    @ParameterizedTest(name = "spreads {0} and {1}, rho {2}: {3} and {4}")
    @CsvSource({
        "1.5, 1, 0, 1, 1",
        "1.5, 1, 0.5, 0.888888888888889, 0.333333333333333",
        "2, 2, 0.6, 0.625, 0.625",
        "1.5, 1, 0.9, 1, 0",
        "0.5, 2, 0.3, 0, 1",
        "1, 1, -0.5, 2, 2"
    })
    void weightsAreTheBestThatAreNotNegative(
            double s, double t, double rho, double first, double second) {
        Discount d = of(s, t, rho);
        assertEquals(rho, d.correlation(0, 1), 1e-12);
        assertArrayEquals(new double[] {first, second}, d.weights(ALL), 1e-10);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.9"})
    void whoIsAloneIsNotDiscounted(double rho) {
        Discount d = of(1.5, 1, rho);
        assertArrayEquals(new double[] {0, 1}, d.weights(new boolean[] {false, true}), 0);
        assertArrayEquals(new double[] {1, 0}, d.weights(new boolean[] {true, false}), 0);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", "1.5, 1"})
    void whoSaysTheSameTwiceCountsOnce(double s, double t) {
        double[] w = of(s, t, 1).weights(ALL);
        // one expert's ratio times the sum of what both add: s·w₁ + t·w₂ in its own spread
        assertEquals(1, w[0] + w[1] * t / s, 1e-3);
    }

    // the first is worth two, but a few wild values of the second drown it in the sum
    @Test
    void whoLosesByCompanyStandsAlone() {
        int n = 200;
        double[][] ratios = new double[2][n];
        boolean[] event = new boolean[n];
        for (int r = 0; r < n; r++) {
            event[r] = r >= n / 2;
            int place = r % (n / 2);
            ratios[0][r] = (event[r] ? 2 : -2) + (place % 11 - 5) * 0.5;
            ratios[1][r] = (event[r] ? 0.05 : -0.05) + (place % 7 - 3) * (place % 7 == 6 ? 3 : 1);
        }
        Discount d = Discount.fitted(ratios, event);
        assertArrayEquals(new double[] {1, 0}, d.weights(ALL), 0);
        assertArrayEquals(new double[] {0, 1}, d.weights(new boolean[] {false, true}), 0);
    }
}
