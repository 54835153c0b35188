package org.diapason.steps.intensity;

import java.util.Optional;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;

/**
 * Takes a scanner's error of the Hounsfield scale out of its images: {@code true = (measured −
 * offset)/gain}.
 *
 * <p>Gain and offset come from the inserts of the scanner's phantom scan. Images that are not HU,
 * or whose scanner has no calibration, are refused. Afterwards the image's calibration reads gain 1
 * and offset 0, so a second run changes nothing. NaN stays NaN.
 *
 * <p>Method: linear fit of CT numbers over an insert phantom, as in AAPM report 233 (2019), section
 * on CT number accuracy.
 *
 * @param image which images, a pattern on their names; all of them must be CT
 */
public record HuLine(@Default("*") String image) implements Step<Exam> {

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> line(exam, name, one, trace));
    }

    private static Image line(Exam exam, String name, Image image, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        Quantity quantity = image.volume().quantity();
        if (quantity == Quantity.UNKNOWN) {
            throw new RefusedException(
                    who
                            + ": its quantity is not known, and gain and offset are known for HU"
                            + " only. Say what the values are in the cohort table, column quantity."
                            + name
                            + ".");
        }
        if (quantity != Quantity.HU) {
            throw new RefusedException(
                    who
                            + ": the quantity is "
                            + quantity.label()
                            + ", and gain and offset are known for HU only. Name the CT image in"
                            + " the setting image, and put the step units first.");
        }
        ScannerCalibration scanner =
                image.calibration()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                who
                                                        + ": the scanner has no calibration, so its"
                                                        + " gain and offset are not known. Add a"
                                                        + " phantom scan to the cohort table,"
                                                        + " column calibration."));
        scanner.requireValid(who, image.tags());
        if (scanner.gain().isEmpty()) {
            throw new RefusedException(
                    who
                            + ": the calibration of scanner "
                            + scanner.scanner()
                            + " is of a phantom without inserts of known HU, so gain and offset are"
                            + " not known. Scan one that has them, such as that of phantom --as qa.");
        }
        double gain = scanner.gain().getAsDouble();
        double offset = scanner.offset().getAsDouble();
        trace.note(name + ".scanner", scanner.scanner());
        trace.note(name + ".gain", gain);
        trace.note(name + ".offsetHu", offset);
        float[] measured = image.volume().values();
        float[] corrected = new float[measured.length];
        for (int v = 0; v < measured.length; v++) {
            corrected[v] = (float) ((measured[v] - offset) / gain);
        }
        return new Image(
                image.volume().withValues(corrected),
                image.tags(),
                Optional.of(scanner.withScaleRight()));
    }
}
