package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * The mean of a box around each voxel; at the border, of the part of it that lies in the image.
 *
 * <p>Sums run along the lines in double. Needs a value at every voxel.
 */
public final class BoxMean {
    private BoxMean() {}

    /**
     * Returns the means. Does not modify its input.
     *
     * @param reach voxels on either side along i, j and k; 0 leaves an axis as it is
     */
    public static float[] of(Geometry g, float[] values, int[] reach) {
        float[] out = values.clone();
        replace(g, out, reach);
        return out;
    }

    /** Puts the means in the place of the values. */
    public static void replace(Geometry g, float[] values, int[] reach) {
        int[] size = FineAxes.sizes(g);
        for (int axis = 0; axis < 3; axis++) {
            int n = size[axis];
            int r = Math.min(reach[axis], n - 1);
            if (r > 0) {
                Panels.along(size, axis, values, n, values, n, (a, b, w) -> mean(a, n, r, b, w));
            }
        }
    }

    private static void mean(double[][] in, int n, int r, double[][] out, int width) {
        double[] sum = new double[width];
        for (int x = -r; x < n; x++) {
            if (x + r < n) {
                double[] enters = in[x + r];
                for (int i = 0; i < width; i++) {
                    sum[i] += enters[i];
                }
            }
            if (x - r - 1 >= 0) {
                double[] leaves = in[x - r - 1];
                for (int i = 0; i < width; i++) {
                    sum[i] -= leaves[i];
                }
            }
            if (x >= 0) {
                double[] to = out[x];
                double share = 1.0 / (Math.min(n - 1, x + r) - Math.max(0, x - r) + 1);
                for (int i = 0; i < width; i++) {
                    to[i] = sum[i] * share;
                }
            }
        }
    }

    /**
     * Returns the reach of a box that is as wide in mm along every axis, to the next voxel.
     *
     * @param radius along the finest axis of more than one voxel
     */
    public static int[] reach(Geometry g, int radius) {
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            least = g.size(a) > 1 ? Math.min(least, g.spacing(a)) : least;
        }
        int[] reach = new int[3];
        for (int a = 0; a < 3; a++) {
            reach[a] = g.size(a) > 1 ? (int) Math.rint(radius * least / g.spacing(a)) : 0;
        }
        return reach;
    }
}
