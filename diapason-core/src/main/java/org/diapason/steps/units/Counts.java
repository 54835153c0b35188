package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Geometry;

/**
 * How counts become activity or SUV.
 *
 * <p>Philips writes two private factors beside counts: SUV per count (7053,xx00) and Bq/ml per
 * count (7053,xx09); 0 says that the scanner could not convert. Others: {@code Bq/ml =
 * counts/(duration · voxel volume)}, times DoseCalibrationFactor (0054,1322) unless CorrectedImage
 * says DCAL.
 *
 * @param suv SUV by body weight per value and slice; NaN where not known
 * @param activity Bq/ml per value and slice; NaN where not known
 * @param zero whether a factor stands in the file as 0
 */
record Counts(double[] suv, double[] activity, boolean zero) {
    private static final String CONSEQUENCE = "so counts cannot become SUV. ";
    static final String SUV_TAG = "(7053,xx00)";
    static final String ACTIVITY_TAG = "(7053,xx09)";

    /** Reads the factors of Philips, from the file or the cohort table. */
    static Counts philips(Series series, int slices) {
        double[] suv = factor(series, "PhilipsSuvScaleFactor", SUV_TAG, "suvScaleFactor", slices);
        double[] activity =
                factor(
                        series,
                        "PhilipsActivityScaleFactor",
                        ACTIVITY_TAG,
                        "activityScaleFactor",
                        slices);
        boolean zero =
                Arrays.stream(suv).anyMatch(f -> f == 0)
                        || Arrays.stream(activity).anyMatch(f -> f == 0);
        return new Counts(known(suv, slices), known(activity, slices), zero);
    }

    boolean hasSuv() {
        return !Double.isNaN(suv[0]);
    }

    boolean hasActivity() {
        return !Double.isNaN(activity[0]);
    }

    private static double[] factor(
            Series series, String keyword, String tag, String column, int slices) {
        double[] factors = series.perSlice(keyword, tag, slices);
        if (Arrays.stream(factors).allMatch(Double::isNaN)
                && series.columns().containsKey(column)) {
            Optional<String> text =
                    series.column(keyword, tag, new Series.Column(column, "Philips' factor"));
            if (text.isPresent()) {
                Arrays.fill(factors, series.parsed("column " + column, text.get()));
            }
        }
        return factors;
    }

    private static double[] known(double[] factors, int slices) {
        if (Arrays.stream(factors).allMatch(f -> f > 0)) {
            return factors;
        }
        double[] none = new double[slices];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** Returns Bq/ml per count and slice of a scanner that gives no factor of its own. */
    static double[] fromCounts(Series series, Geometry grid) {
        double[] factors = fromRate(series, grid);
        double[] duration = series.frameMs(grid.nk(), CONSEQUENCE);
        for (int k = 0; k < factors.length; k++) {
            factors[k] /= duration[k] / 1000;
        }
        return factors;
    }

    /** Returns Bq/ml per count per second and voxel. */
    static double[] fromRate(Series series, Geometry grid) {
        double millilitres =
                grid.spacingMm().get(0) * grid.spacingMm().get(1) * grid.spacingMm().get(2) / 1000;
        boolean calibrated =
                Arrays.asList(
                                series.optional("CorrectedImage", "(0028,0051)")
                                        .orElse("")
                                        .toUpperCase(Locale.ROOT)
                                        .split("\\\\"))
                        .contains("DCAL");
        double calibration =
                calibrated
                        ? 1
                        : series.positive(
                                "DoseCalibrationFactor",
                                "(0054,1322)",
                                new Series.Column(
                                        "doseCalibrationFactor", "Bq per count per second"),
                                CONSEQUENCE);
        series.note("voxelMl", millilitres);
        series.note("doseCalibrationFactor", calibration);
        double[] factors = new double[grid.nk()];
        Arrays.fill(factors, calibration / millilitres);
        return factors;
    }
}
