package org.diapason.stats;

/**
 * A number with an interval of 95 %.
 *
 * @param value the number; NaN where it is not defined
 * @param low lower end
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {
    /** What is not defined. */
    public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    /** Returns {@code value ± 1.96 standard errors}. */
    public static Estimate of(double value, double standardError) {
        return of(value, standardError, Normals.Z95);
    }

    /** Returns {@code value ± reach standard errors}. */
    static Estimate of(double value, double standardError, double reach) {
        return new Estimate(value, value - reach * standardError, value + reach * standardError);
    }

    /** Returns a value with the percentiles 2.5 and 97.5 of bootstrap draws; NaN are left out. */
    public static Estimate ofDraws(double value, double[] draws) {
        return new Estimate(value, Quantiles.of(draws, 0.025), Quantiles.of(draws, 0.975));
    }

    /**
     * Returns a share with the interval of Wilson 1927, JASA 22(158):209–212, which stays within 0
     * … 1.
     */
    public static Estimate ofShare(double count, double n) {
        double z2 = Normals.Z95 * Normals.Z95;
        double share = count / n;
        double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
        double reach =
                Normals.Z95 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        return new Estimate(share, Math.max(0, middle - reach), Math.min(1, middle + reach));
    }
}
