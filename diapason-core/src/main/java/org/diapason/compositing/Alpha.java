package org.diapason.compositing;

import org.diapason.math.Parallel;

/**
 * The mix {@code y = α x + (1 − α) z} of arrays, at the speed of memory.
 *
 * <p>Computed as {@code fma(α, x, fma(−α, z, z))}, each {@code fma} rounded once: α = 1 gives x, α
 * = 0 gives z, and x = z gives both, to the last bit (the sign of 0 aside; where x = z is below
 * 2⁻¹²⁵, within 2⁻¹⁴⁹). Elsewhere it is within one unit in the last place of the larger of both.
 * NaN or infinity in gives NaN or infinity out.
 *
 * <p>The loop has neither branch nor call, so that the JIT makes vectors of it; processors without
 * a fused multiply-add are slow at it. Source: T. Porter, T. Duff: Compositing digital images,
 * SIGGRAPH 1984, doi:10.1145/800031.808606 ({@code over} on an opaque ground).
 */
public final class Alpha {
    private static final int RUN = 1 << 17;

    private Alpha() {}

    /**
     * Writes the mix to {@code y}, which may be one of the others.
     *
     * @param x what lies over z
     * @param alpha opacity of x, 0 to 1; not checked
     * @throws IllegalArgumentException if lengths differ
     */
    public static void mix(float[] x, float[] alpha, float[] z, float[] y) {
        requireOneLength(x.length, alpha.length, z.length, y.length);
        inRuns(z.length, (from, to) -> run(x, alpha, z, y, from, to));
    }

    /** Writes the mix with one opacity for all to {@code y}, which may be one of the others. */
    public static void mix(float[] x, float alpha, float[] z, float[] y) {
        requireOneLength(x.length, z.length, z.length, y.length);
        inRuns(z.length, (from, to) -> run(x, alpha, z, y, from, to));
    }

    private static void requireOneLength(int x, int alpha, int z, int y) {
        if (x != z || alpha != z || y != z) {
            throw new IllegalArgumentException(
                    "arrays of one length are mixed, got x "
                            + x
                            + ", alpha "
                            + alpha
                            + ", z "
                            + z
                            + " and y "
                            + y);
        }
    }

    private interface Span {
        void of(int from, int to);
    }

    private static void inRuns(int length, Span span) {
        Parallel.forEach(
                (int) (((long) length + RUN - 1) / RUN),
                r -> span.of(r * RUN, (int) Math.min(length, (r + 1L) * RUN)));
    }

    private static void run(float[] x, float[] a, float[] z, float[] y, int from, int to) {
        for (int p = from; p < to; p++) {
            y[p] = Math.fma(a[p], x[p], Math.fma(-a[p], z[p], z[p]));
        }
    }

    private static void run(float[] x, float a, float[] z, float[] y, int from, int to) {
        for (int p = from; p < to; p++) {
            y[p] = Math.fma(a, x[p], Math.fma(-a, z[p], z[p]));
        }
    }
}
