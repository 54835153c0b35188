package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.diapason.math.Bins;
import org.diapason.math.BlockSpread;
import org.diapason.math.RangeMoments;
import org.diapason.math.Ranks;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Makes every voxel a standard score of normal-appearing white matter: {@code z = (x − μ)/σ} of the
 * voxels around the white-matter peak of the brain's histogram.
 *
 * <p>The finite values of the mask between their quantiles {@code tail} and {@code 1 − tail} are
 * counted in 2048 bins and smoothed by a Gaussian of {@code smoothing} times that range. The mode
 * is the last peak for T1, the highest for T2 and FLAIR, the first for PD, among peaks inside the
 * range that rise by {@code prominence} of the highest and reach a fifth of it. With q the share of
 * values below the mode, the stripe is the voxels strictly between the quantiles {@code q − width}
 * and {@code q + width}; μ and σ are its mean and standard deviation (dividing by n − 1). With
 * {@code hybrid-t2} the stripe is what the stripes of a T1 and a T2 image share, and both images
 * are scored by it.
 *
 * <p>The share of the brain over which the stripe is spread ({@link BlockSpread}, blocks of 8 mm)
 * is in the trace; above 0.6 it is a warning.
 *
 * <p>Refused: no such peak; a stripe outside 5 to 15 % of the brain for the default width (½ to 3/2
 * of twice the width), or a hybrid one no larger than chance gives; tags of another contrast; and
 * what every normalization refuses. NaN stays NaN.
 *
 * <p>Method: Shinohara and others 2014, NeuroImage: Clinical 6:9–19,
 * doi:10.1016/j.nicl.2014.08.008. The authors' program smooths by a penalised spline; the rest is
 * theirs.
 *
 * @param image which images, a pattern on their names; a plain name where hybrid-t2 is given
 * @param mask name of the mask of the brain, without skull
 * @param contrast t1, t2, flair or pd: which peak is white matter
 * @param hybridT2 name of a T2 image on the same grid whose stripe must agree; contrast must be t1
 * @param width half the share of the brain that the stripe takes
 * @param smoothing standard deviation of the Gaussian that smooths the histogram, as a share of its
 *     range
 * @param prominence by what share of the highest bin a peak must rise above what surrounds it
 * @param tail share of values left out of the histogram at either end
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record WhiteStripe(
        @Default("*") String image,
        String mask,
        MrWeighting contrast,
        Optional<String> hybridT2,
        @Default("0.05") double width,
        @Default("0.02") double smoothing,
        @Default("0.05") double prominence,
        @Default("0.001") double tail,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    private static final String WHAT = "white-stripe";
    private static final int BINS = 2048;

    /** A peak lower than this share of the highest is no tissue. */
    private static final double LEAST_HEIGHT = 0.2;

    private static final double BLOCK_MM = 8;

    /** White matter is spread over less of a brain: 0.25 to 0.53 with noise up to 10 %. */
    private static final double MOST_SPREAD = 0.6;

    public WhiteStripe {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name the mask of the brain, got none");
        }
        require("width", width, 0.25);
        require("smoothing", smoothing, 0.2);
        require("prominence", prominence, 1);
        require("tail", tail, 0.1);
        if (hybridT2.isPresent() && (contrast != MrWeighting.T1 || Globs.isPattern(image))) {
            throw new IllegalArgumentException(
                    "hybrid-t2 needs contrast t1 and the plain name of one T1 image, got image \""
                            + image
                            + "\"");
        }
    }

    private static void require(String name, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + most + ", got " + value);
        }
    }

    @Override
    public Set<String> images() {
        return hybridT2.map(t2 -> Set.of(image, t2)).orElse(Set.of());
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    /** A range of values, strictly inside of which a voxel belongs to the stripe. */
    private record Stripe(double low, double high) {
        boolean holds(float x) {
            return x > low && x < high;
        }
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        if (hybridT2.isPresent()) {
            return hybrid(exam, hybridT2.get(), trace);
        }
        return Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    Admission admitted = Admission.of(exam, name, WHAT, allowPhysical);
                    float[] values = admitted.values(mask);
                    Stripe stripe = stripe(admitted, name, values, contrast, trace);
                    RangeMoments moments = RangeMoments.of(values, stripe.low, stripe.high);
                    requireShare(admitted, moments.count(), values.length, width, 3 * width);
                    float[] all = one.volume().values();
                    noteSpread(admitted, name, v -> stripe.holds(all[v]), trace);
                    return one.withVolume(scored(admitted, name, moments, trace));
                });
    }

    private Exam hybrid(Exam exam, String t2Name, Trace trace) {
        Admission t1 = Admission.of(exam, image, WHAT, allowPhysical);
        Admission t2 = Admission.of(exam, t2Name, WHAT, allowPhysical);
        t2.requireGridOf(t1);
        float[] first = t1.values(mask);
        Stripe one = stripe(t1, image, first, MrWeighting.T1, trace);
        Stripe other = stripe(t2, t2Name, t2.values(mask), MrWeighting.T2, trace);
        boolean[] inside = t1.inside(mask);
        float[] a = t1.volume().values();
        float[] b = t2.volume().values();
        float[] ofT1 = new float[first.length];
        float[] ofT2 = new float[first.length];
        int shared = 0;
        for (int v = 0; v < a.length; v++) {
            if (inside[v] && one.holds(a[v]) && other.holds(b[v])) {
                ofT1[shared] = a[v];
                ofT2[shared++] = b[v];
            }
        }
        // two stripes that know nothing of each other share the product of their shares
        requireShare(t1, shared, first.length, 4 * width * width, 3 * width);
        noteSpread(t1, image, v -> one.holds(a[v]) && other.holds(b[v]), trace);
        RangeMoments x =
                RangeMoments.of(
                        Arrays.copyOf(ofT1, shared),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
        RangeMoments y =
                RangeMoments.of(
                        Arrays.copyOf(ofT2, shared),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
        return exam.mapImages(
                (name, was) ->
                        name.equals(image)
                                ? was.withVolume(scored(t1, name, x, trace))
                                : name.equals(t2Name)
                                        ? was.withVolume(scored(t2, name, y, trace))
                                        : was);
    }

    private Stripe stripe(
            Admission admitted, String name, float[] values, MrWeighting weighting, Trace trace) {
        weighting.require(admitted);
        admitted.requireSpread(values, mask);
        Ranks ranks = Ranks.of(values);
        double low = ranks.quantile(tail);
        double high = ranks.quantile(1 - tail);
        admitted.requireSpread(
                high - low, Math.max(Math.abs(low), Math.abs(high)), low, "most values", mask, "");
        Bins smooth = Bins.of(values, low, high, BINS, false).smoothed(smoothing * (high - low));
        double mode =
                weighting.peak(admitted, smooth, low, high, prominence, LEAST_HEIGHT, mask).at();
        double below = ranks.shareBelow(mode);
        Stripe stripe =
                new Stripe(
                        ranks.quantile(Math.max(0, below - width)),
                        ranks.quantile(Math.min(1, below + width)));
        trace.note(name + ".rule", weighting.rule());
        trace.note(name + ".mode", mode);
        trace.note(name + ".stripe", Numbers.of(stripe.low, stripe.high));
        return stripe;
    }

    private void requireShare(Admission admitted, long found, int all, double low, double high) {
        double share = (double) found / all;
        if (!(share > low && share < high)) {
            throw admitted.refused(
                    "the stripe takes "
                            + Numbers.fixed(100 * share, 2)
                            + " % of mask "
                            + mask
                            + ", and between "
                            + Numbers.fixed(100 * low, 2)
                            + " and "
                            + Numbers.fixed(100 * high, 2)
                            + " % was expected, so it is not white matter alone. Check the mask and"
                            + " the contrast, and that values are not coarsely rounded.");
        }
    }

    /** A tissue lies somewhere; noise and what is no tissue are everywhere. */
    private void noteSpread(Admission admitted, String name, IntPredicate inStripe, Trace trace) {
        double spread =
                BlockSpread.of(
                        admitted.volume().geometry(), BLOCK_MM, admitted.inside(mask), inStripe);
        trace.note(name + ".spread", spread);
        if (spread > MOST_SPREAD) {
            trace.warn(
                    admitted.who()
                            + ": the stripe is spread over "
                            + Numbers.fixed(spread, 2)
                            + " of mask "
                            + mask
                            + " (blocks of "
                            + Numbers.fixed(BLOCK_MM, 0)
                            + " mm), and white matter over no more than "
                            + Numbers.fixed(MOST_SPREAD, 2)
                            + ", so it may be another tissue or noise. Check the mode, the mask and"
                            + " the contrast.");
        }
    }

    private Volume scored(Admission admitted, String name, RangeMoments moments, Trace trace) {
        double largest = Math.abs(moments.mean());
        admitted.requireSpread(
                moments.sd(), largest, moments.mean(), "all values of the stripe", mask, "");
        trace.note(name + ".stripeVoxels", moments.count());
        trace.note(name + ".mean", moments.mean());
        trace.note(name + ".sd", moments.sd());
        return Linear.scale(admitted.volume(), moments.mean(), moments.sd(), Quantity.Z_SCORE);
    }
}
