package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Numbers;

/**
 * Fuzzy c-means with the exponent 2 on binned values.
 *
 * <p>Membership of x in class i is {@code u_i = d_i⁻² / Σ_j d_j⁻²} with {@code d_i = |x − v_i|},
 * centres are {@code v_i = Σ u_i² x / Σ u_i²} over the values, each bin by its middle and its
 * count.
 *
 * <p>Method: Bezdek 1981, Pattern Recognition with Fuzzy Objective Function Algorithms, Plenum,
 * chapter 3.
 *
 * @param centres the centres, ascending
 * @param rounds how many rounds were made
 * @param shift how far a centre moved at most in the last round, as a share of the range of bins
 */
public record FuzzyMeans(Numbers centres, int rounds, double shift) {

    /**
     * Makes rounds until no centre moves by more than {@code tolerance} of the range.
     *
     * @param start where the centres begin; decides the result, so it is not drawn at random
     */
    public static FuzzyMeans of(Bins bins, double[] start, double tolerance, int maxRounds) {
        double[] centres = start.clone();
        double range = bins.high() - bins.low();
        double shift = Double.POSITIVE_INFINITY;
        int rounds = 0;
        while (rounds < maxRounds && shift > tolerance) {
            double[] next = next(bins, centres, least(range));
            shift = 0;
            for (int c = 0; c < centres.length; c++) {
                shift = Math.max(shift, Math.abs(next[c] - centres[c]) / range);
            }
            centres = next;
            rounds++;
        }
        Arrays.sort(centres);
        return new FuzzyMeans(Numbers.of(centres), rounds, shift);
    }

    private static double least(double range) {
        return 1e-12 * range * range; // keeps the membership of a value at its centre finite
    }

    private static double[] next(Bins bins, double[] centres, double least) {
        int c = centres.length;
        double[] top = new double[c];
        double[] bottom = new double[c];
        double[] u = new double[c];
        for (int b = 0; b < bins.size(); b++) {
            double count = bins.counts().get(b);
            if (count == 0) {
                continue;
            }
            double x = bins.middle(b);
            memberships(x, centres, least, u);
            for (int n = 0; n < c; n++) {
                double weight = u[n] * u[n] * count;
                top[n] += weight * x;
                bottom[n] += weight;
            }
        }
        double[] next = new double[c];
        for (int n = 0; n < c; n++) {
            next[n] = bottom[n] > 0 ? top[n] / bottom[n] : centres[n];
        }
        return next;
    }

    private static void memberships(double x, double[] centres, double least, double[] u) {
        double sum = 0;
        for (int n = 0; n < u.length; n++) {
            u[n] = 1 / ((x - centres[n]) * (x - centres[n]) + least);
            sum += u[n];
        }
        for (int n = 0; n < u.length; n++) {
            u[n] /= sum;
        }
    }

    /** Returns the membership of the middle of every bin: {@code [class][bin]}. */
    public double[][] memberships(Bins bins) {
        double[] v = centres.toArray();
        double least = least(bins.high() - bins.low());
        double[][] table = new double[v.length][bins.size()];
        double[] u = new double[v.length];
        for (int b = 0; b < bins.size(); b++) {
            memberships(bins.middle(b), v, least, u);
            for (int c = 0; c < v.length; c++) {
                table[c][b] = u[c];
            }
        }
        return table;
    }
}
