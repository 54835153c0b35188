package org.diapason.math;

import org.diapason.volume.RefusedException;

/** The equations of the least squares by which tiles are fitted. */
final class NormalEquations {
    /** A column of which less is left beside the others is flat. */
    private static final double FLAT = 1e-6;

    private NormalEquations() {}

    /**
     * Solves a symmetric system by Cholesky's factors, which take the place of the matrix; the
     * solution takes that of the right side.
     *
     * @throws RefusedException if a column is nearly a sum of others
     */
    static void solve(double[] m, double[] rhs) {
        int size = rhs.length;
        for (int k = 0; k < size; k++) {
            double whole = m[k * size + k];
            for (int c = 0; c <= k; c++) {
                double sum = m[k * size + c];
                for (int j = 0; j < c; j++) {
                    sum -= m[k * size + j] * m[c * size + j];
                }
                if (c < k) {
                    m[k * size + c] = sum / m[c * size + c];
                } else if (sum > FLAT * whole) {
                    m[k * size + k] = Math.sqrt(sum);
                } else {
                    throw new RefusedException(
                            "what the tiles share is too flat to tell gain from offset. Choose the"
                                    + " model offset or gain.");
                }
            }
        }
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < k; j++) {
                rhs[k] -= m[k * size + j] * rhs[j];
            }
            rhs[k] /= m[k * size + k];
        }
        for (int k = size - 1; k >= 0; k--) {
            for (int j = k + 1; j < size; j++) {
                rhs[k] -= m[j * size + k] * rhs[j];
            }
            rhs[k] /= m[k * size + k];
        }
    }
}
