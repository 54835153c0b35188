package org.diapason.steps.resolution;

import java.util.List;
import java.util.Optional;
import org.diapason.math.NoisePower;
import org.diapason.math.NoiseSquares;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The noise of an image before and after a filter, in squares of even tissue: of a mask, else of
 * those found in the image before it was filtered.
 */
final class KernelNoise {
    private static final int[] SIZES = {64, 48, 32, 24, 16, 12, 8};
    private static final int MANY = 4;
    private static final double FOUND_MM = 20;
    private static final double WATER_HU = 200;
    private static final double SAME_GRID = 1e-3;

    private final Volume before;
    private final int size;
    private final List<int[]> corners;

    private KernelNoise(Volume before, int size, List<int[]> corners) {
        this.before = before;
        this.size = size;
        this.corners = corners;
    }

    /** Finds the squares, and notes how or warns that there are none. */
    static Optional<KernelNoise> of(
            Exam exam, String name, Volume volume, Optional<String> uniform, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        KernelNoise found =
                uniform.isPresent()
                        ? inMask(exam.mask(uniform.get()), who, uniform.get(), volume)
                        : found(volume);
        if (found.corners.size() < (uniform.isPresent() ? 1 : MANY)) {
            trace.warn(
                    who
                            + (uniform.isPresent()
                                    ? ": mask "
                                            + uniform.get()
                                            + " holds no square of 8 × 8 voxels without NaN in a"
                                            + " slice, so its noise was not measured. Draw it larger."
                                    : ": no even tissue was found, so its noise was not measured. Set"
                                            + " uniform to a mask of it."));
            return Optional.empty();
        }
        trace.note(
                name + ".noiseRegion",
                found.corners.size()
                        + " squares of "
                        + found.size
                        + " × "
                        + found.size
                        + " voxels, "
                        + (uniform.isPresent() ? "in mask " + uniform.get() : "found"));
        return Optional.of(found);
    }

    private static KernelNoise inMask(Mask mask, String who, String name, Volume volume) {
        Geometry g = volume.geometry();
        if (!g.isClose(mask.geometry(), SAME_GRID)) {
            throw new RefusedException(
                    who
                            + ": mask "
                            + name
                            + " lies on another grid. Name a mask drawn on this image.");
        }
        KernelNoise any = new KernelNoise(volume, SIZES[0], List.of());
        for (int size : SIZES) {
            List<int[]> corners = NoiseSquares.inside(g, volume.values(), mask.voxels(), size);
            any = corners.isEmpty() ? any : new KernelNoise(volume, size, corners);
            if (corners.size() >= MANY) {
                break;
            }
        }
        return any;
    }

    /** Looks about 20 mm wide; in CT at soft tissue and water. */
    private static KernelNoise found(Volume volume) {
        Geometry g = volume.geometry();
        int wide = (int) Math.rint(FOUND_MM / Math.min(g.spacing(0), g.spacing(1)));
        int size = Math.max(8, Math.min(64, wide));
        boolean hu = volume.quantity() == Quantity.HU;
        double least = hu ? -WATER_HU : quarterOfHighest(volume.values());
        double most = hu ? WATER_HU : Double.POSITIVE_INFINITY;
        return new KernelNoise(
                volume, size, NoiseSquares.even(g, volume.values(), size, least, most));
    }

    /** Returns what parts a body from the air around it where no unit does. */
    private static double quarterOfHighest(float[] values) {
        float most = 0;
        for (float v : values) {
            most = v > most && v < Float.POSITIVE_INFINITY ? v : most;
        }
        return most / 4;
    }

    /** Notes standard deviation and spectrum of both. */
    void note(String name, float[] after, Trace trace) {
        note(name, "Before", before.values(), trace);
        note(name, "After", after, trace);
    }

    private void note(String name, String when, float[] values, Trace trace) {
        NoisePower noise = new NoiseSquares(before.geometry(), values, corners, size, 1).spectrum();
        trace.note(name + ".noiseSd" + when, noise.sd());
        trace.note(name + ".noisePeakPerMm" + when, noise.peakPerMm());
        trace.note(name + ".noiseMeanPerMm" + when, noise.averagePerMm());
        if (when.equals("Before")) {
            trace.note(name + ".noisePerMm", noise.perMm());
        }
        trace.note(name + ".noisePower" + when, noise.power());
    }
}
