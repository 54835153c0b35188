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
 * Divides an image by its mean in a tissue, found by fuzzy c-means: the tissue becomes 1.
 *
 * <p>Three classes of the T1 image in the brain are cerebrospinal fluid, grey and white matter in
 * rising order; with the membership u of the chosen one the mean is {@code Σ u x / Σ u}. Classes
 * are found on the histogram (exponent 2, 4096 bins, begun at quantiles, until no centre moves by
 * more than 1e-7 of the range), so the result does not depend on chance.
 *
 * <p>The tissues of T2, FLAIR and PD images come from a T1 image of the same exam on the same grid,
 * named by {@code t1}; without it every image is taken for T1, and one whose tags tell another
 * contrast is refused.
 *
 * <p>Refused also: values that do not fall into three classes (closer than 2 % of the range, or not
 * converged in 1000 rounds); a mean that is not above 0; and what every normalization refuses. NaN
 * stays NaN.
 *
 * <p>Method: Reinhold and others 2019, SPIE Medical Imaging 10949:109493H, doi:10.1117/12.2513089;
 * Bezdek 1981 (fuzzy c-means).
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask of the whole brain, its fluid included
 * @param tissue csf, gm or wm: what becomes 1
 * @param t1 name of the T1 image whose classes are the tissues; none if the images are T1
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record Fcm(
        @Default("*") String image,
        String mask,
        @Default("wm") Tissue tissue,
        Optional<String> t1,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    public Fcm {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name the mask of the brain, got none");
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
                exam, image, (name, one) -> one.withVolume(divided(exam, name, trace)));
    }

    private Volume divided(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, "fcm", allowPhysical);
        admitted.requireSpread(admitted.values(mask), mask);
        Numbers means = Tissues.means(admitted, exam, t1, mask, name, trace);
        double mean = means.get(tissue.ordinal());
        if (!(mean > 0)) {
            throw admitted.refused(
                    "the mean of "
                            + tissue
                            + " is "
                            + Numbers.fixed(mean, 3)
                            + ", and an image is divided by it. Give the image before its scale was"
                            + " moved.");
        }
        return Linear.scale(admitted.volume(), 0, mean, Quantity.MAPPED);
    }
}
