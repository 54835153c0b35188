package org.diapason.stats;

import org.diapason.volume.Numbers;

/** Newton's way to the maximum of a likelihood, {@link Logistic}, penalised or not. */
final class LogisticFit {
    private static final int MOST = 200;
    private static final double CLOSE = 1e-9;

    /** Log likelihood that a step no longer gains anything worth naming. */
    private static final double LEVEL = 1e-9;

    /** A move, over 1 + |l|, that is still far: near a maximum it is the root of the gain, 3e-5. */
    private static final double FAR = 1e-3;

    private final double[] outcome;
    private final double[][] x;
    private final double[] b;
    private final boolean[] held;
    private final boolean penalised;
    private double[] logOdds;
    private double likelihood;

    LogisticFit(double[] outcome, double[] offset, double[][] x) {
        this(outcome, offset, x, null, false);
    }

    /** Of a likelihood with Firth's penalty; what is not NaN in {@code start} is held there. */
    LogisticFit(double[] outcome, double[][] x, double[] start) {
        this(outcome, null, x, start, true);
    }

    private LogisticFit(
            double[] outcome, double[] offset, double[][] x, double[] start, boolean penalised) {
        this.outcome = outcome;
        this.x = x;
        this.penalised = penalised;
        b = new double[x.length];
        held = new boolean[x.length];
        logOdds = offset == null ? new double[outcome.length] : offset.clone();
        for (int i = 0; i < x.length; i++) {
            held[i] = start != null && !Double.isNaN(start[i]);
            b[i] = held[i] ? start[i] : 0;
            for (int r = 0; r < logOdds.length; r++) {
                if (!Double.isFinite(x[i][r])) {
                    throw new IllegalArgumentException(
                            "logistic regression needs finite numbers, got " + x[i][r]);
                }
                logOdds[r] += b[i] * x[i][r];
            }
        }
    }

    Logistic run(Clusters clusters) {
        if (!information(logOdds).full()) {
            throw new Logistic.Dependent();
        }
        likelihood = likelihood(logOdds);
        for (int iteration = 1; iteration <= MOST; iteration++) {
            Cholesky information = information(logOdds);
            if (!information.full()) {
                break; // the rows that would tell the columns apart are all certain by now
            }
            double before = likelihood;
            double moved = take(step(information));
            if (moved <= CLOSE) {
                return done(iteration, clusters);
            }
            if (!penalised && moved > FAR && likelihood - before < LEVEL) {
                break;
            }
        }
        throw new Logistic.Separated(
                "the outcomes are separated: events and others are told apart by "
                        + (x.length == 1 ? "there being only one kind" : "the columns alone")
                        + ", so the likelihood has no maximum. Collect more rows or use fewer"
                        + " columns.");
    }

    /** Returns the log likelihood, with the penalty where there is one. */
    private double likelihood(double[] at) {
        double sum = Logistic.logLikelihood(outcome, at);
        if (penalised) {
            Cholesky information = information(at);
            for (int i = 0; i < x.length; i++) {
                sum += StrictMath.log(information.root(i));
            }
        }
        return sum;
    }

    private Cholesky information(double[] at) {
        return information(at, new boolean[x.length]);
    }

    /** Returns the information, with nothing between what is held and the rest. */
    private Cholesky information(double[] at, boolean[] apart) {
        int p = x.length;
        double[] information = new double[p * p];
        double[] scale = new double[p];
        for (int r = 0; r < outcome.length; r++) {
            double weight = weight(at[r]);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j <= i; j++) {
                    information[i * p + j] += weight * x[i][r] * x[j][r];
                }
            }
        }
        for (int i = 0; i < p; i++) {
            scale[i] = information[i * p + i];
            for (int j = 0; j < i; j++) {
                information[i * p + j] = apart[i] || apart[j] ? 0 : information[i * p + j];
                information[j * p + i] = information[i * p + j];
            }
        }
        return Cholesky.of(information, scale);
    }

    private static double weight(double logOdds) {
        double e = StrictMath.exp(-Math.abs(logOdds));
        return e / ((1 + e) * (1 + e));
    }

    /** Returns what a row adds to the score, over its x. */
    private double off(int r, Cholesky information) {
        double p = Logistic.probability(logOdds[r]);
        double off = outcome[r] - p;
        if (penalised) {
            double[] own = row(r);
            information.solve(own);
            double leverage = 0;
            for (int i = 0; i < x.length; i++) {
                leverage += own[i] * x[i][r];
            }
            off += weight(logOdds[r]) * leverage * (0.5 - p);
        }
        return off;
    }

    private double[] row(int r) {
        double[] row = new double[x.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = x[i][r];
        }
        return row;
    }

    private double[] step(Cholesky information) {
        double[] step = new double[x.length];
        for (int r = 0; r < outcome.length; r++) {
            double off = off(r, information);
            for (int i = 0; i < x.length; i++) {
                step[i] += held[i] ? 0 : off * x[i][r];
            }
        }
        information(logOdds, held).solve(step);
        return step;
    }

    /** Takes the step, or half of it and so on; returns the largest move of a row, over 1 + |l|. */
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
            double then = likelihood(next);
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

    private Logistic done(int iterations, Clusters clusters) {
        int p = b.length;
        Cholesky information = information(logOdds);
        double[][] covariance = clusters == null ? one(p) : squares(clusters, information);
        for (double[] row : covariance) {
            information.solve(row);
        }
        double[] flat = new double[p * p];
        for (int i = 0; i < p; i++) {
            double[] column = new double[p];
            for (int j = 0; j < p; j++) {
                column[j] = covariance[j][i];
            }
            if (clusters != null) {
                information.solve(column);
            }
            System.arraycopy(column, 0, flat, i * p, p);
        }
        return new Logistic(Numbers.of(b), Numbers.of(flat), -2 * likelihood, iterations);
    }

    private static double[][] one(int p) {
        double[][] one = new double[p][p];
        for (int i = 0; i < p; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    /** Returns the squares of what clusters add to the score, times G/(G − 1). */
    private double[][] squares(Clusters clusters, Cholesky information) {
        int p = x.length;
        double[][] score = new double[clusters.count()][p];
        for (int r = 0; r < outcome.length; r++) {
            double off = off(r, information);
            for (int i = 0; i < p; i++) {
                score[clusters.of(r)][i] += off * x[i][r];
            }
        }
        double[][] squares = new double[p][p];
        for (double[] own : score) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    squares[i][j] += own[i] * own[j] * score.length / (score.length - 1.0);
                }
            }
        }
        return squares;
    }
}
