package org.diapason.stats;

import java.util.Arrays;

/**
 * Smallest value of a smooth function of a few numbers: BFGS from the second derivatives at the
 * start, which are differences of the first ones.
 *
 * <p>Nocedal and Wright 2006, Numerical Optimization, doi:10.1007/978-0-387-40065-5, chapter 6 and
 * section 8.1.
 */
final class Minimum {
    private static final int MAX_ITERATIONS = 200;

    /** Stops where a Newton step would lower the function by less than this. */
    private static final double DECREMENT = 1e-20;

    /** Below this the noise of the derivatives may hide it too. */
    private static final double QUIET = 1e-14;

    /** Step of the differences of first derivatives, in units of the number. */
    private static final double DIFFERENCE = 1e-4;

    /** Below this the noise of the function hides whether a step lowers it. */
    private static final double NOISE = 1e-9;

    /** A function with its derivatives. */
    interface Function {
        /** Returns the value at a place, which is not modified. */
        double value(double[] at);

        /** Returns the derivatives at the place of the last value, a fresh array. */
        double[] gradient();
    }

    private final Function function;
    private final int[] free;

    /** Where it is, all numbers, also those held. */
    final double[] at;

    double value;
    int iterations;
    boolean converged;

    private double[] gradient;

    /**
     * @param start where to begin; not modified
     * @param free indices of the numbers that may move
     */
    Minimum(Function function, double[] start, int[] free) {
        this.function = function;
        this.free = free;
        at = start.clone();
        value = function.value(at);
        descend();
    }

    /** Returns the step of differences at a number. */
    static double step(double x, double relative) {
        return relative * Math.max(1, Math.abs(x));
    }

    private double[] derive() {
        double[] all = function.gradient();
        double[] own = new double[free.length];
        for (int f = 0; f < own.length; f++) {
            own[f] = all[free[f]];
        }
        return own;
    }

    private void descend() {
        int k = free.length;
        gradient = derive();
        double[][] inverse = fresh();
        double last = Double.POSITIVE_INFINITY;
        for (iterations = 0; iterations < MAX_ITERATIONS; iterations++) {
            double[] move = new double[k];
            double slope = 0;
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    move[a] -= inverse[a][b] * gradient[b];
                }
                slope += move[a] * gradient[a];
            }
            // Within the noise only while every step gains much on the one before.
            boolean rest = -slope < QUIET && -slope > last / 4;
            if (rest || !(slope < -DECREMENT)) {
                converged = slope <= 0;
                return;
            }
            last = -slope;
            double[] before = at.clone();
            double[] old = gradient.clone();
            if (!step(before, move, slope)) {
                converged = -slope < NOISE;
                return;
            }
            gradient = derive();
            inverse = update(inverse, before, old);
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
            double there = function.value(at);
            if (there <= value + 1e-4 * length * slope + (-slope < NOISE ? NOISE : 0)) {
                value = there;
                return true;
            }
            length /= 2;
        }
        System.arraycopy(before, 0, at, 0, at.length);
        return false;
    }

    /** Returns the inverse of the second derivatives, or of the part of them that is a bowl. */
    private double[][] fresh() {
        int k = free.length;
        double[] second = new double[k * k];
        double[] from = at.clone();
        for (int f = 0; f < k; f++) {
            double h = step(at[free[f]], DIFFERENCE);
            from[free[f]] = at[free[f]] + h;
            function.value(from);
            from[free[f]] = at[free[f]];
            double[] there = derive();
            for (int g = 0; g < k; g++) {
                second[f * k + g] += (there[g] - gradient[g]) / h / 2;
                second[g * k + f] += (there[g] - gradient[g]) / h / 2;
            }
        }
        double[] scale = new double[k];
        boolean bowl = true;
        double[][] inverse = new double[k][k];
        for (int f = 0; f < k; f++) {
            scale[f] = second[f * k + f];
            bowl &= scale[f] > 0;
            // Far out the function runs with the logarithm, so curvature falls with the square.
            double square = Math.max(1, at[free[f]] * at[free[f]]);
            inverse[f][f] =
                    scale[f] * square > 1e-8 ? 1 / scale[f] : square / (1 + Math.abs(gradient[f]));
        }
        Cholesky factor = Cholesky.of(second, scale);
        for (int f = 0; bowl && factor.full() && f < k; f++) {
            Arrays.fill(inverse[f], 0);
            inverse[f][f] = 1;
            factor.solve(inverse[f]);
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
