package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.stats.Eigen;
import org.diapason.volume.Geometry;

/**
 * A mean with one weight for each image: its part in the first principal component, {@code w_n =
 * |v_n| / Σ |v|}, v the eigenvector of the largest eigenvalue of the images' covariance.
 *
 * <p>The image that varies most weighs most, so that images should stand on one scale. Sizes are
 * taken because v has mixed signs where one image is bright when another is dark. Where no
 * direction is the first (no image varies) weights are equal. Counted are voxels at which all have
 * a value.
 */
public record Pca() implements Fusion {
    /** Eigenvalues so close, relative to each other, are one: no direction is the first. */
    private static final double ALIKE = 1e-9;

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return Weighted.mean(grid, images, weights(grid, images));
    }

    /** Returns the weights, with sum 1. */
    public static double[] weights(Geometry grid, List<float[]> images) {
        int n = images.size();
        double[] mean = means(grid, images);
        double[] c = new double[n * n];
        double[][] parts = new double[grid.nk()][];
        Parallel.forEach(grid.nk(), k -> parts[k] = squares(grid, images, mean, k));
        for (double[] part : parts) {
            for (int e = 0; e < n * n; e++) {
                c[e] += part[e];
            }
        }
        Eigen eigen = Eigen.of(c, n);
        boolean even = !(eigen.value(n - 1) > eigen.value(0) * (1 + ALIKE));
        double[] w = new double[n];
        double sum = 0;
        for (int m = 0; m < n; m++) {
            w[m] = even ? 1 : Math.abs(eigen.vector(m, n - 1));
            sum += w[m];
        }
        for (int m = 0; m < n; m++) {
            w[m] /= sum;
        }
        return w;
    }

    private static double[] means(Geometry g, List<float[]> images) {
        int n = images.size();
        double[][] parts = new double[g.nk()][];
        Parallel.forEach(g.nk(), k -> parts[k] = sums(g, images, k));
        double[] mean = new double[n + 1];
        for (double[] part : parts) {
            for (int m = 0; m <= n; m++) {
                mean[m] += part[m];
            }
        }
        for (int m = 0; m < n; m++) {
            mean[m] = mean[n] > 0 ? mean[m] / mean[n] : 0;
        }
        return mean;
    }

    private static double[] sums(Geometry g, List<float[]> images, int k) {
        int n = images.size();
        double[] sum = new double[n + 1];
        int row = g.ni() * g.nj();
        for (int v = k * row; v < (k + 1) * row; v++) {
            if (all(images, v)) {
                for (int m = 0; m < n; m++) {
                    sum[m] += images.get(m)[v];
                }
                sum[n]++;
            }
        }
        return sum;
    }

    private static double[] squares(Geometry g, List<float[]> images, double[] mean, int k) {
        int n = images.size();
        double[] sum = new double[n * n];
        int row = g.ni() * g.nj();
        for (int v = k * row; v < (k + 1) * row; v++) {
            if (all(images, v)) {
                for (int p = 0; p < n; p++) {
                    double d = images.get(p)[v] - mean[p];
                    for (int q = 0; q < n; q++) {
                        sum[n * p + q] += d * (images.get(q)[v] - mean[q]);
                    }
                }
            }
        }
        return sum;
    }

    private static boolean all(List<float[]> images, int v) {
        for (float[] image : images) {
            if (!Float.isFinite(image[v])) {
                return false;
            }
        }
        return true;
    }
}
