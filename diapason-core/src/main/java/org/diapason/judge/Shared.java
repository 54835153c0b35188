package org.diapason.judge;

import java.util.Arrays;
import org.diapason.stats.Eigen;
import org.diapason.stats.LeastSquares;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * What a column explains of biology.
 *
 * @param largest squared canonical correlation
 * @param rank numbers of biology beside the column
 * @param fullRank numbers of biology
 * @param p of the F test of the largest R² of one number of biology
 */
record Shared(double largest, int rank, int fullRank, double p) {

    static Shared of(FeatureTable table, Design label, Design design) {
        int n = table.size();
        double[][] one = new double[n][];
        double[][] column = new double[n][];
        double[][] all = new double[n][];
        double[][] y = new double[label.size()][n];
        for (int r = 0; r < n; r++) {
            double[] code = design.encode(table, r);
            double[] biology = label.encode(table, r);
            one[r] = new double[] {1};
            column[r] = joined(one[r], code);
            all[r] = joined(column[r], biology);
            for (int k = 0; k < y.length; k++) {
                y[k][r] = biology[k];
            }
        }
        LeastSquares alone = LeastSquares.of(one);
        LeastSquares with = LeastSquares.of(column);
        double best = 0;
        for (double[] numbers : y) {
            best = Math.max(best, explained(numbers, alone, with));
        }
        int over = with.rank() - 1;
        int under = n - with.rank();
        double p = best >= 1 ? 0 : Double.NaN;
        if (over > 0 && under > 0 && best < 1) {
            double f = best / over / ((1 - best) / under);
            p = 1 - new FDistribution(over, under).cumulativeProbability(f);
        }
        int rank = LeastSquares.of(all).rank() - with.rank();
        double largest = y.length == 1 ? best : largest(y, alone, with);
        return new Shared(Math.max(0, largest), rank, y.length, p);
    }

    private static double explained(double[] y, LeastSquares alone, LeastSquares with) {
        return 1 - with.residualSquares(y) / alone.residualSquares(y);
    }

    /** Largest root of A⁻¹·(A − B), A and B the products of y before and after the column. */
    private static double largest(double[][] y, LeastSquares alone, LeastSquares with) {
        int k = y.length;
        double[] before = products(y, alone);
        double[] after = products(y, with);
        Eigen whole = Eigen.of(before, k);
        double[] m = new double[k * k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        double part = before[i * k + j] - after[i * k + j];
                        sum += whole.vector(i, a) * part * whole.vector(j, b);
                    }
                }
                m[a * k + b] = sum / Math.sqrt(whole.value(a) * whole.value(b));
            }
        }
        return Math.min(1, Eigen.of(m, k).value(k - 1));
    }

    private static double[] products(double[][] y, LeastSquares model) {
        double[][] rest = Arrays.stream(y).map(model::residuals).toArray(double[][]::new);
        double[] products = new double[y.length * y.length];
        for (int a = 0; a < y.length; a++) {
            for (int b = 0; b < y.length; b++) {
                for (int r = 0; r < rest[a].length; r++) {
                    products[a * y.length + b] += rest[a][r] * rest[b][r];
                }
            }
        }
        return products;
    }

    private static double[] joined(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
