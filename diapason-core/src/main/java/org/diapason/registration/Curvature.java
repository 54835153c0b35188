package org.diapason.registration;

import org.diapason.volume.Affine;

/** How steeply a metric falls about its best place, by differences of its gradient. */
final class Curvature {
    /** A way along which the metric falls by less than this share of its mean is flat. */
    private static final double FLAT = 1e-3;

    /**
     * Voxels between the gradients, and how often and how much wider they are taken where the
     * metric does not fall: of a plane, and of bodies that are bent, the part that is looked at can
     * find itself in a dent.
     */
    private static final double STEP = 0.1;

    private static final int STEPS = 3;

    private static final double WIDER = 5;

    /** How often more is added to the diagonal of a metric that does not fall every way. */
    private static final int TRIES = 8;

    private Curvature() {}

    /**
     * Returns the inverse of minus the second derivatives by the scaled parameters, mm² per unit of
     * the metric; null where the metric does not fall.
     *
     * @param voxelMm of the fixed image
     */
    static double[][] inverse(Metric metric, Scaled scaled, Affine at, double voxelMm) {
        double[][] inverse = null;
        double step = STEP * voxelMm;
        for (int s = 0; s < STEPS && inverse == null; s++) {
            inverse = byDifferences(metric, scaled, at, step);
            step *= WIDER;
        }
        return inverse;
    }

    private static double[][] byDifferences(
            Metric metric, Scaled scaled, Affine at, double stepMm) {
        double[] held = scaled.parametersOf(at);
        double[] centre = scaled.of(held);
        int n = centre.length;
        double[] here = gradient(metric, scaled, held, centre);
        double[][] curve = new double[n][];
        for (int a = 0; a < n; a++) {
            double[] there = centre.clone();
            there[a] += stepMm;
            curve[a] = gradient(metric, scaled, held, there);
            for (int b = 0; b < n; b++) {
                curve[a][b] = (here[b] - curve[a][b]) / stepMm;
            }
        }
        double[][] even = new double[n][n];
        double mean = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                even[a][b] = (curve[a][b] + curve[b][a]) / 2;
            }
            mean += Math.abs(even[a][a]) / n;
        }
        double added = 0;
        for (int t = 0; t < TRIES; t++) {
            // A curvature that barely is one would promise errors without end.
            double least = Math.max(FLAT * mean, added / 2);
            if (inverse(even, added - least) != null) {
                return inverse(even, added);
            }
            added = added == 0 ? FLAT * mean : 4 * added;
        }
        return null;
    }

    private static double[] gradient(Metric metric, Scaled scaled, double[] held, double[] at) {
        Metric.Found found = metric.at(scaled.transform(held, at));
        return scaled.gradient(held, at, found.gradient());
    }

    /** Returns the inverse by Cholesky's factors; null where it has none. */
    private static double[][] inverse(double[][] m, double added) {
        int n = m.length;
        double[][] l = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = m[a][b] + (a == b ? added : 0);
                for (int c = 0; c < b; c++) {
                    sum -= l[a][c] * l[b][c];
                }
                if (a == b && !(sum > 0)) {
                    return null;
                }
                l[a][b] = a == b ? Math.sqrt(sum) : sum / l[b][b];
            }
        }
        double[][] out = new double[n][n];
        for (int column = 0; column < n; column++) {
            double[] x = new double[n];
            for (int a = 0; a < n; a++) {
                double sum = a == column ? 1 : 0;
                for (int b = 0; b < a; b++) {
                    sum -= l[a][b] * x[b];
                }
                x[a] = sum / l[a][a];
            }
            for (int a = n - 1; a >= 0; a--) {
                double sum = x[a];
                for (int b = a + 1; b < n; b++) {
                    sum -= l[b][a] * x[b];
                }
                x[a] = sum / l[a][a];
                out[a][column] = x[a];
            }
        }
        return out;
    }
}
