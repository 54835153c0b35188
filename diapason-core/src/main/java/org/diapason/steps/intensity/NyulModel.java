package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.SortedFloats;
import org.diapason.math.StraightPieces;
import org.diapason.math.Tails;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Brings the percentiles of every image to a standard scale, straight between them. Learned by
 * {@link Nyul}.
 *
 * <p>Landmarks of an image that are equal (whole numbers, much background) are one knot, at the
 * mean of their places on the scale. NaN stays NaN. The quantity becomes "mapped".
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask whose voxels give the percentiles; empty for the whole image
 * @param percentiles rising percentages, at least 2
 * @param standard where they lie on the standard scale; rising
 * @param tails beyond the first and last landmark the outer lines go on (extend) or stay flat
 *     (clamp)
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 * @param contrast the class of contrast the scale was learned from; images whose tags tell another
 *     are refused
 * @param learnedFrom how many images the scale was learned from
 */
public record NyulModel(
        @Default("*") String image,
        String mask,
        Numbers percentiles,
        Numbers standard,
        @Default("extend") Tails tails,
        @Default("false") boolean allowPhysical,
        Optional<String> contrast,
        int learnedFrom)
        implements Step<Exam> {

    public NyulModel {
        Nyul.requirePercentiles(percentiles);
        boolean rising = standard.size() == percentiles.size();
        for (int p = 0; rising && p < standard.size(); p++) {
            rising =
                    Double.isFinite(standard.get(p))
                            && (p == 0 || standard.get(p) > standard.get(p - 1));
        }
        if (!rising) {
            throw new IllegalArgumentException(
                    "standard must be rising numbers, one for each of the percentiles");
        }
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
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(mapped(exam, name, trace)));
    }

    private Volume mapped(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, Nyul.WHAT, allowPhysical);
        Contrasts.require(admitted, contrast);
        float[] values = admitted.values(mask);
        admitted.requireSpread(values, mask);
        SortedFloats source = SortedFloats.of(values);
        double[] landmarks = Nyul.landmarks(admitted, source, percentiles, mask);
        StraightPieces map = map(landmarks);
        trace.note(name + ".landmarks", Numbers.of(landmarks));
        Distortions.note(admitted, name, source, map, trace);
        Volume volume = admitted.volume();
        return volume.withValues(map.apply(volume.values())).withQuantity(Quantity.MAPPED);
    }

    /** Returns the map through the landmarks, equal ones as one knot. */
    private StraightPieces map(double[] landmarks) {
        double[] from = new double[landmarks.length];
        double[] to = new double[landmarks.length];
        int knots = 0;
        for (int p = 0; p < landmarks.length; ) {
            int end = p;
            double sum = 0;
            while (end < landmarks.length && (float) landmarks[end] == (float) landmarks[p]) {
                sum += standard.get(end++);
            }
            from[knots] = landmarks[p];
            to[knots++] = sum / (end - p);
            p = end;
        }
        return StraightPieces.of(Arrays.copyOf(from, knots), Arrays.copyOf(to, knots), tails);
    }
}
