package org.diapason.stats;

import java.util.Arrays;

/** Location and scale that outliers do not move. */
public final class Robust {
    /** 9/Φ⁻¹(0.75): nine standard deviations of normal numbers, in units of the MAD. */
    private static final double REACH = 13.343419966550417;

    private Robust() {}

    /** Returns the median, of an even number the mean of the middle two; NaN of none. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /**
     * Returns the biweight midvariance about a centre, n·Σd²(1 − u²)⁴ / (Σ(1 − u²)(1 − 5u²))² over
     * |u| &lt; 1, u = d/(9·MAD/Φ⁻¹(0.75)); 0 where more than half of the values are the centre.
     * Mosteller and Tukey 1977, Data Analysis and Regression, chapter 10.
     */
    public static double midvariance(double[] values, double centre) {
        double[] away = new double[values.length];
        for (int r = 0; r < away.length; r++) {
            away[r] = Math.abs(values[r] - centre);
        }
        double reach = REACH * median(away);
        if (!(reach > 0)) {
            return 0;
        }
        double above = 0;
        double below = 0;
        for (double d : away) {
            double u = d / reach;
            if (u < 1) {
                double v = 1 - u * u;
                above += d * d * v * v * v * v;
                below += v * (1 - 5 * u * u);
            }
        }
        return values.length * above / (below * below);
    }
}
