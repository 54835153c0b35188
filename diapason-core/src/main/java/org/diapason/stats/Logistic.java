package org.diapason.stats;

import org.diapason.volume.Numbers;

/**
 * A logistic regression by maximum likelihood: {@code log odds = offset + b₀ + Σ bⱼ xⱼ}, by
 * Newton's method (iteratively reweighted least squares) with halved steps where the likelihood
 * would fall.
 *
 * <p>It ends when no row's log odds moves by more than 1e-9 any more. Where the columns separate
 * the outcomes, wholly or but for ties, the likelihood has no maximum: the log odds move by about 1
 * in every step for ever, and the fit is refused (Albert and Anderson 1984, Biometrika 71(1):1–10,
 * doi:10.1093/biomet/71.1.1).
 *
 * @param coefficients intercept first
 * @param covariance of the coefficients, row by row: the inverse of the information
 * @param deviance −2 log likelihood
 * @param iterations steps it took
 */
public record Logistic(Numbers coefficients, Numbers covariance, double deviance, int iterations) {
    /** A fit that has no maximum; the outcomes are separated. */
    public static final class Separated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Separated(String message) {
            super(message);
        }
    }

    /** Columns of which one says what the others say. */
    public static final class Dependent extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Dependent() {
            super("the columns of a logistic regression are linearly dependent. Leave one out.");
        }
    }

    /**
     * Fits outcomes to columns; arrays are not modified.
     *
     * @param outcome 0 … 1 of each row; between them for targets that are not certain
     * @param offset part of the log odds that is known; null where there is none
     * @param columns a row each; none for the intercept alone
     * @throws Separated if the columns, or a class that is missing, leave no maximum
     * @throws IllegalArgumentException if the columns are linearly dependent or not finite
     */
    public static Logistic of(double[] outcome, double[] offset, double[]... columns) {
        return new LogisticFit(outcome, offset, withOne(outcome.length, columns)).run(null);
    }

    /**
     * The same fit with the covariance that clusters leave: {@code A⁻¹ B A⁻¹ G/(G − 1)} with the
     * information A and the sum B of the squares of every cluster's score (Liang and Zeger 1986,
     * Biometrika 73(1):13–22, doi:10.1093/biomet/73.1.13; vcovCL of R's sandwich for glm).
     */
    public static Logistic of(
            double[] outcome, double[] offset, Clusters clusters, double[]... columns) {
        clusters.check(outcome.length);
        return new LogisticFit(outcome, offset, withOne(outcome.length, columns)).run(clusters);
    }

    /** Fits without intercept. */
    public static Logistic throughOrigin(double[] outcome, double[]... columns) {
        return new LogisticFit(outcome, null, columns).run(null);
    }

    /**
     * Fits by the likelihood times the root of the information's determinant, which has a maximum
     * even where outcomes are separated and no bias of first order: Firth 1993, Biometrika
     * 80(1):27–38, doi:10.1093/biomet/80.1.27; Heinze and Schemper 2002, Statistics in Medicine
     * 21(16):2409–2419, doi:10.1002/sim.1047. The deviance holds the penalty.
     *
     * @param held coefficients that are held at a number, intercept first, NaN where they are free;
     *     null where all are; the difference of deviances tests them
     */
    public static Logistic firth(double[] outcome, double[] held, double[]... columns) {
        return new LogisticFit(outcome, withOne(outcome.length, columns), held).run(null);
    }

    private static double[][] withOne(int rows, double[][] columns) {
        double[][] x = new double[columns.length + 1][];
        x[0] = new double[rows];
        java.util.Arrays.fill(x[0], 1);
        System.arraycopy(columns, 0, x, 1, columns.length);
        return x;
    }

    /** Returns the standard error of a coefficient. */
    public double standardError(int coefficient) {
        int p = coefficients.size();
        return Math.sqrt(covariance.get(coefficient * p + coefficient));
    }

    /** Returns the log likelihood of outcomes under log odds: 0 is certain and right. */
    static double logLikelihood(double[] outcome, double[] logOdds) {
        double sum = 0;
        for (int r = 0; r < outcome.length; r++) {
            double l = logOdds[r];
            sum += outcome[r] * l - Math.max(l, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(l)));
        }
        return sum;
    }

    /** Returns the probability of log odds. */
    public static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }
}
