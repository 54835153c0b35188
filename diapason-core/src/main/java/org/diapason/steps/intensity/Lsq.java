package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns the mean brightness of the three tissues of a cohort; the learned {@link LsqModel} scales
 * every image to it by least squares.
 *
 * <p>Tissue means t (fluid, grey, white) are those of {@link Fcm}. Each image gives {@code t/|t|},
 * so its gain has no say; the standard s is the mean of these, scaled so that white matter is 1.
 * The sum holds three numbers and a count, no values of patients. (That program takes the first
 * image for the standard; which image is first then decides the result.)
 *
 * <p>Refused: several contrasts by the tags; no image; and what {@link Fcm} refuses.
 *
 * <p>Method: the least-squares tissue means of the program intensity-normalization (Reinhold and
 * others 2019, SPIE Medical Imaging 10949:109493H, doi:10.1117/12.2513089, describe the program),
 * with a standard of the population.
 *
 * @param image which images, a pattern on their names; all of one contrast
 * @param mask name of the mask of the whole brain, its fluid included
 * @param t1 name of the T1 image whose classes are the tissues; none if the images are T1
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record Lsq(
        @Default("*") String image,
        String mask,
        Optional<String> t1,
        @Default("false") boolean allowPhysical)
        implements Learner<Exam, Lsq.Sum> {

    static final String WHAT = "lsq";

    public Lsq {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name the mask of the brain, got none");
        }
    }

    /** Sums of the directions of tissue means, and of how many images they are. */
    public static final class Sum {
        private final double[] directions = new double[3];
        private final Contrasts contrasts = new Contrasts();
        private int images;
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
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        for (String name : exam.images().keySet()) {
            if (Globs.matches(image, name)) {
                add(sum, exam, name);
            }
        }
    }

    private void add(Sum sum, Exam exam, String name) {
        Admission admitted = Admission.of(exam, name, WHAT, allowPhysical);
        Numbers t = means(admitted, exam, t1, mask, name, new Trace());
        sum.contrasts.add(admitted);
        double length = Math.sqrt(dot(t, t));
        for (int c = 0; c < 3; c++) {
            sum.directions[c] += t.get(c) / length;
        }
        sum.images++;
    }

    /** Returns the three means, of which white matter must lie above 0. */
    static Numbers means(
            Admission image,
            Exam exam,
            Optional<String> t1,
            String mask,
            String name,
            Trace trace) {
        image.requireSpread(image.values(mask), mask);
        Numbers t = Tissues.means(image, exam, t1, mask, name, trace);
        if (!(t.get(Tissue.WM.ordinal()) > 0)) {
            throw image.refused(
                    "the mean of white matter is "
                            + Numbers.fixed(t.get(Tissue.WM.ordinal()), 3)
                            + ", and images are scaled to it. Give the image before its scale was"
                            + " moved.");
        }
        return t;
    }

    static double dot(Numbers a, Numbers b) {
        return a.get(0) * b.get(0) + a.get(1) * b.get(1) + a.get(2) * b.get(2);
    }

    @Override
    public void merge(Sum into, Sum from) {
        for (int c = 0; c < 3; c++) {
            into.directions[c] += from.directions[c];
        }
        into.images += from.images;
        into.contrasts.merge(from.contrasts);
    }

    /**
     * Returns the step to the standard.
     *
     * @throws RefusedException if no image was seen, or images of several contrasts
     */
    @Override
    public LsqModel learn(Sum sum, Trace trace) {
        Admission.requireSeen(sum.images, image, "standard of tissues");
        Optional<String> contrast = sum.contrasts.one(WHAT, trace);
        double white = sum.directions[Tissue.WM.ordinal()];
        double[] standard = new double[3];
        for (int c = 0; c < 3; c++) {
            standard[c] = sum.directions[c] / white;
        }
        trace.note("images", sum.images);
        trace.note("standard", Numbers.of(standard));
        return new LsqModel(image, mask, t1, Numbers.of(standard), allowPhysical, contrast);
    }
}
