package org.diapason.stats;

import org.diapason.math.Parallel;

/**
 * Principal components of rows whose columns have a mean of 0: eigenvectors of their covariance, by
 * the smaller of the two matrices of products, rows × rows or columns × columns.
 *
 * <p>A direction has length 1 and the sign that makes its largest element positive (the first such
 * element where two are as large).
 */
public final class PrincipalComponents {
    private final double[] variances;
    private final double[][] directions;

    private PrincipalComponents(double[] variances, double[][] directions) {
        this.variances = variances;
        this.directions = directions;
    }

    /**
     * Returns the components of rows, which are not modified; those of no variance (10⁻¹² of the
     * largest) are left out.
     */
    public static PrincipalComponents of(double[][] rows) {
        int n = rows.length;
        int columns = n == 0 ? 0 : rows[0].length;
        boolean byRows = n < columns;
        double[][] vectors = byRows ? rows : transposed(rows);
        int size = vectors.length;
        double[] products = new double[size * size];
        Parallel.forEach(
                size,
                a -> {
                    for (int b = 0; b <= a; b++) {
                        products[a * size + b] = dot(vectors[a], vectors[b]);
                    }
                });
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                products[a * size + b] = products[b * size + a];
            }
        }
        Eigen eigen = Eigen.of(products, size);
        int count = 0;
        while (count < size && eigen.value(size - 1 - count) > floor(eigen, size)) {
            count++;
        }
        double[] variances = new double[count];
        double[][] directions = new double[count][columns];
        for (int k = 0; k < count; k++) {
            int from = size - 1 - k;
            variances[k] = eigen.value(from) / (n - 1);
            for (int m = 0; m < size; m++) {
                if (byRows) {
                    for (int c = 0; c < columns; c++) {
                        directions[k][c] += eigen.vector(m, from) * rows[m][c];
                    }
                } else {
                    directions[k][m] = eigen.vector(m, from);
                }
            }
            orient(directions[k]);
        }
        return new PrincipalComponents(variances, directions);
    }

    private static double floor(Eigen eigen, int size) {
        return Math.max(0, 1e-12 * eigen.value(size - 1));
    }

    private static void orient(double[] direction) {
        double length = Math.sqrt(dot(direction, direction));
        int largest = 0;
        for (int c = 1; c < direction.length; c++) {
            if (Math.abs(direction[c]) > Math.abs(direction[largest]) * (1 + 1e-9)) {
                largest = c;
            }
        }
        double factor = (direction[largest] < 0 ? -1 : 1) / length;
        for (int c = 0; c < direction.length; c++) {
            direction[c] *= factor;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows.length == 0 ? 0 : rows[0].length][rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][r] = rows[r][c];
            }
        }
        return columns;
    }

    /** Returns the variance along each direction, divisor rows − 1, the largest first. */
    public double[] variances() {
        return variances.clone();
    }

    /** Returns {@code [component][column]}; do not write to it. */
    public double[][] directions() {
        return directions;
    }
}
