package org.diapason.math;

import java.util.Arrays;

/**
 * The voxels of an overlap that tell gain and offset: not those of a pair of values that comes
 * again and again, as masked background and saturation do.
 *
 * <p>Where such voxels are half of what two tiles share, their difference is nothing for every line
 * through them, and medians of differences are nothing too.
 */
final class TellingVoxels {
    /** A pair of values that makes up more than this share is common. */
    private static final double COMMON = 0.2;

    /** As many counters find every pair whose share is above 1/(counters + 1). */
    private static final int COUNTERS = 5;

    /** With fewer than this nothing can be told without the common ones. */
    private static final int LEAST = 16;

    private TellingVoxels() {}

    /**
     * Returns numbers of shared voxels, rising, at most as many as asked for, by equal steps; of
     * all where too few tell.
     */
    static int[] of(float[] a, float[] b, TileLayout.Shared both, int most) {
        long[] common = common(a, b, both);
        int count = 0;
        for (int v = 0; v < both.size(); v++) {
            count += tells(common, pair(a, b, both, v)) ? 1 : 0;
        }
        boolean all = count < LEAST;
        count = all ? both.size() : count;
        int step = 1 + (count - 1) / most;
        int[] out = new int[(count - 1) / step + 1];
        int seen = 0;
        for (int v = 0; v < both.size(); v++) {
            if (all || tells(common, pair(a, b, both, v))) {
                if (seen % step == 0) {
                    out[seen / step] = v;
                }
                seen++;
            }
        }
        return out;
    }

    private static long pair(float[] a, float[] b, TileLayout.Shared both, int v) {
        long x = Float.floatToRawIntBits(a[both.inA()[v]] + 0f); // −0 becomes 0
        long y = Float.floatToRawIntBits(b[both.inB()[v]] + 0f);
        return x << 32 | y & 0xFFFFFFFFL;
    }

    private static boolean tells(long[] common, long pair) {
        for (long one : common) {
            if (one == pair) {
                return false;
            }
        }
        return true;
    }

    /** Misra and Gries 1982, Science of Computer Programming 2(2):143–152, and a count after it. */
    private static long[] common(float[] a, float[] b, TileLayout.Shared both) {
        long[] pairs = new long[COUNTERS];
        int[] counts = new int[COUNTERS];
        for (int v = 0; v < both.size(); v++) {
            count(pair(a, b, both, v), pairs, counts);
        }
        int[] exact = new int[COUNTERS];
        for (int v = 0; v < both.size(); v++) {
            long pair = pair(a, b, both, v);
            for (int c = 0; c < COUNTERS; c++) {
                exact[c] += counts[c] > 0 && pairs[c] == pair ? 1 : 0;
            }
        }
        int found = 0;
        for (int c = 0; c < COUNTERS; c++) {
            if (exact[c] > COMMON * both.size()) {
                pairs[found++] = pairs[c];
            }
        }
        return Arrays.copyOf(pairs, found);
    }

    private static void count(long pair, long[] pairs, int[] counts) {
        int free = -1;
        for (int c = 0; c < COUNTERS; c++) {
            if (counts[c] == 0) {
                free = c;
            } else if (pairs[c] == pair) {
                counts[c]++;
                return;
            }
        }
        if (free >= 0) {
            pairs[free] = pair;
            counts[free] = 1;
            return;
        }
        for (int c = 0; c < COUNTERS; c++) {
            counts[c]--;
        }
    }
}
