package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.stats.Cholesky;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;

/**
 * Location and scale of every feature by maximum likelihood: y = intercept of the batch + C·β +
 * e^(D·θ)·τ·ε with τ per batch. ComBatLS: Gardner, Shinohara, Bethlehem and others 2024,
 * doi:10.1101/2024.06.21.599875.
 *
 * <p>In turn until nothing moves by 1e-10: β by least squares with weights e^(−2D·θ)/τ²; θ by a
 * Fisher step of the gamma regression of e² with logarithmic link, ½·(D'D)⁻¹·D'(e²·e^(−2D·θ)/τ² −
 * 1), D centred within batches, halved until the likelihood, convex in θ, does not fall. Mean and
 * scale are orthogonal, so this goes as fast as Newton's steps.
 */
final class ScaleFit implements Refinement {
    private static final int MOST_ROUNDS = 500;
    private static final double SETTLED = 1e-10;

    /** Logarithm of the largest ratio of an exam's spread to the typical one: 100. */
    private static final double MOST = 4.605170185988092;

    private final ComBatFit fit;
    private final Design design;
    private final HeldRows rows;
    private final double[] centre;
    private final double[][] theta;
    private final boolean[] failed;

    ScaleFit(ComBatFit fit, Design design, HeldRows rows) {
        this.fit = fit;
        this.design = design;
        this.rows = rows;
        Moments all = new Moments(design.size());
        for (int r = 0; r < rows.size(); r++) {
            all.add(rows.scaleCode(r));
        }
        centre = all.mean;
        theta = new double[design.size()][fit.columns().size()];
        failed = new boolean[fit.columns().size()];
    }

    @Override
    public void refine(Regression regression, int from, int to) {
        RowFit means = regression.rowFit(rows);
        for (int f = from; f < to; f++) {
            if (regression.sigma[f] > 0) {
                One one = new One(regression, means, f);
                failed[f] = !one.run();
                one.write();
            }
        }
    }

    @Override
    public Optional<ComBatModel.Scale> scale() {
        List<ComBatModel.Effect> effects = new ArrayList<>();
        for (int k = 0; k < theta.length; k++) {
            effects.add(
                    new ComBatModel.Effect(design.names().get(k), Numbers.of(theta[k].clone())));
        }
        return Optional.of(new ComBatModel.Scale(design, Numbers.of(centre.clone()), effects));
    }

    @Override
    public void report(Trace trace) {
        for (int k = 0; k < theta.length; k++) {
            double[] sorted = theta[k].clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            trace.note(
                    "scale." + design.names().get(k),
                    Numbers.of(sorted[0], sorted[n / 2], sorted[n - 1]));
        }
        int count = 0;
        for (boolean f : failed) {
            count += f ? 1 : 0;
        }
        if (count > 0) {
            trace.warn(
                    count
                            + (count == 1 ? " feature has" : " features have")
                            + " a spread that no line through the protect-scale terms describes (the"
                            + " fit did not settle, or has exams of over 100 times the typical"
                            + " spread) and "
                            + (count == 1 ? "gets" : "get")
                            + " one spread for all exams.");
        }
    }

    /** One feature. */
    private final class One {
        private final Regression regression;
        private final RowFit means;
        private final int f;
        private final double[] y;
        private final double[] w;
        private final double[] rest;
        private final double[] own;
        private final int[] group;
        private final double[] variance;
        private boolean several;
        private double[] step;

        One(Regression regression, RowFit means, int f) {
            this.regression = regression;
            this.means = means;
            this.f = f;
            y = rows.column(f);
            w = new double[y.length];
            rest = new double[y.length];
            own = new double[theta.length];
            group = new int[fit.batches().size()];
            variance = new double[group.length + 1];
            for (int r = 0; r < y.length; r++) {
                w[r] = Double.isFinite(y[r]) ? 1 : 0;
            }
            // A batch without a spread of its own, the last group, says nothing of spreads and has
            // that of the others; where all are, they share one.
            for (int i = 0; i < group.length; i++) {
                boolean varies = regression.delta[i][f] > 1e-12;
                group[i] = varies && fit.ownScale(regression.count[i][f]) ? i : group.length;
                several |= group[i] < group.length;
            }
        }

        private boolean informs(int row) {
            return w[row] > 0 && (!several || group[rows.batch(row)] < group.length);
        }

        boolean run() {
            for (int n = 0; n < MOST_ROUNDS; n++) {
                double[] before = rest.clone();
                if (!means.fit(y, w, regression.chosen, f)) {
                    return false;
                }
                double moved = 0;
                for (int r = 0; r < y.length; r++) {
                    rest[r] = w[r] > 0 ? means.residual(r, y[r]) : 0;
                    moved = Math.max(moved, Math.abs(rest[r] - before[r]) / regression.sigma[f]);
                }
                double likely = variances(own);
                if (!scaleStep()) {
                    return false;
                }
                double length = 1;
                double[] next = own;
                for (int halvings = 0; halvings < 40; halvings++) {
                    next = moved(length);
                    if (variances(next) <= likely + 1e-12 * Math.abs(likely)) {
                        break;
                    }
                    next = own;
                    length /= 2;
                }
                variances(next);
                for (int r = 0; r < y.length; r++) {
                    if (w[r] > 0) {
                        double l = logarithm(r, next);
                        if (!(Math.abs(l) < MOST)) {
                            return false;
                        }
                        moved = Math.max(moved, Math.abs(l - logarithm(r, own)));
                        w[r] =
                                StrictMath.exp(-2 * l)
                                        / variance[group[rows.batch(r)]]
                                        * regression.sigma[f]
                                        * regression.sigma[f];
                    }
                }
                System.arraycopy(next, 0, own, 0, own.length);
                if (moved < SETTLED) {
                    return true;
                }
            }
            return false;
        }

        private double[] moved(double length) {
            double[] next = own.clone();
            for (int k = 0; k < next.length; k++) {
                next[k] += length * step[k];
            }
            return next;
        }

        private double logarithm(int row, double[] at) {
            return ScaleFit.logarithm(rows.scaleCode(row), centre, at);
        }

        /** Sets the variance of each group; returns minus the likelihood of the scale. */
        private double variances(double[] at) {
            int[] n = new int[variance.length];
            Arrays.fill(variance, 0);
            double sum = 0;
            for (int r = 0; r < y.length; r++) {
                if (informs(r)) {
                    double l = logarithm(r, at);
                    int g = group[rows.batch(r)];
                    variance[g] += rest[r] * rest[r] * StrictMath.exp(-2 * l);
                    n[g]++;
                    sum += l;
                }
            }
            double all = 0;
            int many = 0;
            for (int g = 0; g < n.length; g++) {
                if (n[g] > 0) {
                    all += variance[g];
                    many += n[g];
                    variance[g] /= n[g];
                    sum += 0.5 * n[g] * StrictMath.log(variance[g]);
                }
            }
            if (several) {
                variance[group.length] = all / many;
            }
            return sum;
        }

        /** Sets the Fisher step; returns false where the spread's covariates are dependent. */
        private boolean scaleStep() {
            int p = own.length;
            Moments[] moments = new Moments[variance.length];
            Arrays.setAll(moments, g -> new Moments(p));
            for (int r = 0; r < y.length; r++) {
                if (informs(r)) {
                    moments[group[rows.batch(r)]].add(rows.scaleCode(r));
                }
            }
            double[] within = new double[p * p];
            double[] scale = new double[p];
            Moments all = new Moments(p);
            for (Moments m : moments) {
                all.add(m);
                for (int k = 0; k < within.length; k++) {
                    within[k] += m.cross[k];
                }
            }
            for (int k = 0; k < p; k++) {
                scale[k] = all.cross[k * p + k];
            }
            step = new double[p];
            for (int r = 0; r < y.length; r++) {
                if (informs(r)) {
                    int g = group[rows.batch(r)];
                    double l = logarithm(r, own);
                    double off = rest[r] * rest[r] * StrictMath.exp(-2 * l) / variance[g] - 1;
                    for (int k = 0; k < p; k++) {
                        step[k] += off * (rows.scaleCode(r)[k] - moments[g].mean[k]) / 2;
                    }
                }
            }
            Cholesky factor = Cholesky.of(within, scale);
            factor.solve(step);
            return factor.full();
        }

        /** Hands over the estimates, standardised by each exam's own spread. */
        private void write() {
            if (failed[f]) {
                Arrays.fill(own, 0);
                Arrays.setAll(w, r -> Double.isFinite(y[r]) ? 1 : 0);
                means.fit(y, w, regression.chosen, f);
            }
            double[] spread = new double[y.length];
            for (int r = 0; r < y.length; r++) {
                spread[r] = StrictMath.exp(logarithm(r, own));
            }
            for (int k = 0; k < own.length; k++) {
                theta[k][f] = own[k];
            }
            regression.take(f, means, rows, y, spread);
        }
    }

    /** Returns (D − centre)·θ. */
    static double logarithm(double[] code, double[] centre, double[] theta) {
        double sum = 0;
        for (int k = 0; k < code.length; k++) {
            sum += (code[k] - centre[k]) * theta[k];
        }
        return sum;
    }
}
