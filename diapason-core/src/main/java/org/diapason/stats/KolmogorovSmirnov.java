package org.diapason.stats;

import java.util.Arrays;

/**
 * Whether two samples come from one distribution: the largest distance of their cumulative shares.
 *
 * @param d the distance, 0 … 1
 * @param p by the limiting distribution at d·√(ab/(a + b)) of samples of a and b, as R's {@code
 *     ks.test(…, exact = FALSE)}
 */
public record KolmogorovSmirnov(double d, double p) {
    private static final int TERMS = 100;

    /** Compares two samples of finite numbers, not modified and not empty. */
    public static KolmogorovSmirnov of(double[] first, double[] second) {
        double[] a = first.clone();
        double[] b = second.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double d = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= at) {
                i++;
            }
            while (j < b.length && b[j] <= at) {
                j++;
            }
            d = Math.max(d, Math.abs((double) i / a.length - (double) j / b.length));
        }
        double n = (double) a.length * b.length / (a.length + b.length);
        return new KolmogorovSmirnov(d, limit(Math.sqrt(n) * d));
    }

    /** Kolmogorov 1933: 2·Σ (−1)ᵏ⁻¹ exp(−2k²x²), and its other form where that is slow. */
    private static double limit(double x) {
        if (x < 1) {
            double sum = 0;
            for (int k = 1; k <= TERMS && x > 0; k++) {
                double odd = (2 * k - 1) * Math.PI;
                sum += StrictMath.exp(-odd * odd / (8 * x * x));
            }
            return x > 0 ? 1 - Math.sqrt(2 * Math.PI) / x * sum : 1;
        }
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * StrictMath.exp(-2.0 * k * k * x * x);
        }
        return sum;
    }
}
