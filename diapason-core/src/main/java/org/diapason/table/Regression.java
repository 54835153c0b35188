package org.diapason.table;

import java.util.List;
import org.diapason.table.Curves.Solver;

/**
 * Least squares of every feature on batches and covariates, from sums; then what is left, in units
 * of its standard deviation, per batch.
 */
final class Regression {
    /** Grand mean: intercepts of the batches weighted by their finite rows, or the reference's. */
    final double[] alpha;

    /** Effects {@code [covariate][feature]}. */
    final double[][] beta;

    /**
     * Standard deviation with divisor n, of all rows or of the reference's; 0 for a constant
     * feature, NaN where there is no fit.
     */
    final double[] sigma;

    /** Standardised intercept {@code [batch][feature]}, NaN where undefined. */
    final double[][] gamma;

    /** Standardised variance with divisor n − 1 {@code [batch][feature]}. */
    final double[][] delta;

    /** Finite rows {@code [batch][feature]}. */
    final int[][] count;

    /** What was chosen for curves. */
    final Curves.Chosen chosen;

    private final List<BatchSums> sums;
    private final Solver shared;
    private final Curves curves;
    private final double[] scale;
    private final int reference;
    private final int fewest;

    /**
     * @param sums one per batch
     * @param curves what is penalised
     * @param within cross-products within batches over all rows
     * @param scale sum of squares of each covariate over all rows
     * @param reference the batch that all others are brought to, −1 for their average
     * @param fewest finite values that a feature needs in the reference
     */
    Regression(
            List<BatchSums> sums,
            Curves curves,
            double[] within,
            double[] scale,
            int reference,
            int fewest) {
        this.reference = reference;
        this.fewest = fewest;
        this.sums = sums;
        this.curves = curves;
        shared = curves.solver(within, scale);
        chosen = new Curves.Chosen(curves.count(), sums.get(0).features);
        this.scale = scale;
        int features = sums.get(0).features;
        alpha = new double[features];
        beta = new double[scale.length][features];
        sigma = new double[features];
        gamma = new double[sums.size()][features];
        delta = new double[sums.size()][features];
        count = new int[sums.size()][features];
    }

    /** Fits features {@code from} (included) to {@code to} (excluded). */
    void fit(int from, int to) {
        double[] b = new double[scale.length];
        double[] rest = new double[sums.size()];
        for (int f = from; f < to; f++) {
            fit(f, b, rest);
        }
    }

    private void fit(int f, double[] b, double[] rest) {
        int n = 0;
        double squares = 0;
        double meanSquare = 0;
        boolean complete = true;
        for (int i = 0; i < rest.length; i++) {
            BatchSums s = sums.get(i);
            count[i][f] = s.moments(f).n;
            complete &= !s.own.containsKey(f);
            n += count[i][f];
            squares += s.squares[f];
            meanSquare += count[i][f] * s.mean[f] * s.mean[f];
        }
        Solver factor = complete ? shared : factor(f);
        boolean thin = reference >= 0 && count[reference][f] < fewest;
        if (n == 0 || thin || factor == null) {
            leaveOut(f, Double.NaN);
            return;
        }
        java.util.Arrays.fill(b, 0);
        for (BatchSums s : sums) {
            for (int k = 0; k < b.length; k++) {
                b[k] += s.cross[k][f];
            }
        }
        factor.solve(b, squares, n - present(f), chosen, f);
        double grand = 0;
        double sum = 0;
        for (int i = 0; i < rest.length; i++) {
            BatchSums s = sums.get(i);
            Moments m = s.moments(f);
            rest[i] = residual(s, m, f, b);
            sum += rest[i];
            double intercept = s.mean[f];
            for (int k = 0; k < b.length; k++) {
                intercept -= m.mean[k] * b[k];
            }
            gamma[i][f] = intercept;
            grand += intercept * ((double) m.n / n);
        }
        if (squares <= 1e-26 * meanSquare
                || sum <= 1e-13 * squares
                || reference >= 0 && !varies(f, rest[reference])) {
            leaveOut(f, 0);
            return;
        }
        alpha[f] = reference < 0 ? grand : gamma[reference][f];
        sigma[f] = Math.sqrt(reference < 0 ? sum / n : rest[reference] / count[reference][f]);
        for (int k = 0; k < b.length; k++) {
            beta[k][f] = b[k];
        }
        standardise(f, rest);
    }

    /** Returns least squares on the same design from rows. */
    RowFit rowFit(HeldRows rows) {
        return new RowFit(rows, sums.size(), curves, scale);
    }

    /**
     * Takes the effects and intercepts of another fit of a feature. What it leaves of the rows, in
     * units of their own spreads, has the standard deviation σ over all; mean and variance of each
     * batch are taken in units of σ and of these.
     */
    void take(int f, RowFit fit, HeldRows rows, double[] y, double[] spread) {
        double[] rest = new double[sums.size()];
        int n = 0;
        double sum = 0;
        double grand = 0;
        for (int r = 0; r < y.length; r++) {
            if (Double.isFinite(y[r])) {
                double e = fit.residual(r, y[r]) / spread[r];
                rest[rows.batch(r)] += e * e;
                grand += fit.intercept[rows.batch(r)];
                n++;
            }
        }
        for (double s : rest) {
            sum += s;
        }
        alpha[f] = reference < 0 ? grand / n : fit.intercept[reference];
        sigma[f] = Math.sqrt(reference < 0 ? sum / n : rest[reference] / count[reference][f]);
        for (int k = 0; k < fit.beta.length; k++) {
            beta[k][f] = fit.beta[k];
        }
        double[] z = new double[y.length];
        double[] mean = new double[rest.length];
        for (int r = 0; r < z.length; r++) {
            z[r] = (y[r] - alpha[f] - fit.effect(r)) / (sigma[f] * spread[r]);
            if (Double.isFinite(y[r])) {
                mean[rows.batch(r)] += z[r] / count[rows.batch(r)][f];
            }
        }
        java.util.Arrays.fill(rest, 0);
        for (int r = 0; r < z.length; r++) {
            if (Double.isFinite(y[r])) {
                int i = rows.batch(r);
                rest[i] += (z[r] - mean[i]) * (z[r] - mean[i]) / (count[i][f] - 1);
            }
        }
        put(f, mean, rest);
    }

    /** Takes other estimates of a feature, of its batches in units of {@code sd}. */
    void take(
            int f, double mean, double[] effects, double sd, double[] location, double[] variance) {
        alpha[f] = mean;
        sigma[f] = sd;
        for (int k = 0; k < effects.length; k++) {
            beta[k][f] = effects[k];
        }
        put(f, location, variance);
    }

    /** Sets location and variance of each batch, in units of the standard deviation. */
    private void put(int f, double[] location, double[] variance) {
        for (int i = 0; i < location.length; i++) {
            gamma[i][f] = count[i][f] == 0 ? Double.NaN : location[i];
            delta[i][f] = count[i][f] < 2 ? 0 : variance[i];
        }
        if (location.length == 1) {
            gamma[0][f] = 0;
            delta[0][f] = 1;
        }
    }

    private boolean varies(int f, double rest) {
        BatchSums s = sums.get(reference);
        double meanSquare = s.moments(f).n * s.mean[f] * s.mean[f];
        return s.squares[f] > 1e-26 * meanSquare && rest > 1e-13 * s.squares[f];
    }

    private void standardise(int f, double[] rest) {
        double[] location = new double[rest.length];
        for (int i = 0; i < rest.length; i++) {
            location[i] = (gamma[i][f] - alpha[f]) / sigma[f];
            rest[i] /= (count[i][f] - 1) * sigma[f] * sigma[f];
        }
        put(f, location, rest);
    }

    /** Σ(y − ȳ − b·(c − c̄))² within one batch. */
    static double residual(BatchSums s, Moments m, int f, double[] b) {
        int p = b.length;
        double rest = s.squares[f];
        for (int k = 0; k < p; k++) {
            double inner = 0;
            for (int l = 0; l < p; l++) {
                inner += m.cross[k * p + l] * b[l];
            }
            rest += b[k] * (inner - 2 * s.cross[k][f]);
        }
        return Math.max(0, rest);
    }

    /** Returns the factor over the finite rows of a feature; null where it is rank-deficient. */
    private Solver factor(int f) {
        double[] within = new double[scale.length * scale.length];
        for (BatchSums s : sums) {
            double[] cross = s.moments(f).cross;
            for (int k = 0; k < within.length; k++) {
                within[k] += cross[k];
            }
        }
        return curves.solver(within, scale);
    }

    /** Returns the batches that have a finite row of a feature. */
    private int present(int f) {
        int present = 0;
        for (int[] ofBatch : count) {
            present += ofBatch[f] > 0 ? 1 : 0;
        }
        return present;
    }

    /** Returns the pairs of batch and fitted feature without a finite row. */
    int missing() {
        int missing = 0;
        for (int[] ofBatch : count) {
            for (int f = 0; f < ofBatch.length; f++) {
                missing += sigma[f] > 0 && ofBatch[f] == 0 ? 1 : 0;
            }
        }
        return missing;
    }

    /** Leaves a feature as it is (standard deviation 0) or undefined (NaN). */
    void leaveOut(int f, double sd) {
        sigma[f] = sd;
        for (int i = 0; i < gamma.length; i++) {
            gamma[i][f] = Double.NaN;
            delta[i][f] = Double.NaN;
        }
        if (Double.isNaN(sd)) {
            alpha[f] = Double.NaN;
        }
    }
}
