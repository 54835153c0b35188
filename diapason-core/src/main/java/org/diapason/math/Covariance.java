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

    /** Voxels whose values stay in the first cache. */
    private static final int SOME = 1 << 9;

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
        double[] sums =
                total(
                        images,
                        in,
                        n + 1,
                        (values, count, sum) -> {
                            for (int m = 0; m < n; m++) {
                                sum[m] = sum(values[m], count, sum[m]);
                            }
                            sum[n] += count;
                        });
        double[] mean = Arrays.copyOf(sums, n);
        for (int m = 0; m < n; m++) {
            mean[m] = sums[n] > 0 ? mean[m] / sums[n] : 0;
        }
        double[] matrix =
                total(
                        images,
                        in,
                        n * n,
                        (values, count, sum) -> products(values, mean, count, sum));
        for (int p = 0; p < n && sums[n] > 0; p++) {
            for (int q = p; q < n; q++) {
                matrix[n * p + q] /= sums[n];
                matrix[n * q + p] = matrix[n * p + q];
            }
        }
        return new Covariance(n, (long) sums[n], mean, matrix);
    }

    /** Returns at how many voxels all images have a value. */
    public static long count(List<float[]> images, boolean[] in) {
        return (long) total(images, in, 1, (values, count, sum) -> sum[0] += count)[0];
    }

    /** What is summed up over the voxels that count, of which some come at a time. */
    private interface Part {
        void add(double[][] values, int count, double[] sums);
    }

    private static double[] total(List<float[]> images, boolean[] in, int many, Part part) {
        int voxels = images.get(0).length;
        double[][] parts = new double[(voxels + LENGTH - 1) / LENGTH][many];
        Parallel.forEach(
                parts.length,
                b -> {
                    double[][] values = new double[images.size()][SOME];
                    float[] none = new float[SOME];
                    int to = Math.min(voxels, (b + 1) * LENGTH);
                    for (int v = b * LENGTH; v < to; v += SOME) {
                        int length = Math.min(SOME, to - v);
                        part.add(values, taken(images, in, v, length, none, values), parts[b]);
                    }
                });
        double[] sum = new double[many];
        for (double[] one : parts) {
            for (int m = 0; m < many; m++) {
                sum[m] += one[m];
            }
        }
        return sum;
    }

    /**
     * Takes the values of voxels that count and returns of how many.
     *
     * @param none scratch: NaN for voxels without a value
     */
    private static int taken(
            List<float[]> images,
            boolean[] in,
            int from,
            int length,
            float[] none,
            double[][] values) {
        Arrays.fill(none, 0);
        for (float[] image : images) {
            for (int v = 0; v < length; v++) {
                none[v] += image[from + v] - image[from + v];
            }
        }
        int count = 0;
        int[] at = new int[length];
        for (int v = 0; v < length; v++) {
            at[count] = v;
            count += none[v] == 0 && (in == null || in[from + v]) ? 1 : 0;
        }
        for (int m = 0; m < values.length; m++) {
            float[] image = images.get(m);
            double[] out = values[m];
            if (count == length) {
                for (int c = 0; c < count; c++) {
                    out[c] = image[from + c];
                }
            } else {
                for (int c = 0; c < count; c++) {
                    out[c] = image[from + at[c]];
                }
            }
        }
        return count;
    }

    private static double sum(double[] values, int count, double sum) {
        double all = sum;
        for (int c = 0; c < count; c++) {
            all += values[c];
        }
        return all;
    }

    /** Sums up one half of the matrix. */
    private static void products(double[][] values, double[] mean, int count, double[] sum) {
        int n = mean.length;
        for (int m = 0; m < n; m++) {
            for (int c = 0; c < count; c++) {
                values[m][c] -= mean[m];
            }
        }
        for (int p = 0; p < n; p++) {
            for (int q = p; q < n; q++) {
                sum[n * p + q] = products(values[p], values[q], count, sum[n * p + q]);
            }
        }
    }

    private static double products(double[] one, double[] other, int count, double sum) {
        double all = sum;
        for (int c = 0; c < count; c++) {
            all += one[c] * other[c];
        }
        return all;
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
