package org.diapason.stats;

import java.util.stream.IntStream;
import org.diapason.volume.Numbers;

/** Satterthwaite's degrees of freedom of the fixed effects of a mixed model. */
final class Satterthwaite {
    private static final double STEP = 1e-2;
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
            slopes[a] = slope(theta, free[a]);
            for (int b = 0; b <= a; b++) {
                double second = second(free[a], free[b]);
                hessian[a * (k + 1) + b] = second;
                hessian[b * (k + 1) + a] = second;
            }
            hessian[k * (k + 1) + a] = -slopes[a][p + 1] / unit;
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

    /** Diagonal of (X'V⁻¹X)⁻¹, then −2·log-likelihood at the fitted σ², then r². */
    private double[] figures(double[] at) {
        response.solve(point.set(at));
        double[] c = model.covariance(point, 1);
        double[] figures = new double[p + 2];
        for (int k = 0; k < p; k++) {
            figures[k] = c[k * p + k];
        }
        figures[p] = response.logs(point) + response.squares / unit;
        figures[p + 1] = response.squares;
        return figures;
    }

    /** First derivatives of the figures along a parameter. */
    private double[] slope(double[] from, int parameter) {
        double x = from[parameter];
        double h = Minimum.step(x, STEP);
        double[] slope = new double[p + 2];
        double[] at = from.clone();
        for (int s = 0; s < 4; s++) {
            at[parameter] = x + (s < 2 ? s - 2 : s - 1) * h;
            double[] there = figures(at);
            for (int i = 0; i < slope.length; i++) {
                slope[i] += WEIGHTS[s] * there[i] / (12 * h);
            }
        }
        return slope;
    }

    private double second(int a, int b) {
        double x = theta[b];
        double h = Minimum.step(x, STEP);
        double[] at = theta.clone();
        double sum = 0;
        for (int s = 0; s < 4; s++) {
            at[b] = x + (s < 2 ? s - 2 : s - 1) * h;
            sum += WEIGHTS[s] * slope(at, a)[p] / (12 * h);
        }
        return sum;
    }
}
