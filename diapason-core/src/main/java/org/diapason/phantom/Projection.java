package org.diapason.phantom;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.hipparchus.special.Erf;

/**
 * Integrates a finely sampled object under a separable point-spread function at any set of points.
 *
 * <p>Along each axis the response is a Gaussian convolved with a box (the slab). The integral is
 * the midpoint sum over the fine samples, which for a Gaussian at least as wide as a sample is
 * exact to 1e-8; so an object is blurred and put on another grid without any interpolation.
 */
final class Projection {
    private static final double REACH = 6;

    private Projection() {}

    /**
     * Returns the response at the voxel centres of {@code to}; outside of {@code from} the border
     * voxel is repeated. Both grids have the axes of the world.
     *
     * @param sigmaMm standard deviation of the Gaussian along i, j, k; positive
     * @param boxMm full width of the box along i, j, k; 0 for none
     */
    static float[] project(
            float[] values, Geometry from, Geometry to, double[] sigmaMm, double[] boxMm) {
        float[] result = values;
        int[] size = {from.ni(), from.nj(), from.nk()};
        for (int axis = 2; axis >= 0; axis--) {
            Taps taps = taps(from, to, axis, sigmaMm[axis], boxMm[axis]);
            result = along(result, size, axis, taps);
            size[axis] = to.size(axis);
        }
        return result;
    }

    /** The normal distribution function; 0 and 1 beyond 6 standard deviations. */
    static double phi(double x) {
        return x < -6 ? 0 : x > 6 ? 1 : 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    private record Taps(int[] first, double[][] weights) {}

    private static Taps taps(Geometry from, Geometry to, int axis, double sigma, double box) {
        int n = from.size(axis);
        double step = from.spacing(axis);
        int[] first = new int[to.size(axis)];
        double[][] weights = new double[first.length][];
        for (int o = 0; o < first.length; o++) {
            double mm = to.originMm().get(axis) + o * to.spacing(axis) - from.originMm().get(axis);
            double reach = REACH * sigma + box / 2;
            int low = (int) Math.ceil((mm - reach) / step);
            int high = (int) Math.floor((mm + reach) / step);
            int begin = Math.max(0, Math.min(n - 1, low));
            int end = Math.max(0, Math.min(n - 1, high));
            double[] w = new double[end - begin + 1];
            double sum = 0;
            for (int m = low; m <= high; m++) {
                double weight = response(m * step - mm, sigma, box);
                w[Math.max(begin, Math.min(end, m)) - begin] += weight;
                sum += weight;
            }
            for (int m = 0; m < w.length; m++) {
                w[m] /= sum;
            }
            first[o] = begin;
            weights[o] = w;
        }
        return new Taps(first, weights);
    }

    private static double response(double d, double sigma, double box) {
        if (box == 0) {
            return StrictMath.exp(-d * d / (2 * sigma * sigma));
        }
        return phi((d + box / 2) / sigma) - phi((d - box / 2) / sigma);
    }

    private static float[] along(float[] in, int[] size, int axis, Taps taps) {
        int inner = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
        int n = size[axis];
        int m = taps.first.length;
        int outer = in.length / (inner * n);
        float[] out = new float[outer * m * inner];
        Parallel.forEach(
                outer == 1 ? m : outer,
                block -> {
                    int first = outer == 1 ? block : block * m;
                    int end = outer == 1 ? block + 1 : first + m;
                    for (int row = first; row < end; row++) {
                        row(in, inner, n, taps, row, out);
                    }
                });
        return out;
    }

    /** Writes the {@code inner} values of one output point of the axis; rows count through all. */
    private static void row(float[] in, int inner, int n, Taps taps, int row, float[] out) {
        int m = taps.first.length;
        int base = (row / m * n + taps.first[row % m]) * inner;
        double[] w = taps.weights[row % m];
        for (int x = 0; x < inner; x++) {
            double sum = 0;
            for (int t = 0; t < w.length; t++) {
                sum += w[t] * in[base + t * inner + x];
            }
            out[row * inner + x] = (float) sum;
        }
    }
}
