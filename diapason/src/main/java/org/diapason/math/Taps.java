package org.diapason.math;

/**
 * Which input voxels make each output voxel along one axis, and with what weight.
 *
 * <p>A position outside the axis is moved to its nearest end. Cubic weights are 6 times the
 * B-spline's, because {@link Spline} leaves out its gain.
 */
final class Taps {
    /** A position this close to a voxel is on it, so that its neighbour has no weight. */
    private static final double ON_VOXEL = 1e-9;

    final int length;
    final boolean identity;

    /** Input index of tap q of output x, at {@code [q][x]}. */
    final int[][] index;

    /** Weight of tap q of output x, at {@code [q][x]}; linear has only that of its second tap. */
    final float[][] weight;

    private Taps(int length, boolean identity, int taps) {
        this.length = length;
        this.identity = identity;
        index = new int[taps][length];
        weight = new float[taps][length];
    }

    /** Makes the taps of {@code length} outputs at {@code first + x · step} on {@code n} inputs. */
    static Taps of(Interpolation how, int n, int length, double first, double step) {
        boolean same = n == length && Math.abs(first) < ON_VOXEL && step == 1;
        Taps taps = new Taps(length, same, how == Interpolation.CUBIC ? 4 : 2);
        for (int x = 0; x < length; x++) {
            double at = Math.max(0, Math.min(n - 1, first + x * step));
            if (Math.abs(at - Math.rint(at)) < ON_VOXEL) {
                at = Math.rint(at);
            }
            if (how == Interpolation.CUBIC) {
                taps.cubic(x, at, n);
            } else if (how == Interpolation.LINEAR) {
                taps.linear(x, at);
            } else {
                taps.index[0][x] = (int) Math.min(n - 1, Math.floor(at + 0.5));
            }
        }
        return taps;
    }

    private void linear(int x, double at) {
        int low = (int) Math.floor(at);
        index[0][x] = low;
        index[1][x] = at > low ? low + 1 : low;
        weight[1][x] = (float) (at - low);
    }

    private void cubic(int x, double at, int n) {
        int low = (int) Math.floor(at);
        double f = at - low;
        double g = 1 - f;
        double[] w = {g * g * g, 4 - 3 * f * f * (2 - f), 4 - 3 * g * g * (2 - g), f * f * f};
        for (int q = 0; q < 4; q++) {
            index[q][x] = mirror(low - 1 + q, n);
            weight[q][x] = (float) w[q];
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
