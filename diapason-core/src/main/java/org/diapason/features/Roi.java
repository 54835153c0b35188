package org.diapason.features;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * A region of interest on the grid on which it is measured.
 *
 * @param image the image on that grid
 * @param shape the morphological mask: all voxels of the mask
 * @param measured the intensity mask: voxels with a value in the range, with their values
 */
record Roi(Volume image, Mask shape, Region measured) {

    /**
     * Puts image and mask on the grid of the settings and re-segments. What was decided goes into
     * the trace, under {@code start}.
     */
    static Roi of(Volume given, Mask mask, Ibsi settings, String who, String start, Trace trace) {
        Region first = Region.of(given, mask, who);
        trace.note(start + "voxels", mask.count());
        trace.note(start + "nanVoxels", mask.count() - first.size());
        note(given, mask, first, "init", start, trace);
        Volume image = given;
        Mask shape = mask;
        Region whole = first;
        if (settings.sampling().isPresent()) {
            Sampling sampling = settings.sampling().get();
            trace.note(start + "sampling", sampling.words());
            image = sampling.move(given, settings.rulesInUse());
            shape = sampling.move(mask, settings.rulesInUse(), who);
            whole = Region.of(image, shape, who);
        }
        note(image, shape, whole, "interp", start, trace);
        if (whole.size() == 0) {
            throw new DataException(
                    who
                            + ": none of the "
                            + shape.count()
                            + " voxels has a value. Correct the mask or leave this exam out.");
        }
        Region measured = resegmented(whole, settings, who, start, trace);
        Diagnostics.region(shape, measured, "reseg", (tag, v) -> trace.note(start + tag, v));
        return new Roi(image, shape, measured);
    }

    /** Returns the same region of another image on the same grid. */
    Roi of(Volume other) {
        return new Roi(other, shape, measured.withValuesOf(other.values()));
    }

    private static void note(
            Volume image, Mask shape, Region region, String stage, String start, Trace trace) {
        Diagnostics.image(image, stage, (tag, v) -> trace.note(start + tag, v));
        Diagnostics.region(shape, region, stage, (tag, v) -> trace.note(start + tag, v));
    }

    private static Region resegmented(
            Region whole, Ibsi settings, String who, String start, Trace trace) {
        double low = settings.lowerBound().orElse(Double.NEGATIVE_INFINITY);
        double high = settings.upperBound().orElse(Double.POSITIVE_INFINITY);
        OptionalDouble outlierSd = settings.outlierSd();
        if (outlierSd.isPresent()) {
            Distribution d = Distribution.of(whole.values());
            double reach = outlierSd.getAsDouble() * Math.sqrt(d.variance());
            low = Math.max(low, d.mean() - reach);
            high = Math.min(high, d.mean() + reach);
        }
        Region measured = whole;
        if (low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY) {
            measured = whole.within(low, high);
            if (low > Double.NEGATIVE_INFINITY) {
                trace.note(start + "lowest", low);
            }
            if (high < Double.POSITIVE_INFINITY) {
                trace.note(start + "highest", high);
            }
            trace.note(start + "outOfRange", whole.size() - measured.size());
        }
        if (measured.size() == 0) {
            throw new RefusedException(
                    who
                            + ": no voxel lies from "
                            + Numbers.fixed(low, 3)
                            + " to "
                            + Numbers.fixed(high, 3)
                            + ". Correct lower-bound and upper-bound or leave this exam out.");
        }
        return measured;
    }

    /** Returns an array of NaN, for what is not measured. */
    static double[] none(int features) {
        double[] none = new double[features];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
