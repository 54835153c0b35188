package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Numbers;

/**
 * The dose against which the activity of every slice is measured.
 *
 * <p>With {@code λ = ln 2/half-life}, duration {@code T} of the frame, and times from the
 * injection:
 *
 * <ul>
 *   <li>ADMIN: {@code D = dose}
 *   <li>START: {@code D = dose · exp(−λ t_ref)}
 *   <li>NONE: {@code D = dose · exp(−λ t_acq) · (1 − exp(−λT))/(λT)}, slice by slice
 * </ul>
 *
 * <p>t_ref is known in two ways. QIBA: the series time and its substitutes (see {@link PetTimes}).
 * IBSI: from the slice itself, {@code t_acq + ln(λT/(1 − exp(−λT)))/λ − FrameReferenceTime}.
 */
final class Decay {
    private static final String CONSEQUENCE = "so SUV cannot be computed. ";

    /** A dose below this many Bq is taken for MBq: nobody injects 100 kBq. */
    private static final double SMALLEST_DOSE_BQ = 1e5;

    private static final double UNUSUAL_LOW_BQ = 1e6;
    private static final double UNUSUAL_HIGH_BQ = 1e10;
    private static final double SOON_SECONDS = 1800;
    private static final double REFERENCES_APART_SECONDS = 30;

    private final Series series;
    private final int slices;
    private final Units.ReferenceTime wanted;

    Decay(Series series, int slices, Units.ReferenceTime wanted) {
        this.series = series;
        this.slices = slices;
        this.wanted = wanted;
    }

    /** Returns the value of DecayCorrection (0054,1102): ADMIN, START or NONE. */
    static String correction(Series series) {
        String decay =
                series.text(
                                "DecayCorrection",
                                "(0054,1102)",
                                new Series.Column(
                                        "decayCorrection",
                                        "what the scanner did (ADMIN, START or NONE)"),
                                CONSEQUENCE)
                        .toUpperCase(Locale.ROOT);
        if (!decay.matches("ADMIN|START|NONE")) {
            throw series.failed(
                    "DecayCorrection (0054,1102) is " + decay + ", not ADMIN, START or NONE.");
        }
        return decay;
    }

    /** Returns the dose in Bq that belongs to the values of every slice. */
    double[] dosesBq(String correction) {
        series.note("decayCorrection", correction);
        double doseBq = doseBq();
        series.note("doseBq", doseBq);
        double[] doses = new double[slices];
        Arrays.fill(doses, doseBq);
        if (!correction.equals("ADMIN")) {
            double halfLife = halfLifeSeconds();
            double lambda = StrictMath.log(2) / halfLife;
            series.note("halfLifeSeconds", halfLife);
            series.note("lambdaPerSecond", lambda);
            PetTimes times = PetTimes.of(series, slices, halfLife);
            double[] left =
                    correction.equals("START")
                            ? corrected(times, halfLife, lambda)
                            : uncorrected(times, halfLife, lambda);
            Arrays.setAll(doses, k -> doseBq * left[k]);
        }
        series.note("doseAtReferenceBq", doses[0]);
        return doses;
    }

    private double[] corrected(PetTimes times, double halfLife, double lambda) {
        double[] qiba = new double[slices];
        Arrays.fill(qiba, times.reference());
        double[] ibsi = byFrame(times, lambda);
        boolean known = Arrays.stream(ibsi).allMatch(Double::isFinite);
        boolean byFrame = wanted == Units.ReferenceTime.IBSI;
        if (byFrame && !known) {
            throw series.refused(
                    series.missing("FrameReferenceTime", "(0054,1300)")
                            + " or ActualFrameDuration (0018,1242) in some slice, so the reference"
                            + " time cannot be computed. Use reference-time qiba.");
        }
        double[] chosen = byFrame ? ibsi : qiba;
        String rule = byFrame ? "frame reference time less injection" : times.rule();
        double seconds = times.secondsTo(series, min(chosen), halfLife, rule);
        times.secondsTo(series, Arrays.stream(chosen).max().getAsDouble(), halfLife, rule);
        series.note("referenceTime", rule);
        series.note("secondsFromInjection", seconds);
        series.note("secondsFromInjectionQiba", times.reference() - times.injection());
        if (known) {
            compare(times, ibsi, lambda);
        } else {
            series.note("secondsFromInjectionIbsi", "not known");
        }
        warnIfSoon(seconds, halfLife);
        return Arrays.stream(chosen)
                .map(t -> StrictMath.exp(-lambda * (t - times.injection())))
                .toArray();
    }

    private double[] byFrame(PetTimes times, double lambda) {
        double[] frame = series.perSlice("FrameReferenceTime", "(0054,1300)", slices);
        double[] duration = series.perSlice("ActualFrameDuration", "(0018,1242)", slices);
        double[] reference = new double[slices];
        for (int k = 0; k < slices; k++) {
            double average = StrictMath.log(1 / meanDecay(lambda * duration[k] / 1000)) / lambda;
            reference[k] = times.acquisitions()[k] + average - frame[k] / 1000;
        }
        return reference;
    }

    private void compare(PetTimes times, double[] ibsi, double lambda) {
        double apart = 0;
        for (double t : ibsi) {
            double one = t - times.reference();
            apart = Math.abs(one) > Math.abs(apart) ? one : apart;
        }
        series.note("secondsFromInjectionIbsi", ibsi[0] - times.injection());
        series.note("referenceTimesApartSeconds", apart);
        if (Math.abs(apart) > REFERENCES_APART_SECONDS) {
            series.warn(
                    "the reference time by frame reference time (ibsi) is "
                            + Numbers.fixed(apart, 0)
                            + " s from that by "
                            + times.rule().split(" less ", 2)[0]
                            + " (qiba); SUV by ibsi is "
                            + Numbers.fixed(100 * StrictMath.expm1(lambda * apart), 1)
                            + " % from SUV by qiba. Taken was "
                            + wanted.name().toLowerCase(Locale.ROOT)
                            + ".");
        }
    }

    private double[] uncorrected(PetTimes times, double halfLife, double lambda) {
        double[] duration = series.frameMs(slices, CONSEQUENCE);
        double[] left = new double[slices];
        for (int k = 0; k < slices; k++) {
            double seconds =
                    times.secondsTo(
                            series,
                            times.acquisitions()[k],
                            halfLife,
                            "acquisition less injection");
            left[k] = StrictMath.exp(-lambda * seconds) * meanDecay(lambda * duration[k] / 1000);
        }
        double first = min(times.acquisitions()) - times.injection();
        series.note("referenceTime", "the acquisition of every slice");
        series.note("secondsFromInjection", first);
        warnIfSoon(first, halfLife);
        return left;
    }

    /** Returns {@code (1 − exp(−x))/x}: the mean activity of a frame over that at its start. */
    private static double meanDecay(double x) {
        return x > 0 ? -StrictMath.expm1(-x) / x : Double.NaN;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().getAsDouble();
    }

    private void warnIfSoon(double seconds, double halfLife) {
        if (seconds < SOON_SECONDS && halfLife > SOON_SECONDS) {
            series.warn(
                    "the scan starts only "
                            + Numbers.fixed(seconds, 0)
                            + " s after the injection; SUV is customary from 1800 s on.");
        }
    }

    private double doseBq() {
        double dose =
                series.positive(
                        "RadionuclideTotalDose",
                        "(0018,1074)",
                        new Series.Column("doseBq", "the injected dose in Bq"),
                        CONSEQUENCE);
        double becquerel = dose < SMALLEST_DOSE_BQ ? dose * 1e6 : dose;
        if (dose < SMALLEST_DOSE_BQ) {
            series.warn(
                    "the dose is "
                            + Numbers.fixed(dose, 3)
                            + " Bq, less than anyone injects; it was taken as MBq.");
        }
        if (becquerel < UNUSUAL_LOW_BQ || becquerel > UNUSUAL_HIGH_BQ) {
            series.warn(
                    "the dose is "
                            + Numbers.fixed(becquerel / 1e6, 3)
                            + " MBq, which is unusual for a patient. Check the unit.");
        }
        return becquerel;
    }

    private double halfLifeSeconds() {
        Optional<String> code = series.optional("RadionuclideCode", "(0054,0300)");
        Optional<Nuclide> coded = code.flatMap(Nuclide::ofCode);
        if (series.number("RadionuclideHalfLife", "(0018,1075)").orElse(0) == 0
                && coded.isPresent()) {
            series.warn(
                    series.missing("RadionuclideHalfLife", "(0018,1075)")
                            + "; that of "
                            + coded.get().label()
                            + ", "
                            + Numbers.fixed(coded.get().halfLifeSeconds(), 1)
                            + " s, was taken by RadionuclideCodeSequence (0054,0300).");
            return coded.get().halfLifeSeconds();
        }
        double seconds =
                series.positive(
                        "RadionuclideHalfLife",
                        "(0018,1075)",
                        new Series.Column("halfLifeSeconds", "the half-life in s"),
                        "so the dose cannot be decayed to the scan. ");
        Optional<Nuclide> known = Nuclide.ofHalfLife(seconds);
        series.note("nuclide", known.map(Nuclide::label).orElse("unknown"));
        if (coded.isPresent() && !coded.get().has(seconds)) {
            series.warn(
                    "the half-life is "
                            + Numbers.fixed(seconds, 1)
                            + " s"
                            + known.map(n -> " (" + n.label() + ")").orElse("")
                            + ", but RadionuclideCodeSequence (0054,0300) says "
                            + coded.get().label()
                            + ", "
                            + Numbers.fixed(coded.get().halfLifeSeconds(), 1)
                            + " s. The half-life was taken.");
        } else if (known.isEmpty()) {
            series.warn(
                    "a half-life of "
                            + Numbers.fixed(seconds, 1)
                            + " s is of no nuclide known to PET, to 1 %. Check the unit.");
        }
        return seconds;
    }
}
