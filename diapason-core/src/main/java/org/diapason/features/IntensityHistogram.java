package org.diapason.features;

import java.util.List;

/**
 * Intensity histogram features (family ZVCW, section 3.4 of the manual), on levels 1 … N.
 *
 * <p>Of several highest bins the mode is the one nearest to the mean, of two equally near ones the
 * lower. The gradient is (n₍ᵢ₊₁₎ − n₍ᵢ₋₁₎)/2, one-sided at the ends; of several equal extremes the
 * lowest level is reported. A histogram of one bin has no gradient (NaN).
 */
final class IntensityHistogram {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    ih_mean       | Mean discretised intensity                                  | X6K6 | level
                    ih_var        | Discretised intensity variance                              | CH89 | level²
                    ih_skew       | Discretised intensity skewness                              | 88K1 | 1
                    ih_kurt       | (Excess) discretised intensity kurtosis                     | C3I7 | 1
                    ih_median     | Median discretised intensity                                | WIFQ | level
                    ih_min        | Minimum discretised intensity                               | 1PR8 | level
                    ih_p10        | 10th discretised intensity percentile                       | GPMT | level
                    ih_p90        | 90th discretised intensity percentile                       | OZ0C | level
                    ih_max        | Maximum discretised intensity                               | 3NCY | level
                    ih_mode       | Intensity histogram mode                                    | AMMC | level
                    ih_iqr        | Discretised intensity interquartile range                   | WR0O | level
                    ih_range      | Discretised intensity range                                 | 5Z3W | level
                    ih_mad        | Intensity histogram mean absolute deviation                 | D2ZX | level
                    ih_rmad       | Intensity histogram robust mean absolute deviation          | WRZB | level
                    ih_medad      | Intensity histogram median absolute deviation               | 4RNL | level
                    ih_cov        | Intensity histogram coefficient of variation                | CWYJ | 1
                    ih_qcod       | Intensity histogram quartile coefficient of dispersion      | SLWD | 1
                    ih_entropy    | Discretised intensity entropy                               | TLU2 | bit
                    ih_uniformity | Discretised intensity uniformity                            | BJ5W | 1
                    ih_max_grad   | Maximum histogram gradient                                  | 12CE | voxel/level
                    ih_max_grad_g | Maximum histogram gradient intensity                        | 8E6O | level
                    ih_min_grad   | Minimum histogram gradient                                  | VQB3 | voxel/level
                    ih_min_grad_g | Minimum histogram gradient intensity                        | RHQZ | level
                    """);

    private IntensityHistogram() {}

    /** Returns the features by the rules of the manual. */
    static double[] of(Levels levels) {
        return of(levels.histogram(), Rules.IBSI);
    }

    /** Returns the features by the given rules. */
    static double[] of(Levels levels, Rules rules) {
        return of(levels.histogram(), rules);
    }

    /**
     * Returns the features by the rules of the manual, given how many voxels have level 1, 2, … N;
     * at least one voxel.
     */
    static double[] of(int[] count) {
        return of(count, Rules.IBSI);
    }

    private static double[] of(int[] count, Rules rules) {
        Distribution d = Distribution.ofLevels(count);
        double uniformity = 0;
        double entropy = 0;
        int cells = 0;
        for (int c : count) {
            double p = (double) c / d.total();
            uniformity += p * p;
            entropy -= c == 0 ? 0 : p * Log2.of(p);
            cells += c == 0 ? 0 : 1;
        }
        double[] gradient = gradient(count);
        int steepest = 0;
        int deepest = 0;
        for (int b = 1; b < gradient.length; b++) {
            steepest = gradient[b] > gradient[steepest] ? b : steepest;
            deepest = gradient[b] < gradient[deepest] ? b : deepest;
        }
        boolean one = count.length == 1;
        return new double[] {
            d.mean(),
            d.variance(),
            d.skewness(),
            d.kurtosis(rules),
            d.percentile(0.5),
            d.min(),
            d.percentile(0.1),
            d.percentile(0.9),
            d.max(),
            mode(count, d.mean()),
            d.percentile(0.75) - d.percentile(0.25),
            d.max() - d.min(),
            d.meanAbsoluteDeviation(),
            d.robustMeanAbsoluteDeviation(),
            d.medianAbsoluteDeviation(),
            d.coefficientOfVariation(),
            d.quartileDispersion(),
            Log2.shifted(entropy + 0.0, cells, rules.logEpsilon()),
            uniformity,
            gradient[steepest],
            one ? Double.NaN : steepest + 1,
            gradient[deepest],
            one ? Double.NaN : deepest + 1
        };
    }

    private static double mode(int[] count, double mean) {
        int mode = 0;
        for (int b = 1; b < count.length; b++) {
            boolean nearer = Math.abs(b + 1 - mean) < Math.abs(mode + 1 - mean);
            if (count[b] > count[mode] || count[b] == count[mode] && nearer) {
                mode = b;
            }
        }
        return mode + 1;
    }

    private static double[] gradient(int[] count) {
        int last = count.length - 1;
        double[] gradient = new double[count.length];
        for (int b = 0; b <= last; b++) {
            int low = Math.max(b - 1, 0);
            int high = Math.min(b + 1, last);
            gradient[b] = (double) (count[high] - count[low]) / (high - low);
        }
        return gradient;
    }
}
