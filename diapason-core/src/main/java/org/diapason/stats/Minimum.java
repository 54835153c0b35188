package org.diapason.stats;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Smallest value of a smooth function of a few numbers: BFGS with derivatives from four points a
 * number, exact to the fourth power of the step.
 *
 * <p>Nocedal and Wright 2006, Numerical Optimization, doi:10.1007/978-0-387-40065-5, chapter 6 and
 * section 8.1.
 */
final class Minimum {
    private static final int MAX_ITERATIONS = 200;

    /** Stops where a Newton step would lower the function by less than this. */
    private static final double DECREMENT = 1e-16;

    /** Below this the noise of the function hides whether a step lowers it. */
    private static final double NOISE = 1e-9;

    private final ToDoubleFunction<double[]> function;
    private final int[] free;

    /** Where it is, all numbers, also those held. */
    final double[] at;

    double value;
    int iterations;
    boolean converged;

    private final double[] gradient;
    private final double[] curvature;

    /**
     * @param start where to begin; not modified
     * @param free indices of the numbers that may move
     */
    Minimum(ToDoubleFunction<double[]> function, double[] start, int[] free) {
        this.function = function;
        this.free = free;
        at = start.clone();
        gradient = new double[free.length];
        curvature = new double[free.length];
        value = function.applyAsDouble(at);
        descend();
    }

    /** Returns the step of differences at a number. */
    static double step(double x, double relative) {
        return relative * Math.max(1, Math.abs(x));
    }

    private void derive() {
        for (int f = 0; f < free.length; f++) {
            double x = at[free[f]];
            double h = step(x, 1e-3);
            double[] v = new double[4];
            for (int p = 0; p < 4; p++) {
                at[free[f]] = x + (p < 2 ? p - 2 : p - 1) * h;
                v[p] = function.applyAsDouble(at);
            }
            at[free[f]] = x;
            gradient[f] = (8 * (v[2] - v[1]) - (v[3] - v[0])) / (12 * h);
            curvature[f] = (16 * (v[2] + v[1]) - v[3] - v[0] - 30 * value) / (12 * h * h);
        }
    }

    private void descend() {
        int k = free.length;
        derive();
        double[][] inverse = fresh();
        for (iterations = 0; iterations < MAX_ITERATIONS; iterations++) {
            double[] move = new double[k];
            double slope = 0;
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    move[a] -= inverse[a][b] * gradient[b];
                }
                slope += move[a] * gradient[a];
            }
            if (!(slope < -DECREMENT)) {
                converged = slope <= 0;
                return;
            }
            double[] before = at.clone();
            double[] old = gradient.clone();
            if (!step(before, move, slope)) {
                converged = -slope < NOISE;
                return;
            }
            derive();
            inverse = k == 1 ? fresh() : update(inverse, before, old);
        }
        converged = false;
    }

    /** Goes along the move as far as it helps. */
    private boolean step(double[] before, double[] move, double slope) {
        double length = 1;
        for (int f = 0; f < free.length; f++) {
            double most = 2 * Math.max(1, Math.abs(before[free[f]]));
            length = Math.min(length, most / Math.max(most, Math.abs(move[f])));
        }
        for (int halvings = 0; halvings < 30; halvings++) {
            for (int f = 0; f < free.length; f++) {
                at[free[f]] = before[free[f]] + length * move[f];
            }
            double there = function.applyAsDouble(at);
            if (there <= value + 1e-4 * length * slope + (-slope < NOISE ? NOISE : 0)) {
                value = there;
                return true;
            }
            length /= 2;
        }
        System.arraycopy(before, 0, at, 0, at.length);
        return false;
    }

    private double[][] fresh() {
        double[][] inverse = new double[free.length][free.length];
        for (int f = 0; f < free.length; f++) {
            // Far out the function runs with the logarithm, so curvature falls with the square.
            double square = Math.max(1, at[free[f]] * at[free[f]]);
            boolean bowl = curvature[f] * square > 1e-8;
            inverse[f][f] = bowl ? 1 / curvature[f] : square / (1 + Math.abs(gradient[f]));
        }
        return inverse;
    }

    private double[][] update(double[][] inverse, double[] before, double[] old) {
        int k = free.length;
        double[] s = new double[k];
        double[] y = new double[k];
        double sy = 0;
        for (int a = 0; a < k; a++) {
            s[a] = at[free[a]] - before[free[a]];
            y[a] = gradient[a] - old[a];
            sy += s[a] * y[a];
        }
        if (!(sy > 0)) {
            return fresh();
        }
        double[] hy = new double[k];
        double yhy = 0;
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                hy[a] += inverse[a][b] * y[b];
            }
            yhy += y[a] * hy[a];
        }
        double[][] next = new double[k][];
        for (int a = 0; a < k; a++) {
            next[a] = Arrays.copyOf(inverse[a], k);
            for (int b = 0; b < k; b++) {
                next[a][b] +=
                        (1 + yhy / sy) * s[a] * s[b] / sy - (hy[a] * s[b] + s[a] * hy[b]) / sy;
            }
        }
        return next;
    }
}
