package org.diapason.steps.units;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Gives stored values their unit: CT becomes Hounsfield units, PET becomes SUV, MR stays arbitrary.
 *
 * <p>CT: {@code HU = slope · stored + intercept}, slice by slice. PET: {@code SUV = slope · stored
 * · normaliser/dose}, the dose decayed to the time the values are meant for. MR: Philips' scaling
 * is undone where the file says how, and the contrast class is read from the tags. Padding is taken
 * out before and becomes NaN.
 *
 * <p>What a unit needs and the file lacks comes from the cohort table, or refuses the exam by the
 * tag's and the column's name; nothing is guessed. Images that already have a quantity (a NIfTI
 * with {@code quantity.<name>}) pass untouched.
 *
 * <p>Method: DICOM PS3.3 C.11.1 and C.8.9.1; QIBA FDG-PET/CT profile (its order of preference for
 * the reference time); IBSI SUV manual (reference time by frame).
 *
 * <p>Method: Chenevert et al. 2014, Translational Oncology 7(1):65–71, doi:10.1593/tlo.13811, for
 * the scaling of Philips MR.
 *
 * @param image which images, a pattern on their names
 * @param quantity what the images become: auto (CT hu, PT suvbw, MR arbitrary), hu, suvbw, suvlbm,
 *     suvlbm-james, suvlbm-janma, suvbsa or suvibw; an image that cannot become it is refused
 * @param referenceTime what time decay-corrected PET is meant for: qiba (series time and its
 *     substitutes) or ibsi (computed from each frame)
 * @param philipsScale fp: values of Philips MR that may be compared between series; dv: values as
 *     the scanner displays them
 * @param brain a mask of the brain, by which the contrast class of MR is checked against the pixels
 */
public record Units(
        @Default("*") String image,
        @Default("auto") Target quantity,
        @Default("qiba") ReferenceTime referenceTime,
        @Default("fp") PhilipsScale philipsScale,
        Optional<String> brain)
        implements Step<Exam> {

    /** What stored values become; {@link Units#of} knows them as words. */
    public enum Target {
        /** CT to HU, PET to SUV by body weight, MR arbitrary. */
        AUTO(null),
        HU(null),
        SUVBW(Normaliser.BW),
        /** Lean body mass by Morgan's form of James' formula. */
        SUVLBM(Normaliser.LBM),
        SUVLBM_JAMES(Normaliser.LBM_JAMES),
        SUVLBM_JANMA(Normaliser.LBM_JANMA),
        SUVBSA(Normaliser.BSA),
        SUVIBW(Normaliser.IBW);

        private final Normaliser normaliser;

        Target(Normaliser normaliser) {
            this.normaliser = normaliser;
        }

        /** Returns the word for people: {@code suvbw}, {@code suvlbm-janma}, … */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whose rule says what time decay-corrected PET is meant for. */
    public enum ReferenceTime {
        QIBA,
        IBSI
    }

    /** What values of Philips MR become. */
    public enum PhilipsScale {
        FP,
        DV
    }

    /** Gives all images whose name matches their usual unit. */
    public Units(String image) {
        this(image, Target.AUTO, ReferenceTime.QIBA, PhilipsScale.FP, Optional.empty());
    }

    /**
     * Returns the step that makes what a word names: {@code suvbw}, {@code suvlbm}, {@code
     * suvlbm-james}, {@code suvlbm-janma}, {@code suvbsa}, {@code suvibw}, {@code hu} or {@code
     * auto}; empty for {@code raw}, which leaves stored values as they are.
     *
     * @throws IllegalArgumentException if the word is none of these
     */
    public static Optional<Units> of(String word) {
        if (word.equalsIgnoreCase("raw")) {
            return Optional.empty();
        }
        StringBuilder known = new StringBuilder("raw");
        for (Target target : Target.values()) {
            if (target.word().equalsIgnoreCase(word)) {
                return Optional.of(
                        new Units(
                                "*",
                                target,
                                ReferenceTime.QIBA,
                                PhilipsScale.FP,
                                Optional.empty()));
            }
            known.append(", ").append(target.word());
        }
        throw new IllegalArgumentException(
                "quantity \"" + word + "\" is not known; known are " + known + ".");
    }

    @Override
    public boolean harmonizes() {
        return false;
    }

    @Override
    public Set<String> masks() {
        return brain.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> units(exam, name, one, trace));
    }

    private Image units(Exam exam, String name, Image one, Trace trace) {
        Quantity found = one.volume().quantity();
        Series series = Series.of(exam, name, one, trace);
        if (found != Quantity.STORED) {
            requireAsItCame(series, found);
            series.note("quantity", found.label() + " (as it came)");
            return one;
        }
        String modality =
                series.text(
                                "Modality",
                                "(0008,0060)",
                                "so its values have no unit. Name it in the cohort table, column"
                                        + " quantity."
                                        + name
                                        + ".")
                        .toUpperCase(Locale.ROOT);
        Volume volume =
                switch (modality) {
                    case "CT" -> ct(series, one.volume());
                    case "PT" -> pet(series, one.volume());
                    case "MR" -> mr(exam, series, one.volume());
                    default ->
                            throw series.refused(
                                    "Modality (0008,0060) is "
                                            + modality
                                            + ", and only CT, PT and MR have a unit so far. Leave"
                                            + " this image out.");
                };
        series.note("quantity", volume.quantity().label());
        return one.withVolume(volume);
    }

    private void requireAsItCame(Series series, Quantity found) {
        boolean same =
                switch (quantity) {
                    case AUTO -> true;
                    case HU -> found == Quantity.HU;
                    default -> found == quantity.normaliser.quantity();
                };
        if (!same) {
            throw series.refused(
                    "the values are "
                            + found.label()
                            + " as they came, and quantity "
                            + quantity.word()
                            + " was asked for. Give the DICOM series instead.");
        }
    }

    private Volume ct(Series series, Volume volume) {
        require(series, "CT", quantity == Target.AUTO || quantity == Target.HU);
        return Ct.hounsfield(series, volume);
    }

    private Volume pet(Series series, Volume volume) {
        require(series, "PET", quantity != Target.HU);
        Normaliser target = quantity == Target.AUTO ? Normaliser.BW : quantity.normaliser;
        return Pet.suv(series, volume, target, referenceTime);
    }

    private Volume mr(Exam exam, Series series, Volume volume) {
        require(series, "MR", quantity == Target.AUTO);
        Volume scaled = Mr.scaled(series, volume, philipsScale);
        Mr.contrast(series, scaled, brain.map(exam::mask));
        return scaled;
    }

    private void require(Series series, String modality, boolean possible) {
        if (!possible) {
            throw series.refused(
                    (modality.equals("MR") ? "an " : "a ")
                            + modality
                            + " image cannot become "
                            + quantity.word()
                            + ". Give units a pattern that leaves it out (image), or another"
                            + " quantity.");
        }
    }
}
