package org.diapason.math;

import java.util.Arrays;

/**
 * The weights of a convolution along one axis: {@code out[x] = Σ_m w[m] in[x − first − m]}.
 * Immutable.
 */
public final class Kernel {
    private final int first;
    private final double[] weights;

    /** Weights at distance 0, 1, … where the kernel is its own mirror image; else null. */
    final float[] half;

    /** Weights of what lies t up less what lies t down, t = 1, 2, … at their index; else null. */
    final float[] odd;

    /** Where the weights that are not zero read, relative to x, and those weights. */
    final int[] places;

    final float[] taps;

    /** The largest distance read. */
    final int reach;

    private Kernel(int first, double[] weights) {
        this.first = first;
        this.weights = weights;
        int last = first + weights.length - 1;
        reach = Math.max(Math.abs(first), Math.abs(last));
        int[] place = new int[weights.length];
        float[] tap = new float[weights.length];
        int used = 0;
        for (int m = weights.length - 1; m >= 0; m--) {
            if (weights[m] != 0) {
                place[used] = -first - m;
                tap[used++] = (float) weights[m];
            }
        }
        places = Arrays.copyOf(place, used);
        taps = Arrays.copyOf(tap, used);
        half = first == -last && isMirrored(weights) ? half(weights) : null;
        odd = null;
    }

    /** Takes weights at distance 0, 1, … r of a kernel that is its own mirror image, or less it. */
    private Kernel(float[] half, boolean even) {
        this.half = even ? half : null;
        odd = even ? null : half;
        reach = half.length - 1;
        first = -reach;
        weights = new double[2 * reach + 1];
        for (int m = 0; m < weights.length; m++) {
            // the first weight meets what lies furthest up
            weights[m] = even || m < reach ? half[Math.abs(m - reach)] : -half[m - reach];
        }
        places = new int[0];
        taps = new float[0];
    }

    /** Returns the kernel whose first weight stands at the given offset; at least one weight. */
    public static Kernel of(int first, double... weights) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("a kernel needs at least one weight");
        }
        return new Kernel(first, weights.clone());
    }

    /** Returns the kernel of an odd number of weights around its voxel. */
    public static Kernel centred(double... weights) {
        if (weights.length % 2 == 0) {
            throw new IllegalArgumentException(
                    "a centred kernel needs an odd number of weights, got " + weights.length);
        }
        return of(-(weights.length / 2), weights);
    }

    /** Returns the symmetric kernel of these weights at distance 0, 1, … */
    static Kernel symmetric(float[] half) {
        return new Kernel(half, true);
    }

    /** Returns {@code out[x] = Σ_t half[t] (in[x + t] − in[x − t])}, t = 1, 2, … */
    static Kernel odd(double[] half) {
        float[] w = new float[half.length];
        for (int t = 1; t < w.length; t++) {
            w[t] = (float) half[t];
        }
        return new Kernel(w, false);
    }

    /** Returns the mirror image about offset 0. */
    public Kernel flipped() {
        double[] turned = new double[weights.length];
        for (int m = 0; m < turned.length; m++) {
            turned[m] = weights[turned.length - 1 - m];
        }
        return new Kernel(-(first + weights.length - 1), turned);
    }

    /** Returns the kernel with every offset multiplied by step (à trous). */
    public Kernel spread(int step) {
        double[] wide = new double[(weights.length - 1) * step + 1];
        for (int m = 0; m < weights.length; m++) {
            wide[m * step] = weights[m];
        }
        return new Kernel(first * step, wide);
    }

    /** Returns the kernel with every weight multiplied by a factor. */
    public Kernel times(double factor) {
        double[] scaled = new double[weights.length];
        for (int m = 0; m < scaled.length; m++) {
            scaled[m] = factor * weights[m];
        }
        return new Kernel(first, scaled);
    }

    /** Returns the offset of the first weight. */
    public int first() {
        return first;
    }

    /** Returns the weights from {@link #first()} on. */
    public double[] weights() {
        return weights.clone();
    }

    private static boolean isMirrored(double[] w) {
        for (int m = 0; m < w.length / 2; m++) {
            if (w[m] != w[w.length - 1 - m]) {
                return false;
            }
        }
        return true;
    }

    private static float[] half(double[] w) {
        int reach = w.length / 2;
        float[] half = new float[reach + 1];
        for (int t = 0; t <= reach; t++) {
            half[t] = (float) w[reach + t];
        }
        return half;
    }
}
