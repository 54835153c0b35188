package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Multiplies an image by the factor that brings its tissue means t nearest to a standard s: {@code
 * c = t·s / t·t}. Learned by {@link Lsq}.
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask of the whole brain, its fluid included
 * @param t1 name of the T1 image whose classes are the tissues; none if the images are T1
 * @param standard fluid, grey and white matter of the population; white is 1
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 * @param contrast the class of contrast the standard was learned from; images whose tags tell
 *     another are refused
 */
public record LsqModel(
        @Default("*") String image,
        String mask,
        Optional<String> t1,
        Numbers standard,
        @Default("false") boolean allowPhysical,
        Optional<String> contrast)
        implements Step<Exam> {

    public LsqModel {
        boolean finite = standard.size() == 3;
        for (int c = 0; finite && c < 3; c++) {
            finite = Double.isFinite(standard.get(c));
        }
        if (!finite || !(standard.get(2) > 0)) {
            throw new IllegalArgumentException(
                    "standard must be three finite numbers, white matter above 0");
        }
    }

    @Override
    public Set<String> images() {
        return t1.map(Set::of).orElse(Set.of());
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(scaled(exam, name, trace)));
    }

    private Volume scaled(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, Lsq.WHAT, allowPhysical);
        Contrasts.require(admitted, contrast);
        Numbers t = Lsq.means(admitted, exam, t1, mask, name, trace);
        double factor = Lsq.dot(t, standard) / Lsq.dot(t, t);
        if (!(factor > 0)) {
            throw admitted.refused(
                    "its tissue means are "
                            + t.fixed(3)
                            + " (fluid × grey × white), opposite to the standard "
                            + standard.fixed(3)
                            + ". Check the contrast of the image.");
        }
        trace.note(name + ".factor", factor);
        return Linear.scale(admitted.volume(), 0, 1 / factor, Quantity.MAPPED);
    }
}
