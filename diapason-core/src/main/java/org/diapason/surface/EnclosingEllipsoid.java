package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Symmetric3;

/**
 * The ellipsoid of smallest volume around points.
 *
 * <p>Method: Khachiyan 1996 (Math. Oper. Res. 21(2):307–320) with the steps away from a point of
 * Todd and Yıldırım 2007 (Discrete Appl. Math. 155(13):1731–1744, doi:10.1016/j.dam.2007.02.013).
 * The ellipsoid found is blown up until it holds every point; the true smallest volume lies below
 * its volume by at most the factor {@code (1 + residual)^(-2)}.
 *
 * @param aMm the longest semi-axis in mm
 * @param bMm the semi-axis between in mm
 * @param cMm the shortest semi-axis in mm
 * @param residual how far the farthest point or the weakest support is from optimal, at most the
 *     tolerance where the steps sufficed
 * @param steps steps taken
 */
public record EnclosingEllipsoid(double aMm, double bMm, double cMm, double residual, int steps) {
    private static final double N = 4;

    /**
     * Returns the smallest ellipsoid.
     *
     * @param points x, y, z of each point; not all in one plane
     * @param tolerance residual at which to stop; positive
     * @param maxSteps where to stop in any case
     */
    public static EnclosingEllipsoid around(double[] points, double tolerance, int maxSteps) {
        int count = points.length / 3;
        double[] lifted = lift(points);
        double[] weight = new double[count];
        Arrays.fill(weight, 1.0 / count);
        double[] inverse = inverse(moments(lifted, weight));
        double[] reach = new double[count];
        for (int p = 0; p < count; p++) {
            reach[p] = product(inverse, lifted, p, p);
        }
        int step = 0;
        double residual = Double.POSITIVE_INFINITY;
        for (; step < maxSteps; step++) {
            int far = 0;
            int near = -1;
            for (int p = 0; p < count; p++) {
                far = reach[p] > reach[far] ? p : far;
                near = weight[p] > 0 && (near < 0 || reach[p] < reach[near]) ? p : near;
            }
            double over = reach[far] / N - 1;
            double under = 1 - reach[near] / N;
            residual = Math.max(over, under);
            if (residual <= tolerance) {
                break;
            }
            int at = over >= under ? far : near;
            double k = reach[at];
            double move = (k - N) / (N * (k - 1));
            if (at == near && over < under) {
                move = Math.max(move, -weight[near] / (1 - weight[near]));
            }
            update(lifted, weight, inverse, reach, at, move);
        }
        return ellipsoid(lifted, weight, residual, step);
    }

    public double volumeMm3() {
        return 4 * Math.PI / 3 * (aMm * bMm * cMm);
    }

    /** Returns points as (x, y, z, 1), from their middle, for sound arithmetic. */
    private static double[] lift(double[] points) {
        double[] middle = new double[3];
        for (int p = 0; p < points.length; p++) {
            middle[p % 3] += points[p] / (points.length / 3);
        }
        double[] lifted = new double[points.length / 3 * 4];
        for (int p = 0; p < points.length / 3; p++) {
            for (int a = 0; a < 3; a++) {
                lifted[4 * p + a] = points[3 * p + a] - middle[a];
            }
            lifted[4 * p + 3] = 1;
        }
        return lifted;
    }

    /** Gives a point the share {@code move} of all weight and brings inverse and reach along. */
    private static void update(
            double[] q, double[] weight, double[] inverse, double[] reach, int at, double move) {
        double[] w = new double[4];
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 4; c++) {
                w[r] += inverse[4 * r + c] * q[4 * at + c];
            }
        }
        double ratio = move / (1 - move);
        double f = ratio / (1 + ratio * reach[at]);
        double scale = 1 / (1 - move);
        for (int p = 0; p < weight.length; p++) {
            double d =
                    w[0] * q[4 * p]
                            + w[1] * q[4 * p + 1]
                            + w[2] * q[4 * p + 2]
                            + w[3] * q[4 * p + 3];
            reach[p] = scale * (reach[p] - f * d * d);
            weight[p] *= 1 - move;
        }
        weight[at] = Math.max(0, weight[at] + move);
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 4; c++) {
                inverse[4 * r + c] = scale * (inverse[4 * r + c] - f * w[r] * w[c]);
            }
        }
        if (weight[at] < 1e-14) {
            weight[at] = 0;
        }
    }

    private static double[] moments(double[] q, double[] weight) {
        double[] m = new double[16];
        for (int p = 0; p < weight.length; p++) {
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    m[4 * r + c] += weight[p] * q[4 * p + r] * q[4 * p + c];
                }
            }
        }
        return m;
    }

    /** Semi-axes: (x − c)ᵀ S⁻¹ (x − c) ≤ most, S the spread of the weighted points about c. */
    private static EnclosingEllipsoid ellipsoid(
            double[] q, double[] weight, double residual, int steps) {
        double[] m = moments(q, weight);
        double[] exact = inverse(m);
        double most = 0;
        for (int p = 0; p < weight.length; p++) {
            most = Math.max(most, product(exact, q, p, p) - 1);
        }
        double[] spread = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                spread[3 * r + c] = (m[4 * r + c] - m[4 * r + 3] * m[4 * c + 3]) * most;
            }
        }
        double[] axes = Symmetric3.eigenvalues(spread);
        return new EnclosingEllipsoid(
                Math.sqrt(axes[0]), Math.sqrt(axes[1]), Math.sqrt(axes[2]), residual, steps);
    }

    private static double product(double[] m, double[] q, int a, int b) {
        double sum = 0;
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 4; c++) {
                sum += q[4 * a + r] * m[4 * r + c] * q[4 * b + c];
            }
        }
        return sum;
    }

    /** Gauss and Jordan with the largest pivot. */
    private static double[] inverse(double[] matrix) {
        double[][] m = new double[4][8];
        for (int r = 0; r < 4; r++) {
            System.arraycopy(matrix, 4 * r, m[r], 0, 4);
            m[r][4 + r] = 1;
        }
        for (int c = 0; c < 4; c++) {
            int pivot = c;
            for (int r = c + 1; r < 4; r++) {
                pivot = Math.abs(m[r][c]) > Math.abs(m[pivot][c]) ? r : pivot;
            }
            double[] row = m[pivot];
            m[pivot] = m[c];
            m[c] = row;
            double by = row[c];
            for (int x = 0; x < 8; x++) {
                row[x] /= by;
            }
            for (int r = 0; r < 4; r++) {
                double times = m[r][c];
                for (int x = 0; r != c && x < 8; x++) {
                    m[r][x] -= times * row[x];
                }
            }
        }
        double[] inverse = new double[16];
        for (int r = 0; r < 4; r++) {
            System.arraycopy(m[r], 4, inverse, 4 * r, 4);
        }
        return inverse;
    }
}
