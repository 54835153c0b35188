package org.diapason.poisson;

import org.diapason.volume.RefusedException;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.IGrowArray;
import org.ejml.sparse.csc.decomposition.chol.CholeskyUpLooking_DSCC;
import org.ejml.sparse.csc.misc.ColumnCounts_DSCC;
import org.ejml.sparse.csc.misc.TriangularSolver_DSCC;

/** A symmetric positive definite matrix, its unknowns in a given order, as L Lᵀ. */
final class SparseCholesky {
    /** A pivot this small against its diagonal is rounding: the matrix is singular. */
    private static final double NO_PIVOT = 1e-13;

    private final int[] order;
    private final DMatrixSparseCSC upper;
    private DMatrixSparseCSC factor;

    /**
     * @param order the unknowns in the order of elimination; kept, not copied
     */
    SparseCholesky(SparseMatrix matrix, int[] order) {
        this.order = order;
        int n = order.length;
        int[] place = new int[n];
        for (int x = 0; x < n; x++) {
            place[order[x]] = x;
        }
        upper = new DMatrixSparseCSC(n, n, (matrix.entries() + n) / 2 + 1);
        int at = 0;
        for (int x = 0; x < n; x++) {
            int row = order[x];
            for (int e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) {
                if (place[matrix.columns[e]] <= x) {
                    upper.growMaxLength(at + 1, true);
                    upper.nz_rows[at] = place[matrix.columns[e]];
                    upper.nz_values[at++] = matrix.values[e];
                }
            }
            upper.col_idx[x + 1] = at;
        }
        upper.nz_length = at;
        upper.indicesSorted = false;
    }

    /** Returns how many entries the factor will have, without computing it. */
    long predictedEntries() {
        int n = order.length;
        int[] parent = new int[n];
        int[] post = new int[n];
        int[] counts = new int[n];
        IGrowArray work = new IGrowArray();
        TriangularSolver_DSCC.eliminationTree(upper, false, parent, work);
        TriangularSolver_DSCC.postorder(parent, n, post, work);
        new ColumnCounts_DSCC(false).process(upper, parent, post, counts);
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * Computes the factor.
     *
     * @throws RefusedException if the matrix is singular or not positive definite, to rounding
     */
    void factor() {
        CholeskyUpLooking_DSCC cholesky = new CholeskyUpLooking_DSCC();
        boolean definite = cholesky.decompose(upper);
        factor = definite ? cholesky.getL() : null;
        for (int x = 0; definite && x < order.length; x++) {
            double pivot = factor.nz_values[factor.col_idx[x]];
            definite = pivot * pivot > NO_PIVOT * upper.get(x, x);
        }
        if (!definite) {
            throw new RefusedException(
                    "the direct solver finds a part of the mask held by next to nothing: a pivot is"
                            + " rounding alone. Raise the screen.");
        }
    }

    double[] solve(double[] b) {
        double[] x = new double[order.length];
        for (int u = 0; u < x.length; u++) {
            x[u] = b[order[u]];
        }
        TriangularSolver_DSCC.solveL(factor, x);
        TriangularSolver_DSCC.solveTranL(factor, x);
        double[] solution = new double[x.length];
        for (int u = 0; u < x.length; u++) {
            solution[order[u]] = x[u];
        }
        return solution;
    }
}
