package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Stored PET values to SUV: {@code SUV = slope · stored · normaliser/D} where they are activity,
 * {@code slope · stored · normaliser/normaliser of the file} where they are SUV already.
 */
final class Pet {
    private static final String NO_SUV = "so SUV cannot be computed. ";
    private static final double AGREE = 0.01;
    private static final double LEAST_PLAUSIBLE = 0.5;
    private static final double MOST_PLAUSIBLE = 1000;
    private static final double LEAST_BODY = 0.2;
    private static final double MOST_BODY = 6;
    private static final int LEAST_VOXELS = 100;

    private final Series series;
    private final Volume volume;
    private final Normaliser target;
    private final Units.ReferenceTime reference;
    private final Body body;
    private final int slices;

    private Pet(Series series, Volume volume, Normaliser target, Units.ReferenceTime reference) {
        this.series = series;
        this.volume = volume;
        this.target = target;
        this.reference = reference;
        this.body = new Body(series);
        this.slices = volume.geometry().nk();
    }

    static Volume suv(
            Series series, Volume volume, Normaliser target, Units.ReferenceTime reference) {
        return new Pet(series, volume, target, reference).suv();
    }

    private Volume suv() {
        String units =
                series.text(
                                "Units",
                                "(0054,1001)",
                                new Series.Column("petUnits", "the unit (BQML, GML, …)"),
                                NO_SUV)
                        .toUpperCase(Locale.ROOT);
        series.note("units", units);
        Rescale rescale = Rescale.of(series, slices, NO_SUV + "Export the series again.");
        requireScale(rescale);
        double[] factors =
                switch (units) {
                    case "BQML" -> activity();
                    case "GML", "CM2ML" -> normalised(units);
                    case "CNTS" -> counts();
                    case "CPS" -> fromActivity(Counts.fromRate(series, volume.geometry()));
                    default ->
                            throw series.refused(
                                    "Units (0054,1001) is "
                                            + units
                                            + ", which has no way to SUV; needed is BQML, GML,"
                                            + " CM2ML, CNTS or CPS. Leave this image out, or give it"
                                            + " as NIfTI in SUV with the column quantity."
                                            + series.name()
                                            + ".");
                };
        float[] suv = rescale.apply(volume, factors, series);
        warnIfImplausible(suv);
        return volume.withValues(suv).withQuantity(target.quantity());
    }

    /** SUV per Bq/ml, checked against Philips' own factors where the file has both. */
    private double[] activity() {
        double[] ones = new double[slices];
        Arrays.fill(ones, 1);
        double[] factors = fromActivity(ones);
        Counts own = Counts.philips(series, slices);
        if (own.hasSuv() && own.hasActivity()) {
            try {
                double ratio = Normaliser.BW.of(body) / target.of(body);
                String apart = compare(own, Arrays.stream(factors).map(f -> f * ratio).toArray());
                if (!apart.isEmpty()) {
                    series.warn(apart + " Ours was taken.");
                }
            } catch (RefusedException | DataException e) {
                warnUnchecked(e);
            }
        }
        return factors;
    }

    private void warnUnchecked(RuntimeException why) {
        series.warn(
                "Philips' factor to SUV could not be checked against its factor to activity: "
                        + why.getMessage().substring(series.who().length() + 2));
    }

    private double[] fromActivity(double[] toBqMl) {
        String correction = Decay.correction(series);
        requireCorrections(correction);
        double normaliser = normaliser();
        double[] doses = new Decay(series, slices, reference).dosesBq(correction);
        double[] factors = new double[slices];
        Arrays.setAll(factors, k -> toBqMl[k] * (normaliser / doses[k]));
        series.note("suvPerBqMl", normaliser / doses[0]);
        if (Arrays.stream(doses).anyMatch(d -> d != doses[0])) {
            double[] perSlice = Arrays.stream(doses).map(d -> normaliser / d).toArray();
            series.trace().note(series.name() + ".suvPerBqMlBySlice", Numbers.of(perSlice));
        }
        return factors;
    }

    private double normaliser() {
        target.check(series, body);
        double normaliser = target.of(body);
        series.note(target == Normaliser.BSA ? "normaliserCm2" : "normaliserG", normaliser);
        return normaliser;
    }

    private double[] normalised(String units) {
        requireCorrections("START");
        String type = series.optional("SUVType", "(0054,1006)").orElse("");
        Normaliser source =
                type.isEmpty()
                        ? units.equals("GML") ? Normaliser.BW : Normaliser.BSA
                        : Normaliser.ofSuvType(type)
                                .orElseThrow(
                                        () ->
                                                series.refused(
                                                        "SUVType (0054,1006) is "
                                                                + type
                                                                + ", which is not known. Leave this"
                                                                + " image out."));
        if ((source == Normaliser.BSA) != units.equals("CM2ML")) {
            throw series.failed(
                    "Units (0054,1001) "
                            + units
                            + " and SUVType (0054,1006) "
                            + type
                            + " contradict each other: BSA is in CM2ML, all others are in GML.");
        }
        series.note("suvType", source.suvType());
        double[] factors = new double[slices];
        Arrays.fill(factors, source == target ? 1 : normaliser() / mass(source));
        return factors;
    }

    /** Returns what the scanner multiplied by; the quadratic forms fall below 0 in obesity. */
    private double mass(Normaliser source) {
        double mass = source.of(body);
        if (!(mass > 0)) {
            throw series.refused(
                    "SUVType (0054,1006) is "
                            + source.suvType()
                            + ", and its formula gives this body "
                            + Numbers.fixed(mass / 1000, 1)
                            + " kg, so its values cannot be brought to "
                            + target.quantity().label()
                            + ". Use the series in Bq/ml.");
        }
        return mass;
    }

    private double[] counts() {
        Counts own = Counts.philips(series, slices);
        if (own.hasSuv()) {
            requireCorrections("START");
            series.note("philipsSuvPerCount", own.suv()[0]);
            if (own.hasActivity()) {
                crossCheck(own);
            }
            double ratio = target == Normaliser.BW ? 1 : normaliser() / Normaliser.BW.of(body);
            return Arrays.stream(own.suv()).map(f -> f * ratio).toArray();
        }
        if (own.hasActivity()) {
            series.note("philipsBqMlPerCount", own.activity()[0]);
            return fromActivity(own.activity());
        }
        if (own.zero()) {
            throw series.refused(
                    "Units (0054,1001) is CNTS, and Philips' factors "
                            + Counts.SUV_TAG
                            + " and "
                            + Counts.ACTIVITY_TAG
                            + " are 0, by which the scanner says that it could not convert. Leave"
                            + " this image out.");
        }
        boolean philips =
                series.optional("Manufacturer", "(0008,0070)")
                        .orElse("")
                        .toUpperCase(Locale.ROOT)
                        .startsWith("PHILIPS");
        if (philips) {
            throw series.refused(
                    series.missing("SUV scale factor", Counts.SUV_TAG)
                            + " nor activity scale factor "
                            + Counts.ACTIVITY_TAG
                            + " of Philips, so counts cannot become SUV. Add one to the cohort"
                            + " table, column suvScaleFactor or activityScaleFactor.");
        }
        return fromActivity(Counts.fromCounts(series, volume.geometry()));
    }

    /** Compares Philips' factor to SUV with its factor to activity; refuses more than 1 %. */
    private void crossCheck(Counts own) {
        double[] doses;
        try {
            doses = new Decay(series, slices, reference).dosesBq(Decay.correction(series));
            body.weightKg();
        } catch (RefusedException | DataException e) {
            warnUnchecked(e);
            return;
        }
        double grams = Normaliser.BW.of(body);
        String apart = compare(own, Arrays.stream(doses).map(d -> grams / d).toArray());
        if (!apart.isEmpty()) {
            throw series.refused(apart + " Correct what is wrong, or remove one of the factors.");
        }
    }

    /** Says which slice is furthest off where any is by more than 1 %; else nothing. */
    private String compare(Counts own, double[] ours) {
        int worst = 0;
        for (int k = 1; k < slices; k++) {
            worst = off(own, ours, k) > off(own, ours, worst) ? k : worst;
        }
        double scanner = own.suv()[worst] / own.activity()[worst];
        series.note("philipsSuvPerBqMl", scanner);
        if (off(own, ours, worst) <= AGREE) {
            return "";
        }
        return "Philips' factors make one Bq/ml SUV "
                + Numbers.fixed(scanner, 9)
                + ", dose, weight and times make it "
                + Numbers.fixed(ours[worst], 9)
                + ": more than 1 % apart.";
    }

    private static double off(Counts own, double[] ours, int k) {
        return Math.abs(own.suv()[k] / own.activity()[k] / ours[k] - 1);
    }

    /** Refuses values that were not corrected for attenuation and decay, where the file says. */
    private void requireCorrections(String correction) {
        if (series.optional("CorrectedImage", "(0028,0051)").isEmpty()) {
            series.warn(
                    series.missing("CorrectedImage", "(0028,0051)")
                            + ", so it is not known whether attenuation was corrected.");
            return;
        }
        String corrected =
                series.optional("CorrectedImage", "(0028,0051)").get().toUpperCase(Locale.ROOT);
        var done = Arrays.asList(corrected.split("\\\\"));
        boolean none = correction.equals("NONE");
        for (String needed : none ? new String[] {"ATTN"} : new String[] {"ATTN", "DECY"}) {
            if (!done.contains(needed)) {
                throw series.refused(
                        "CorrectedImage (0028,0051) is "
                                + corrected
                                + ", without "
                                + needed
                                + ", so its values are not activity. Use the corrected series.");
            }
        }
        if (none && done.contains("DECY")) {
            throw series.failed(
                    "DecayCorrection (0054,1102) is NONE, and CorrectedImage (0028,0051) says"
                            + " DECY: they contradict each other.");
        }
    }

    private void requireScale(Rescale rescale) {
        long shifted = Arrays.stream(rescale.intercepts()).filter(b -> b != 0).count();
        if (shifted > 0) {
            throw series.refused(
                    "RescaleIntercept (0028,1052) is not 0 in "
                            + shifted
                            + " of "
                            + slices
                            + " slices, which no PET series should have. Export it again.");
        }
        long negative = Arrays.stream(rescale.slopes()).filter(m -> m < 0).count();
        if (negative > 0) {
            throw series.refused(
                    "RescaleSlope (0028,1053) is negative in "
                            + negative
                            + " of "
                            + slices
                            + " slices, which turns uptake upside down. Export it again.");
        }
    }

    private void warnIfImplausible(float[] suv) {
        float most = Float.NEGATIVE_INFINITY;
        for (float v : suv) {
            most = v > most ? v : most;
        }
        if (target != Normaliser.BSA && (most < LEAST_PLAUSIBLE || most > MOST_PLAUSIBLE)) {
            series.warn(
                    "the largest "
                            + target.quantity().label()
                            + " is "
                            + Numbers.fixed(most, 3)
                            + " g/ml, expected is "
                            + Numbers.fixed(LEAST_PLAUSIBLE, 1)
                            + " to "
                            + Numbers.fixed(MOST_PLAUSIBLE, 0)
                            + ". Check dose, weight and times.");
        }
        if (target != Normaliser.BSA) {
            warnIfBodyIsOff(bodyMean(suv));
        }
    }

    /**
     * Returns the mean of all voxels above half of the mean of the whole field: of the body without
     * the air around it, whatever the scale of the values. NaN where they are too few to be a body.
     */
    private static double bodyMean(float[] suv) {
        double half = mean(suv, Double.NEGATIVE_INFINITY) / 2;
        return mean(suv, half);
    }

    private static double mean(float[] values, double above) {
        double sum = 0;
        long count = 0;
        for (float v : values) {
            if (v > above) {
                sum += v;
                count++;
            }
        }
        return count < LEAST_VOXELS ? Double.NaN : sum / count;
    }

    /**
     * The dose spread over the whole weight is SUV 1, whatever the tracer; excretion, late uptake
     * and a field of only the head leave between 0.3 and 5. A largest value alone misses a scale
     * that is ten times off.
     */
    private void warnIfBodyIsOff(double mean) {
        if (Double.isNaN(mean)) {
            return;
        }
        series.note("bodyMeanSuv", mean);
        if (mean < LEAST_BODY || mean > MOST_BODY) {
            series.warn(
                    "the mean of the body (voxels above half of the mean of the field) is "
                            + target.quantity().label()
                            + " "
                            + Numbers.fixed(mean, 3)
                            + " g/ml, expected is "
                            + Numbers.fixed(LEAST_BODY, 1)
                            + " to "
                            + Numbers.fixed(MOST_BODY, 0)
                            + ". Check dose, weight and times.");
        }
    }
}
