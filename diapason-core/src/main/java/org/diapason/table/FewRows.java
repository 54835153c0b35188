package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says whether sums over rows can be added and subtracted until fewer than k rows are left.
 *
 * <p>The sums of a feature y are X'y, X = [1 | covariate numbers]. Any combination of them,
 * (X·c)'y, is of the rows where X·c is not 0, and rows S can be alone in one if and only if the
 * block of S in H = X(X'X)⁻X' has the eigenvalue 1. One row is also told where its leverage Hᵢᵢ is
 * over {@value #MOST_LEVERAGE}: then the others blur its features by less than a third of their
 * spread.
 *
 * <p>Of the rows of such an S, the one with the largest part in the eigenvector has Σ|Hᵢⱼ| ≥ 1 over
 * S (Gershgorin), hence a leverage of 1/(k − 1) or more: at most (k − 1) × rank rows are looked at.
 */
final class FewRows {
    private static final double MOST_LEVERAGE = 0.9;
    private static final double ONE = 1 - 1e-6;
    private static final double DEPENDENT = 1e-7;

    /** Share of a column that is left by rounding where all of it is one number. */
    private static final double ROUNDING = 1e-13;

    /** Sets of rows looked at before the answer is taken to be yes. */
    private static final int MOST_SETS = 5_000_000;

    private final int most;
    private final int count;

    /** Orthonormal columns of X, by row. */
    private final double[][] basis;

    private int sets;

    private FewRows(List<double[]> codes, int fewest) {
        most = Math.min(fewest - 1, codes.size());
        count = codes.size();
        basis = basis(codes);
    }

    /**
     * Says whether sums over these rows tell of fewer rows than {@code fewest}.
     *
     * @param codes covariate numbers of each row, at least one row
     */
    static boolean told(List<double[]> codes, int fewest) {
        return codes.size() < fewest || new FewRows(codes, fewest).told();
    }

    private boolean told() {
        double[] leverage = new double[count];
        for (int i = 0; i < count; i++) {
            leverage[i] = product(i, i);
            if (leverage[i] > MOST_LEVERAGE) {
                return true;
            }
        }
        for (int i = 0; i < count; i++) {
            if (leverage[i] * most >= ONE && toldWith(i, leverage[i])) {
                return true;
            }
        }
        return false;
    }

    /** Looks at the sets of rows in which this one has the largest part. */
    private boolean toldWith(int anchor, double leverage) {
        List<Integer> others = new ArrayList<>();
        double[] reach = new double[count];
        for (int j = 0; j < count; j++) {
            reach[j] = Math.abs(product(anchor, j));
            if (j != anchor) {
                others.add(j);
            }
        }
        others.sort((a, b) -> Double.compare(reach[b], reach[a]));
        int[] set = new int[most];
        set[0] = anchor;
        return search(set, 1, others, 0, reach, ONE - leverage);
    }

    private boolean search(
            int[] set, int size, List<Integer> others, int from, double[] reach, double needed) {
        if (size == most) {
            return needed <= 0 && (++sets > MOST_SETS || alone(set));
        }
        for (int n = from; n < others.size(); n++) {
            int j = others.get(n);
            if (reach[j] * (most - size) < needed) {
                return false;
            }
            set[size] = j;
            if (search(set, size + 1, others, n + 1, reach, needed - reach[j])) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether 1 − H is not positive definite in these rows. */
    private boolean alone(int[] set) {
        double[] l = new double[most * most];
        for (int a = 0; a < most; a++) {
            for (int b = 0; b <= a; b++) {
                double left = (a == b ? ONE : 0) - product(set[a], set[b]);
                for (int k = 0; k < b; k++) {
                    left -= l[a * most + k] * l[b * most + k];
                }
                if (a == b && !(left > 0)) {
                    return true;
                }
                l[a * most + b] = a == b ? Math.sqrt(left) : left / l[b * most + b];
            }
        }
        return false;
    }

    private double product(int i, int j) {
        double sum = 0;
        for (int k = 0; k < basis[i].length; k++) {
            sum += basis[i][k] * basis[j][k];
        }
        return sum;
    }

    /** Gram and Schmidt, twice; a column that the ones before it explain is left out. */
    private static double[][] basis(List<double[]> codes) {
        int n = codes.size();
        List<double[]> columns = new ArrayList<>();
        for (int k = -1; k < codes.get(0).length; k++) {
            double[] column = new double[n];
            for (int r = 0; r < n; r++) {
                column[r] = k < 0 ? 1 : codes.get(r)[k];
            }
            double whole = length(column);
            if (k >= 0) {
                double mean = Arrays.stream(column).sum() / n;
                Arrays.setAll(column, r -> column[r] - mean);
            }
            double before = length(column);
            for (int again = 0; again < 2; again++) {
                for (double[] known : columns) {
                    double part = 0;
                    for (int r = 0; r < n; r++) {
                        part += known[r] * column[r];
                    }
                    for (int r = 0; r < n; r++) {
                        column[r] -= part * known[r];
                    }
                }
            }
            double left = length(column);
            if (left > DEPENDENT * before && before > ROUNDING * whole) {
                for (int r = 0; r < n; r++) {
                    column[r] /= left;
                }
                columns.add(column);
            }
        }
        double[][] rows = new double[n][columns.size()];
        for (int r = 0; r < n; r++) {
            for (int k = 0; k < columns.size(); k++) {
                rows[r][k] = columns.get(k)[r];
            }
        }
        return rows;
    }

    private static double length(double[] column) {
        double squares = 0;
        for (double v : column) {
            squares += v * v;
        }
        return Math.sqrt(squares);
    }
}
