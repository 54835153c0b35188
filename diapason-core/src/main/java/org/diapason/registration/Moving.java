package org.diapason.registration;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/**
 * The moving image between its voxels and beyond its border: a sum of cubic B-splines (Unser,
 * Aldroubi and Eden 1993, IEEE TSP 41(2):821–833, doi:10.1109/78.193220).
 *
 * <p>With the voxels themselves as coefficients it is the image blurred by a variance of 1/3 voxel²
 * an axis, and noise is damped almost alike everywhere, so that no place between voxels attracts:
 * right for coarse images. Beyond the border the value there goes on.
 */
final class Moving {
    private final Geometry geometry;
    private final float[] values;
    private final Range range;
    private final Affine fromWorld;

    /**
     * @param values coefficients of the splines
     * @param range of the values
     */
    Moving(Geometry geometry, float[] values, Range range) {
        this.geometry = geometry;
        this.values = values;
        this.range = range;
        fromWorld = Affine.toWorld(geometry).inverse();
    }

    double low() {
        return range.low();
    }

    double high() {
        return range.high();
    }

    Affine fromWorld() {
        return fromWorld;
    }

    /** Returns what reads values; one for each thread. */
    Reader reader() {
        return new Reader();
    }

    /** Value and gradient at a place. */
    final class Reader {
        private final int ni = geometry.ni();
        private final int nj = geometry.nj();
        private final int nk = geometry.nk();
        private final double[] w = new double[12];
        private final double[] d = new double[12];
        private final int[] at = new int[12];
        private double value;
        private double gi;
        private double gj;
        private double gk;

        /** Reads at a voxel position; says whether there is a value. */
        boolean read(double[] p) {
            taps(p[0], ni, 0);
            taps(p[1], nj, 4);
            taps(p[2], nk, 8);
            value = 0;
            gi = 0;
            gj = 0;
            gk = 0;
            boolean run = at[3] - at[0] == 3;
            for (int c = 8; c < 12; c++) {
                double plane = 0;
                double alongI = 0;
                double alongJ = 0;
                for (int b = 4; b < 8; b++) {
                    int row = ni * (at[b] + nj * at[c]);
                    double v0 = values[row + at[0]];
                    double v1 = values[row + (run ? at[0] + 1 : at[1])];
                    double v2 = values[row + (run ? at[0] + 2 : at[2])];
                    double v3 = values[row + at[3]];
                    double s = w[0] * v0 + w[1] * v1 + w[2] * v2 + w[3] * v3;
                    plane += w[b] * s;
                    alongJ += d[b] * s;
                    alongI += w[b] * (d[0] * v0 + d[1] * v1 + d[2] * v2 + d[3] * v3);
                }
                value += w[c] * plane;
                gi += w[c] * alongI;
                gj += w[c] * alongJ;
                gk += d[c] * plane;
            }
            return value == value;
        }

        private void taps(double x, int n, int first) {
            double in = Math.max(0, Math.min(n - 1, x));
            int whole = (int) in;
            double t = in - whole;
            double r = 1 - t;
            w[first] = r * r * r / 6;
            w[first + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
            w[first + 2] = (3 * r * r * r - 6 * r * r + 4) / 6;
            w[first + 3] = t * t * t / 6;
            d[first] = -r * r / 2;
            d[first + 1] = (3 * t * t - 4 * t) / 2;
            d[first + 2] = (-3 * t * t + 2 * t + 1) / 2;
            d[first + 3] = t * t / 2;
            for (int q = 0; q < 4; q++) {
                at[first + q] = mirror(whole - 1 + q, n);
            }
        }

        private static int mirror(int x, int n) {
            int in = n == 1 || x < 0 ? -x : x;
            return n == 1 ? 0 : in < n ? in : 2 * n - 2 - in;
        }

        double value() {
            return value;
        }

        /** Returns the change per voxel along an axis of the grid. */
        double gradient(int axis) {
            return axis == 0 ? gi : axis == 1 ? gj : gk;
        }
    }
}
