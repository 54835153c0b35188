package org.diapason.steps.resolution;

import java.util.Optional;
import org.diapason.math.Mtf;
import org.diapason.step.Globs;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/** What the steps of this package ask about the width of a point-spread function. */
final class Widths {
    private Widths() {}

    /** Returns the resolution in mm along i, j, k, or refuses and names the columns that say it. */
    static Numbers known(String who, String image, Image one) {
        one.calibration()
                .filter(c -> one.volume().fwhmMm().equals(c.fwhmMm()))
                .ifPresent(c -> c.requireValid(who, one.tags()));
        return one.volume()
                .fwhmMm()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        who
                                                + ": its resolution is not known, and slice"
                                                + " thickness does not tell it. Add the column"
                                                + " fwhm."
                                                + image
                                                + " (mm) or calibration to the cohort table, or"
                                                + " leave the resolution step out."));
    }

    /** What is done with an image and its resolution. */
    interface Look {
        void at(String name, Volume volume, Numbers fwhmMm);
    }

    /** Looks at the images whose names match, in the order of names; their resolution is known. */
    static void each(Exam exam, String glob, Look look) {
        exam.images()
                .forEach(
                        (name, one) -> {
                            if (Globs.matches(glob, name)) {
                                String who = "exam " + exam.id() + ", image " + name;
                                look.at(name, one.volume(), known(who, name, one));
                            }
                        });
    }

    /**
     * Returns the scanner's transfer along an axis of the image, where its calibration has one and
     * the image is still as the scanner gave it.
     */
    static Optional<Mtf> transfer(String who, Image image, int axis) {
        if (image.volume().resampled()) {
            return Optional.empty();
        }
        Optional<Numbers> curve =
                image.calibration().flatMap(c -> axis == 2 ? c.mtfThroughPlane() : c.mtfInPlane());
        if (curve.isEmpty()) {
            return Optional.empty();
        }
        ScannerCalibration scanner = image.calibration().orElseThrow();
        scanner.requireValid(who, image.tags());
        try {
            return Optional.of(new Mtf(scanner.mtfPerMm().orElseThrow(), curve.get()));
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    who
                            + ": in the calibration of scanner "
                            + scanner.scanner()
                            + ", "
                            + e.getMessage()
                            + ". Analyse the phantom again, or take the curve out.",
                    e);
        }
    }

    /** Returns the image with a volume of another resolution: its calibration's MTF is gone. */
    static Image blurred(Image one, Volume volume) {
        return new Image(
                volume,
                one.tags(),
                one.calibration().map(ScannerCalibration::withoutMtf),
                one.detector());
    }

    /** Returns the smallest width along an axis that an image can be matched to. */
    static double least(Optional<NextGrid> nextGrid, Geometry g, Numbers widths, int axis) {
        double source = widths.get(axis);
        return nextGrid.map(next -> next.leastMm(g, source, axis)).orElse(source);
    }

    static String axis(int axis) {
        return "axis " + "ijk".charAt(axis);
    }
}
