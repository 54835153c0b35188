package org.diapason.math;

/**
 * The samples of one axis under uniform cubic B-splines: which control points reach them and how
 * much.
 *
 * <p>The axis is cut into {@code elements} equal parts and has {@code elements + 3} control points,
 * of which four reach a sample. An axis with 0 elements has one control point that reaches all
 * samples alike.
 */
final class BsplineAxis {
    private static final int ORDER = 3;

    final int samples;

    /** How many control points the axis has. */
    final int controls;

    /** How many of them reach a sample: 4, or 1 where the axis has no elements. */
    final int taps;

    /** The first control point that reaches a sample, for each; not decreasing. */
    final int[] first;

    /** Weights of the control point {@code first + t}: {@code [t][sample]}. */
    final double[][] weight;

    /** Squares of the weights. */
    final double[][] square;

    /** Cubes of the weights over the sum of squares of the sample. */
    final double[][] cube;

    /** Takes the samples' places, rising, as shares of the axis: 0 … 1. */
    BsplineAxis(double[] at, int elements) {
        samples = at.length;
        taps = elements == 0 ? 1 : ORDER + 1;
        controls = elements == 0 ? 1 : elements + ORDER;
        first = new int[samples];
        weight = new double[taps][samples];
        square = new double[taps][samples];
        cube = new double[taps][samples];
        for (int s = 0; s < samples; s++) {
            double[] w = {1};
            if (elements > 0) {
                first[s] = Math.min(elements - 1, (int) (at[s] * elements));
                w = weights(at[s] * elements - first[s]);
            }
            double sum = 0;
            for (double x : w) {
                sum += x * x;
            }
            for (int t = 0; t < taps; t++) {
                weight[t][s] = w[t];
                square[t][s] = w[t] * w[t];
                cube[t][s] = w[t] * w[t] * w[t] / sum;
            }
        }
    }

    /** Returns the four cubic B-splines at the share x of an element. */
    private static double[] weights(double x) {
        double y = 1 - x;
        return new double[] {
            y * y * y / 6,
            (3 * x * x * x - 6 * x * x + 4) / 6,
            (3 * y * y * y - 6 * y * y + 4) / 6,
            x * x * x / 6
        };
    }

    /** Returns the sample after the last one that the same control points reach. */
    int end(int sample) {
        int end = sample + 1;
        while (end < samples && first[end] == first[sample]) {
            end++;
        }
        return end;
    }

    /** Adds a line of samples to the control points that reach them, by the given weights. */
    void scatter(double[] line, double[][] by, double[] to) {
        for (int s = 0; s < samples; s++) {
            double x = line[s];
            if (x != 0) {
                int c = first[s];
                for (int t = 0; t < taps; t++) {
                    to[c + t] += x * by[t][s];
                }
            }
        }
    }

    /** Writes the spline of a line of control points at every sample. */
    void gather(double[] controls, double[] line) {
        for (int s = 0; s < samples; ) {
            int end = end(s);
            int c = first[s];
            if (taps == 1) {
                java.util.Arrays.fill(line, s, end, controls[c]);
            } else {
                cubic(controls[c], controls[c + 1], controls[c + 2], controls[c + 3], s, end, line);
            }
            s = end;
        }
    }

    private void cubic(double a, double b, double c, double d, int from, int to, double[] line) {
        double[] wa = weight[0];
        double[] wb = weight[1];
        double[] wc = weight[2];
        double[] wd = weight[3];
        for (int s = from; s < to; s++) {
            line[s] = a * wa[s] + b * wb[s] + c * wc[s] + d * wd[s];
        }
    }
}
