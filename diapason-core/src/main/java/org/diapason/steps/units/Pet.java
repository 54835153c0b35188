package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Stored PET values to SUV by body weight: {@code SUV = slope · stored · weight[g]/D}.
 *
 * <p>{@code D = dose · exp(−λ (t_ref − t_adm))} with {@code λ = ln 2/half-life} for DecayCorrection
 * START, {@code D = dose} for ADMIN.
 */
final class Pet {
    /** A dose below this many Bq is taken for MBq: nobody injects 100 kBq. */
    private static final double SMALLEST_DOSE_BQ = 1e5;

    /** A weight above this many kg is taken for grams. */
    private static final double LARGEST_WEIGHT_KG = 1000;

    private static final double MOST_HALF_LIVES = 10;

    private Pet() {}

    static Volume suv(
            Series series,
            String name,
            Volume volume,
            Map<String, String> covariates,
            Trace trace) {
        String noSuv = "so SUV cannot be computed. ";
        String units = series.text("Units", "(0054,1001)", noSuv + "Export the series again.");
        if (!units.equalsIgnoreCase("BQML")) {
            throw series.refused(
                    "Units (0054,1001) is "
                            + units
                            + ", not supported yet; needed is BQML. Leave this image out, or give it"
                            + " as NIfTI in SUV with the column quantity.<name>.");
        }
        String decay =
                series.text("DecayCorrection", "(0054,1102)", noSuv + "Export the series again.")
                        .toUpperCase(Locale.ROOT);
        if (!decay.equals("START") && !decay.equals("ADMIN")) {
            throw series.refused(
                    "DecayCorrection (0054,1102) is "
                            + decay
                            + ", not supported yet; needed is START or ADMIN.");
        }
        requireCorrections(series);
        int slices = volume.geometry().nk();
        Rescale rescale = Rescale.of(series, slices, noSuv + "Export the series again.");
        requireZeroIntercept(series, rescale);
        double weightKg = weightKg(series, covariates, noSuv, trace);
        double doseBq = doseBq(series, noSuv, trace);
        double dose = decay.equals("ADMIN") ? doseBq : decayed(series, name, doseBq, trace);
        double factor = 1000 * weightKg / dose;
        trace.note(name + ".decayCorrection", decay);
        trace.note(name + ".weightKg", weightKg);
        trace.note(name + ".doseBq", doseBq);
        trace.note(name + ".doseAtReferenceBq", dose);
        trace.note(name + ".suvPerBqMl", factor);
        float[] suv = rescale.apply(volume, factor, name, trace);
        return volume.withValues(suv).withQuantity(Quantity.SUV_BW);
    }

    private static double decayed(Series series, String name, double doseBq, Trace trace) {
        double halfLife =
                positive(
                        series,
                        "RadionuclideHalfLife",
                        "(0018,1075)",
                        "s",
                        "so the dose cannot be decayed to the scan. Restore the tag.");
        PetTimes times = PetTimes.of(series);
        double seconds = times.secondsFromInjection();
        if (seconds < 0 || seconds > MOST_HALF_LIVES * halfLife) {
            throw series.failed(
                    "the scan starts "
                            + Numbers.fixed(seconds, 0)
                            + " s after the injection ("
                            + times.rule()
                            + "), expected 0 to "
                            + Numbers.fixed(MOST_HALF_LIVES * halfLife, 0)
                            + " s (10 half-lives). Correct dates and times of the series.");
        }
        if (seconds < 1800) {
            trace.warn(
                    series.who()
                            + ": the scan starts only "
                            + Numbers.fixed(seconds, 0)
                            + " s after the injection; SUV is customary from 1800 s on.");
        }
        times.warnings().forEach(trace::warn);
        double lambda = StrictMath.log(2) / halfLife;
        trace.note(name + ".referenceTime", times.rule());
        trace.note(name + ".secondsFromInjection", seconds);
        trace.note(name + ".halfLifeSeconds", halfLife);
        trace.note(name + ".lambdaPerSecond", lambda);
        return doseBq * StrictMath.exp(-lambda * seconds);
    }

    private static double doseBq(Series series, String noSuv, Trace trace) {
        double dose =
                positive(
                        series,
                        "RadionuclideTotalDose",
                        "(0018,1074)",
                        "Bq",
                        noSuv + "Restore the tag.");
        if (dose >= SMALLEST_DOSE_BQ) {
            return dose;
        }
        trace.warn(
                series.who()
                        + ": RadionuclideTotalDose (0018,1074) is "
                        + Numbers.fixed(dose, 3)
                        + " Bq, less than anyone injects; it was taken as MBq.");
        return dose * 1e6;
    }

    private static double weightKg(
            Series series, Map<String, String> covariates, String noSuv, Trace trace) {
        OptionalDouble tag = series.number("PatientWeight", "(0010,1030)");
        double weight = tag.orElse(0);
        if (!(weight > 0)) {
            weight = covariate(series, covariates.getOrDefault("weightKg", "").strip());
            if (!(weight > 0)) {
                throw series.refused(
                        "no PatientWeight (0010,1030), "
                                + noSuv
                                + "Add the weight in kg to the cohort table, column weightKg.");
            }
            trace.warn(
                    series.who()
                            + ": no PatientWeight (0010,1030); "
                            + Numbers.fixed(weight, 1)
                            + " kg came from column weightKg.");
        }
        if (weight > LARGEST_WEIGHT_KG) {
            trace.warn(
                    series.who()
                            + ": the weight is "
                            + Numbers.fixed(weight, 0)
                            + " kg, more than anyone weighs; it was taken as g.");
            return weight / 1000;
        }
        return weight;
    }

    private static double covariate(Series series, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            double weight = Double.parseDouble(text);
            if (weight > 0 && Double.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which says what was found
        }
        throw series.failed("column weightKg is not a positive number: found \"" + text + "\".");
    }

    private static double positive(
            Series series, String keyword, String tag, String unit, String consequence) {
        OptionalDouble found = series.number(keyword, tag);
        if (found.isEmpty()) {
            throw series.refused("no " + keyword + " " + tag + ", " + consequence);
        }
        if (!(found.getAsDouble() > 0)) {
            throw series.failed(
                    keyword
                            + " "
                            + tag
                            + " must be positive, found "
                            + Numbers.fixed(found.getAsDouble(), 3)
                            + " "
                            + unit
                            + ".");
        }
        return found.getAsDouble();
    }

    /** Refuses activity that was not corrected for attenuation and decay, where the file says. */
    private static void requireCorrections(Series series) {
        String corrected = series.optional("CorrectedImage", "(0028,0051)").orElse("ATTN\\DECY");
        for (String needed : new String[] {"ATTN", "DECY"}) {
            if (!Arrays.asList(corrected.toUpperCase(Locale.ROOT).split("\\\\")).contains(needed)) {
                throw series.refused(
                        "CorrectedImage (0028,0051) is "
                                + corrected
                                + ", without "
                                + needed
                                + ", so its values are not activity. Use the corrected series.");
            }
        }
    }

    private static void requireZeroIntercept(Series series, Rescale rescale) {
        long shifted = Arrays.stream(rescale.intercepts()).filter(b -> b != 0).count();
        if (shifted > 0) {
            throw series.refused(
                    "RescaleIntercept (0028,1052) is not 0 in "
                            + shifted
                            + " of "
                            + rescale.intercepts().length
                            + " slices, which no PET series should have. Export it again.");
        }
    }
}
