package org.diapason.stats;

import java.util.Arrays;

/**
 * Variances of cells of crossed factors as a product of one number per level of each factor.
 *
 * <p>The log-linear model ln Sc/νc ~ Σᵥ ln δ²ᵥ with gamma errors: Σ over the cells of a level of
 * Sc/Πᵥ δ²ᵥ = Σ νc there, solved factor by factor in turn (iterative proportional fitting). What
 * factors share is divided evenly: the mean of δ² over the levels, weighted by ν, is the same in
 * each. With one factor δ² = S/ν of its levels.
 *
 * <p>Smyth 1989, Journal of the Royal Statistical Society B 51(1):47–60; with ν the rows less their
 * leverage it is his section 4.
 */
public final class CrossedScales {
    private static final double TOLERANCE = 1e-13;
    private static final int MAX_ITERATIONS = 20_000;

    /** δ² per level {@code [factor][level]}. */
    public final double[][] squares;

    /** Rounds through all factors; −1 where they did not settle. */
    public final int iterations;

    private final int[][] at;
    private final double[] cells;
    private final double[] freedom;

    private CrossedScales(
            int[][] at, double[] cells, double[] freedom, boolean[][] scaled, boolean[] counts) {
        this.at = at;
        this.cells = cells;
        this.freedom = freedom;
        int factors = scaled.length;
        squares = new double[factors][];
        for (int v = 0; v < factors; v++) {
            squares[v] = new double[scaled[v].length];
            Arrays.fill(squares[v], 1);
        }
        double change = Double.POSITIVE_INFINITY;
        int rounds = 0;
        while (change > TOLERANCE && rounds < MAX_ITERATIONS) {
            change = 0;
            for (int v = 0; v < factors; v++) {
                change = Math.max(change, update(v, scaled[v], factors > 1 ? counts : null));
            }
            change = factors == 1 ? 0 : change;
            rounds++;
        }
        iterations = change > TOLERANCE ? -1 : rounds;
        if (factors > 1) {
            balance(scaled, counts);
        }
        for (int v = 0; v < factors; v++) {
            complete(v, scaled[v]);
        }
    }

    /**
     * Fits one response.
     *
     * @param at level {@code [cell][factor]}
     * @param cells Σ of squared residuals per cell
     * @param freedom degrees of freedom per cell, ν
     * @param wanted which levels {@code [factor][level]} have a scale of their own; another has no
     *     part in the scales of other factors, nor has one without any residual
     */
    public static CrossedScales of(
            int[][] at, double[] cells, double[] freedom, boolean[][] wanted) {
        boolean[][] scaled = new boolean[wanted.length][];
        for (int v = 0; v < wanted.length; v++) {
            double[] sums = new double[wanted[v].length];
            for (int c = 0; c < cells.length; c++) {
                sums[at[c][v]] += cells[c];
            }
            scaled[v] = wanted[v].clone();
            for (int l = 0; l < sums.length; l++) {
                scaled[v][l] &= sums[l] > 0;
            }
        }
        boolean[] counts = new boolean[cells.length];
        for (int c = 0; c < counts.length; c++) {
            counts[c] = true;
            for (int v = 0; v < wanted.length; v++) {
                counts[c] &= scaled[v][at[c][v]];
            }
        }
        return new CrossedScales(at, cells, freedom, scaled, counts);
    }

    /** Sets the levels of one factor by what the others leave; returns the largest change. */
    private double update(int v, boolean[] scaled, boolean[] counts) {
        double[] sum = new double[scaled.length];
        double[] nu = new double[scaled.length];
        sums(v, counts, sum, nu);
        double change = 0;
        for (int l = 0; l < scaled.length; l++) {
            if (scaled[l] && sum[l] > 0 && nu[l] > 0) {
                double now = sum[l] / nu[l];
                change = Math.max(change, Math.abs(now - squares[v][l]) / now);
                squares[v][l] = now;
            }
        }
        return change;
    }

    private void sums(int v, boolean[] counts, double[] sum, double[] nu) {
        for (int c = 0; c < cells.length; c++) {
            if (counts == null || counts[c]) {
                double others = 1;
                for (int u = 0; u < squares.length; u++) {
                    others *= u == v ? 1 : squares[u][at[c][u]];
                }
                sum[at[c][v]] += cells[c] / others;
                nu[at[c][v]] += freedom[c];
            }
        }
    }

    private void balance(boolean[][] scaled, boolean[] counts) {
        double[] means = new double[scaled.length];
        double logarithm = 0;
        for (int v = 0; v < scaled.length; v++) {
            double sum = 0;
            double nu = 0;
            for (int c = 0; c < cells.length; c++) {
                if (counts[c]) {
                    sum += freedom[c] * squares[v][at[c][v]];
                    nu += freedom[c];
                }
            }
            means[v] = sum > 0 ? sum / nu : 1;
            logarithm += StrictMath.log(means[v]) / scaled.length;
        }
        for (int v = 0; v < scaled.length; v++) {
            double factor = StrictMath.exp(logarithm) / means[v];
            for (int l = 0; l < scaled[v].length; l++) {
                squares[v][l] *= scaled[v][l] ? factor : 1;
            }
        }
    }

    /** Gives a level that had no part in the fit what its residuals have beyond the others. */
    private void complete(int v, boolean[] scaled) {
        double[] sum = new double[scaled.length];
        double[] nu = new double[scaled.length];
        sums(v, null, sum, nu);
        for (int l = 0; l < scaled.length; l++) {
            if (!scaled[l]) {
                squares[v][l] = nu[l] > 1e-9 ? sum[l] / nu[l] : 0;
            }
        }
    }
}
