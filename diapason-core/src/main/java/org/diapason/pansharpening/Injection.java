package org.diapason.pansharpening;

import java.util.concurrent.atomic.AtomicLong;
import org.diapason.math.Blocks;

/**
 * How a band gets its detail: what is between the sharp image and a base, added or multiplied.
 *
 * <pre>
 * added       F = M + g (s P + o − L)
 * multiplied  F = M (s P + o) / L
 * </pre>
 *
 * <p>L is {@code baseScale · base + baseOffset}: the intensity of all bands for rules that
 * substitute components, the sharp image at the bands' resolution for those of several resolutions.
 * The whole family is this formula (Vivone and others 2015, IEEE Trans. Geosci. Remote Sens.
 * 53(5):2565–2586, doi:10.1109/TGRS.2014.2361734, eq. 1 and 2).
 *
 * @param base on the grid of the sharp image; NaN where there is none
 * @param gain g; not asked where it is multiplied
 * @param floor a quotient is taken where L is above it; elsewhere, where band and base are next to
 *     nothing, the band stays as it is
 */
record Injection(
        float[] base,
        double baseScale,
        double baseOffset,
        double scale,
        double offset,
        double gain,
        boolean multiplied,
        double floor) {

    /** Of the mean of L: at less a quotient is one of roundings. */
    private static final double NEXT_TO_NOTHING = 1e-3;

    /** Adds {@code g (s P + o − L)}. */
    static Injection added(float[] base, double gain, double scale, double offset) {
        return new Injection(base, 1, 0, scale, offset, gain, false, Double.NaN);
    }

    /**
     * Multiplies by {@code (s P + o)/L}.
     *
     * @param mean of L, positive
     */
    static Injection multiplied(
            float[] base,
            double baseScale,
            double baseOffset,
            double scale,
            double offset,
            double mean) {
        double floor = NEXT_TO_NOTHING * mean;
        return new Injection(base, baseScale, baseOffset, scale, offset, Double.NaN, true, floor);
    }

    /**
     * Returns the sharpened band; NaN where band, sharp image or base have no value.
     *
     * @param left takes how many voxels of a quotient were left as they were
     */
    float[] into(float[] band, float[] sharp, AtomicLong left) {
        float[] out = new float[band.length];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    int stay = 0;
                    for (int v = from; v < to; v++) {
                        double detail = scale * sharp[v] + offset;
                        double low = baseScale * base[v] + baseOffset;
                        double f =
                                multiplied
                                        ? band[v] * (detail / low)
                                        : band[v] + gain * (detail - low);
                        if (multiplied && low <= floor && detail == detail) {
                            f = band[v];
                            stay++;
                        }
                        out[v] = (float) f;
                    }
                    left.addAndGet(stay);
                });
        return out;
    }
}
