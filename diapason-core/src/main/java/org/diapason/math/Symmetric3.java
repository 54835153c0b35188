package org.diapason.math;

/** Eigenvalues of symmetric 3 × 3 matrices by Jacobi's rotations. */
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
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = Math.abs(m[1]) + Math.abs(m[2]) + Math.abs(m[5]);
            if (off == 0) {
                break;
            }
            rotate(m, 0, 1);
            rotate(m, 0, 2);
            rotate(m, 1, 2);
        }
        double a = Math.max(m[0], Math.max(m[4], m[8]));
        double c = Math.min(m[0], Math.min(m[4], m[8]));
        double b = Math.max(Math.min(m[0], m[4]), Math.min(Math.max(m[0], m[4]), m[8]));
        return new double[] {a, b, c};
    }

    private static void rotate(double[] m, int p, int q) {
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
    }
}
