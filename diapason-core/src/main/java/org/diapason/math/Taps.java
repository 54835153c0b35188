package org.diapason.math;

import java.util.Arrays;

/**
 * Which input voxels make each output voxel along one axis, and with what weight.
 *
 * <p>With the boundary {@code NEAREST} a position outside the axis is moved to its nearest end, and
 * the spline mirrors at the centres of the border voxels; with the others the axis goes on as they
 * say, for the spline too. An axis of one voxel repeats it. Cubic weights are 6 times the
 * B-spline's, because {@link Spline} leaves out its gain.
 */
final class Taps {
    /** Half width of the windowed sinc in voxels. */
    static final int HALF_WIDTH = 5;

    /** A position this close to a voxel is on it, so that its neighbour has no weight. */
    private static final double ON_VOXEL = 1e-9;

    private static final double[] COS = new double[2 * HALF_WIDTH];
    private static final double[] SIN = new double[2 * HALF_WIDTH];

    static {
        for (int q = 0; q < COS.length; q++) {
            double turn = Math.PI * (q - HALF_WIDTH + 1) / HALF_WIDTH;
            COS[q] = StrictMath.cos(turn);
            SIN[q] = StrictMath.sin(turn);
        }
    }

    final int length;
    final boolean identity;

    /** Whether the values must be made spline coefficients first. */
    final boolean cubic;

    /** Whether two voxels share a weight of 1, so that only that of the second is kept. */
    final boolean line;

    final Boundary boundary;

    /** Input index of tap q of output x, at {@code [q][x]}; −1 for nearest means zero. */
    final int[][] index;

    /** Weight of tap q of output x, at {@code [q][x]}. */
    final float[][] weight;

    private Taps(
            Interpolation how, Boundary boundary, int length, boolean identity, boolean cubic) {
        this.length = length;
        this.identity = identity;
        this.boundary = boundary;
        this.cubic = cubic;
        line = how == Interpolation.LINEAR && boundary == Boundary.NEAREST;
        index = new int[count(how)][length];
        weight = new float[count(how)][length];
    }

    /** Returns how many voxels make one. */
    static int count(Interpolation how) {
        return switch (how) {
            case NEAREST -> 1;
            case LINEAR -> 2;
            case CUBIC -> 4;
            case SINC -> 2 * HALF_WIDTH;
        };
    }

    /**
     * Makes the taps of {@code length} outputs at {@code first + x · step} on {@code n} inputs.
     *
     * @throws IllegalArgumentException if the boundary is periodic
     */
    static Taps of(
            Interpolation how, Boundary boundary, int n, int length, double first, double step) {
        if (boundary == Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "boundary of a grid must be nearest, mirror or zero, got periodic");
        }
        boolean same = n == length && Math.abs(first) < ON_VOXEL && step == 1;
        boolean cubic = how == Interpolation.CUBIC && !same;
        Taps taps = new Taps(how, n == 1 ? Boundary.NEAREST : boundary, length, same, cubic);
        int[] index = new int[taps.index.length];
        double[] weight = new double[index.length];
        for (int x = 0; x < length; x++) {
            at(how, taps.boundary, first + x * step, n, index, weight);
            for (int q = 0; q < index.length; q++) {
                taps.index[q][x] = index[q];
                taps.weight[q][x] = (float) weight[q];
            }
        }
        return taps;
    }

    /** Makes the taps that turn an axis into its spline coefficients and leave them there. */
    static Taps coefficients(Boundary boundary, int n) {
        Boundary rule = n == 1 ? Boundary.NEAREST : boundary;
        return new Taps(Interpolation.CUBIC, rule, n, true, true);
    }

    /** Fills index and weight with the voxels of an axis of n that make the value at a place. */
    static void at(
            Interpolation how, Boundary rule, double place, int n, int[] index, double[] weight) {
        Boundary boundary = n == 1 ? Boundary.NEAREST : rule;
        double at = place;
        if (boundary == Boundary.NEAREST) {
            at = Math.max(0, Math.min(n - 1, at));
        }
        if (Math.abs(at - Math.rint(at)) < ON_VOXEL) {
            at = Math.rint(at);
        }
        int low = (int) Math.floor(at);
        double f = at - low;
        switch (how) {
            case NEAREST -> {
                low = (int) Math.floor(at + 0.5);
                weight[0] = 1;
            }
            case LINEAR -> {
                weight[0] = 1 - f;
                weight[1] = f;
            }
            case CUBIC -> {
                cubic(f, weight);
                low -= 1;
            }
            case SINC -> {
                sinc(f, weight);
                low -= HALF_WIDTH - 1;
            }
        }
        for (int q = 0; q < index.length; q++) {
            boolean idle = how == Interpolation.LINEAR && q == 1 && f == 0;
            place(how, boundary, idle ? low : low + q, q, n, index, weight);
        }
    }

    private static void place(
            Interpolation how, Boundary b, int at, int q, int n, int[] index, double[] weight) {
        if (at >= 0 && at < n) {
            index[q] = at;
        } else if (b == Boundary.NEAREST && how == Interpolation.CUBIC) {
            index[q] = mirror(at, n);
        } else if (b != Boundary.ZERO) {
            index[q] = b.at(at, n);
        } else if (how == Interpolation.NEAREST) {
            index[q] = -1;
        } else {
            // beyond zeros the spline's coefficients fade by its pole, all else ends
            index[q] = at < 0 ? 0 : n - 1;
            int out = at < 0 ? -at : at - n + 1;
            weight[q] *= how == Interpolation.CUBIC ? Spline.fading(out) : 0;
        }
    }

    /** Writes the weights of four voxels at the share f between the middle two. */
    static void cubic(double f, double[] weight) {
        double g = 1 - f;
        weight[0] = g * g * g;
        weight[1] = 4 - 3 * f * f * (2 - f);
        weight[2] = 4 - 3 * g * g * (2 - g);
        weight[3] = f * f * f;
    }

    private static void sinc(double f, double[] weight) {
        if (f == 0) {
            Arrays.fill(weight, 0);
            weight[HALF_WIDTH - 1] = 1;
            return;
        }
        // sin(π(f − m)) and sin(π(f − m)/5) from those at m = 0, and these from one sine
        double slow = StrictMath.sin(Math.PI * f / HALF_WIDTH);
        double s2 = slow * slow;
        double cosine = Math.sqrt(1 - s2);
        double fast = slow * (5 + s2 * (16 * s2 - 20));
        double sum = 0;
        for (int q = 0; q < weight.length; q++) {
            int m = q - HALF_WIDTH + 1;
            double t = f - m;
            double sign = (m & 1) == 0 ? 1 : -1;
            weight[q] = sign * fast * (slow * COS[q] - cosine * SIN[q]) / (t * t);
            sum += weight[q];
        }
        for (int q = 0; q < weight.length; q++) {
            weight[q] /= sum;
        }
    }

    /** Returns the index reflected at the centres of the first and last voxel. */
    static int mirror(int at, int n) {
        if (n == 1) {
            return 0;
        }
        int m = Math.floorMod(at, 2 * n - 2);
        return m < n ? m : 2 * n - 2 - m;
    }
}
