package org.diapason.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t. */
public final class Students {
    private static final double UPPER = 0.975;

    private Students() {}

    /**
     * Returns how many standard errors an interval of 95 % reaches to either side; of infinitely
     * many degrees of freedom 1.96.
     *
     * @param degreesOfFreedom above 0
     */
    public static double t95(double degreesOfFreedom) {
        return degreesOfFreedom > Tails.MANY
                ? Normals.Z95
                : new TDistribution(degreesOfFreedom).inverseCumulativeProbability(UPPER);
    }

    /** Returns the probability of a t at least this far from 0; NaN without degrees of freedom. */
    public static double twoSided(double t, double degreesOfFreedom) {
        return Double.isNaN(t) || !(degreesOfFreedom > 0)
                ? Double.NaN
                : 2 * new TDistribution(degreesOfFreedom).cumulativeProbability(-Math.abs(t));
    }
}
