package org.diapason.stats;

import java.util.Arrays;

/**
 * A straight line between two measurements that both have errors, by medians.
 *
 * <p>The slope is the median of the magnitudes of the slopes between all pairs of points, with the
 * sign of their rank correlation; the intercept is the median of {@code y − slope · x}. Exchanging
 * x and y, or changing the scale of either, gives the same line; up to a quarter of wild points
 * move it little. Errors of x and y are taken to be in the ratio of the slope, as those of two
 * scanners of different gain are.
 *
 * <p>Bablok, Passing, Bender and Schneider 1988, J. Clin. Chem. Clin. Biochem. 26(11):783–790,
 * doi:10.1515/cclm.1988.26.11.783 (the form that is blind to scale).
 *
 * @param slope of y over x; NaN where x or y does not vary
 * @param intercept value of y where x is 0
 * @param tau Kendall's rank correlation (form a), whose sign the slope has
 */
public record PassingBablok(double slope, double intercept, double tau) {

    /** Returns the line through points; the arrays are not modified. */
    public static PassingBablok of(double[] x, double[] y) {
        int n = x.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int count = 0;
        long sign = 0;
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                double dx = x[b] - x[a];
                double dy = y[b] - y[a];
                if (dx != 0 || dy != 0) {
                    slopes[count++] = Math.abs(dy / dx);
                    sign += Math.round(Math.signum(dx) * Math.signum(dy));
                }
            }
        }
        double slope = count == 0 ? Double.NaN : middle(Arrays.copyOf(slopes, count));
        if (!(slope > 0) || Double.isInfinite(slope) || sign == 0) {
            return new PassingBablok(Double.NaN, Double.NaN, 0);
        }
        slope *= Long.signum(sign);
        double[] rest = new double[n];
        for (int a = 0; a < n; a++) {
            rest[a] = y[a] - slope * x[a];
        }
        Arrays.sort(rest);
        double intercept = (rest[(n - 1) / 2] + rest[n / 2]) / 2;
        return new PassingBablok(slope, intercept, 2.0 * sign / (n * (n - 1.0)));
    }

    /** Returns the median, the geometric mean of two: exchanging x and y inverts it. */
    private static double middle(double[] slopes) {
        Arrays.sort(slopes);
        return Math.sqrt(slopes[(slopes.length - 1) / 2] * slopes[slopes.length / 2]);
    }
}
