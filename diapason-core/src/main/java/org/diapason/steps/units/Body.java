package org.diapason.steps.units;

import java.util.Locale;
import org.diapason.volume.Numbers;
import org.diapason.volume.Tags;

/**
 * Weight, height and sex of the patient, from the file or the cohort table, read when first needed
 * so that nothing is asked for that the formula does not use.
 */
final class Body {
    private static final String CONSEQUENCE = "so SUV cannot be computed. ";

    /** Above this many kg a weight is taken for grams. */
    private static final double LARGEST_WEIGHT_KG = 1000;

    /** Above this many m a height is taken for centimetres. */
    private static final double LARGEST_HEIGHT_M = 3;

    private static final double SMALLEST_HEIGHT_M = 0.3;

    private final Series series;
    private double weightKg;
    private double heightCm;
    private String sex;

    Body(Series series) {
        this.series = series;
    }

    double weightKg() {
        if (weightKg == 0) {
            weightKg = readWeight();
            series.note("weightKg", weightKg);
        }
        return weightKg;
    }

    double heightCm() {
        if (heightCm == 0) {
            heightCm = 100 * readHeight();
            series.note("heightM", heightCm / 100);
        }
        return heightCm;
    }

    /** Returns M, F or O. */
    String sex() {
        if (sex == null) {
            sex = readSex();
            series.note("sex", sex);
        }
        return sex;
    }

    /** Returns the body-mass index in kg/m². */
    double bmi() {
        double heightM = heightCm() / 100;
        return weightKg() / (heightM * heightM);
    }

    private double readWeight() {
        double weight =
                series.positive(
                        "PatientWeight",
                        "(0010,1030)",
                        new Series.Column("weightKg", "the weight in kg"),
                        CONSEQUENCE);
        if (weight <= LARGEST_WEIGHT_KG) {
            return weight;
        }
        series.warn(
                "the weight is "
                        + Numbers.fixed(weight, 0)
                        + " kg, more than anyone weighs; it was taken as g.");
        return weight / 1000;
    }

    private double readHeight() {
        double height =
                series.positive(
                        "PatientSize",
                        "(0010,1020)",
                        new Series.Column("heightM", "the height in m"),
                        CONSEQUENCE);
        double metres = height > LARGEST_HEIGHT_M ? height / 100 : height;
        if (metres < SMALLEST_HEIGHT_M || metres > LARGEST_HEIGHT_M) {
            throw series.failed(
                    "the height is "
                            + Numbers.fixed(height, 3)
                            + " m, which nobody has, nor is it a height in cm. Correct PatientSize"
                            + " (0010,1020) or column heightM.");
        }
        if (height > LARGEST_HEIGHT_M) {
            series.warn(
                    "the height is "
                            + Numbers.fixed(height, 0)
                            + " m, more than anyone measures; it was taken as cm.");
        }
        return metres;
    }

    private String readSex() {
        String text =
                series.text(
                                "PatientSex",
                                "(0010,0040)",
                                new Series.Column("sex", "the sex (M, F or O)"),
                                CONSEQUENCE)
                        .toUpperCase(Locale.ROOT);
        if (!text.matches("[MFO]")) {
            throw series.failed(
                    "PatientSex (0010,0040) or column sex is not M, F or O: found "
                            + Tags.quote(text)
                            + ".");
        }
        return text;
    }
}
