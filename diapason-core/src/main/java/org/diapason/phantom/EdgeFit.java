package org.diapason.phantom;

import org.diapason.math.DampedSteps;
import org.ejml.data.SingularMatrixException;
import org.ejml.simple.SimpleMatrix;

/**
 * A plane edge blurred by a Gaussian, fitted to voxels by least squares.
 *
 * <p>With x along the edge's main axis and y, z along the other two, in mm: {@code value = low +
 * (high − low) · Φ((place + tiltY · y + tiltZ · z − x) / width)}. Every voxel counts at its own
 * distance, so there are no bins whose width would have to be taken off, and the tilt spreads the
 * samples over distances finer than the voxel. Solved by Levenberg and Marquardt's damping.
 *
 * @param low level outside of the edge
 * @param high level inside
 * @param place where the plane crosses the main axis, in mm
 * @param tiltY slope of the plane along the second axis
 * @param tiltZ slope of the plane along the third axis
 * @param width standard deviation of the blur along the main axis, in mm
 * @param residual standard deviation of what the fit leaves
 * @param converged whether the last step was below 1e-6 of the width; false too where the voxels do
 *     not settle the parameters, as in an even volume
 */
record EdgeFit(
        double low,
        double high,
        double place,
        double tiltY,
        double tiltZ,
        double width,
        double residual,
        boolean converged) {
    private static final int PARAMETERS = 6;
    private static final int MAX_ITERATIONS = 100;

    /**
     * Returns the best fit.
     *
     * @param points x, y, z in mm and value, one row per voxel
     * @param start low, high, place, tiltY, tiltZ, width to begin with
     */
    static EdgeFit fit(double[][] points, double[] start) {
        DampedSteps found =
                DampedSteps.search(
                        start,
                        MAX_ITERATIONS,
                        at -> squares(points, at),
                        (at, damping) -> step(points, at, damping),
                        (at, step) -> Math.abs(step[2]) + Math.abs(step[5]) < 1e-6 * at[5]);
        double[] at = found.at().toArray();
        double residual = Math.sqrt(found.squares() / Math.max(1, points.length - PARAMETERS));
        return new EdgeFit(at[0], at[1], at[2], at[3], at[4], at[5], residual, found.converged());
    }

    private static double argument(double[] p, double[] at) {
        return (at[2] + at[3] * p[1] + at[4] * p[2] - p[0]) / at[5];
    }

    private static double squares(double[][] points, double[] at) {
        if (!(at[5] > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (double[] p : points) {
            double off = p[3] - at[0] - (at[1] - at[0]) * Projection.phi(argument(p, at));
            sum += off * off;
        }
        return sum;
    }

    private static double[] step(double[][] points, double[] at, double damping) {
        double[][] normal = new double[PARAMETERS][PARAMETERS];
        double[] right = new double[PARAMETERS];
        double[] slope = new double[PARAMETERS];
        double height = at[1] - at[0];
        for (double[] p : points) {
            double t = argument(p, at);
            double phi = Projection.phi(t);
            double peak = height * StrictMath.exp(-t * t / 2) / Math.sqrt(2 * Math.PI) / at[5];
            slope[0] = 1 - phi;
            slope[1] = phi;
            slope[2] = peak;
            slope[3] = peak * p[1];
            slope[4] = peak * p[2];
            slope[5] = -peak * t;
            double off = p[3] - at[0] - height * phi;
            for (int a = 0; a < PARAMETERS; a++) {
                right[a] += slope[a] * off;
                for (int b = 0; b <= a; b++) {
                    normal[a][b] += slope[a] * slope[b];
                }
            }
        }
        SimpleMatrix matrix = new SimpleMatrix(PARAMETERS, PARAMETERS);
        SimpleMatrix vector = new SimpleMatrix(PARAMETERS, 1);
        for (int a = 0; a < PARAMETERS; a++) {
            for (int b = 0; b <= a; b++) {
                matrix.set(a, b, normal[a][b]);
                matrix.set(b, a, normal[a][b]);
            }
            matrix.set(a, a, normal[a][a] * (1 + damping));
            vector.set(a, 0, right[a]);
        }
        SimpleMatrix solved;
        try {
            solved = matrix.solve(vector);
        } catch (SingularMatrixException e) {
            return null;
        }
        double[] step = new double[PARAMETERS];
        for (int a = 0; a < PARAMETERS; a++) {
            step[a] = solved.get(a, 0);
        }
        return step;
    }
}
