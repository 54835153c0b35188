package org.diapason.math;

import java.util.List;

/**
 * Mean and standard deviation of values.
 *
 * @param count how many
 * @param mean their mean
 * @param sd their standard deviation, dividing by count
 */
public record Moments(long count, double mean, double sd) {

    /** Returns the moments of values, summed in their order; NaN of none. */
    public static Moments of(float[] values) {
        return of(List.of(values));
    }

    /** Returns the moments of the values of several arrays together. */
    public static Moments of(List<float[]> parts) {
        long n = 0;
        double sum = 0;
        for (float[] part : parts) {
            n += part.length;
            for (float x : part) {
                sum += x;
            }
        }
        double mean = sum / n;
        double squares = 0;
        for (float[] part : parts) {
            for (float x : part) {
                squares += (x - mean) * (x - mean);
            }
        }
        return new Moments(n, mean, Math.sqrt(squares / n));
    }
}
