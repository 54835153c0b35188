package org.diapason.steps.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.math.Cdf;
import org.diapason.math.HistogramMap;
import org.diapason.math.SortedFloats;
import org.diapason.math.StraightPieces;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
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
 * @param bands what to do with an image of several channels: refuse it, match each to the same one
 *     of the reference, or all by one map (joint); a change of their ratios is warned of
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
        @Default("refuse") Bands bands,
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
                Bands.REFUSE,
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
                Bands.REFUSE,
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
    public Optional<String> fixes(String measured, String in) {
        return mask.equals(in) && Globs.matches(image, measured)
                ? Optional.of("the whole histogram")
                : Optional.empty();
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
        Volume volume = exam.image(name).volume();
        if (volume.channels() == 1) {
            return matched(exam, name, name, trace);
        }
        requireBands(exam, name);
        Volume mapped = matched(exam, name, trace);
        Distortions.noteBands(exam, name, mapped, mask, trace);
        return mapped;
    }

    /** Matches all bands together or, each with that of the reference, one by one. */
    private Volume matched(Exam exam, String name, Trace trace) {
        if (bands == Bands.JOINT) {
            return matched(exam, name, name, trace);
        }
        Volume volume = exam.image(name).volume();
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < volume.channels(); c++) {
            int band = c;
            Exam one =
                    exam.mapImages(
                            (n, i) ->
                                    n.equals(name) || reference.filter(n::equals).isPresent()
                                            ? i.withVolume(i.volume().only(band))
                                            : i);
            planes.add(matched(one, name, name + ".band" + (c + 1), trace).values());
        }
        return withPlanes(volume, planes);
    }

    private void requireBands(Exam exam, String name) {
        Volume volume = exam.image(name).volume();
        String who =
                "exam "
                        + exam.id()
                        + ", image "
                        + name
                        + ": it has "
                        + volume.channels()
                        + " "
                        + volume.meaning().kind().plural();
        if (bands == Bands.REFUSE) {
            throw new RefusedException(
                    who
                            + ". Set bands to each (a map for every one) or joint (one map for all,"
                            + " which keeps their order), or take one: diapason convert IN OUT"
                            + " --frame N");
        }
        if (bands == Bands.EACH && reference.isEmpty()) {
            throw new RefusedException(
                    who
                            + ", and reference-quantiles are of one. Name a reference image, or set"
                            + " bands to joint.");
        }
        int others = reference.map(r -> exam.image(r).volume().channels()).orElse(0);
        if (bands == Bands.EACH && others != volume.channels()) {
            throw new RefusedException(
                    who
                            + ", and reference "
                            + reference.orElseThrow()
                            + " has "
                            + others
                            + ". Give a reference of as many, or set bands to joint.");
        }
    }

    private static Volume withPlanes(Volume was, List<float[]> planes) {
        Volume now =
                Volume.of(was.geometry(), planes, was.meaning(), Quantity.MAPPED)
                        .withResampled(was.resampled());
        return was.fwhmMm().map(now::withFwhmMm).orElse(now);
    }

    /** Matches all channels by one map. */
    private Volume matched(Exam exam, String name, String label, Trace trace) {
        Admission admitted = Admission.of(exam, name, HistogramReference.WHAT, allowPhysical);
        Contrasts.require(admitted, contrast);
        float[] values = values(exam, name, mask);
        admitted.requireSpread(values, mask);
        SortedFloats source = SortedFloats.of(values);
        StraightPieces map =
                reference.isPresent()
                        ? HistogramMap.of(source, reference(exam, admitted, trace), cdf)
                        : HistogramMap.of(source, referenceQuantiles.orElseThrow(), cdf);
        Distortions.note(admitted, label, source, map, trace);
        Volume volume = admitted.volume();
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < volume.channels(); c++) {
            planes.add(map.apply(volume.channel(c)));
        }
        return withPlanes(volume, planes);
    }

    /** Returns the values of all channels one after the other. */
    private float[] values(Exam exam, String name, String where) {
        int channels = exam.image(name).volume().channels();
        float[] all = {};
        for (int c = 0; c < channels; c++) {
            int band = c;
            Exam one =
                    exam.mapImages(
                            (n, i) -> n.equals(name) ? i.withVolume(i.volume().only(band)) : i);
            float[] own =
                    Admission.of(one, name, HistogramReference.WHAT, allowPhysical).values(where);
            float[] before = all;
            all = c == 0 ? own : Arrays.copyOf(before, before.length + own.length);
            System.arraycopy(own, 0, all, all.length - own.length, c == 0 ? 0 : own.length);
        }
        return all;
    }

    private SortedFloats reference(Exam exam, Admission admitted, Trace trace) {
        String name = reference.orElseThrow();
        Admission target = Admission.of(exam, name, HistogramReference.WHAT, allowPhysical);
        Contrasts both = new Contrasts();
        both.add(target);
        both.add(admitted);
        both.one(HistogramReference.WHAT, trace);
        String where = referenceMask.orElse(mask);
        float[] values = values(exam, name, where);
        target.requireSpread(values, where);
        trace.note("referenceVoxels", values.length);
        return SortedFloats.of(values);
    }
}
