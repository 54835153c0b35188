package org.diapason.registration;

import org.diapason.volume.Affine;

/**
 * The best transform of a model near a start: BFGS on parameters scaled to mm.
 *
 * <p>A parameter's unit is what moves a corner of the fixed box by 1 mm at most. Nocedal and Wright
 * 2006, Numerical Optimization, doi:10.1007/978-0-387-40065-5, algorithm 6.1.
 */
final class LinearSearch {
    private static final int MAX_ITERATIONS = 60;
    private static final int MAX_HALVINGS = 12;
    private static final double SUFFICIENT = 1e-4;
    private static final double DIFFERENCE = 1e-5;

    private final MutualInformation metric;
    private final LinearModel model;
    private final double[] centre;
    private final int[] free;
    private final double[] scale;
    private final double stepMm;
    private final double toleranceMm;

    private double[] held;
    private double[] at;
    private MutualInformation.Found found;
    private double[] gradient;
    private int evaluations;

    /**
     * @param free the parameters that may move
     * @param corners of the fixed box, mm
     * @param stepMm how far the first step goes
     * @param toleranceMm steps shorter than this end the search
     */
    LinearSearch(
            MutualInformation metric,
            LinearModel model,
            int[] free,
            double[] centre,
            double[][] corners,
            double stepMm,
            double toleranceMm) {
        this.metric = metric;
        this.model = model;
        this.free = free;
        this.centre = centre;
        this.stepMm = stepMm;
        this.toleranceMm = toleranceMm;
        scale = scales(corners);
    }

    private double[] scales(double[][] corners) {
        double[] scales = new double[free.length];
        for (int n = 0; n < scales.length; n++) {
            double[] p = new double[model.parameters()];
            p[free[n]] = DIFFERENCE;
            Affine moved = model.at(p, centre);
            for (double[] corner : corners) {
                double[] q = corner.clone();
                moved.apply(q);
                double dx = q[0] - corner[0];
                double dy = q[1] - corner[1];
                double dz = q[2] - corner[2];
                double far = Math.sqrt(dx * dx + dy * dy + dz * dz) / DIFFERENCE;
                scales[n] = Math.max(scales[n], far);
            }
        }
        return scales;
    }

    /**
     * What a search came to.
     *
     * @param transform the best
     * @param value its mutual information in nats; NaN where even the start showed nothing
     * @param evaluations of the metric
     */
    record Result(Affine transform, double value, int evaluations) {}

    Result from(Affine start) {
        int n = free.length;
        held = model.parametersOf(start, centre);
        at = new double[n];
        for (int a = 0; a < n; a++) {
            at[a] = held[free[a]] * scale[a];
        }
        evaluate(at);
        if (found.value() != found.value()) {
            return new Result(start, Double.NaN, evaluations);
        }
        double[][] inverse = unit(n, stepMm / Math.max(1e-300, length(gradient)));
        boolean fresh = true;
        for (int it = 0; it < MAX_ITERATIONS; it++) {
            double[] move = times(inverse, gradient);
            double slope = dot(move, gradient);
            if (!(slope > 0)) {
                break;
            }
            double most = length(move);
            double limit = 4 * stepMm;
            double share = most > limit ? limit / most : 1;
            double[] before = at;
            double[] old = gradient;
            double value = found.value();
            int halvings = 0;
            for (; halvings < MAX_HALVINGS; halvings++) {
                double[] next = before.clone();
                for (int a = 0; a < n; a++) {
                    next[a] += share * move[a];
                }
                evaluate(next);
                if (found.value() >= value + SUFFICIENT * share * slope) {
                    at = next;
                    break;
                }
                share /= 2;
                if (share * most < toleranceMm / 2) {
                    halvings = MAX_HALVINGS;
                }
            }
            if (halvings >= MAX_HALVINGS) {
                evaluate(before);
                at = before;
                break;
            }
            double[] s = minus(at, before);
            double[] y = minus(old, gradient);
            double sy = dot(s, y);
            if (fresh && sy > 0) {
                inverse = unit(n, sy / dot(y, y));
                fresh = false;
            }
            if (sy > 1e-12 * length(s) * length(y)) {
                update(inverse, s, y, sy);
            }
            if (length(s) < toleranceMm) {
                break;
            }
        }
        return new Result(transform(at), found.value(), evaluations);
    }

    private Affine transform(double[] scaled) {
        double[] p = held.clone();
        for (int a = 0; a < free.length; a++) {
            p[free[a]] = scaled[a] / scale[a];
        }
        return model.at(p, centre);
    }

    private void evaluate(double[] scaled) {
        evaluations++;
        found = metric.at(transform(scaled));
        gradient = new double[scaled.length];
        for (int a = 0; a < gradient.length; a++) {
            double[] up = scaled.clone();
            double[] down = scaled.clone();
            double h = DIFFERENCE * Math.max(1, scale[a]);
            up[a] += h;
            down[a] -= h;
            Affine high = transform(up);
            Affine low = transform(down);
            for (int m = 0; m < 12; m++) {
                gradient[a] +=
                        found.gradient()[m]
                                * (high.matrix().get(m) - low.matrix().get(m))
                                / (2 * h);
            }
        }
    }

    private static void update(double[][] inverse, double[] s, double[] y, double sy) {
        double[] hy = times(inverse, y);
        double yhy = dot(y, hy);
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                inverse[a][b] +=
                        (1 + yhy / sy) * s[a] * s[b] / sy - (hy[a] * s[b] + s[a] * hy[b]) / sy;
            }
        }
    }

    private static double[][] unit(int n, double value) {
        double[][] m = new double[n][n];
        for (int a = 0; a < n; a++) {
            m[a][a] = value;
        }
        return m;
    }

    private static double[] times(double[][] m, double[] v) {
        double[] out = new double[v.length];
        for (int a = 0; a < v.length; a++) {
            out[a] = dot(m[a], v);
        }
        return out;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int n = 0; n < out.length; n++) {
            out[n] -= b[n];
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }

    private static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
