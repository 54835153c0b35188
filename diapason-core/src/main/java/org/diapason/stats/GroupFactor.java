package org.diapason.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * All random terms of one grouping of the rows, side by side, each made orthogonal over all rows
 * with a mean square of one per group, so that a variance of one is as large as the noise.
 */
final class GroupFactor {
    final int[] group;
    final int groups;
    final int width;

    private final double[][] own;

    /** {@code columns[k][row]}, orthogonal within a term. */
    final double[][] columns;

    /** First column of each term, and their end. */
    final int[] start;

    /** Which terms of the model these are. */
    final int[] term;

    /** Own columns times this are the orthogonal ones: upper triangle within a term. */
    private final double[][] turn;

    private GroupFactor(List<RandomTerm> terms, int[] which) {
        group = terms.get(0).group;
        groups = terms.get(0).groups;
        term = which;
        start = new int[terms.size() + 1];
        for (int t = 0; t < terms.size(); t++) {
            start[t + 1] = start[t] + terms.get(t).width();
        }
        width = start[terms.size()];
        columns = new double[width][];
        own = new double[width][];
        turn = new double[width][width];
        for (int t = 0; t < terms.size(); t++) {
            for (int k = start[t]; k < start[t + 1]; k++) {
                own[k] = terms.get(t).columns[k - start[t]];
                orthogonal(terms.get(t).columns[k - start[t]], k, start[t], which[t]);
            }
        }
    }

    /** Puts terms of equal grouping together, in the order of first appearance. */
    static List<GroupFactor> of(List<RandomTerm> terms) {
        List<GroupFactor> factors = new ArrayList<>();
        boolean[] taken = new boolean[terms.size()];
        for (int t = 0; t < taken.length; t++) {
            List<RandomTerm> same = new ArrayList<>();
            List<Integer> which = new ArrayList<>();
            for (int u = t; u < taken.length; u++) {
                if (!taken[u] && Arrays.equals(terms.get(t).group, terms.get(u).group)) {
                    taken[u] = true;
                    same.add(terms.get(u));
                    which.add(u);
                }
            }
            if (!same.isEmpty()) {
                factors.add(
                        new GroupFactor(
                                same, which.stream().mapToInt(Integer::intValue).toArray()));
            }
        }
        return factors;
    }

    /** Gram–Schmidt, twice, against the columns of the term before it. */
    private void orthogonal(double[] column, int k, int first, int termIndex) {
        double[] v = column.clone();
        double length = squares(v, v);
        turn[k][k] = 1;
        for (int pass = 0; pass < 2; pass++) {
            for (int j = first; j < k; j++) {
                double h = squares(v, columns[j]) / groups;
                for (int r = 0; r < v.length; r++) {
                    v[r] -= h * columns[j][r];
                }
                for (int i = first; i <= j; i++) {
                    turn[i][k] -= h * turn[i][j];
                }
            }
        }
        double left = squares(v, v);
        if (!(left > 1e-18 * length)) {
            throw new RefusedException(
                    "mixed model: column "
                            + (k - first + 1)
                            + " of random term "
                            + (termIndex + 1)
                            + " is zero or a sum of the columns before it. Leave it out.");
        }
        double scale = Math.sqrt(groups / left);
        for (int r = 0; r < v.length; r++) {
            v[r] *= scale;
        }
        for (int i = first; i <= k; i++) {
            turn[i][k] *= scale;
        }
        columns[k] = v;
    }

    private static double squares(double[] a, double[] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            sum += a[r] * b[r];
        }
        return sum;
    }

    /** Returns T·x: effects of the orthogonal columns as effects of the columns given. */
    double[] turned(double[] x) {
        double[] back = new double[width];
        for (int i = 0; i < width; i++) {
            for (int k = i; k < width; k++) {
                back[i] += turn[i][k] * x[k];
            }
        }
        return back;
    }

    /** Adds the effects of the groups, in own columns, to every row. */
    void addTo(double[] rows, double[] effects) {
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < width; k++) {
                rows[r] += own[k][r] * effects[group[r] * width + k];
            }
        }
    }

    /** Returns how many numbers the lower triangles of the terms have. */
    int parameters() {
        int count = 0;
        for (int t = 0; t < term.length; t++) {
            int w = start[t + 1] - start[t];
            count += w * (w + 1) / 2;
        }
        return count;
    }

    /** Puts the numbers from {@code from} on into the lower triangle of all terms. */
    void triangle(double[] theta, int from, double[][] into) {
        int at = from;
        for (int t = 0; t < term.length; t++) {
            for (int k = start[t]; k < start[t + 1]; k++) {
                for (int i = k; i < start[t + 1]; i++) {
                    into[i][k] = theta[at++];
                }
            }
        }
    }

    /** Adds the lower triangles of the terms to the numbers from {@code to} on. */
    void gather(double[][] triangle, int to, double[] theta) {
        int at = to;
        for (int t = 0; t < term.length; t++) {
            for (int k = start[t]; k < start[t + 1]; k++) {
                for (int i = k; i < start[t + 1]; i++) {
                    theta[at++] += triangle[i][k];
                }
            }
        }
    }

    /** Returns the place of each diagonal element among the numbers, counted from {@code from}. */
    int[] diagonal(int from) {
        int[] places = new int[width];
        int at = from;
        for (int t = 0; t < term.length; t++) {
            for (int k = start[t]; k < start[t + 1]; k++) {
                places[k] = at;
                at += start[t + 1] - k;
            }
        }
        return places;
    }
}
