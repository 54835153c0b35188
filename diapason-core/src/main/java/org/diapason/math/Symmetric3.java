package org.diapason.math;

/** Eigenvalues and eigenvectors of symmetric 3 × 3 matrices by Jacobi's rotations. */
public final class Symmetric3 {
    private static final int SWEEPS = 60;

    private Symmetric3() {}

    /**
     * Returns the eigenvalues, largest first, to a few units in the last place of the largest.
     *
     * @param matrix nine numbers, symmetric; not modified
     */
    public static double[] eigenvalues(double[] matrix) {
        double[] m = matrix.clone();
        diagonalise(m, null);
        double a = Math.max(m[0], Math.max(m[4], m[8]));
        double c = Math.min(m[0], Math.min(m[4], m[8]));
        double b = Math.max(Math.min(m[0], m[4]), Math.min(Math.max(m[0], m[4]), m[8]));
        return new double[] {a, b, c};
    }

    /**
     * Writes the three eigenvectors of length 1 one after the other, that of the largest eigenvalue
     * first; their signs mean nothing.
     *
     * @param matrix nine numbers, symmetric; modified
     */
    public static void eigenvectors(double[] matrix, double[] vectors) {
        double[] v = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        diagonalise(matrix, v);
        int most = matrix[4] > matrix[0] ? 1 : 0;
        most = matrix[8] > matrix[4 * most] ? 2 : most;
        int least = (most + 1) % 3;
        int other = (most + 2) % 3;
        least = matrix[4 * other] <= matrix[4 * least] ? other : least;
        int[] order = {most, 3 - most - least, least};
        for (int e = 0; e < 3; e++) {
            for (int a = 0; a < 3; a++) {
                vectors[3 * e + a] = v[3 * a + order[e]];
            }
        }
    }

    /** Leaves the eigenvalues on the diagonal, and the vectors as columns of v unless null. */
    private static void diagonalise(double[] m, double[] v) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = Math.abs(m[1]) + Math.abs(m[2]) + Math.abs(m[5]);
            if (off == 0) {
                break;
            }
            rotate(m, v, 0, 1);
            rotate(m, v, 0, 2);
            rotate(m, v, 1, 2);
        }
    }

    private static void rotate(double[] m, double[] v, int p, int q) {
        double apq = m[3 * p + q];
        if (apq == 0) {
            return;
        }
        double theta = (m[4 * q] - m[4 * p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        int r = 3 - p - q;
        m[4 * p] -= t * apq;
        m[4 * q] += t * apq;
        m[3 * p + q] = 0;
        m[3 * q + p] = 0;
        double arp = m[3 * r + p];
        double arq = m[3 * r + q];
        m[3 * r + p] = c * arp - s * arq;
        m[3 * p + r] = m[3 * r + p];
        m[3 * r + q] = s * arp + c * arq;
        m[3 * q + r] = m[3 * r + q];
        for (int a = 0; v != null && a < 9; a += 3) {
            double x = v[a + p];
            v[a + p] = c * x - s * v[a + q];
            v[a + q] = s * x + c * v[a + q];
        }
    }
}
