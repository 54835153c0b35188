package org.diapason.stats;

/**
 * A symmetric matrix of cross-products as {@code L·Lᵀ}, column by column from the left; a column
 * that the ones before it explain is marked dependent and takes no part.
 */
public final class Cholesky {
    private final int size;
    private final double[] lower;
    private final boolean[] dependent;

    private Cholesky(int size) {
        this.size = size;
        lower = new double[size * size];
        dependent = new boolean[size];
    }

    /**
     * Returns the factor of a matrix.
     *
     * @param matrix {@code size × size}, row by row; not modified
     * @param scale sum of squares of each column against which what is left of it is measured; a
     *     column is dependent where less than {@code 1e-10} of it is left
     */
    public static Cholesky of(double[] matrix, double[] scale) {
        int p = scale.length;
        Cholesky c = new Cholesky(p);
        double[] l = c.lower;
        for (int k = 0; k < p; k++) {
            double left = matrix[k * p + k];
            for (int j = 0; j < k; j++) {
                left -= l[k * p + j] * l[k * p + j];
            }
            c.dependent[k] = !(left > 1e-10 * scale[k]);
            if (c.dependent[k]) {
                continue;
            }
            double root = Math.sqrt(left);
            l[k * p + k] = root;
            for (int r = k + 1; r < p; r++) {
                double sum = matrix[r * p + k];
                for (int j = 0; j < k; j++) {
                    sum -= l[r * p + j] * l[k * p + j];
                }
                l[r * p + k] = sum / root;
            }
        }
        return c;
    }

    public boolean dependent(int column) {
        return dependent[column];
    }

    public boolean full() {
        for (boolean d : dependent) {
            if (d) {
                return false;
            }
        }
        return true;
    }

    /** Returns an element of the diagonal of L. */
    double root(int column) {
        return lower[column * size + column];
    }

    /** Solves in place; a dependent column gets 0. */
    public void solve(double[] rhs) {
        for (int k = 0; k < size; k++) {
            double sum = rhs[k];
            for (int j = 0; j < k; j++) {
                sum -= lower[k * size + j] * rhs[j];
            }
            rhs[k] = dependent[k] ? 0 : sum / lower[k * size + k];
        }
        for (int k = size - 1; k >= 0; k--) {
            double sum = rhs[k];
            for (int j = k + 1; j < size; j++) {
                sum -= lower[j * size + k] * rhs[j];
            }
            rhs[k] = dependent[k] ? 0 : sum / lower[k * size + k];
        }
    }

    /** Returns an element of the diagonal of the inverse. */
    public double inverse(int column) {
        double[] unit = new double[size];
        unit[column] = 1;
        solve(unit);
        return unit[column];
    }
}
