package org.diapason.poisson;

import org.diapason.math.Parallel;

/**
 * A sparse matrix in compressed rows: row r has its entries at {@code starts[r] … starts[r + 1] −
 * 1} of {@code columns} and {@code values}.
 */
public final class SparseMatrix {
    /** Rows a block of work has; fixed, so that sums do not depend on threads. */
    static final int BLOCK = 8192;

    final int width;
    final int[] starts;
    final int[] columns;
    final double[] values;

    /** The sum of every row as it is before its diagonal is rounded, null where it is not known. */
    private final double[] held;

    SparseMatrix(int width, int[] starts, int[] columns, double[] values) {
        this(width, starts, columns, values, null);
    }

    SparseMatrix(int width, int[] starts, int[] columns, double[] values, double[] held) {
        this.width = width;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
        this.held = held;
    }

    /**
     * Returns a square matrix made of compressed rows; the arrays are kept, not copied.
     *
     * @param starts one more than there are rows, from 0 to the number of entries
     * @param columns of each entry, at most once in a row
     * @param values finite
     */
    public static SparseMatrix square(int[] starts, int[] columns, double[] values) {
        int n = starts.length - 1;
        if (n < 0 || starts[0] != 0 || starts[n] > columns.length || starts[n] > values.length) {
            throw new IllegalArgumentException(
                    "starts of rows must go from 0 to the number of entries, "
                            + Math.min(columns.length, values.length));
        }
        int[] seen = new int[n];
        for (int r = 0; r < n; r++) {
            if (starts[r + 1] < starts[r]) {
                throw new IllegalArgumentException("row " + r + " ends before it starts");
            }
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                int c = columns[e];
                if (c < 0 || c >= n || seen[c] == r + 1 || !Double.isFinite(values[e])) {
                    throw new IllegalArgumentException(
                            "row "
                                    + r
                                    + " has the entry "
                                    + values[e]
                                    + " in column "
                                    + c
                                    + "; columns are 0 to "
                                    + (n - 1)
                                    + ", each at most once, values finite");
                }
                seen[c] = r + 1;
            }
        }
        return new SparseMatrix(n, starts, columns, values);
    }

    /**
     * Returns the matrix of a grid's equation; unknowns are numbered as the mask's pixels follow.
     */
    public static SparseMatrix of(PoissonGrid grid) {
        return of(grid, EdgeWeight.PLAIN);
    }

    /** Returns the matrix of a grid's equation with a weight for every edge. */
    public static SparseMatrix of(PoissonGrid grid, EdgeWeight weight) {
        return new Unknowns(grid).matrix(weight);
    }

    public int rows() {
        return starts.length - 1;
    }

    /** Returns how many entries are stored. */
    public int entries() {
        return starts[rows()];
    }

    /** Returns A x. */
    public double[] times(double[] x) {
        double[] y = new double[rows()];
        forRows((first, end) -> product(x, y, first, end));
        return y;
    }

    /**
     * Writes b − A x; {@code to} may be b. Where the sums of rows are known, by the differences of
     * neighbours, whose rounding is that of {@link PoissonGrid#residual} and does not grow with x.
     */
    void residual(double[] x, double[] b, double[] to) {
        forRows(
                (first, end) -> {
                    for (int r = first; r < end; r++) {
                        double here = held == null ? 0 : x[r];
                        double sum = held == null ? b[r] : b[r] - held[r] * here;
                        for (int e = starts[r]; e < starts[r + 1]; e++) {
                            sum -= values[e] * (x[columns[e]] - here);
                        }
                        to[r] = sum;
                    }
                });
    }

    void product(double[] x, double[] to, int first, int end) {
        for (int r = first; r < end; r++) {
            double sum = 0;
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                sum += values[e] * x[columns[e]];
            }
            to[r] = sum;
        }
    }

    /** Adds A x to some rows. */
    void addProduct(double[] x, double[] to, int first, int end) {
        for (int r = first; r < end; r++) {
            double sum = to[r];
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                sum += values[e] * x[columns[e]];
            }
            to[r] = sum;
        }
    }

    /** Checks for symmetry, a diagonal above 0 and no other entry above 0. */
    void checkSymmetricM() {
        SparseMatrix turned = transposed();
        double[] row = new double[width];
        for (int r = 0; r < rows(); r++) {
            for (int e = turned.starts[r]; e < turned.starts[r + 1]; e++) {
                row[turned.columns[e]] = turned.values[e];
            }
            double diagonal = row[r];
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                int c = columns[e];
                if (values[e] != row[c] || c != r && values[e] > 0) {
                    throw new IllegalArgumentException(
                            "the matrix must be symmetric with no entry above 0 beside the"
                                    + " diagonal, but row "
                                    + r
                                    + " has "
                                    + values[e]
                                    + " in column "
                                    + c
                                    + " and row "
                                    + c
                                    + " has "
                                    + row[c]
                                    + " in column "
                                    + r);
                }
            }
            if (!(diagonal > 0)) {
                throw new IllegalArgumentException(
                        "the matrix must have a diagonal above 0, but row "
                                + r
                                + " has "
                                + diagonal);
            }
            for (int e = turned.starts[r]; e < turned.starts[r + 1]; e++) {
                row[turned.columns[e]] = 0;
            }
        }
    }

    double[] diagonal() {
        double[] diagonal = new double[rows()];
        for (int r = 0; r < diagonal.length; r++) {
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                diagonal[r] += columns[e] == r ? values[e] : 0;
            }
        }
        return diagonal;
    }

    /** Returns the transposed matrix; a row's columns ascend. */
    SparseMatrix transposed() {
        int[] at = new int[width + 1];
        int entries = entries();
        for (int e = 0; e < entries; e++) {
            at[columns[e] + 1]++;
        }
        for (int c = 0; c < width; c++) {
            at[c + 1] += at[c];
        }
        int[] to = at.clone();
        int[] rows = new int[entries];
        double[] turned = new double[entries];
        for (int r = 0; r < rows(); r++) {
            for (int e = starts[r]; e < starts[r + 1]; e++) {
                int place = to[columns[e]]++;
                rows[place] = r;
                turned[place] = values[e];
            }
        }
        return new SparseMatrix(rows(), at, rows, turned);
    }

    /** Some rows of a matrix. */
    interface RowRange {
        void run(int first, int end);
    }

    private void forRows(RowRange body) {
        forRows(rows(), body);
    }

    static void forRows(int rows, RowRange body) {
        Parallel.forEach(
                (rows + BLOCK - 1) / BLOCK,
                block -> body.run(block * BLOCK, Math.min(rows, (block + 1) * BLOCK)));
    }
}
