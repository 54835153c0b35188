package org.diapason.compositing;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.volume.RefusedException;

/** Finds values that a blend needs and does not have. */
final class Gaps {
    private Gaps() {}

    /**
     * Refuses a source that ends, or has gaps, inside the mask.
     *
     * @param layer where it lies, for the message
     */
    static void requireSource(Patch patch, Layer layer) {
        if (!patch.hasGaps()) {
            return;
        }
        int missing = 0;
        int beyond = 0;
        int ni = patch.size(0);
        for (int p = 0; p < patch.inside().length; p++) {
            if (patch.inside()[p] && !finite(patch::source, patch.channels(), p)) {
                missing++;
                int row = p / ni;
                int at = patch.inWhole(row) + p % ni;
                beyond += layer.covers(patch.whole(), at) ? 0 : 1;
            }
        }
        if (beyond > 0) {
            throw new RefusedException(
                    "the source ends inside the mask: "
                            + beyond
                            + " of "
                            + patch.unknowns()
                            + " pixels of the mask lie beside it. Move the source, or leave these"
                            + " pixels out of the mask.");
        }
        if (missing > 0) {
            throw new RefusedException(
                    "the source has no value (NaN) in "
                            + missing
                            + " of "
                            + patch.unknowns()
                            + " pixels of the mask. Leave them out of the mask, or fill them first.");
        }
    }

    private static boolean finite(IntFunction<float[]> planes, int channels, int p) {
        for (int c = 0; c < channels; c++) {
            if (!(Math.abs(planes.apply(c)[p]) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes pixels beside the mask where the target has no value for none, as if the image ended
     * there. Fills gaps in the mask with the mean of what is known in and beside it, from where the
     * solution does not depend on it.
     *
     * @param needed whether the target's values in the mask are asked for
     * @return how many pixels of the mask, and beside it, had no value
     * @throws RefusedException if gaps in the mask are asked for
     */
    static Target closeTarget(Patch patch, boolean needed) {
        if (isWhole(patch)) {
            return new Target(0, 0);
        }
        int within = 0;
        int beside = 0;
        boolean[] absent = new boolean[patch.inside().length];
        for (int p = 0; p < absent.length; p++) {
            if (finite(patch::target, patch.channels(), p)) {
                continue;
            }
            if (patch.inside()[p]) {
                within++;
            } else {
                absent[p] = true;
                beside += patch.besideMask(p) ? 1 : 0;
            }
        }
        if (within > 0 && needed) {
            throw new RefusedException(
                    "the target has no value (NaN) in "
                            + within
                            + " pixels of the mask, whose differences are asked for. Take gradients"
                            + " that do not look at the target: source, monochrome or membrane.");
        }
        if (beside > 0) {
            patch.leaveOut(absent);
        }
        for (int c = 0; within > 0 && c < patch.channels(); c++) {
            fill(patch, patch.target(c));
        }
        return new Target(within, beside);
    }

    private static boolean isWhole(Patch patch) {
        int[] missing = new int[patch.channels()];
        Parallel.forEach(
                missing.length,
                c -> {
                    for (float x : patch.target(c)) {
                        missing[c] += Math.abs(x) <= Float.MAX_VALUE ? 0 : 1;
                    }
                });
        return IntStream.of(missing).sum() == 0;
    }

    /** How many pixels of the mask, and beside it, had no value in the target. */
    record Target(int within, int beside) {}

    private static void fill(Patch patch, float[] target) {
        double sum = 0;
        int known = 0;
        for (int p = 0; p < target.length; p++) {
            boolean counts = patch.inside()[p] || patch.besideMask(p);
            if (counts && Math.abs(target[p]) <= Float.MAX_VALUE) {
                sum += target[p];
                known++;
            }
        }
        float mean = known == 0 ? 0 : (float) (sum / known);
        for (int p = 0; p < target.length; p++) {
            boolean gap = patch.inside()[p] && !(Math.abs(target[p]) <= Float.MAX_VALUE);
            target[p] = gap ? mean : target[p];
        }
    }
}
