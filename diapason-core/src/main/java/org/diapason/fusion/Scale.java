package org.diapason.fusion;

import java.util.Arrays;
import org.diapason.math.Blocks;
import org.diapason.math.SortedFloats;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** On which scale images are fused whose numbers mean different things. */
public enum Scale {
    /** The numbers as they are. */
    AS_IS,
    /** Each image's own percentiles 1 and 99 become 0 and 1; nothing is cut off. */
    PERCENTILES;

    private static final double LOW = 0.01;

    /**
     * Returns an image on this scale.
     *
     * @param name of the image, for the message
     * @throws RefusedException if its percentiles are to be told apart and are not
     */
    public Volume of(Volume volume, String name) {
        if (this == AS_IS) {
            return volume;
        }
        float[] values = volume.values();
        float[] finite = new float[values.length];
        int n = 0;
        for (float x : values) {
            if (Float.isFinite(x)) {
                finite[n++] = x;
            }
        }
        SortedFloats sorted = n == 0 ? null : SortedFloats.of(Arrays.copyOf(finite, n));
        double low = n == 0 ? 0 : sorted.quantile(LOW);
        double range = n == 0 ? 0 : sorted.quantile(1 - LOW) - low;
        if (!(range > 0)) {
            throw new RefusedException(
                    name
                            + ": percentiles 1 and 99 are the same, so it has no scale of its own."
                            + " Fuse it as it is (scale: as-is), or leave it out.");
        }
        float[] out = new float[values.length];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] = (float) ((values[v] - low) / range);
                    }
                });
        return volume.withValues(out).withQuantity(Quantity.MAPPED);
    }
}
