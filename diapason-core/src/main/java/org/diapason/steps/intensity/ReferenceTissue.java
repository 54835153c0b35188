package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.math.Moments;
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
 * Maps mean and standard deviation of a tissue onto those of a target: {@code target mean + z ·
 * target SD} with {@code z = (x − mean)/SD}.
 *
 * <p>Mean and standard deviation (dividing by n) are those of the finite voxels in the mask of the
 * tissue, which is not the region one means to measure: there the two are the same for everybody.
 * Without a target SD the image is only multiplied, {@code x · target mean / mean}, so that ratios
 * are kept.
 *
 * <p>Images of one exam are mapped each by itself, or {@code together} by one map from the voxels
 * of all of them: then differences between the sequences of a patient are kept, and without a
 * target SD their ratios (the "grand mean scaling" of functional imaging). NaN stays NaN. The
 * values are mapped: never HU, whatever the target is.
 *
 * <p>Refused: a mean not above 0 where there is no target SD; and what every normalization refuses.
 *
 * <p>Method: Collewet, Strzelecki and Mariette 2004, Magnetic Resonance Imaging 22(1):81–91,
 * doi:10.1016/j.mri.2003.09.001 (mean and standard deviation of a tissue).
 *
 * @param image which images, a pattern on their names; the mask must lie on the grid of each
 * @param mask name of the mask of the reference tissue, not of what is measured
 * @param targetMean mean of the tissue afterwards
 * @param targetSd standard deviation of the tissue afterwards; none multiplies only
 * @param together one map for all images of an exam
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record ReferenceTissue(
        @Default("*") String image,
        String mask,
        double targetMean,
        OptionalDouble targetSd,
        @Default("false") boolean together,
        @Default("false") boolean allowPhysical)
        implements Step<Exam> {

    private static final String WHAT = "mapping a reference tissue";

    public ReferenceTissue {
        if (mask.isBlank()) {
            throw new IllegalArgumentException("mask must name the mask of a tissue, got none");
        }
        if (!Double.isFinite(targetMean)) {
            throw new IllegalArgumentException("target-mean must be finite, got " + targetMean);
        }
        if (targetSd.isPresent()
                && !(targetSd.getAsDouble() > 0 && Double.isFinite(targetSd.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "target-sd must be positive, got " + targetSd.getAsDouble());
        }
        if (targetSd.isEmpty() && !(targetMean > 0)) {
            throw new IllegalArgumentException(
                    "target-mean must be positive where there is no target-sd, got " + targetMean);
        }
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Optional<String> fixes(String measured, String in) {
        return mask.equals(in) && Globs.matches(image, measured) && !together
                ? Optional.of(targetSd.isPresent() ? "mean and standard deviation" : "mean")
                : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        TreeMap<String, float[]> values = new TreeMap<>();
        Exam passed =
                Globs.mapImages(
                        exam,
                        image,
                        (name, one) -> {
                            Admission admitted = Admission.of(exam, name, WHAT, allowPhysical);
                            values.put(name, admitted.values(mask));
                            return one;
                        });
        Optional<Moments> all =
                together && !values.isEmpty()
                        ? Optional.of(Moments.of(List.copyOf(values.values())))
                        : Optional.empty();
        all.ifPresent(tissue -> trace.note("together", String.join(" ", values.keySet())));
        return passed.mapImages(
                (name, one) ->
                        !values.containsKey(name)
                                ? one
                                : one.withVolume(
                                        mapped(
                                                Admission.of(exam, name, WHAT, allowPhysical),
                                                name,
                                                all.orElseGet(() -> Moments.of(values.get(name))),
                                                trace)));
    }

    private Volume mapped(Admission admitted, String name, Moments tissue, Trace trace) {
        double width;
        double centre;
        if (targetSd.isPresent()) {
            double largest = Math.abs(tissue.mean());
            admitted.requireSpread(tissue.sd(), largest, tissue.mean(), "all values", mask, "");
            width = tissue.sd() / targetSd.getAsDouble();
            centre = tissue.mean() - targetMean * width;
        } else if (tissue.mean() > 0) {
            width = tissue.mean() / targetMean;
            centre = 0;
        } else {
            throw notPositive(admitted, tissue.mean());
        }
        trace.note(name + ".tissueVoxels", tissue.count());
        trace.note(name + ".mean", tissue.mean());
        trace.note(name + ".sd", tissue.sd());
        trace.note(name + ".gain", 1 / width);
        trace.note(name + ".offset", -centre / width);
        trace.note(
                name + ".meaning",
                "mask "
                        + mask
                        + " was "
                        + Numbers.fixed(tissue.mean(), 3)
                        + " ± "
                        + Numbers.fixed(tissue.sd(), 3)
                        + " and is "
                        + Numbers.fixed(targetMean, 3)
                        + " ± "
                        + Numbers.fixed(tissue.sd() / width, 3)
                        + "; the values are mapped and have no physical unit, HU least of all");
        return Linear.scale(admitted.volume(), centre, width, Quantity.MAPPED);
    }

    private RefusedException notPositive(Admission admitted, double mean) {
        return admitted.refused(
                "the mean in mask "
                        + mask
                        + " is "
                        + Numbers.fixed(mean, 3)
                        + ", and a factor brings only a mean above 0 to "
                        + Numbers.fixed(targetMean, 3)
                        + ". Give a target-sd, or the image before its scale was moved.");
    }
}
