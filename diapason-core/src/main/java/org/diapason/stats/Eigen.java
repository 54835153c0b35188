package org.diapason.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.volume.RefusedException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues of a symmetric matrix from the smallest on, with their vectors of length 1. */
public final class Eigen {
    private final double[] values;
    private final DMatrixRMaj vectors;

    private Eigen(double[] values, DMatrixRMaj vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /** Returns those of a matrix {@code size × size}, row by row; it is not modified. */
    public static Eigen of(double[] matrix, int size) {
        EigenDecomposition_F64<DMatrixRMaj> found = DecompositionFactory_DDRM.eig(size, true, true);
        if (size == 0) {
            return new Eigen(new double[0], new DMatrixRMaj(0, 0));
        }
        if (!found.decompose(DMatrixRMaj.wrap(size, size, matrix.clone()))) {
            throw new RefusedException(
                    "the eigenvalues of a matrix of "
                            + size
                            + " columns were not found. Scale the columns to like sizes.");
        }
        List<Integer> order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparing(k -> found.getEigenvalue(k).getReal()))
                        .toList();
        double[] values = new double[size];
        DMatrixRMaj vectors = new DMatrixRMaj(size, size);
        for (int k = 0; k < size; k++) {
            values[k] = found.getEigenvalue(order.get(k)).getReal();
            DMatrixRMaj vector = found.getEigenVector(order.get(k));
            for (int r = 0; r < size; r++) {
                vectors.set(r, k, vector.get(r, 0));
            }
        }
        return new Eigen(values, vectors);
    }

    public double value(int k) {
        return values[k];
    }

    public double vector(int row, int k) {
        return vectors.get(row, k);
    }

    /** Returns the vectors as columns; do not write to it. */
    DMatrixRMaj vectors() {
        return vectors;
    }

    /** Returns T'AT. */
    static double[] congruent(double[] a, double[] t, int size) {
        DMatrixRMaj matrix = DMatrixRMaj.wrap(size, size, a);
        DMatrixRMaj by = DMatrixRMaj.wrap(size, size, t);
        DMatrixRMaj half = new DMatrixRMaj(size, size);
        DMatrixRMaj whole = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(matrix, by, half);
        CommonOps_DDRM.multTransA(by, half, whole);
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < r; c++) {
                double mean = (whole.get(r, c) + whole.get(c, r)) / 2;
                whole.set(r, c, mean);
                whole.set(c, r, mean);
            }
        }
        return whole.data;
    }

    /** Returns R, upper triangular, with R'AR = 1 for a positive definite A. */
    static double[] inverseRoot(double[] a, int size) {
        double[] lower = new double[size * size];
        for (int k = 0; k < size; k++) {
            for (int r = k; r < size; r++) {
                double sum = a[r * size + k];
                for (int j = 0; j < k; j++) {
                    sum -= lower[r * size + j] * lower[k * size + j];
                }
                lower[r * size + k] = r == k ? Math.sqrt(sum) : sum / lower[k * size + k];
            }
        }
        double[] root = new double[size * size];
        for (int c = 0; c < size; c++) {
            for (int r = c; r < size; r++) {
                double sum = r == c ? 1 : 0;
                for (int j = c; j < r; j++) {
                    sum -= lower[r * size + j] * root[c * size + j];
                }
                root[c * size + r] = sum / lower[r * size + r];
            }
        }
        return root;
    }
}
