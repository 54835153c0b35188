package org.diapason.compositing;

import org.diapason.math.Parallel;

/**
 * Pictures of 8 bits, four samples in an int (opacity, red, green, blue from the top), laid on each
 * other as fast as memory brings them.
 *
 * <p>{@code x/255}, rounded, of x = 0 … 255² is {@code (x + 128 + ((x + 128) >> 8)) >> 8}, to the
 * last bit; two samples share an int, so that the loop has whole-number lanes only, which the JIT
 * makes vectors of. {@link PictureComposite} is the same for every operator and depth, one sample
 * at a time.
 */
public final class PackedAlpha {
    private static final int RUN = 1 << 16;
    private static final int EVEN = 0x00ff00ff;
    private static final int HALF = 0x00800080;

    private PackedAlpha() {}

    /**
     * Writes premultiplied S over premultiplied D to {@code out}, which may be one of them: {@code
     * S + round(D (255 − a_S)/255)} of each sample.
     *
     * @param source colours at most their opacity
     */
    public static void over(int[] source, int[] target, int[] out) {
        requireOneLength(source, target, out);
        Parallel.forEach(
                runs(out.length),
                r -> overRun(source, target, out, r * RUN, Math.min(out.length, (r + 1) * RUN)));
    }

    /**
     * Writes straight S over an opaque D to {@code out}, which may be one of them: {@code round((a
     * S + (255 − a) D)/255)} of each colour; the result is opaque.
     */
    public static void overOpaque(int[] source, int[] target, int[] out) {
        requireOneLength(source, target, out);
        Parallel.forEach(
                runs(out.length),
                r -> opaqueRun(source, target, out, r * RUN, Math.min(out.length, (r + 1) * RUN)));
    }

    private static int runs(int length) {
        return (int) (((long) length + RUN - 1) / RUN);
    }

    private static void requireOneLength(int[] source, int[] target, int[] out) {
        if (source.length != target.length || out.length != target.length) {
            throw new IllegalArgumentException(
                    "pictures of one size are composed, got "
                            + source.length
                            + ", "
                            + target.length
                            + " and "
                            + out.length);
        }
    }

    /**
     * HALF is subtracted from, not added to: JDK 17 turns {@code (x + HALF) + y} to {@code (x + y)
     * + HALF}, which adds it twice where x + HALF is needed too. Bits chosen by {@code (low ^ high)
     * & EVEN ^ high} are one instruction where a processor has it.
     */
    private static void overRun(int[] source, int[] target, int[] out, int from, int to) {
        for (int p = from; p < to; p++) {
            int s = source[p];
            int d = target[p];
            int minusRest = (s >>> 24) - 255;
            int low = HALF - (d & EVEN) * minusRest;
            int high = HALF - (d >>> 8 & EVEN) * minusRest;
            low = low + (low >>> 8 & EVEN) >>> 8;
            high = high + (high >>> 8 & EVEN);
            out[p] = s + ((low ^ high) & EVEN ^ high);
        }
    }

    private static void opaqueRun(int[] source, int[] target, int[] out, int from, int to) {
        for (int p = from; p < to; p++) {
            int s = source[p];
            int d = target[p];
            int a = s >>> 24;
            int low = (s & EVEN) * a + (d & EVEN) * (255 - a) + HALF;
            int high = (s >>> 8 & 0xff) * a + (d >>> 8 & 0xff) * (255 - a) + 128;
            low = low + (low >>> 8 & EVEN) >>> 8 & EVEN;
            high = high + (high >>> 8) & 0xff00;
            out[p] = 0xff000000 | low | high;
        }
    }
}
