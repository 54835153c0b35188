package org.diapason.table;

import org.diapason.table.Curves.Chosen;
import org.diapason.table.Curves.Solver;

/**
 * Least squares of one feature after the other on batches and covariates, from rows with weights: a
 * row of weight 0 takes no part.
 */
final class RowFit {
    private final HeldRows rows;
    private final int batches;
    private final Curves curves;
    private final double[] scale;
    private final double[] weight;
    private final double[] mean;
    private final double[][] centre;
    private Solver solver;

    /** Effects of the covariates after {@link #fit}. */
    final double[] beta;

    /** Intercept of each batch after {@link #fit}; 0 where none of its rows takes part. */
    final double[] intercept;

    /**
     * @param rows covariates and batches
     * @param curves what is penalised
     * @param scale sum of squares of each covariate over all rows
     */
    RowFit(HeldRows rows, int batches, Curves curves, double[] scale) {
        this.rows = rows;
        this.batches = batches;
        this.curves = curves;
        this.scale = scale;
        weight = new double[batches];
        mean = new double[batches];
        centre = new double[batches][scale.length];
        beta = new double[scale.length];
        intercept = new double[batches];
    }

    /**
     * Fits the rows y with weights w, whose mean is brought to 1; returns false, and fits nothing,
     * where the covariates cannot be told apart on these rows.
     */
    boolean fit(double[] y, double[] w, Chosen chosen, int feature) {
        boolean known = prepare(w);
        if (known) {
            solve(y, w, chosen, feature);
        }
        return known;
    }

    /** Takes weights; returns false where the covariates cannot be told apart under them. */
    boolean prepare(double[] w) {
        int p = scale.length;
        java.util.Arrays.fill(weight, 0);
        for (int i = 0; i < batches; i++) {
            java.util.Arrays.fill(centre[i], 0);
        }
        double total = 0;
        int count = 0;
        for (int r = 0; r < w.length; r++) {
            if (w[r] > 0) {
                int i = rows.batch(r);
                total += w[r];
                count++;
                weight[i] += w[r];
                for (int k = 0; k < p; k++) {
                    centre[i][k] += w[r] * rows.code(r)[k];
                }
            }
        }
        for (int i = 0; i < batches; i++) {
            for (int k = 0; k < p && weight[i] > 0; k++) {
                centre[i][k] /= weight[i];
            }
        }
        double[] within = new double[p * p];
        for (int r = 0; r < w.length; r++) {
            if (w[r] > 0) {
                double[] code = rows.code(r);
                double[] middle = centre[rows.batch(r)];
                for (int k = 0; k < p; k++) {
                    double part = w[r] * count / total * (code[k] - middle[k]);
                    for (int l = 0; l < p; l++) {
                        within[k * p + l] += part * (code[l] - middle[l]);
                    }
                }
            }
        }
        solver = count == 0 ? null : curves.solver(within, scale);
        return solver != null;
    }

    /** Fits a response under the weights taken last. */
    void solve(double[] y, double[] w, Chosen chosen, int feature) {
        int p = scale.length;
        java.util.Arrays.fill(mean, 0);
        java.util.Arrays.fill(beta, 0);
        int count = 0;
        double total = 0;
        for (int r = 0; r < w.length; r++) {
            if (w[r] > 0) {
                mean[rows.batch(r)] += w[r] * y[r];
                total += w[r];
                count++;
            }
        }
        int present = 0;
        for (int i = 0; i < batches; i++) {
            present += weight[i] > 0 ? 1 : 0;
            mean[i] = weight[i] > 0 ? mean[i] / weight[i] : 0;
        }
        double squares = 0;
        for (int r = 0; r < w.length; r++) {
            if (w[r] > 0) {
                int i = rows.batch(r);
                double part = w[r] * count / total * (y[r] - mean[i]);
                squares += part * (y[r] - mean[i]);
                for (int k = 0; k < p; k++) {
                    beta[k] += part * (rows.code(r)[k] - centre[i][k]);
                }
            }
        }
        solver.solve(beta, squares, count - present, chosen, feature);
        for (int i = 0; i < batches; i++) {
            intercept[i] = mean[i];
            for (int k = 0; k < p; k++) {
                intercept[i] -= centre[i][k] * beta[k];
            }
        }
    }

    /** Returns C·β of a row. */
    double effect(int row) {
        double sum = 0;
        double[] code = rows.code(row);
        for (int k = 0; k < beta.length; k++) {
            sum += code[k] * beta[k];
        }
        return sum;
    }

    /** Returns what the fit leaves of a value. */
    double residual(int row, double y) {
        return y - intercept[rows.batch(row)] - effect(row);
    }
}
