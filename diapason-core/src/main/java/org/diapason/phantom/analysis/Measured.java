package org.diapason.phantom.analysis;

import org.diapason.volume.Numbers;

/**
 * One figure of a scanner with its unit and its 95 % interval.
 *
 * @param metric what was measured, lower case; limits go by it
 * @param value the figure
 * @param unit its unit; 1 for a ratio
 * @param low lower end of the 95 % interval; NaN where one scan cannot say
 * @param high upper end; NaN where one scan cannot say
 * @param how the choices on which the figure depends
 */
public record Measured(
        String metric, double value, String unit, double low, double high, String how) {
    static final double Z = 1.959964;

    /** Returns a figure with the standard error that makes its interval. */
    static Measured of(String metric, double value, String unit, double error, String how) {
        return new Measured(metric, value, unit, value - Z * error, value + Z * error, how);
    }

    /** Returns a figure whose interval one scan cannot give. */
    static Measured bare(String metric, double value, String unit, String how) {
        return new Measured(metric, value, unit, Double.NaN, Double.NaN, how);
    }

    /** Returns the same figure under another name. */
    Measured named(String other) {
        return new Measured(other, value, unit, low, high, how);
    }

    /** Returns the figure as tables show it: {@code 12.30 HU (11.98 to 12.62)}. */
    public String text() {
        String shown = digits(value) + (unit.equals("1") ? "" : " " + unit);
        return Double.isNaN(low) ? shown : shown + " (" + digits(low) + " to " + digits(high) + ")";
    }

    private static String digits(double x) {
        double size = Math.abs(x);
        return Numbers.fixed(x, size >= 100 ? 1 : size >= 1 ? 2 : 4);
    }
}
