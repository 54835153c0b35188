package org.diapason.poisson;

import java.util.Arrays;

/**
 * Gathers the unknowns of a matrix into aggregates, each a root and the neighbours it is strongly
 * tied to, and makes the smoothed interpolation from them.
 *
 * <p>Unknown i is strongly tied to j where {@code −a_ij} is at least a quarter of the largest in
 * row i, mutually where it is also of the largest in row j. A row whose neighbours weigh no more
 * than a fifth of its diagonal is left to the smoother. First every unknown whose mutual neighbours
 * are all free becomes a root with them, in the order of rows; the others join the aggregate they
 * are tied to most; what is left gathers among itself (Vaněk, Mandel and Brezina 1996, Computing
 * 56:179–196, doi:10.1007/BF02238511, algorithm 2; strength as Ruge and Stüben 1987, in McCormick
 * (ed.), Multigrid Methods, section 4.6).
 */
final class Aggregation {
    static final int NONE = -1;
    private static final double STRONG = 0.25;
    private static final double DOMINANT = 0.2;

    /** Two thirds: 4/3 over 2, which bounds the eigenvalues of the filtered matrix. */
    private static final double DAMPING = 2.0 / 3;

    private final SparseMatrix a;
    private final double[] diagonal;
    private final int[] of;

    /** What an entry must reach to be strong, row by row; infinite for rows left out. */
    private final double[] strong;

    private int count;

    Aggregation(SparseMatrix a, double[] diagonal) {
        this.a = a;
        this.diagonal = diagonal;
        int n = a.rows();
        of = new int[n];
        strong = new double[n];
        Arrays.fill(of, NONE);
        SparseMatrix.forRows(n, this::measure);
        roots();
        join();
        rest();
    }

    /** Returns how many aggregates there are. */
    int count() {
        return count;
    }

    private void measure(int first, int end) {
        for (int r = first; r < end; r++) {
            double most = 0;
            double sum = 0;
            for (int e = a.starts[r]; e < a.starts[r + 1]; e++) {
                double tie = a.columns[e] == r ? 0 : -a.values[e];
                most = Math.max(most, tie);
                sum += Math.abs(tie);
            }
            strong[r] = sum <= DOMINANT * diagonal[r] ? Double.POSITIVE_INFINITY : STRONG * most;
        }
    }

    private boolean isStrong(int r, int e) {
        return a.columns[e] != r && -a.values[e] >= strong[r];
    }

    /** Whether an entry is strong to both: a stiff unknown is not gathered round a soft one. */
    private boolean isMutual(int r, int e) {
        return isStrong(r, e) && -a.values[e] >= strong[a.columns[e]];
    }

    private void roots() {
        for (int r = 0; r < of.length; r++) {
            boolean free = of[r] == NONE;
            boolean tied = false;
            for (int e = a.starts[r]; free && e < a.starts[r + 1]; e++) {
                boolean mutual = isMutual(r, e);
                free = !mutual || of[a.columns[e]] == NONE;
                tied |= mutual;
            }
            if (free && tied) {
                gather(r);
            }
        }
    }

    private void gather(int r) {
        of[r] = count;
        for (int e = a.starts[r]; e < a.starts[r + 1]; e++) {
            if (isMutual(r, e) && of[a.columns[e]] == NONE) {
                of[a.columns[e]] = count;
            }
        }
        count++;
    }

    private void join() {
        int[] joined = new int[of.length];
        Arrays.fill(joined, NONE);
        for (int r = 0; r < of.length; r++) {
            double most = 0;
            for (int e = a.starts[r]; of[r] == NONE && e < a.starts[r + 1]; e++) {
                if (isStrong(r, e) && of[a.columns[e]] != NONE && -a.values[e] > most) {
                    most = -a.values[e];
                    joined[r] = of[a.columns[e]];
                }
            }
        }
        for (int r = 0; r < of.length; r++) {
            of[r] = of[r] == NONE ? joined[r] : of[r];
        }
    }

    private void rest() {
        for (int r = 0; r < of.length; r++) {
            if (of[r] == NONE && strong[r] < Double.POSITIVE_INFINITY) {
                gather(r);
            }
        }
    }

    /** Returns the interpolation that is 1 from an aggregate to its unknowns. */
    SparseMatrix plain() {
        int[] starts = new int[of.length + 1];
        for (int r = 0; r < of.length; r++) {
            starts[r + 1] = starts[r] + (of[r] == NONE ? 0 : 1);
        }
        int[] columns = new int[starts[of.length]];
        double[] ones = new double[columns.length];
        Arrays.fill(ones, 1);
        for (int r = 0; r < of.length; r++) {
            if (of[r] != NONE) {
                columns[starts[r]] = of[r];
            }
        }
        return new SparseMatrix(count, starts, columns, ones);
    }

    /**
     * Returns that interpolation after a damped step of Jacobi on the matrix whose weak entries are
     * added to its diagonal.
     */
    SparseMatrix smoothed() {
        return SparseProduct.rows(of.length, count, this::smoothedRow);
    }

    private void smoothedRow(int r, SparseProduct.Row row) {
        if (strong[r] == Double.POSITIVE_INFINITY) {
            return;
        }
        double middle = diagonal[r];
        double ties = 0;
        for (int e = a.starts[r]; e < a.starts[r + 1]; e++) {
            if (isStrong(r, e)) {
                ties -= a.values[e];
            } else if (a.columns[e] != r) {
                middle += a.values[e];
            }
        }
        // Coarse matrices need not be dominant: the eigenvalues are to stay below 2.
        middle = Math.max(middle, ties);
        if (of[r] != NONE) {
            row.add(of[r], 1 - DAMPING);
        }
        for (int e = a.starts[r]; e < a.starts[r + 1]; e++) {
            if (isStrong(r, e) && of[a.columns[e]] != NONE) {
                row.add(of[a.columns[e]], -DAMPING * a.values[e] / middle);
            }
        }
    }
}
