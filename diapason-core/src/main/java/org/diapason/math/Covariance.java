package org.diapason.math;

import java.util.Arrays;
import java.util.List;

/**
 * Means and covariances of several images over the voxels where all of them have a value.
 *
 * <p>Two passes in double, parts of fixed length added in their order: the same bits on any number
 * of threads.
 */
public final class Covariance {
    private static final int LENGTH = 1 << 14;

    private final int many;
    private final long count;
    private final double[] mean;
    private final double[] matrix;

    private Covariance(int many, long count, double[] mean, double[] matrix) {
        this.many = many;
        this.count = count;
        this.mean = mean;
        this.matrix = matrix;
    }

    /** What is summed up over voxels {@code from} to {@code to} − 1. */
    private interface Part {
        void add(int from, int to, double[] sums);
    }

    /** Returns those of images of one size, which are not modified. */
    public static Covariance of(List<float[]> images) {
        return of(images, null);
    }

    /**
     * Returns those of images of one size, which are not modified.
     *
     * @param in which voxels count; null for all
     */
    public static Covariance of(List<float[]> images, boolean[] in) {
        int n = images.size();
        int voxels = images.get(0).length;
        double[] sums =
                total(
                        voxels,
                        n + 1,
                        (from, to, sum) -> {
                            for (int v = from; v < to; v++) {
                                if (counts(images, in, v)) {
                                    for (int m = 0; m < n; m++) {
                                        sum[m] += images.get(m)[v];
                                    }
                                    sum[n]++;
                                }
                            }
                        });
        double[] mean = Arrays.copyOf(sums, n);
        for (int m = 0; m < n; m++) {
            mean[m] = sums[n] > 0 ? mean[m] / sums[n] : 0;
        }
        double[] matrix =
                total(
                        voxels,
                        n * n,
                        (from, to, sum) -> {
                            for (int v = from; v < to; v++) {
                                if (counts(images, in, v)) {
                                    products(images, mean, v, sum);
                                }
                            }
                        });
        for (int e = 0; e < n * n && sums[n] > 0; e++) {
            matrix[e] /= sums[n];
        }
        return new Covariance(n, (long) sums[n], mean, matrix);
    }

    private static double[] total(int voxels, int many, Part part) {
        double[][] parts = new double[(voxels + LENGTH - 1) / LENGTH][many];
        Parallel.forEach(
                parts.length,
                b -> part.add(b * LENGTH, Math.min(voxels, (b + 1) * LENGTH), parts[b]));
        double[] sum = new double[many];
        for (double[] one : parts) {
            for (int m = 0; m < many; m++) {
                sum[m] += one[m];
            }
        }
        return sum;
    }

    private static void products(List<float[]> images, double[] mean, int v, double[] sum) {
        int n = mean.length;
        for (int p = 0; p < n; p++) {
            double d = images.get(p)[v] - mean[p];
            for (int q = 0; q < n; q++) {
                sum[n * p + q] += d * (images.get(q)[v] - mean[q]);
            }
        }
    }

    private static boolean counts(List<float[]> images, boolean[] in, int v) {
        if (in != null && !in[v]) {
            return false;
        }
        for (float[] image : images) {
            if (!Float.isFinite(image[v])) {
                return false;
            }
        }
        return true;
    }

    /** Returns of how many images. */
    public int size() {
        return many;
    }

    /** Returns how many voxels counted. */
    public long count() {
        return count;
    }

    /** Returns the mean of an image, counted from 0; 0 where no voxel counted. */
    public double mean(int image) {
        return mean[image];
    }

    /** Returns the covariance of two images, dividing by the count. */
    public double of(int one, int other) {
        return matrix[many * one + other];
    }

    /** Returns the standard deviation of an image, dividing by the count. */
    public double sd(int image) {
        return Math.sqrt(of(image, image));
    }
}
