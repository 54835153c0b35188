package org.diapason.features;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The maximal correlation coefficient of a symmetric co-occurrence matrix: the root of the second
 * largest eigenvalue of Q(i, j) = Σₖ p(i, k) p(j, k)/(p(i) p(k)).
 *
 * <p>With D the diagonal of the marginals, Q is similar to the square of the symmetric matrix
 * D^(−1/2) P D^(−1/2), so the coefficient is the second largest absolute eigenvalue of that; the
 * largest is 1.
 *
 * <p>Method: Haralick, Shanmugam and Dinstein 1973, IEEE Trans. Syst. Man Cybern. 3(6):610–621,
 * feature 14. It is no feature of the IBSI manual.
 */
final class MaximalCorrelation {
    private MaximalCorrelation() {}

    /**
     * Returns the coefficient; 0 where all pairs have one level.
     *
     * @param pairs pairs of levels counted one way: row = lower level, column = difference
     * @param low the lowest level
     * @param marginal twice the counts of each level from the lowest on
     */
    static double of(Counts pairs, int low, double[] marginal) {
        int[] place = new int[marginal.length];
        int n = 0;
        for (int level = 0; level < marginal.length; level++) {
            place[level] = marginal[level] > 0 ? n++ : -1;
        }
        if (n < 2) {
            return 0;
        }
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int m = 0; m < pairs.size(); m++) {
            int a = pairs.row(m) - low;
            int b = a + pairs.column(m);
            double count = a == b ? 2 * pairs.count(m) : pairs.count(m);
            double scaled = count / Math.sqrt(marginal[a] * marginal[b]);
            matrix.set(place[a], place[b], scaled);
            matrix.set(place[b], place[a], scaled);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        if (!eigen.decompose(matrix)) {
            return Double.NaN;
        }
        double first = 0;
        double second = 0;
        for (int e = 0; e < n; e++) {
            double size = Math.abs(eigen.getEigenvalue(e).getReal());
            if (size > first) {
                second = first;
                first = size;
            } else {
                second = Math.max(second, size);
            }
        }
        return second;
    }
}
