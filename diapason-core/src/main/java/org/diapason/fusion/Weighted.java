package org.diapason.fusion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The weighted mean {@code f = Σ w_n I_n / Σ w_n}, over the images that have a value.
 *
 * <p>The only rule after which values still mean what they meant, where all images have one
 * quantity.
 *
 * @param weights one for each image, 0 or more, in the order of the images; equal ones unless given
 */
public record Weighted(@Default("") Optional<Numbers> weights) implements Fusion {

    public Weighted {
        weights.ifPresent(Weighted::requireWeights);
    }

    /** The mean. */
    public Weighted() {
        this(Optional.empty());
    }

    /** Returns {@code α I_A + (1 − α) I_B}. */
    public static Weighted of(double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be 0 to 1, got " + alpha);
        }
        return new Weighted(Optional.of(Numbers.of(alpha, 1 - alpha)));
    }

    /**
     * Checks weights that are given.
     *
     * @throws IllegalArgumentException if one is negative or no number, or all are 0
     */
    static void requireWeights(Numbers weights) {
        double sum = 0;
        for (double w : weights.toArray()) {
            sum += w;
            if (!(w >= 0) || Double.isInfinite(w)) {
                throw new IllegalArgumentException("weights must be 0 or more, got " + weights);
            }
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("weights must not all be 0, got " + weights);
        }
    }

    /**
     * Returns the share of each of n images, with sum 1.
     *
     * @throws IllegalArgumentException if there are other many weights
     */
    static double[] shares(Optional<Numbers> weights, int n) {
        double[] w = new double[n];
        Arrays.fill(w, 1);
        if (weights.isPresent()) {
            w = weights.get().toArray();
        }
        if (w.length != n) {
            throw new IllegalArgumentException(
                    w.length + " weights are given for " + n + " images. Give one for each.");
        }
        double sum = 0;
        for (double one : w) {
            sum += one;
        }
        for (int m = 0; m < n; m++) {
            w[m] /= sum;
        }
        return w;
    }

    /** Returns the share of one of n images. */
    double share(int which, int n) {
        return shares(weights, n)[which];
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return mean(grid, images, shares(weights, images.size()));
    }

    /**
     * Returns the mean by the shares over what has a value; an even one where that has no share.
     */
    static float[] mean(Geometry grid, List<float[]> images, double[] share) {
        float[][] in = images.toArray(float[][]::new);
        float[] out = new float[grid.voxels()];
        int row = grid.ni() * grid.nj();
        Parallel.forEach(
                grid.nk(),
                k -> {
                    for (int v = k * row; v < (k + 1) * row; v++) {
                        double sum = 0;
                        boolean all = true;
                        for (int n = 0; n < in.length; n++) {
                            sum += share[n] * in[n][v];
                            all &= in[n][v] == in[n][v];
                        }
                        out[v] = (float) (all ? sum : some(in, share, v));
                    }
                });
        return out;
    }

    private static double some(float[][] in, double[] share, int v) {
        double sum = 0;
        double whole = 0;
        double even = 0;
        int many = 0;
        for (int n = 0; n < in.length; n++) {
            if (in[n][v] == in[n][v]) {
                sum += share[n] * in[n][v];
                whole += share[n];
                even += in[n][v];
                many++;
            }
        }
        return whole > 0 ? sum / whole : even / many;
    }

    @Override
    public Optional<float[]> derivative(Geometry grid, List<float[]> images, int which) {
        float[] share = new float[grid.voxels()];
        Arrays.fill(share, (float) share(which, images.size()));
        return Optional.of(share);
    }

    @Override
    public boolean keepsQuantity() {
        return true;
    }
}
