package org.diapason.steps.intensity;

import org.diapason.math.Parallel;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** The map {@code (x − centre)/scale} of a whole image. */
final class Linear {
    private static final int BLOCK = 1 << 18;

    private Linear() {}

    /** Returns the mapped volume with its new quantity; NaN stays NaN. */
    static Volume scale(Volume volume, double centre, double scale, Quantity quantity) {
        float[] values = volume.values();
        float[] out = new float[values.length];
        Parallel.forEach(
                (values.length + BLOCK - 1) / BLOCK,
                b -> {
                    int end = Math.min(values.length, (b + 1) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        out[v] = (float) ((values[v] - centre) / scale);
                    }
                });
        return volume.withValues(out).withQuantity(quantity);
    }
}
