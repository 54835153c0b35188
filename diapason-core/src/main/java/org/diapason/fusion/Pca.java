package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Covariance;
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
        return Weighted.mean(grid, images, weights(images));
    }

    /** Returns the weights, with sum 1. */
    public static double[] weights(List<float[]> images) {
        int n = images.size();
        Covariance moments = Covariance.of(images);
        double[] c = new double[n * n];
        for (int e = 0; e < n * n; e++) {
            c[e] = moments.of(e / n, e % n);
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
}
