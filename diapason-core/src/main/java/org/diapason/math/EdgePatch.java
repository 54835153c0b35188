package org.diapason.math;

import org.hipparchus.special.Erf;

/**
 * A small piece of a smooth surface between two even tissues, blurred by a Gaussian and fitted to
 * voxels by least squares.
 *
 * <p>In a frame whose w axis points roughly across the surface: {@code value = low + (high − low) ·
 * Φ((w − c0 − c1 u − c2 v − c3 u² − c4 u v − c5 v²)/s)}. Tilt and curvature spread the voxels over
 * distances finer than their spacing, so nothing is binned. Damped as Levenberg and Marquardt do.
 *
 * @param low level on the side of negative w
 * @param high level on the side of positive w
 * @param place where the surface crosses the w axis, in mm
 * @param tiltU slope of the surface along u
 * @param tiltV slope of the surface along v
 * @param sigma standard deviation of the blur along the surface's normal, in mm
 * @param residual standard deviation of what the fit leaves
 * @param converged whether the last step was small; false too where voxels do not settle it
 */
public record EdgePatch(
        double low,
        double high,
        double place,
        double tiltU,
        double tiltV,
        double sigma,
        double residual,
        boolean converged) {
    private static final int PARAMETERS = 9;
    private static final int MAX_ITERATIONS = 60;
    private static final int WIDTH = 8;

    /**
     * Fits the surface.
     *
     * @param points u, v, w in mm and value, one row per voxel; not modified
     * @param low level to begin with
     * @param high level to begin with
     * @param sigmaMm blur to begin with
     */
    public static EdgePatch fit(double[][] points, double low, double high, double sigmaMm) {
        double[] at = new double[PARAMETERS];
        at[0] = low;
        at[1] = high;
        at[WIDTH] = sigmaMm;
        double damping = 1e-3;
        double error = squares(points, at);
        boolean converged = false;
        for (int round = 0; round < MAX_ITERATIONS && !converged; round++) {
            double[] step = step(points, at, damping);
            if (step == null) {
                break;
            }
            double[] next = new double[PARAMETERS];
            for (int a = 0; a < PARAMETERS; a++) {
                next[a] = at[a] + step[a];
            }
            double nextError = next[WIDTH] > 0 ? squares(points, next) : Double.POSITIVE_INFINITY;
            boolean small = Math.abs(step[2]) + Math.abs(step[WIDTH]) < 1e-4 * at[WIDTH];
            if (nextError <= error) {
                at = next;
                error = nextError;
                damping /= 10;
                converged = small;
            } else {
                damping *= 10;
                converged = small && damping < 1e3;
            }
        }
        double residual = Math.sqrt(error / Math.max(1, points.length - PARAMETERS));
        double length = Math.sqrt(1 + at[3] * at[3] + at[4] * at[4]);
        return new EdgePatch(
                at[0], at[1], at[2], at[3], at[4], at[WIDTH] / length, residual, converged);
    }

    private static double argument(double[] p, double[] at) {
        double u = p[0];
        double v = p[1];
        double surface =
                at[2] + at[3] * u + at[4] * v + at[5] * u * u + at[6] * u * v + at[7] * v * v;
        return (p[2] - surface) / at[WIDTH];
    }

    private static double phi(double t) {
        return 0.5 * Erf.erfc(-t / Math.sqrt(2));
    }

    private static double squares(double[][] points, double[] at) {
        double sum = 0;
        for (double[] p : points) {
            double off = p[3] - at[0] - (at[1] - at[0]) * phi(argument(p, at));
            sum += off * off;
        }
        return sum;
    }

    private static double[] step(double[][] points, double[] at, double damping) {
        double[][] normal = new double[PARAMETERS][PARAMETERS + 1];
        double[] slope = new double[PARAMETERS];
        double height = at[1] - at[0];
        for (double[] p : points) {
            double t = argument(p, at);
            double phi = phi(t);
            double peak = -height * StrictMath.exp(-t * t / 2) / Math.sqrt(2 * Math.PI) / at[WIDTH];
            slope[0] = 1 - phi;
            slope[1] = phi;
            slope[2] = peak;
            slope[3] = peak * p[0];
            slope[4] = peak * p[1];
            slope[5] = peak * p[0] * p[0];
            slope[6] = peak * p[0] * p[1];
            slope[7] = peak * p[1] * p[1];
            slope[WIDTH] = peak * t;
            double off = p[3] - at[0] - height * phi;
            for (int a = 0; a < PARAMETERS; a++) {
                normal[a][PARAMETERS] += slope[a] * off;
                for (int b = 0; b <= a; b++) {
                    normal[a][b] += slope[a] * slope[b];
                }
            }
        }
        for (int a = 0; a < PARAMETERS; a++) {
            for (int b = 0; b < a; b++) {
                normal[b][a] = normal[a][b];
            }
            // a slice has no second tangent: its columns are 0 and its steps must be, too
            normal[a][a] = normal[a][a] > 0 ? normal[a][a] * (1 + damping) : 1;
        }
        return solve(normal);
    }

    /** Solves the system of which each row ends in its right side, in place; null if singular. */
    static double[] solve(double[][] m) {
        int n = m.length;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(m[r][c]) > Math.abs(m[pivot][c]) ? r : pivot;
            }
            if (!(Math.abs(m[pivot][c]) > 0)) {
                return null;
            }
            double[] swap = m[c];
            m[c] = m[pivot];
            m[pivot] = swap;
            for (int r = c + 1; r < n; r++) {
                double factor = m[r][c] / m[c][c];
                for (int x = c; x <= n; x++) {
                    m[r][x] -= factor * m[c][x];
                }
            }
        }
        double[] out = new double[n];
        for (int c = n - 1; c >= 0; c--) {
            double sum = m[c][n];
            for (int x = c + 1; x < n; x++) {
                sum -= m[c][x] * out[x];
            }
            out[c] = sum / m[c][c];
        }
        return out;
    }
}
