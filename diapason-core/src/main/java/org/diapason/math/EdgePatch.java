package org.diapason.math;

import org.diapason.volume.Numbers;
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
 * @param bendUu c3, half the curvature along u in 1/mm
 * @param bendUv c4
 * @param bendVv c5, half the curvature along v
 * @param bendVariance covariance of the three bends by the residual, row by row; NaN where it is
 *     not settled
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
        double bendUu,
        double bendUv,
        double bendVv,
        Numbers bendVariance,
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
        double[] start = new double[PARAMETERS];
        start[0] = low;
        start[1] = high;
        start[WIDTH] = sigmaMm;
        DampedSteps found =
                DampedSteps.search(
                        start,
                        MAX_ITERATIONS,
                        at -> squares(points, at),
                        (at, damping) -> step(points, at, damping),
                        (at, step) -> Math.abs(step[2]) + Math.abs(step[WIDTH]) < 1e-4 * at[WIDTH]);
        double[] at = found.at().toArray();
        double residual = Math.sqrt(found.squares() / Math.max(1, points.length - PARAMETERS));
        double[][] covariance = covariance(points, at, residual);
        double length = Math.sqrt(Math.max(1, steepness(points, at, covariance)));
        return new EdgePatch(
                at[0],
                at[1],
                at[2],
                at[3],
                at[4],
                at[5],
                at[6],
                at[7],
                bends(covariance),
                at[WIDTH] / length,
                residual,
                found.converged());
    }

    /**
     * Returns the mean squared secant of the angle between w and the normal over the piece, less
     * what the noise of the slopes adds to it.
     */
    private static double steepness(double[][] points, double[] at, double[][] c) {
        double sum = 0;
        double uu = 0;
        double vv = 0;
        for (double[] p : points) {
            double u = at[3] + 2 * at[5] * p[0] + at[6] * p[1];
            double v = at[4] + at[6] * p[0] + 2 * at[7] * p[1];
            sum += 1 + u * u + v * v;
            uu += p[0] * p[0];
            vv += p[1] * p[1];
        }
        if (c == null) {
            return sum / points.length;
        }
        double noise = uu * (4 * c[5][5] + c[6][6]) + vv * (c[6][6] + 4 * c[7][7]);
        return (sum - noise) / points.length - c[3][3] - c[4][4];
    }

    private static Numbers bends(double[][] covariance) {
        double[] nine = new double[9];
        for (int n = 0; n < 9; n++) {
            nine[n] = covariance == null ? Double.NaN : covariance[5 + n / 3][5 + n % 3];
        }
        return Numbers.of(nine);
    }

    /** Returns the covariance of the parameters; null where they are not settled. */
    private static double[][] covariance(double[][] points, double[] at, double residual) {
        double[][] out = new double[PARAMETERS][];
        double[][] all = normal(points, at);
        for (int a = 0; a < PARAMETERS; a++) {
            double[][] m = new double[PARAMETERS][];
            for (int b = 0; b < PARAMETERS; b++) {
                m[b] = all[b].clone();
            }
            for (int b = 0; b < PARAMETERS; b++) {
                m[b][b] = m[b][b] > 0 ? m[b][b] : 1;
                m[b][PARAMETERS] = a == b ? residual * residual : 0;
            }
            out[a] = solve(m);
            if (out[a] == null) {
                return null;
            }
        }
        return out;
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
        if (!(at[WIDTH] > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (double[] p : points) {
            double off = p[3] - at[0] - (at[1] - at[0]) * phi(argument(p, at));
            sum += off * off;
        }
        return sum;
    }

    private static double[] step(double[][] points, double[] at, double damping) {
        double[][] normal = normal(points, at);
        for (int a = 0; a < PARAMETERS; a++) {
            // a slice has no second tangent: its columns are 0 and its steps must be, too
            normal[a][a] = normal[a][a] > 0 ? normal[a][a] * (1 + damping) : 1;
        }
        return solve(normal);
    }

    /** Returns the normal equations of a step; each row ends in its right side. */
    private static double[][] normal(double[][] points, double[] at) {
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
        }
        return normal;
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
