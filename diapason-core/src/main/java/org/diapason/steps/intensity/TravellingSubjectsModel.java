package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.StraightPieces;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * Maps the images of one scanner onto the scale of another, straight between knots. Learned by
 * {@link TravellingSubjects}; images of the other scanner keep their values, those of a third are
 * refused.
 *
 * @param image name of the image
 * @param batch column of the cohort table that names the scanner or protocol
 * @param source the scanner or protocol whose images are mapped
 * @param target the scanner or protocol whose scale they get
 * @param knots values of the source, rising; the outermost pieces go on beyond
 * @param mapped what they become
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 * @param sourceContrast the class of contrast at the source; images whose tags tell another are
 *     refused
 * @param targetContrast the class of contrast at the target
 */
public record TravellingSubjectsModel(
        String image,
        String batch,
        String source,
        String target,
        Numbers knots,
        Numbers mapped,
        @Default("false") boolean allowPhysical,
        Optional<String> sourceContrast,
        Optional<String> targetContrast)
        implements Step<Exam> {

    public TravellingSubjectsModel {
        StraightPieces.of(knots, mapped); // says what is wrong with them
    }

    @Override
    public Set<String> images() {
        return Set.of(image);
    }

    @Override
    public Set<String> cohortColumns() {
        return Set.of(batch);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> mapped(exam, one, trace));
    }

    private Image mapped(Exam exam, Image one, Trace trace) {
        Admission admitted = Admission.of(exam, image, TravellingSubjects.WHAT, allowPhysical);
        String site = exam.covariates().getOrDefault(batch, "").strip();
        if (!site.equals(source) && !site.equals(target)) {
            throw admitted.refused(
                    "it is of \""
                            + site
                            + "\" by the column "
                            + batch
                            + ", and the travelling subjects went from "
                            + source
                            + " to "
                            + target
                            + ". Correct the column, or leave this exam out.");
        }
        Contrasts.require(admitted, site.equals(source) ? sourceContrast : targetContrast);
        trace.note(image + ".site", site);
        if (site.equals(target)) {
            return one.withVolume(one.volume().withQuantity(Quantity.MAPPED));
        }
        float[] values = one.volume().values();
        long beyond = 0;
        long finite = 0;
        for (float x : values) {
            finite += Float.isNaN(x) ? 0 : 1;
            beyond += x < knots.get(0) || x > knots.get(knots.size() - 1) ? 1 : 0;
        }
        trace.note(image + ".beyondKnots", finite == 0 ? 0 : (double) beyond / finite);
        return one.withVolume(
                one.volume()
                        .withValues(StraightPieces.of(knots, mapped).apply(values))
                        .withQuantity(Quantity.MAPPED));
    }
}
