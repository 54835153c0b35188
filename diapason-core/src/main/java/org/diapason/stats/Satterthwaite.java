package org.diapason.stats;

import java.util.stream.IntStream;
import org.diapason.volume.Numbers;

/** Satterthwaite's degrees of freedom of the fixed effects of a mixed model. */
final class Satterthwaite {
    private static final double STEP = 2e-3;
    private static final double[] WEIGHTS = {1, -8, 8, -1};
    private final MixedModel model;
    private final int p;
    private final MixedResponse response;
    private final MixedPoint point;
    private final double[] theta;
    private final int[] free;
    private final double unit;

    Satterthwaite(MixedModel model, MixedModel.Fit fit, double[] y) {
        this.model = model;
        p = model.p;
        response = model.response(model.least.residuals(y));
        point = new MixedPoint(model.sums);
        theta = fit.theta().toArray();
        free = IntStream.range(0, theta.length).filter(i -> theta[i] != 0).toArray();
        unit = fit.residualVariance();
    }

    Numbers of() {
        int k = free.length;
        double[] hessian = new double[(k + 1) * (k + 1)];
        double[][] slopes = new double[k][];
        for (int a = 0; a < k; a++) {
            slopes[a] = slope(free[a]);
            for (int b = 0; b < k; b++) {
                double half = slopes[a][p + 1 + free[b]] / 2;
                hessian[a * (k + 1) + b] += half;
                hessian[b * (k + 1) + a] += half;
            }
            hessian[k * (k + 1) + a] = -slopes[a][p] / unit;
            hessian[a * (k + 1) + k] = hessian[k * (k + 1) + a];
        }
        hessian[k * (k + 1) + k] = model.degrees();
        double[] scale =
                IntStream.rangeClosed(0, k).mapToDouble(a -> hessian[a * (k + 2)]).toArray();
        Cholesky factor = Cholesky.of(hessian, scale);
        double[] at = figures(theta);
        double[] df = new double[p];
        for (int c = 0; c < p; c++) {
            double[] g = new double[k + 1];
            for (int a = 0; a < k; a++) {
                g[a] = slopes[a][c];
            }
            g[k] = at[c];
            double[] solved = g.clone();
            factor.solve(solved);
            double spread = 0;
            for (int a = 0; a <= k; a++) {
                spread += g[a] * solved[a];
            }
            df[c] = at[c] * at[c] / spread;
        }
        return Numbers.of(df);
    }

    /** Diagonal of (X'V⁻¹X)⁻¹, then r², then the derivatives of −2·log-likelihood at fitted σ². */
    private double[] figures(double[] at) {
        response.solve(point.set(at));
        double[] c = model.covariance(point, 1);
        double[] figures = new double[p + 1 + theta.length];
        for (int k = 0; k < p; k++) {
            figures[k] = c[k * p + k];
        }
        figures[p] = response.squares;
        System.arraycopy(response.gradient(point, 1 / unit), 0, figures, p + 1, theta.length);
        return figures;
    }

    /** First derivatives of the figures along a parameter. */
    private double[] slope(int parameter) {
        double x = theta[parameter];
        double h = Minimum.step(x, STEP);
        double[] slope = new double[p + 1 + theta.length];
        double[] at = theta.clone();
        for (int s = 0; s < 4; s++) {
            at[parameter] = x + (s < 2 ? s - 2 : s - 1) * h;
            double[] there = figures(at);
            for (int i = 0; i < slope.length; i++) {
                slope[i] += WEIGHTS[s] * there[i] / (12 * h);
            }
        }
        return slope;
    }
}
