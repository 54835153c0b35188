package org.diapason.stats;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Erf;

/** The normal distribution of mean 0 and standard deviation 1. */
public final class Normals {
    /** How many standard errors an interval of 95 % reaches to either side. */
    public static final double Z95 = 1.959963984540054;

    private Normals() {}

    /** Returns how likely a deviate lies at least as far from 0, on either side; NaN for NaN. */
    public static double twoSided(double z) {
        return Double.isNaN(z) ? Double.NaN : Erf.erfc(Math.abs(z) / Math.sqrt(2));
    }

    /** Returns the deviate below which a share of all lies; 0 &lt; share &lt; 1. */
    public static double quantile(double share) {
        return new NormalDistribution().inverseCumulativeProbability(share);
    }
}
