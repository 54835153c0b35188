package org.diapason.stats;

import java.util.Arrays;

/**
 * Whether several samples come from one distribution: squared distances of their cumulative shares
 * from the pooled one, weighted by its variance, so that tails count.
 *
 * <p>The form with midranks, equation 7 of Scholz and Stephens 1987, Journal of the American
 * Statistical Association 82(399):918–924, doi:10.1080/01621459.1987.10478517, which ties do not
 * disturb.
 *
 * @param statistic (A² − (k − 1)) over its standard deviation, section 5
 * @param p by the quadratic through the logarithms of the levels of its table 2, no less than 0.001
 *     and no more than 0.25, where the table ends; NaN where nothing can be said: fewer than four
 *     values, or all of them alike
 */
public record AndersonDarling(double statistic, double p) {
    private static final AndersonDarling UNKNOWN = new AndersonDarling(Double.NaN, Double.NaN);
    private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
    private static final double[][] TABLE = {
        {0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085},
        {-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615},
        {-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154}
    };

    /**
     * Compares samples.
     *
     * @param values finite numbers of all samples, in any order; not modified
     * @param sample of each value, 0 … {@code samples} − 1; one without a value does not count
     */
    public static AndersonDarling of(double[] values, int[] sample, int samples) {
        int n = values.length;
        int[] sizes = new int[samples];
        for (int s : sample) {
            sizes[s]++;
        }
        int k = (int) Arrays.stream(sizes).filter(c -> c > 0).count();
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        if (k < 2 || n < 4 || values[order[0]] == values[order[n - 1]]) {
            return UNKNOWN;
        }
        double sum = 0;
        int[] below = new int[samples];
        int[] tied = new int[samples];
        int end;
        for (int start = 0; start < n; start = end) {
            end = start;
            Arrays.fill(tied, 0);
            while (end < n && values[order[end]] == values[order[start]]) {
                tied[sample[order[end]]]++;
                end++;
            }
            double ties = end - start;
            double middle = start + ties / 2;
            double weight = ties / n / (middle * (n - middle) - n * ties / 4);
            for (int s = 0; s < samples; s++) {
                if (sizes[s] > 0) {
                    double away = n * (below[s] + tied[s] / 2.0) - sizes[s] * middle;
                    sum += weight * away * away / sizes[s];
                    below[s] += tied[s];
                }
            }
        }
        double statistic = (sum * (n - 1) / n - (k - 1)) / Math.sqrt(variance(sizes, k, n));
        return new AndersonDarling(statistic, p(statistic, k - 1));
    }

    /** Equation 4. */
    private static double variance(int[] sizes, int k, double n) {
        double inverse = 0;
        for (int size : sizes) {
            inverse += size > 0 ? 1.0 / size : 0;
        }
        double h = 0;
        double g = 0;
        double later = 0;
        for (int i = (int) n - 1; i >= 1; i--) {
            g += later / (n - i);
            later += 1.0 / i;
            h += 1.0 / i;
        }
        double a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
        double b =
                (2 * g - 4) * k * k
                        + 8 * h * k
                        + (2 * g - 14 * h - 4) * inverse
                        - 8 * h
                        + 4 * g
                        - 6;
        double c =
                (6 * h + 2 * g - 2) * k * k
                        + (4 * h - 4 * g + 6) * k
                        + (2 * h - 6) * inverse
                        + 4 * h;
        double d = (2 * h + 6) * k * k - 4 * h * k;
        return (((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3));
    }

    private static double p(double statistic, int m) {
        int points = LEVELS.length;
        double[] critical = new double[points];
        for (int i = 0; i < points; i++) {
            critical[i] = TABLE[0][i] + TABLE[1][i] / Math.sqrt(m) + TABLE[2][i] / m;
        }
        if (statistic < critical[0]) {
            return LEVELS[0];
        }
        if (statistic > critical[points - 1]) {
            return LEVELS[points - 1];
        }
        // Centred at their mean, the powers are far enough apart for normal equations.
        double centre = Arrays.stream(critical).sum() / points;
        double[] cross = new double[9];
        double[] solution = new double[3];
        for (int i = 0; i < points; i++) {
            double x = critical[i] - centre;
            double[] powers = {1, x, x * x};
            for (int r = 0; r < 3; r++) {
                solution[r] += powers[r] * StrictMath.log(LEVELS[i]);
                for (int s = 0; s < 3; s++) {
                    cross[3 * r + s] += powers[r] * powers[s];
                }
            }
        }
        Cholesky.of(cross, new double[] {cross[0], cross[4], cross[8]}).solve(solution);
        double x = statistic - centre;
        return StrictMath.exp(solution[0] + x * (solution[1] + x * solution[2]));
    }
}
