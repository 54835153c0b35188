package org.diapason.quality;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/** Weights of windows along one axis, and their place on a grid. */
final class Windows {
    private static final double[] POINT = {1};

    private Windows() {}

    /** Returns a Gaussian of n taps and sum 1. */
    static double[] gaussian(int n, double sigma) {
        double[] w = new double[n];
        double sum = 0;
        for (int t = 0; t < n; t++) {
            double d = t - (n - 1) / 2.0;
            w[t] = StrictMath.exp(-d * d / (2 * sigma * sigma));
            sum += w[t];
        }
        for (int t = 0; t < n; t++) {
            w[t] /= sum;
        }
        return w;
    }

    /** Returns n equal weights of sum 1. */
    static double[] box(int n) {
        double[] w = new double[n];
        Arrays.fill(w, 1.0 / n);
        return w;
    }

    /**
     * Returns the weights along i, j, k: a single 1 along an axis of one voxel, and along k where
     * slices stand for themselves.
     */
    static double[][] on(Geometry g, double[] w, boolean bySlices) {
        return new double[][] {
            g.ni() == 1 ? POINT : w, g.nj() == 1 ? POINT : w, g.nk() == 1 || bySlices ? POINT : w
        };
    }

    /** Returns how many voxels a window holds. */
    static double voxels(double[][] weights) {
        return (double) weights[0].length * weights[1].length * weights[2].length;
    }

    /** Says why no window counts. */
    static String none(double[][] weights) {
        if (voxels(weights) == 1) {
            return "windows have a single voxel, because no axis that they span has more.";
        }
        return "no window of "
                + weights[0].length
                + " × "
                + weights[1].length
                + " × "
                + weights[2].length
                + " voxels lies in the image, has its middle in the mask and holds no missing"
                + " value.";
    }
}
