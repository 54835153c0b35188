package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Affine;

/**
 * The best transform of a model near a start: BFGS on parameters scaled to mm.
 *
 * <p>Nocedal and Wright 2006, Numerical Optimization, doi:10.1007/978-0-387-40065-5, algorithm 6.1.
 */
final class LinearSearch {
    private static final int MAX_ITERATIONS = 60;
    private static final int MAX_HALVINGS = 12;
    private static final double SUFFICIENT = 1e-4;

    private final Metric metric;
    private final Scaled scaled;
    private final double stepMm;
    private final double toleranceMm;

    private double[] held;
    private double value;
    private double[] gradient;
    private int evaluations;
    private boolean whole;

    /**
     * @param stepMm how far the first step goes
     * @param toleranceMm steps shorter than this end the search
     */
    LinearSearch(Metric metric, Scaled scaled, double stepMm, double toleranceMm) {
        this.metric = metric;
        this.scaled = scaled;
        this.stepMm = stepMm;
        this.toleranceMm = toleranceMm;
    }

    /**
     * What a search came to.
     *
     * @param transform the best
     * @param values of the metric, at the start and after each step
     * @param inverse of the metric's curvature by the scaled parameters, as far as it was seen,
     *     with its sign changed; null where no step was taken
     * @param evaluations of the metric
     */
    record Result(Affine transform, List<Double> values, double[][] inverse, int evaluations) {
        double value() {
            return values.get(values.size() - 1);
        }
    }

    /**
     * @param inverse of the curvature that a search nearby ended with; null for none
     */
    Result from(Affine start, double[][] inverse) {
        held = scaled.parametersOf(start);
        double[] at = scaled.of(held);
        evaluate(at);
        List<Double> values = new ArrayList<>(List.of(value));
        int n = at.length;
        boolean known = inverse != null;
        double[][] h = known ? copy(inverse) : unit(n, stepMm / Math.max(1e-300, length(gradient)));
        boolean fresh = !known;
        for (int it = 0; it < MAX_ITERATIONS; it++) {
            double[] old = gradient;
            double[] move = times(h, old);
            double slope = dot(move, old);
            if (!(slope > 0)) {
                break;
            }
            double[] next = climb(at, move, slope);
            if (next == null && known && it == 0) {
                // The curvature of the grid before misled: begin without it.
                known = false;
                fresh = true;
                evaluate(at);
                h = unit(n, stepMm / Math.max(1e-300, length(gradient)));
                continue;
            }
            if (next == null) {
                break;
            }
            double[] s = minus(next, at);
            double[] y = minus(old, gradient);
            at = next;
            values.add(value);
            double sy = dot(s, y);
            if (fresh && sy > 0) {
                h = unit(n, sy / dot(y, y));
                fresh = false;
            }
            if (sy > 1e-12 * length(s) * length(y)) {
                update(h, s, y, sy);
            }
            // The first step and one that was cut short say nothing of how far the end is.
            if (length(s) < toleranceMm && whole && (known || it > 0)) {
                break;
            }
        }
        return new Result(scaled.transform(held, at), values, fresh ? null : h, evaluations);
    }

    /** Returns where a move, or a part of it, leads up; null where no part does. */
    private double[] climb(double[] at, double[] move, double slope) {
        double before = value;
        double most = length(move);
        double share = Math.min(1, 4 * stepMm / most);
        for (int halvings = 0; halvings < MAX_HALVINGS; halvings++) {
            double[] next = at.clone();
            for (int a = 0; a < next.length; a++) {
                next[a] += share * move[a];
            }
            whole = share == 1;
            evaluate(next);
            if (value >= before + SUFFICIENT * share * slope) {
                return next;
            }
            share /= 2;
            if (share * most < toleranceMm / 2) {
                break;
            }
        }
        value = before;
        return null;
    }

    private void evaluate(double[] at) {
        evaluations++;
        Metric.Found found = metric.at(scaled.transform(held, at));
        value = found.value();
        gradient = scaled.gradient(held, at, found.gradient());
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

    private static double[][] copy(double[][] m) {
        double[][] out = new double[m.length][];
        for (int a = 0; a < m.length; a++) {
            out[a] = m[a].clone();
        }
        return out;
    }

    static double[] times(double[][] m, double[] v) {
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
