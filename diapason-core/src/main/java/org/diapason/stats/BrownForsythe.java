package org.diapason.stats;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * Whether groups have the same spread: Levene's test on distances from the median, Brown and
 * Forsythe 1974, doi:10.1080/01621459.1974.10482955.
 *
 * @param f ratio of the variances of the distances between and within groups
 * @param p of F with groups − 1 and n − groups degrees of freedom
 */
public record BrownForsythe(double f, double p) {

    /** Tests groups of finite numbers, not modified; NaN where no spread can be told. */
    public static BrownForsythe of(double[][] groups) {
        int n = 0;
        double grand = 0;
        double[] means = new double[groups.length];
        double[][] distances = new double[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            double median = Quantiles.median(groups[g]);
            distances[g] = Arrays.stream(groups[g]).map(v -> Math.abs(v - median)).toArray();
            double sum = 0;
            for (double d : distances[g]) {
                sum += d;
            }
            means[g] = sum / distances[g].length;
            grand += sum;
            n += distances[g].length;
        }
        grand /= n;
        double between = 0;
        double within = 0;
        for (int g = 0; g < groups.length; g++) {
            between += distances[g].length * (means[g] - grand) * (means[g] - grand);
            for (double d : distances[g]) {
                within += (d - means[g]) * (d - means[g]);
            }
        }
        int over = groups.length - 1;
        int under = n - groups.length;
        if (over < 1 || under < 1 || !(within > 0)) {
            return new BrownForsythe(Double.NaN, Double.NaN);
        }
        double f = between / over / (within / under);
        return new BrownForsythe(f, 1 - new FDistribution(over, under).cumulativeProbability(f));
    }
}
