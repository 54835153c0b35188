package org.diapason.fusion;

import java.util.Arrays;
import org.diapason.math.SortedFloats;
import org.diapason.volume.RefusedException;

/**
 * An image less the middle of its values, over their range: images of different units become
 * comparable.
 *
 * <p>The range is that from the 1st to the 99th percentile, so that a few hot or metal voxels do
 * not set the scale; where that is 0 (a small object on an even ground), the whole range; of an
 * image of one value 1.
 *
 * @param middle what is taken off, in the unit of the image
 * @param range by what is divided, positive, in the unit of the image
 */
record CommonScale(double middle, double range) {
    private static final double TAIL = 0.01;

    /**
     * Finds the scale of an image.
     *
     * @param divide whether to divide by the range, or by 1
     * @throws RefusedException if it has no value, or an infinite one
     */
    static CommonScale of(float[] values, boolean divide, int image) {
        float[] known = new float[values.length];
        int n = 0;
        for (float x : values) {
            if (x == x) {
                known[n++] = x;
            }
        }
        if (n == 0) {
            throw new RefusedException("image " + image + " has no value: every voxel is NaN");
        }
        SortedFloats sorted = SortedFloats.of(Arrays.copyOf(known, n));
        double least = sorted.get(0);
        double most = sorted.get(n - 1);
        if (Double.isInfinite(least) || Double.isInfinite(most)) {
            throw new RefusedException(
                    "image "
                            + image
                            + " has infinite values. Mark them as no value (NaN) or limit them:"
                            + " diapason step clip.");
        }
        int tail = (int) (TAIL * n);
        if (sorted.get(n - 1 - tail) > sorted.get(tail)) {
            least = sorted.get(tail);
            most = sorted.get(n - 1 - tail);
        }
        double range = divide && most > least ? most - least : 1;
        return new CommonScale((least + most) / 2, range);
    }

    float[] apply(float[] values) {
        float[] out = new float[values.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = (float) ((values[v] - middle) / range);
        }
        return out;
    }
}
