package org.diapason.steps.units;

import java.util.Locale;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Gives stored values their unit: CT becomes Hounsfield units, PET becomes SUV by body weight, MR
 * stays arbitrary.
 *
 * <p>CT: {@code HU = slope · stored + intercept}, slice by slice. PET with Units BQML: {@code SUV =
 * slope · stored · weight/dose}, the dose decayed from the injection to the reference time where
 * the scanner corrected to the start of the scan. MR: slope and intercept where the file has them.
 * Padding is taken out before and becomes NaN.
 *
 * <p>What a unit needs and the file lacks refuses the exam by the tag's name; nothing is guessed.
 * Images that already have a quantity (a NIfTI with {@code quantity.<name>}) pass untouched.
 *
 * <p>Method: DICOM PS3.3 C.11.1 and C.8.9.1; QIBA FDG-PET/CT profile (its order of preference for
 * the reference time).
 *
 * @param image which images, a pattern on their names
 */
public record Units(@Default("*") String image) implements Step<Exam> {

    @Override
    public boolean harmonizes() {
        return false;
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> units(exam, name, one, trace));
    }

    private static Image units(Exam exam, String name, Image image, Trace trace) {
        Quantity quantity = image.volume().quantity();
        if (quantity != Quantity.STORED) {
            trace.note(name + ".quantity", quantity.label() + " (as it came)");
            return image;
        }
        Series series = Series.of(exam.id(), name, image);
        String modality =
                series.text(
                        "Modality",
                        "(0008,0060)",
                        "so its values have no unit. Name it in the cohort table, column quantity."
                                + name
                                + ".");
        Volume volume =
                switch (modality.toUpperCase(Locale.ROOT)) {
                    case "CT" -> Ct.hounsfield(series, name, image.volume(), trace);
                    case "PT" -> Pet.suv(series, name, image.volume(), exam.covariates(), trace);
                    case "MR" -> mr(series, name, image.volume(), trace);
                    default ->
                            throw series.refused(
                                    "Modality (0008,0060) is "
                                            + modality
                                            + ", and only CT, PT and MR have a unit so far. Leave"
                                            + " this image out.");
                };
        trace.note(name + ".quantity", volume.quantity().label());
        return image.withVolume(volume);
    }

    private static Volume mr(Series series, String name, Volume volume, Trace trace) {
        trace.note(name + ".contrast", "unknown");
        boolean scaled =
                series.tags().slices("RescaleSlope").isPresent()
                        || series.tags().slices("RescaleIntercept").isPresent();
        if (!scaled) {
            trace.note(name + ".rescale", "none, values as stored");
            return volume.withQuantity(Quantity.MR);
        }
        String consequence = "so its slices have different scales. Export the series again.";
        Rescale rescale = Rescale.of(series, volume.geometry().nk(), consequence);
        return volume.withValues(rescale.apply(volume, 1, name, trace)).withQuantity(Quantity.MR);
    }
}
