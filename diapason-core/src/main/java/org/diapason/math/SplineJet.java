package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * The cubic B-spline through the voxels of an image with its first and second derivatives, the
 * exact ones of the interpolant (Unser, Aldroubi and Eden 1993, IEEE TSP 41(2):821–833,
 * doi:10.1109/78.193220).
 *
 * <p>Derivatives are per mm along the axes of the world (LPS), whatever way the grid lies: {@code ∇
 * = D S⁻¹ ∇ᵥ} and {@code H = D S⁻¹ Hᵥ S⁻¹ Dᵀ} of those per voxel, with D the directions and S the
 * spacings. The spline mirrors at the centres of the border voxels, so that nothing changes across
 * the border there; beyond, the value there goes on. Across an axis of one voxel nothing changes.
 *
 * <p>NaN means no measurement: a place whose 27 voxels around the nearest hold one has none either.
 */
public final class SplineJet {
    /** Voxels into a gap that take the mean of their neighbours, so that its edge rings little. */
    private static final int LAYERS = 4;

    private final Geometry geometry;
    private final float[] coefficients;
    private final boolean[] unknown;

    /** Makes the spline; the values are not modified. */
    public SplineJet(Geometry geometry, float[] values) {
        this.geometry = geometry;
        unknown = besideGaps(geometry, values);
        float[] whole = unknown == null ? values : filled(geometry, values);
        coefficients = Resample.coefficients(geometry, whole);
    }

    /** Returns what reads the spline; one for each thread. */
    public Reader reader() {
        return new Reader();
    }

    /** Returns where a NaN is among the 27 voxels about each; null without any. */
    private static boolean[] besideGaps(Geometry g, float[] values) {
        boolean any = false;
        for (float v : values) {
            any |= v != v;
        }
        if (!any) {
            return null;
        }
        boolean[] out = new boolean[values.length];
        Parallel.forEach(
                g.nk(),
                k -> {
                    float[] sum = new float[2];
                    for (int j = 0; j < g.nj(); j++) {
                        for (int i = 0; i < g.ni(); i++) {
                            out[g.index(i, j, k)] = around(g, values, i, j, k, sum);
                        }
                    }
                });
        return out;
    }

    /** Adds up the measured voxels about one, and their number; says whether one is missing. */
    private static boolean around(Geometry g, float[] v, int i, int j, int k, float[] sum) {
        sum[0] = 0;
        sum[1] = 0;
        boolean missing = false;
        for (int c = Math.max(0, k - 1); c <= Math.min(g.nk() - 1, k + 1); c++) {
            for (int b = Math.max(0, j - 1); b <= Math.min(g.nj() - 1, j + 1); b++) {
                int row = g.index(0, b, c);
                for (int a = Math.max(0, i - 1); a <= Math.min(g.ni() - 1, i + 1); a++) {
                    float x = v[row + a];
                    if (x == x) {
                        sum[0] += x;
                        sum[1]++;
                    } else {
                        missing = true;
                    }
                }
            }
        }
        return missing;
    }

    private static float[] filled(Geometry g, float[] values) {
        float[] now = values;
        for (int layer = 0; layer < LAYERS; layer++) {
            float[] before = now;
            float[] next = now.clone();
            Parallel.forEach(
                    g.nk(),
                    k -> {
                        float[] sum = new float[2];
                        for (int j = 0; j < g.nj(); j++) {
                            for (int i = 0; i < g.ni(); i++) {
                                int at = g.index(i, j, k);
                                if (before[at] != before[at]) {
                                    around(g, before, i, j, k, sum);
                                    next[at] = sum[1] > 0 ? sum[0] / sum[1] : Float.NaN;
                                }
                            }
                        }
                    });
            now = next;
        }
        return now;
    }

    /** Value, gradient and second derivatives at a place. */
    public final class Reader {
        private final double[][] w = new double[3][4];
        private final double[][] d = new double[3][4];
        private final double[][] s = new double[3][4];
        private final int[][] at = new int[3][4];
        private final double[] toWorld = new double[9];
        private double value;
        private final double[] gv = new double[3];
        private final double[] hv = new double[6];

        private Reader() {
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    toWorld[3 * r + c] = geometry.direction().get(3 * r + c) / geometry.spacing(c);
                }
            }
        }

        /** Reads at a voxel position; says whether there is a value. */
        public boolean read(double i, double j, double k) {
            taps(i, geometry.ni(), 0);
            taps(j, geometry.nj(), 1);
            taps(k, geometry.nk(), 2);
            value = 0;
            Arrays.fill(gv, 0);
            Arrays.fill(hv, 0);
            for (int c = 0; c < 4; c++) {
                double p = 0;
                double pi = 0;
                double pj = 0;
                double pii = 0;
                double pij = 0;
                double pjj = 0;
                for (int b = 0; b < 4; b++) {
                    int row = geometry.index(0, at[1][b], at[2][c]);
                    double r = 0;
                    double ri = 0;
                    double rii = 0;
                    for (int a = 0; a < 4; a++) {
                        double v = coefficients[row + at[0][a]];
                        r += w[0][a] * v;
                        ri += d[0][a] * v;
                        rii += s[0][a] * v;
                    }
                    p += w[1][b] * r;
                    pi += w[1][b] * ri;
                    pii += w[1][b] * rii;
                    pj += d[1][b] * r;
                    pij += d[1][b] * ri;
                    pjj += s[1][b] * r;
                }
                value += w[2][c] * p;
                gv[0] += w[2][c] * pi;
                gv[1] += w[2][c] * pj;
                gv[2] += d[2][c] * p;
                hv[0] += w[2][c] * pii;
                hv[1] += w[2][c] * pij;
                hv[2] += d[2][c] * pi;
                hv[3] += w[2][c] * pjj;
                hv[4] += d[2][c] * pj;
                hv[5] += s[2][c] * p;
            }
            return unknown == null || !unknown[nearest(i, j, k)];
        }

        private int nearest(double i, double j, double k) {
            return geometry.index(
                    nearest(i, geometry.ni()),
                    nearest(j, geometry.nj()),
                    nearest(k, geometry.nk()));
        }

        private int nearest(double x, int n) {
            return (int) Math.max(0, Math.min(n - 1, Math.rint(x)));
        }

        private void taps(double x, int n, int axis) {
            double in = Math.max(0, Math.min(n - 1, x));
            int whole = (int) in;
            double t = in - whole;
            double r = 1 - t;
            w[axis][0] = r * r * r / 6;
            w[axis][1] = (3 * t * t * t - 6 * t * t + 4) / 6;
            w[axis][2] = (3 * r * r * r - 6 * r * r + 4) / 6;
            w[axis][3] = t * t * t / 6;
            d[axis][0] = -r * r / 2;
            d[axis][1] = (3 * t * t - 4 * t) / 2;
            d[axis][2] = (-3 * t * t + 2 * t + 1) / 2;
            d[axis][3] = t * t / 2;
            s[axis][0] = r;
            s[axis][1] = 3 * t - 2;
            s[axis][2] = 1 - 3 * t;
            s[axis][3] = t;
            for (int q = 0; q < 4; q++) {
                int v = n == 1 ? 0 : Math.floorMod(whole - 1 + q, 2 * n - 2);
                at[axis][q] = v < n ? v : 2 * n - 2 - v;
            }
        }

        public double value() {
            return value;
        }

        /** Writes the change per mm along x, y and z (LPS). */
        public void gradient(double[] g) {
            for (int r = 0; r < 3; r++) {
                g[r] =
                        toWorld[3 * r] * gv[0]
                                + toWorld[3 * r + 1] * gv[1]
                                + toWorld[3 * r + 2] * gv[2];
            }
        }

        /** Writes the second derivatives per mm², xx, xy, xz, yy, yz and zz (LPS). */
        public void hessian(double[] h) {
            int n = 0;
            for (int r = 0; r < 3; r++) {
                for (int c = r; c < 3; c++) {
                    double sum = 0;
                    for (int a = 0; a < 3; a++) {
                        for (int b = 0; b < 3; b++) {
                            sum += toWorld[3 * r + a] * toWorld[3 * c + b] * hv[upper(a, b)];
                        }
                    }
                    h[n++] = sum;
                }
            }
        }

        /** Returns where row a, column b of a symmetric matrix stands among its six numbers. */
        private static int upper(int a, int b) {
            int low = Math.min(a, b);
            return low * (5 - low) / 2 + Math.max(a, b);
        }
    }
}
