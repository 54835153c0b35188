package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.math.Cdf;
import org.diapason.math.HistogramMap;
import org.diapason.math.MonotoneMap;
import org.diapason.math.SortedFloats;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Gives every image the histogram of a reference: {@code T = F_Y⁻¹(F_X)}; also known as quantile
 * normalization.
 *
 * <p>The reference is another image of the same exam, or quantiles. The map is learned on the
 * finite voxels of the mask and applied to the whole image; it is monotone, is exact up to 65,536
 * distinct values (thinned to 16,384 knots beyond), and flat outside the values it saw. NaN stays
 * NaN. The quantity becomes "mapped". How far the map is from gain and offset goes to the trace,
 * with a warning above 10 % nonlinearity or 5 % merged voxels.
 *
 * <p>Refused: HU, SUVbw and Bq/ml, whose scale it would destroy, unless allowed; stored or unknown
 * values; what is normalized already; a mask on another grid; a constant image; another contrast
 * than that of the reference.
 *
 * <p>Method: Gonzalez and Woods 2018, Digital Image Processing, 4th edition, section 3.3
 * ("Histogram matching"). To match scikit-image's match_histograms, name a reference image and set
 * cdf to upper.
 *
 * @param image which images, a pattern on their names; the reference itself stays as it is
 * @param mask name of the mask whose voxels make the histogram; empty for the whole image
 * @param reference name of the image of the same exam whose histogram is given; or
 *     reference-quantiles
 * @param referenceMask name of the mask for the reference; none for that of the images
 * @param referenceQuantiles values of the reference at equally spaced shares, not decreasing, at
 *     least 2: at (q + ½)/Q for mid-rank, at (q + 1)/Q for upper; or reference
 * @param cdf how ties share their ranks: mid-rank averages them, upper does as scikit-image
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 * @param contrast the class of contrast the quantiles were learned from (t1, t2, …); images whose
 *     tags tell another are refused
 */
public record HistogramMatch(
        @Default("*") String image,
        String mask,
        Optional<String> reference,
        Optional<String> referenceMask,
        Optional<Numbers> referenceQuantiles,
        @Default("mid-rank") Cdf cdf,
        @Default("false") boolean allowPhysical,
        Optional<String> contrast)
        implements Step<Exam> {

    public HistogramMatch {
        if (reference.isPresent() == referenceQuantiles.isPresent()) {
            throw new IllegalArgumentException(
                    "name either reference, an image of the exam, or reference-quantiles, got "
                            + (reference.isPresent() ? "both" : "neither"));
        }
        if (referenceMask.isPresent() && reference.isEmpty()) {
            throw new IllegalArgumentException(
                    "reference-mask needs reference; reference-quantiles have no mask");
        }
        referenceQuantiles.ifPresent(HistogramMatch::requireRising);
    }

    private static void requireRising(Numbers quantiles) {
        boolean rising = quantiles.size() >= 2;
        for (int q = 0; rising && q < quantiles.size(); q++) {
            double value = quantiles.get(q);
            rising = Double.isFinite(value) && (q == 0 || value >= quantiles.get(q - 1));
        }
        if (!rising) {
            throw new IllegalArgumentException(
                    "reference-quantiles must be at least 2 finite numbers that do not decrease");
        }
    }

    /** Makes a match by mid-ranks to quantiles of no particular contrast. */
    public static HistogramMatch toQuantiles(
            String image, String mask, Numbers quantiles, boolean allowPhysical) {
        return new HistogramMatch(
                image,
                mask,
                Optional.empty(),
                Optional.empty(),
                Optional.of(quantiles),
                Cdf.MID_RANK,
                allowPhysical,
                Optional.empty());
    }

    /** Makes a match to another image of the exam, both within one mask. */
    public static HistogramMatch toImage(String image, String mask, String reference, Cdf cdf) {
        return new HistogramMatch(
                image,
                mask,
                Optional.of(reference),
                Optional.empty(),
                Optional.empty(),
                cdf,
                false,
                Optional.empty());
    }

    @Override
    public Set<String> images() {
        return reference.map(Set::of).orElse(Set.of());
    }

    @Override
    public Set<String> masks() {
        Set<String> masks = new TreeSet<>(List.of(mask, referenceMask.orElse(mask)));
        masks.remove("");
        return masks;
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam,
                image,
                (name, one) ->
                        reference.filter(name::equals).isPresent()
                                ? one
                                : one.withVolume(match(exam, name, trace)));
    }

    private Volume match(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, HistogramReference.WHAT, allowPhysical);
        Contrasts.require(admitted, contrast);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        SortedFloats source = SortedFloats.of(values);
        MonotoneMap map =
                reference.isPresent()
                        ? HistogramMap.of(source, reference(exam, admitted, trace), cdf)
                        : HistogramMap.of(source, referenceQuantiles.orElseThrow(), cdf);
        Distortions.note(admitted, name, source, map, trace);
        Volume volume = admitted.volume();
        return volume.withValues(map.apply(volume.values())).withQuantity(Quantity.MAPPED);
    }

    private SortedFloats reference(Exam exam, Admission admitted, Trace trace) {
        Admission target =
                Admission.of(exam, reference.orElseThrow(), HistogramReference.WHAT, allowPhysical);
        Contrasts both = new Contrasts();
        both.add(target);
        both.add(admitted);
        both.one(HistogramReference.WHAT, trace);
        String where = referenceMask.orElse(mask);
        float[] values = target.values(where);
        target.requireSpread(values, where);
        trace.note("referenceVoxels", values.length);
        return SortedFloats.of(values);
    }
}
