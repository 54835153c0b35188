package org.diapason.stats;

/**
 * How far two measurements of the same subjects lie apart: the mean difference and the limits
 * within which 95 % of the differences lie, each with an interval of 95 %.
 *
 * <p>Limits are {@code bias ± 1.96 SD}; their standard error is {@code SD √(1/n + 1.96²/(2(n −
 * 1)))}, and intervals use Student's t with n − 1.
 *
 * <p>Bland and Altman 1999, Statistical Methods in Medical Research 8(2):135–160,
 * doi:10.1177/096228029900800204.
 *
 * @param subjects how many differences
 * @param bias their mean
 * @param sd their standard deviation, dividing by n − 1
 * @param biasReach what the interval of the bias reaches to either side
 * @param limitReach what the interval of a limit reaches to either side
 */
public record BlandAltman(
        int subjects, double bias, double sd, double biasReach, double limitReach) {

    /**
     * Returns the agreement of measurements from their differences.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static BlandAltman of(double[] differences) {
        int n = differences.length;
        if (n < 2) {
            throw new IllegalArgumentException("limits of agreement need 2 subjects, got " + n);
        }
        double sum = 0;
        for (double d : differences) {
            sum += d;
        }
        double bias = sum / n;
        double squares = 0;
        for (double d : differences) {
            squares += (d - bias) * (d - bias);
        }
        double sd = Math.sqrt(squares / (n - 1));
        double t = Students.t95(n - 1);
        return new BlandAltman(
                n,
                bias,
                sd,
                t * sd / Math.sqrt(n),
                t * sd * Math.sqrt(1.0 / n + Normals.Z95 * Normals.Z95 / (2 * (n - 1.0))));
    }

    /** Returns the lower limit of agreement. */
    public double low() {
        return bias - Normals.Z95 * sd;
    }

    /** Returns the upper limit of agreement. */
    public double high() {
        return bias + Normals.Z95 * sd;
    }
}
