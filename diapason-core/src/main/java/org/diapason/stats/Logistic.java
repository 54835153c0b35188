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
    private static final int MOST = 200;
    private static final double CLOSE = 1e-9;

    /** Log likelihood that a step no longer gains anything worth naming. */
    private static final double LEVEL = 1e-9;

    /** A move, over 1 + |l|, that is still far: near a maximum it is the root of the gain, 3e-5. */
    private static final double FAR = 1e-3;

    /** A fit that has no maximum; the outcomes are separated. */
    public static final class Separated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Separated(String message) {
            super(message);
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
        double[][] x = new double[columns.length + 1][];
        x[0] = new double[outcome.length];
        java.util.Arrays.fill(x[0], 1);
        System.arraycopy(columns, 0, x, 1, columns.length);
        for (double[] column : x) {
            for (double v : column) {
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException(
                            "logistic regression needs finite numbers, got " + v);
                }
            }
        }
        return new Fit(outcome, offset, x).run();
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

    private static final class Fit {
        private final double[] outcome;
        private final double[][] x;
        private final double[] b;
        private double[] logOdds;
        private double likelihood;

        Fit(double[] outcome, double[] offset, double[][] x) {
            this.outcome = outcome;
            this.x = x;
            b = new double[x.length];
            logOdds = offset == null ? new double[outcome.length] : offset.clone();
            likelihood = logLikelihood(outcome, logOdds);
        }

        Logistic run() {
            for (int iteration = 1; iteration <= MOST; iteration++) {
                Cholesky information = information();
                if (!information.full()) {
                    if (iteration == 1) {
                        throw new IllegalArgumentException(
                                "the columns of a logistic regression are linearly dependent. Leave"
                                        + " one out.");
                    }
                    break; // the rows that would tell the columns apart are all certain by now
                }
                double[] step = gradient();
                information.solve(step);
                double before = likelihood;
                double moved = take(step);
                if (moved <= CLOSE) {
                    return done(iteration);
                }
                if (moved > FAR && likelihood - before < LEVEL) {
                    break;
                }
            }
            throw separated();
        }

        private Separated separated() {
            return new Separated(
                    "the outcomes are separated: events and others are told apart by "
                            + (x.length == 1 ? "there being only one kind" : "the columns alone")
                            + ", so the likelihood has no maximum. Collect more rows or use fewer"
                            + " columns.");
        }

        private Cholesky information() {
            int p = x.length;
            double[] information = new double[p * p];
            double[] scale = new double[p];
            for (int r = 0; r < outcome.length; r++) {
                double weight = weight(logOdds[r]);
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j <= i; j++) {
                        information[i * p + j] += weight * x[i][r] * x[j][r];
                    }
                }
            }
            for (int i = 0; i < p; i++) {
                scale[i] = information[i * p + i];
                for (int j = 0; j < i; j++) {
                    information[j * p + i] = information[i * p + j];
                }
            }
            return Cholesky.of(information, scale);
        }

        private static double weight(double logOdds) {
            double e = StrictMath.exp(-Math.abs(logOdds));
            return e / ((1 + e) * (1 + e));
        }

        private double[] gradient() {
            double[] gradient = new double[x.length];
            for (int r = 0; r < outcome.length; r++) {
                double off = outcome[r] - probability(logOdds[r]);
                for (int i = 0; i < x.length; i++) {
                    gradient[i] += off * x[i][r];
                }
            }
            return gradient;
        }

        /**
         * Takes the step, or half of it and so on; returns the largest move of a row, over 1 + |l|.
         */
        private double take(double[] step) {
            for (double part = 1; ; part /= 2) {
                double[] next = new double[logOdds.length];
                double moved = 0;
                for (int r = 0; r < next.length; r++) {
                    double move = 0;
                    for (int i = 0; i < x.length; i++) {
                        move += part * step[i] * x[i][r];
                    }
                    next[r] = logOdds[r] + move;
                    moved = Math.max(moved, Math.abs(move) / (1 + Math.abs(next[r])));
                }
                double then = logLikelihood(outcome, next);
                if (then >= likelihood - 1e-10 * Math.abs(likelihood) || moved <= CLOSE) {
                    for (int i = 0; i < b.length; i++) {
                        b[i] += part * step[i];
                    }
                    logOdds = next;
                    likelihood = then;
                    return moved;
                }
            }
        }

        private Logistic done(int iterations) {
            int p = b.length;
            Cholesky information = information();
            double[] covariance = new double[p * p];
            for (int i = 0; i < p; i++) {
                double[] unit = new double[p];
                unit[i] = 1;
                information.solve(unit);
                System.arraycopy(unit, 0, covariance, i * p, p);
            }
            return new Logistic(Numbers.of(b), Numbers.of(covariance), -2 * likelihood, iterations);
        }
    }
}
