package org.diapason.steps.resolution;

import java.util.Optional;
import org.diapason.math.Mtf;
import org.diapason.step.Globs;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** What the steps of this package ask about the width of a point-spread function. */
final class Widths {
    private Widths() {}

    /** Returns the resolution in mm along i, j, k, or refuses and names the columns that say it. */
    static Numbers known(String who, String image, Volume volume) {
        return volume.fwhmMm()
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
                                look.at(name, one.volume(), known(who, name, one.volume()));
                            }
                        });
    }

    /** Returns the scanner's transfer along an axis of the image, where its calibration has one. */
    static Optional<Mtf> transfer(Image image, int axis) {
        return image.calibration()
                .flatMap(
                        c ->
                                (axis == 2 ? c.mtfThroughPlane() : c.mtfInPlane())
                                        .map(m -> new Mtf(c.mtfPerMm().orElseThrow(), m)));
    }

    static String axis(int axis) {
        return "axis " + "ijk".charAt(axis);
    }
}
