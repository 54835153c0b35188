package org.diapason.stats;

import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.special.Gamma;

/**
 * How likely a statistic lies at least as far up as the one found, exact however small; NaN for NaN
 * and without degrees of freedom.
 */
public final class Tails {
    /** Degrees of freedom from which on t is normal and F is χ², to all digits shown. */
    static final double MANY = 1e7;

    private Tails() {}

    /** Of χ²; infinity has 0. */
    public static double chiSquared(double statistic, double freedom) {
        if (!(freedom > 0) || Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (!(statistic > 0)) {
            return 1;
        }
        return Double.isInfinite(statistic)
                ? 0
                : Gamma.regularizedGammaQ(freedom / 2, statistic / 2);
    }

    /** Of F; without end of the denominator's degrees of freedom it is χ² over the numerator's. */
    public static double f(double statistic, double numerator, double denominator) {
        if (!(denominator > 0) || Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (denominator > MANY) {
            return chiSquared(numerator * statistic, numerator);
        }
        return statistic > 0
                ? new FDistribution(denominator, numerator).cumulativeProbability(1 / statistic)
                : 1;
    }
}
