package org.diapason.compositing;

import java.util.Arrays;
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
            if (patch.inside()[p] && !finite(patch, p)) {
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

    private static boolean finite(Patch patch, int p) {
        for (int c = 0; c < patch.channels(); c++) {
            if (!(Math.abs(patch.source(c)[p]) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses a target without a value beside the mask, where it holds the solution, or in the mask
     * where its differences are asked for; else fills gaps in the mask with its mean in and beside
     * the mask, from where the solution does not depend on it.
     *
     * @param needed whether the target's values in the mask are asked for
     * @return how many pixels of the mask had no value
     */
    static int closeTarget(Patch patch, boolean needed) {
        int[] filled = new int[patch.channels()];
        Parallel.forEach(
                filled.length, c -> filled[c] = closeTarget(patch, patch.target(c), needed));
        return Arrays.stream(filled).max().orElse(0);
    }

    private static int closeTarget(Patch patch, float[] target, boolean needed) {
        double sum = 0;
        int known = 0;
        int within = 0;
        int beside = 0;
        for (int p = 0; p < target.length; p++) {
            boolean in = patch.inside()[p];
            if (!in && !patch.besideMask(p)) {
                continue;
            }
            if (Math.abs(target[p]) <= Float.MAX_VALUE) {
                sum += target[p];
                known++;
            } else {
                within += in ? 1 : 0;
                beside += in ? 0 : 1;
            }
        }
        if (beside > 0) {
            throw new RefusedException(
                    "the target has no value (NaN) in "
                            + beside
                            + " pixels beside the mask, which hold what is blended. Let the mask"
                            + " end elsewhere, or take these pixels into it.");
        }
        if (within > 0 && needed) {
            throw new RefusedException(
                    "the target has no value (NaN) in "
                            + within
                            + " pixels of the mask, whose differences are asked for. Take gradients"
                            + " that do not look at the target: source, monochrome or membrane.");
        }
        if (within > 0) {
            float mean = known == 0 ? 0 : (float) (sum / known);
            for (int p = 0; p < target.length; p++) {
                boolean gap = patch.inside()[p] && !(Math.abs(target[p]) <= Float.MAX_VALUE);
                target[p] = gap ? mean : target[p];
            }
        }
        return within;
    }
}
