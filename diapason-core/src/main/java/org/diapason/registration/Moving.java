package org.diapason.registration;

import org.diapason.math.Resample;
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
    private final boolean[] holes;
    private final Range range;
    private final Affine fromWorld;

    /**
     * @param values coefficients of the splines
     * @param range of the values
     */
    Moving(Geometry geometry, float[] values, Range range) {
        this(geometry, values, null, range);
    }

    private Moving(Geometry geometry, float[] values, boolean[] holes, Range range) {
        this.geometry = geometry;
        this.values = values;
        this.holes = holes;
        this.range = range;
        fromWorld = Affine.toWorld(geometry).inverse();
    }

    /**
     * Returns what reads an image. Voxels without a value count as its smallest.
     *
     * @param exact whether the spline goes through the voxels; else it blurs them
     */
    static Moving of(Level level, Range range, boolean exact) {
        float[] values = level.values();
        boolean[] holes = null;
        for (int v = 0; v < values.length; v++) {
            if (!level.shows(v)) {
                holes = holes == null ? new boolean[values.length] : holes;
                holes[v] = true;
            }
        }
        if (holes != null) {
            values = values.clone();
            for (int v = 0; v < values.length; v++) {
                values[v] = values[v] - values[v] == 0 ? values[v] : (float) range.low();
            }
        }
        float[] spline = exact ? Resample.coefficients(level.geometry(), values) : values;
        return new Moving(level.geometry(), spline, holes, range);
    }

    Geometry geometry() {
        return geometry;
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

    /**
     * Says whether a voxel position lies so far from the border of the grid at least, and the voxel
     * next to it has a value and is looked at.
     */
    boolean covers(double[] p, double voxels) {
        for (int a = 0; a < 3; a++) {
            double edge = geometry.size(a) == 1 ? -0.5 : voxels;
            if (!(p[a] >= edge && p[a] <= geometry.size(a) - 1 - edge)) {
                return false;
            }
        }
        return holes == null
                || !holes[
                        geometry.index(
                                (int) Math.rint(p[0]),
                                (int) Math.rint(p[1]),
                                (int) Math.rint(p[2]))];
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
        private final float[] coefficients = values;
        private final float[] w = new float[12];
        private final float[] d = new float[12];
        private final int[] at = new int[12];
        private float value;
        private float gi;
        private float gj;
        private float gk;

        /** Reads at a voxel position. */
        void read(double[] p) {
            read(p[0], p[1], p[2]);
        }

        /** Reads at a voxel position. */
        void read(double x, double y, double z) {
            taps(x, ni, 1, 0);
            taps(y, nj, ni, 4);
            taps(z, nk, ni * nj, 8);
            if (at[3] - at[0] == 3) {
                run(coefficients, at[0]);
            } else {
                edge();
            }
        }

        /** Where the four along i are neighbours. */
        private void run(float[] c, int i) {
            float w0 = w[0];
            float w1 = w[1];
            float w2 = w[2];
            float w3 = w[3];
            float d0 = d[0];
            float d1 = d[1];
            float d2 = d[2];
            float d3 = d[3];
            float sum = 0;
            float sumI = 0;
            float sumJ = 0;
            float sumK = 0;
            for (int k = 8; k < 12; k++) {
                float plane = 0;
                float planeI = 0;
                float planeJ = 0;
                int first = at[k] + i;
                for (int j = 4; j < 8; j++) {
                    int row = first + at[j];
                    float a = c[row];
                    float b = c[row + 1];
                    float e = c[row + 2];
                    float f = c[row + 3];
                    float s = w0 * a + w1 * b + w2 * e + w3 * f;
                    plane += w[j] * s;
                    planeJ += d[j] * s;
                    planeI += w[j] * (d0 * a + d1 * b + d2 * e + d3 * f);
                }
                sum += w[k] * plane;
                sumI += w[k] * planeI;
                sumJ += w[k] * planeJ;
                sumK += d[k] * plane;
            }
            value = sum;
            gi = sumI;
            gj = sumJ;
            gk = sumK;
        }

        private void edge() {
            value = 0;
            gi = 0;
            gj = 0;
            gk = 0;
            for (int k = 8; k < 12; k++) {
                for (int j = 4; j < 8; j++) {
                    for (int i = 0; i < 4; i++) {
                        float c = coefficients[at[k] + at[j] + at[i]];
                        value += w[k] * w[j] * w[i] * c;
                        gi += w[k] * w[j] * d[i] * c;
                        gj += w[k] * d[j] * w[i] * c;
                        gk += d[k] * w[j] * w[i] * c;
                    }
                }
            }
        }

        private void taps(double x, int n, int stride, int first) {
            double in = Math.max(0, Math.min(n - 1, x));
            int whole = (int) in;
            float t = (float) (in - whole);
            float r = 1 - t;
            float sixth = 1f / 6;
            w[first] = r * r * r * sixth;
            w[first + 1] = ((3 * t - 6) * t * t + 4) * sixth;
            w[first + 2] = ((3 * r - 6) * r * r + 4) * sixth;
            w[first + 3] = t * t * t * sixth;
            d[first] = -r * r / 2;
            d[first + 1] = (3 * t - 4) * t / 2;
            d[first + 2] = ((-3 * t + 2) * t + 1) / 2;
            d[first + 3] = t * t / 2;
            if (whole >= 1 && whole + 2 < n) {
                int low = (whole - 1) * stride;
                at[first] = low;
                at[first + 1] = low + stride;
                at[first + 2] = low + 2 * stride;
                at[first + 3] = low + 3 * stride;
            } else {
                for (int q = 0; q < 4; q++) {
                    at[first + q] = mirror(whole - 1 + q, n) * stride;
                }
            }
        }

        private static int mirror(int x, int n) {
            int in = n == 1 || x < 0 ? -x : x;
            return n == 1 ? 0 : in < n ? in : Math.max(0, 2 * n - 2 - in);
        }

        float value() {
            return value;
        }

        /** Returns the change per voxel along the first axis of the grid. */
        float alongI() {
            return gi;
        }

        /** Returns the change per voxel along an axis of the grid. */
        float along(int axis) {
            return axis == 0 ? gi : axis == 1 ? gj : gk;
        }

        float alongJ() {
            return gj;
        }

        float alongK() {
            return gk;
        }
    }
}
