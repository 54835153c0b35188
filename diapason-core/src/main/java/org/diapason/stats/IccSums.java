package org.diapason.stats;

/**
 * Mean squares of subjects (rows) measured several times (columns) with cells missing: of subjects
 * adjusted for columns, of columns adjusted for subjects, and of what is left. One way the columns
 * are no effect.
 */
final class IccSums {
    /** Differences below this part of the largest value are rounding. */
    private static final double ROUNDING = 1e-12;

    private static final int BISECTIONS = 200;

    /** Subjects and columns with a value. */
    final int subjects;

    final int columns;

    /** Degrees of freedom of subjects, of columns and of what is left. */
    final int between;

    final int kinds;
    final int freedom;

    /** Mean squares of subjects, of columns and of what is left. */
    final double b;

    final double j;
    final double e;

    /** How often a subject was measured, and how many subjects a column has: unbiased. */
    final double k0;

    final double n0;

    private final int width;
    private final int most;

    /** Values less the mean, NaN where missing. */
    private final double[][] y;

    private final int[] column;

    /**
     * @param measured {@code [subject][column]}, NaN where missing; not modified
     * @param twoWay whether columns have an effect of their own
     */
    IccSums(double[][] measured, boolean twoWay) {
        int all = measured.length == 0 ? 0 : measured[0].length;
        int[] perColumn = new int[all];
        double largest = 0;
        double mean = 0;
        int cells = 0;
        int rows = 0;
        int max = 0;
        double squares = 0;
        y = new double[measured.length][all];
        double origin = Double.NaN;
        for (int s = 0; s < y.length; s++) {
            int own = 0;
            for (int c = 0; c < all; c++) {
                double v = measured[s][c];
                boolean there = Double.isFinite(v);
                origin = there && Double.isNaN(origin) ? v : origin;
                y[s][c] = there ? v - origin : Double.NaN;
                if (there) {
                    own++;
                    perColumn[c]++;
                    mean += y[s][c];
                    largest = Math.max(largest, Math.abs(v));
                }
            }
            rows += own > 0 ? 1 : 0;
            cells += own;
            max = Math.max(max, own);
            squares += (double) own * own;
        }
        int used = 0;
        column = new int[all];
        for (int c = 0; c < all; c++) {
            column[c] = twoWay ? used : 0;
            used += perColumn[c] > 0 ? 1 : 0;
        }
        for (double[] row : y) {
            for (int c = 0; c < all; c++) {
                row[c] -= mean / cells;
            }
        }
        subjects = rows;
        columns = used;
        most = max;
        width = twoWay ? used : 1;
        int[] rank = new int[1];
        double error = squares(Double.POSITIVE_INFINITY, rank);
        double apart = squares(0, new int[1]);
        between = rows + rank[0] - width;
        kinds = rank[0];
        freedom = cells - rows - rank[0];
        double within = within();
        double rounding = ROUNDING * largest * ROUNDING * largest;
        b = beyond((apart - error) / between, rounding);
        e = beyond(error / freedom, rounding);
        j = twoWay ? beyond((within - error) / kinds, rounding) : 0;
        k0 = (cells - (twoWay ? width : squares / cells)) / between;
        n0 = twoWay ? (cells - rows) / (double) kinds : 0;
    }

    private static double beyond(double square, double rounding) {
        return square > rounding ? square : 0;
    }

    /**
     * Returns (y − Xb)'(I + γZZ')⁻¹(y − Xb) of the best b: Z are subjects, X columns, or ones.
     *
     * @param gamma variance between subjects in units of the noise; infinite takes subjects out
     * @param rank is told how many effects of X are found
     */
    private double squares(double gamma, int[] rank) {
        double[] a = new double[width * width];
        double[] effects = new double[width];
        double[] scale = new double[width];
        for (double[] row : y) {
            double[] count = new double[width];
            double total = 0;
            double n = 0;
            for (int c = 0; c < row.length; c++) {
                if (!Double.isNaN(row[c])) {
                    count[column[c]]++;
                    scale[column[c]]++;
                    effects[column[c]] += row[c];
                    total += row[c];
                    n++;
                }
            }
            double share = n == 0 ? 0 : 1 / n - own(n, gamma);
            for (int c = 0; c < width; c++) {
                effects[c] -= share * total * count[c];
                a[c * width + c] += count[c];
                for (int d = 0; d < width; d++) {
                    a[c * width + d] -= share * count[c] * count[d];
                }
            }
        }
        Cholesky factor = Cholesky.of(a, scale);
        factor.solve(effects);
        for (int c = 0; c < width; c++) {
            rank[0] += factor.dependent(c) ? 0 : 1;
        }
        double sum = 0;
        for (double[] row : y) {
            sum += squares(row, gamma, effects);
        }
        return sum;
    }

    /** What the mean of n values weighs more than their squares about it: 1/(n(1 + nγ)). */
    private static double own(double n, double gamma) {
        return 1 / (n * (1 + n * gamma));
    }

    private double squares(double[] row, double gamma, double[] effects) {
        double total = 0;
        int n = 0;
        for (int c = 0; c < row.length; c++) {
            if (!Double.isNaN(row[c])) {
                total += row[c] - effects[column[c]];
                n++;
            }
        }
        double sum = n == 0 ? 0 : own(n, gamma) * total * total;
        for (int c = 0; c < row.length; c++) {
            double off = row[c] - effects[column[c]] - total / n;
            sum += Double.isNaN(off) ? 0 : off * off;
        }
        return sum;
    }

    /** Returns the squares about the means of the subjects. */
    private double within() {
        double sum = 0;
        for (double[] row : y) {
            sum += squares(row, Double.POSITIVE_INFINITY, new double[width]);
        }
        return sum;
    }

    /** Returns the ratio of variances at which the F of subjects is {@code f}: it falls with it. */
    double ratioAt(double f) {
        double error = e * freedom;
        double low = -1.0 / most;
        double high = 1;
        while (excess(high, error) > f && high < 1e15) {
            high *= 10;
        }
        for (int k = 0; k < BISECTIONS && high - low > 1e-15 * Math.abs(high); k++) {
            double middle = (low + high) / 2;
            if (excess(middle, error) > f) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double excess(double gamma, double error) {
        return (squares(gamma, new int[1]) - error) / between / e;
    }
}
