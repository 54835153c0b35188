package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.HistogramMap;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Gives every image the histogram of a reference: {@code T = F_Y⁻¹(F_X)} with mid-rank shares.
 *
 * <p>The map is learned on the finite voxels of the mask and applied to the whole image; it is
 * monotone, averages ties, is exact up to 65,536 distinct values (thinned to that many beyond), and
 * flat outside the values it saw. NaN stays NaN. The quantity becomes "mapped".
 *
 * <p>Refused: HU, SUVbw and Bq/ml, whose scale it would destroy, unless allowed; stored or unknown
 * values; what is normalized already; a mask on another grid; a constant image; another contrast
 * than that of the reference.
 *
 * <p>Method: Gonzalez and Woods 2018, Digital Image Processing, 4th edition, section 3.3
 * ("Histogram matching").
 *
 * @param image which images, a pattern on their names
 * @param mask name of the mask whose voxels make the histogram; empty for the whole image
 * @param referenceQuantiles values of the reference at the shares (q + ½)/Q, not decreasing; at
 *     least 2
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 * @param contrast the class of contrast the reference was learned from (t1, t2, …); images whose
 *     tags tell another are refused
 */
public record HistogramMatch(
        @Default("*") String image,
        String mask,
        Numbers referenceQuantiles,
        @Default("false") boolean allowPhysical,
        Optional<String> contrast)
        implements Step<Exam> {

    public HistogramMatch {
        boolean rising = referenceQuantiles.size() >= 2;
        for (int q = 0; rising && q < referenceQuantiles.size(); q++) {
            double value = referenceQuantiles.get(q);
            rising = Double.isFinite(value) && (q == 0 || value >= referenceQuantiles.get(q - 1));
        }
        if (!rising) {
            throw new IllegalArgumentException(
                    "reference-quantiles must be at least 2 finite numbers that do not decrease");
        }
    }

    @Override
    public Set<String> masks() {
        return mask.isEmpty() ? Set.of() : Set.of(mask);
    }

    /** Makes a match to a reference of no particular contrast. */
    public HistogramMatch(
            String image, String mask, Numbers referenceQuantiles, boolean allowPhysical) {
        this(image, mask, referenceQuantiles, allowPhysical, Optional.empty());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam, image, (name, one) -> one.withVolume(match(exam, name, trace)));
    }

    private Volume match(Exam exam, String name, Trace trace) {
        Admission admitted = Admission.of(exam, name, HistogramReference.WHAT, allowPhysical);
        Contrasts.require(admitted, contrast);
        float[] source = admitted.values(mask);
        admitted.requireSpread(source, mask);
        HistogramMap map = HistogramMap.of(source, referenceQuantiles);
        trace.note(name + ".voxels", source.length);
        trace.note(name + ".knots", map.knots());
        trace.note(name + ".steepest", map.steepest());
        Volume volume = admitted.volume();
        return volume.withValues(map.apply(volume.values())).withQuantity(Quantity.MAPPED);
    }
}
