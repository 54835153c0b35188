package org.diapason.compositing;

import org.diapason.math.Parallel;

/**
 * The mix {@code y = α x + (1 − α) z} of arrays, at the speed of memory.
 *
 * <p>Computed as {@code v = z + α (x − z)}, then {@code v + s (x − v)}, where s is 1 for α = 1 and
 * 0 for any smaller float: so α = 1 gives x, α = 0 gives z, and x = z gives both, to the last bit.
 * Elsewhere it is within two units in the last place of the larger of both. NaN in gives NaN out.
 *
 * <p>The loop has neither branch nor call, so that the JIT makes vectors of it. Source: T. Porter,
 * T. Duff: Compositing digital images, SIGGRAPH 1984, doi:10.1145/800031.808606 ({@code over} on an
 * opaque ground).
 */
public final class Alpha {
    private static final int RUN = 1 << 17;

    /** The largest float below 1. */
    private static final float BELOW_ONE = 1 - 0x1p-24f;

    /** Makes 1 of what 1 is above {@link #BELOW_ONE}. */
    private static final float UP = 0x1p24f;

    private Alpha() {}

    /**
     * Writes the mix to {@code y}, which may be one of the others.
     *
     * @param x what lies over z
     * @param alpha opacity of x, 0 to 1; not checked
     * @throws IllegalArgumentException if lengths differ
     */
    public static void mix(float[] x, float[] alpha, float[] z, float[] y) {
        if (x.length != z.length || alpha.length != z.length || y.length != z.length) {
            throw new IllegalArgumentException(
                    "arrays of one length are mixed, got "
                            + x.length
                            + ", "
                            + alpha.length
                            + ", "
                            + z.length
                            + " and "
                            + y.length);
        }
        inRuns(z.length, (from, to) -> run(x, alpha, z, y, from, to));
    }

    /** Writes the mix with one opacity for all to {@code y}, which may be one of the others. */
    public static void mix(float[] x, float alpha, float[] z, float[] y) {
        requireOneLength(x, z, y);
        inRuns(z.length, (from, to) -> run(x, alpha, z, y, from, to));
    }

    private static void requireOneLength(float[] over, float[] below, float[] y) {
        if (over.length != below.length || y.length != below.length) {
            throw new IllegalArgumentException(
                    "arrays of one length are mixed, got "
                            + over.length
                            + ", "
                            + below.length
                            + " and "
                            + y.length);
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
            float v = z[p] + a[p] * (x[p] - z[p]);
            float s = Math.max(0, a[p] - BELOW_ONE) * UP;
            y[p] = v + s * (x[p] - v);
        }
    }

    private static void run(float[] x, float a, float[] z, float[] y, int from, int to) {
        float s = Math.max(0, a - BELOW_ONE) * UP;
        for (int p = from; p < to; p++) {
            float v = z[p] + a * (x[p] - z[p]);
            y[p] = v + s * (x[p] - v);
        }
    }
}
