package org.diapason.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t. */
public final class Students {
    private static final double UPPER = 0.975;

    private Students() {}

    /** Returns how many standard errors an interval of 95 % reaches to either side. */
    public static double t95(int degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability(UPPER);
    }
}
