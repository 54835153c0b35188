package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.Cdf;
import org.diapason.math.HistogramMap;
import org.diapason.math.SortedFloats;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns the mean quantile function of a cohort; the learned {@link HistogramMatch} gives every
 * image that histogram: quantile normalization of images.
 *
 * <p>Every image weighs the same, whatever its size. The mean of quantile functions is the
 * Wasserstein barycentre of the histograms. Refusals are those of {@link HistogramMatch}. The sum
 * holds sums of quantiles and a count.
 *
 * <p>Method: Agueh and Carlier 2011, SIAM J. Math. Anal. 43(2):904–924, doi:10.1137/100805741, for
 * one dimension.
 *
 * @param image which images, a pattern on their names; all share one reference
 * @param mask name of the mask whose voxels make the histogram; empty for the whole image
 * @param quantiles how many equally spaced quantiles; at least 2
 * @param cdf how ties share their ranks: mid-rank averages them, upper does as scikit-image
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record HistogramReference(
        @Default("*") String image,
        String mask,
        @Default("256") int quantiles,
        @Default("mid-rank") Cdf cdf,
        @Default("false") boolean allowPhysical)
        implements Learner<Exam, HistogramReference.Sum> {

    static final String WHAT = "histogram matching";

    public HistogramReference {
        if (quantiles < 2) {
            throw new IllegalArgumentException("quantiles must be at least 2, got " + quantiles);
        }
    }

    /** Sums of quantiles and how many images they are of. */
    public static final class Sum {
        private final double[] quantiles;
        private final Contrasts contrasts = new Contrasts();
        private int images;

        private Sum(int count) {
            quantiles = new double[count];
        }
    }

    @Override
    public Set<String> masks() {
        return mask.isEmpty() ? Set.of() : Set.of(mask);
    }

    @Override
    public Optional<String> fixes(String measured, String in) {
        return mask.equals(in) && Globs.matches(image, measured)
                ? Optional.of("the whole histogram")
                : Optional.empty();
    }

    @Override
    public Sum empty() {
        return new Sum(quantiles);
    }

    @Override
    public void add(Sum sum, Exam exam) {
        exam.images()
                .forEach(
                        (name, one) -> {
                            if (Globs.matches(image, name)) {
                                add(sum, exam, name);
                            }
                        });
    }

    private void add(Sum sum, Exam exam, String name) {
        Admission admitted = Admission.of(exam, name, WHAT, allowPhysical);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        sum.contrasts.add(admitted);
        Numbers mine = HistogramMap.quantiles(SortedFloats.of(values), quantiles, cdf);
        for (int q = 0; q < quantiles; q++) {
            sum.quantiles[q] += mine.get(q);
        }
        sum.images++;
    }

    @Override
    public void merge(Sum into, Sum from) {
        for (int q = 0; q < quantiles; q++) {
            into.quantiles[q] += from.quantiles[q];
        }
        into.images += from.images;
        into.contrasts.merge(from.contrasts);
    }

    /**
     * Returns the step to the mean histogram.
     *
     * @throws RefusedException if no image was seen, or images of several contrasts
     */
    @Override
    public HistogramMatch learn(Sum sum, Trace trace) {
        Admission.requireSeen(sum.images, image, "reference histogram");
        Optional<String> contrast = sum.contrasts.one(WHAT, trace);
        double[] mean = new double[quantiles];
        for (int q = 0; q < quantiles; q++) {
            mean[q] = sum.quantiles[q] / sum.images;
        }
        trace.note("images", sum.images);
        trace.note("lowestQuantile", mean[0]);
        trace.note("highestQuantile", mean[quantiles - 1]);
        return new HistogramMatch(
                image,
                mask,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Numbers.of(mean)),
                cdf,
                Bands.REFUSE,
                allowPhysical,
                contrast);
    }
}
