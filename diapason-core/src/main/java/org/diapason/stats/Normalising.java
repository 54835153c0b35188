package org.diapason.stats;

import java.util.function.DoubleUnaryOperator;
import org.diapason.volume.Numbers;

/** Functions that bring numbers nearer to a normal distribution, and back. */
public final class Normalising {
    private static final double GOLDEN = (3 - Math.sqrt(5)) / 2;

    private Normalising() {}

    /**
     * Returns (y^λ − 1)/λ, ln y where λ is 0; NaN unless y is above 0. Box and Cox 1964,
     * doi:10.1111/j.2517-6161.1964.tb00553.x.
     */
    public static double boxCox(double y, double lambda) {
        return y > 0 ? power(StrictMath.log(y), lambda) : Double.NaN;
    }

    /** Returns what {@link #boxCox} turns into t; NaN where there is no such number. */
    public static double inverseBoxCox(double t, double lambda) {
        return StrictMath.exp(root(t, lambda));
    }

    /**
     * Returns t = ((y + 1)^λ − 1)/λ from 0 on and −((1 − y)^(2 − λ) − 1)/(2 − λ) below, by their
     * limits at λ = 0 and 2. Yeo and Johnson 2000, doi:10.1093/biomet/87.4.954.
     *
     * @param unit what 1 + y is divided by from 0 on, so that large numbers keep their digits: the
     *     result is (t − t(unit − 1))/unit^λ, a straight line of t
     */
    public static double yeoJohnson(double y, double lambda, double unit) {
        double l = StrictMath.log(unit);
        if (y >= 0) {
            return power(StrictMath.log1p(y) - l, lambda);
        }
        double t = -power(StrictMath.log1p(-y), 2 - lambda);
        return (t - power(l, lambda)) * StrictMath.exp(-lambda * l);
    }

    /** Returns what {@link #yeoJohnson} turns into t; NaN where there is no such number. */
    public static double inverseYeoJohnson(double t, double lambda, double unit) {
        double l = StrictMath.log(unit);
        if (t >= power(-l, lambda)) {
            return StrictMath.expm1(root(t, lambda) + l);
        }
        double below = t * StrictMath.exp(lambda * l) + power(l, lambda);
        return -StrictMath.expm1(root(-below, 2 - lambda));
    }

    /** Returns (e^(λ·l) − 1)/λ. */
    private static double power(double l, double lambda) {
        return lambda == 0 ? l : StrictMath.expm1(lambda * l) / lambda;
    }

    private static double root(double t, double lambda) {
        return lambda == 0 ? t : StrictMath.log1p(lambda * t) / lambda;
    }

    /**
     * Returns the normal deviate of each rank, Φ⁻¹((rank − 3/8)/(n + 1/4)), equal values at their
     * mean rank. Blom 1958, Statistical Estimates and Transformed Beta-Variables.
     *
     * @param sorted values from the smallest to the largest; not modified
     */
    public static double[] scores(double[] sorted) {
        double[] scores = new double[sorted.length];
        for (int first = 0; first < sorted.length; ) {
            int end = first + 1;
            while (end < sorted.length && sorted[end] == sorted[first]) {
                end++;
            }
            double rank = (first + 1 + end) / 2.0;
            double score = Normals.quantile((rank - 0.375) / (sorted.length + 0.25));
            java.util.Arrays.fill(scores, first, end, score);
            first = end;
        }
        return scores;
    }

    /**
     * Returns the ordinate at x of straight lines through points, the outer lines going on beyond
     * the ends; of one point its ordinate.
     *
     * @param from abscissas that increase
     * @param to ordinates
     */
    public static double along(Numbers from, Numbers to, double x) {
        int low = 0;
        int high = from.size() - 1;
        if (high == 0 || Double.isNaN(x)) {
            return Double.isNaN(x) ? x : to.get(0);
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (x < from.get(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        if (x == from.get(high)) {
            return to.get(high);
        }
        double slope = (to.get(high) - to.get(low)) / (from.get(high) - from.get(low));
        return to.get(low) + slope * (x - from.get(low));
    }

    /**
     * Returns where a smooth function is largest: the best of evenly spaced points, the golden
     * section between its neighbours (Kiefer 1953), and Newton's steps by differences of four
     * points, which give more digits than the function's own. At an end the end.
     */
    public static double largest(DoubleUnaryOperator function, double low, double high, int steps) {
        double best = low;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = 0; n <= steps; n++) {
            double at = low + (high - low) * n / steps;
            double value = function.applyAsDouble(at);
            if (value > most) {
                most = value;
                best = at;
            }
        }
        if (best == low || best == high) {
            return best;
        }
        double a = best - (high - low) / steps;
        double b = best + (high - low) / steps;
        double c = a + GOLDEN * (b - a);
        double d = b - GOLDEN * (b - a);
        double atC = function.applyAsDouble(c);
        double atD = function.applyAsDouble(d);
        while (b - a > 0.02) {
            if (atC >= atD) {
                b = d;
                d = c;
                atD = atC;
                c = a + GOLDEN * (b - a);
                atC = function.applyAsDouble(c);
            } else {
                a = c;
                c = d;
                atC = atD;
                d = b - GOLDEN * (b - a);
                atD = function.applyAsDouble(d);
            }
        }
        return polished(function, (a + b) / 2);
    }

    private static double polished(DoubleUnaryOperator function, double start) {
        double h = 1e-3;
        double x = start;
        double step = 1;
        for (int n = 0; n < 8 && Math.abs(step) > 1e-11; n++) {
            double one = function.applyAsDouble(x + h);
            double minusOne = function.applyAsDouble(x - h);
            double two = function.applyAsDouble(x + 2 * h);
            double minusTwo = function.applyAsDouble(x - 2 * h);
            double middle = function.applyAsDouble(x);
            double slope = (8 * (one - minusOne) - (two - minusTwo)) / (12 * h);
            double bend = (16 * (one + minusOne) - two - minusTwo - 30 * middle) / (12 * h * h);
            step = bend < 0 ? -slope / bend : 0;
            if (!(Math.abs(x + step - start) < 0.05)) {
                return start;
            }
            x += step;
        }
        return x;
    }
}
