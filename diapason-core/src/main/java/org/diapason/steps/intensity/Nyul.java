package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.SortedFloats;
import org.diapason.math.Tails;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns the standard scale of a cohort of MR images of one contrast; the learned {@link NyulModel}
 * brings the percentiles of every image to it.
 *
 * <p>Landmarks are percentiles m₁ … mₖ of the finite voxels in the mask (type 7 of Hyndman and
 * Fan). Each image's are laid on {@code [low, high]} by {@code s = low + (m − m₁)(high − low)/(mₖ −
 * m₁)}, and the standard is their mean, every image weighing the same. Values stay fractions, so
 * the published rule that the scale must be as wide as the widest image (or whole numbers merge)
 * does not bind: any low and high serve.
 *
 * <p>The sum holds means of landmarks and a count. Refused: equal first and last landmarks; a
 * standard that does not rise from each landmark to the next; several contrasts by the tags; no
 * image; and what every normalization refuses.
 *
 * <p>Method: Nyúl and Udupa 1999, Magn Reson Med 42(6):1072–1081, section "Training"; Nyúl, Udupa
 * and Zhang 2000, IEEE Trans Med Imaging 19(2):143–150, doi:10.1109/42.836373 (ten landmarks and
 * more).
 *
 * @param image which images, a pattern on their names; all of one contrast
 * @param mask name of the mask whose voxels give the percentiles; empty for the whole image
 * @param percentiles rising percentages, at least 2; none for 1, 10, 20, …, 90, 99
 * @param low where the first landmark lies on the standard scale
 * @param high where the last landmark lies; above low
 * @param tails beyond the first and last landmark the outer lines go on (extend) or stay flat
 *     (clamp)
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record Nyul(
        @Default("*") String image,
        String mask,
        List<Double> percentiles,
        @Default("1") double low,
        @Default("100") double high,
        @Default("extend") Tails tails,
        @Default("false") boolean allowPhysical)
        implements Learner<Exam, Nyul.Sum> {

    static final String WHAT = "nyul";
    private static final List<Double> PUBLISHED =
            List.of(1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 99.0);

    public Nyul {
        percentiles = percentiles.isEmpty() ? PUBLISHED : List.copyOf(percentiles);
        requirePercentiles(numbers(percentiles));
        if (!(high > low) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "high must lie above low, got " + low + " and " + high);
        }
    }

    /** Sums of landmarks on the standard scale, and how many images they are of. */
    public static final class Sum {
        private final double[] landmarks;
        private final Contrasts contrasts = new Contrasts();
        private int images;

        private Sum(int count) {
            landmarks = new double[count];
        }
    }

    private static Numbers numbers(List<Double> list) {
        return Numbers.of(list.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static void requirePercentiles(Numbers percentiles) {
        boolean rising = percentiles.size() >= 2;
        for (int p = 0; rising && p < percentiles.size(); p++) {
            double percent = percentiles.get(p);
            rising = percent >= 0 && percent <= 100 && (p == 0 || percent > percentiles.get(p - 1));
        }
        if (!rising) {
            throw new IllegalArgumentException(
                    "percentiles must be at least 2 rising numbers from 0 to 100 %");
        }
    }

    /**
     * Returns the landmarks of one image.
     *
     * @throws RefusedException if the first equals the last
     */
    static double[] landmarks(
            Admission image, SortedFloats values, Numbers percentiles, String mask) {
        double[] landmarks = new double[percentiles.size()];
        for (int p = 0; p < landmarks.length; p++) {
            landmarks[p] = values.quantile(percentiles.get(p) / 100);
        }
        int last = landmarks.length - 1;
        if (!((float) landmarks[last] > (float) landmarks[0])) {
            throw image.refused(
                    "percentiles "
                            + Numbers.plain(percentiles.get(0))
                            + " and "
                            + Numbers.plain(percentiles.get(last))
                            + " "
                            + Admission.where(mask)
                            + " are both "
                            + Numbers.fixed(landmarks[0], 3)
                            + ", so there is no range to map. Choose a mask of tissue, without"
                            + " background.");
        }
        return landmarks;
    }

    @Override
    public Set<String> masks() {
        return mask.isEmpty() ? Set.of() : Set.of(mask);
    }

    @Override
    public Optional<String> fixes(String measured, String in) {
        return mask.equals(in) && Globs.matches(image, measured)
                ? Optional.of("every landmark percentile")
                : Optional.empty();
    }

    @Override
    public Sum empty() {
        return new Sum(percentiles.size());
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
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        double[] mine = landmarks(admitted, SortedFloats.of(values), numbers(percentiles), mask);
        sum.contrasts.add(admitted);
        double range = mine[mine.length - 1] - mine[0];
        for (int p = 0; p < mine.length; p++) {
            sum.landmarks[p] += low + (mine[p] - mine[0]) / range * (high - low);
        }
        sum.images++;
    }

    @Override
    public void merge(Sum into, Sum from) {
        for (int p = 0; p < into.landmarks.length; p++) {
            into.landmarks[p] += from.landmarks[p];
        }
        into.images += from.images;
        into.contrasts.merge(from.contrasts);
    }

    /**
     * Returns the step to the standard scale.
     *
     * @throws RefusedException if no image was seen, or images of several contrasts, or landmarks
     *     fall together in all images
     */
    @Override
    public NyulModel learn(Sum sum, Trace trace) {
        Admission.requireSeen(sum.images, image, "standard scale");
        Optional<String> contrast = sum.contrasts.one(WHAT, trace);
        double[] standard = new double[percentiles.size()];
        for (int p = 0; p < standard.length; p++) {
            standard[p] = sum.landmarks[p] / sum.images;
            if (p > 0 && !(standard[p] > standard[p - 1])) {
                throw new RefusedException(
                        "percentiles "
                                + Numbers.plain(percentiles.get(p - 1))
                                + " and "
                                + Numbers.plain(percentiles.get(p))
                                + " fall together in all "
                                + sum.images
                                + " images, so the standard scale does not rise. Choose a mask"
                                + " without background, or leave one of the two out of"
                                + " percentiles.");
            }
        }
        trace.note("images", sum.images);
        trace.note("standard", Numbers.of(standard));
        return new NyulModel(
                image,
                mask,
                numbers(percentiles),
                Numbers.of(standard),
                tails,
                allowPhysical,
                contrast,
                sum.images);
    }
}
