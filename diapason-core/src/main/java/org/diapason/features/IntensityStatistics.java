package org.diapason.features;

import java.util.List;

/**
 * Intensity-based statistics (family UHIW, section 3.3 of the manual), on values as they are.
 *
 * <p>Variance divides by n; kurtosis is the excess over 3. Skewness and kurtosis of a region of one
 * value are 0, as the manual sets; a mean of 0 has no coefficient of variation (NaN).
 */
final class IntensityStatistics {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    stat_mean   | Mean intensity                                     | Q4LE | image unit
                    stat_var    | Intensity variance                                 | ECT3 | image unit²
                    stat_skew   | Intensity skewness                                 | KE2M | 1
                    stat_kurt   | (Excess) intensity kurtosis                        | IPH6 | 1
                    stat_median | Median intensity                                   | Y12H | image unit
                    stat_min    | Minimum intensity                                  | 1GSF | image unit
                    stat_p10    | 10th intensity percentile                          | QG58 | image unit
                    stat_p90    | 90th intensity percentile                          | 8DWT | image unit
                    stat_max    | Maximum intensity                                  | 84IY | image unit
                    stat_iqr    | Intensity interquartile range                      | SALO | image unit
                    stat_range  | Intensity range                                    | 2OJQ | image unit
                    stat_mad    | Intensity-based mean absolute deviation            | 4FUA | image unit
                    stat_rmad   | Intensity-based robust mean absolute deviation     | 1128 | image unit
                    stat_medad  | Intensity-based median absolute deviation          | N72L | image unit
                    stat_cov    | Intensity-based coefficient of variation           | 7TET | 1
                    stat_qcod   | Intensity-based quartile coefficient of dispersion | 9S40 | 1
                    stat_energy | Intensity-based energy                             | N8CA | image unit²
                    stat_rms    | Root mean square intensity                         | 5ZWQ | image unit
                    """);

    /** What only PyRadiomics has. */
    static final List<Feature> EXTRAS =
            Feature.list("stat_energy_total | Total energy (PyRadiomics) | | image unit² · mm³");

    private IntensityStatistics() {}

    /** Returns the feature of {@link #EXTRAS}: energy times the volume of a voxel. */
    static double[] extras(float[] values, double voxelMm3, Rules rules) {
        return new double[] {Distribution.of(values).energy(rules.energyShift()) * voxelMm3};
    }

    /** Returns the features by the rules of the manual. */
    static double[] of(float[] values) {
        return of(values, Rules.IBSI);
    }

    /** Returns the features in the order of {@link #FEATURES}; at least one finite value. */
    static double[] of(float[] values, Rules rules) {
        Distribution d = Distribution.of(values);
        double energy = d.energy(rules.energyShift());
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
            d.percentile(0.75) - d.percentile(0.25),
            d.max() - d.min(),
            d.meanAbsoluteDeviation(),
            d.robustMeanAbsoluteDeviation(),
            d.medianAbsoluteDeviation(),
            d.coefficientOfVariation(),
            d.quartileDispersion(),
            energy,
            Math.sqrt(energy / d.total())
        };
    }
}
