package org.diapason.math;

/**
 * The threshold that parts positive values into dark and bright best: it makes the variance between
 * the two classes largest, on a histogram of 1024 equal bins from the least to the largest value.
 *
 * <p>Method: Otsu 1979, IEEE Trans. Syst. Man Cybern. 9(1):62–66, doi:10.1109/TSMC.1979.4310076,
 * equation 14.
 */
public final class Otsu {
    private static final int BINS = 1024;
    private static final int BLOCK = 1 << 18;

    private Otsu() {}

    /**
     * Returns the threshold: the upper edge of the last dark bin. Values that are not positive or
     * not finite are left out; NaN where there are none, the value where all are the same.
     */
    public static double threshold(float[] values) {
        int blocks = (values.length + BLOCK - 1) / BLOCK;
        float[][] ranges = new float[blocks][];
        Parallel.forEach(blocks, b -> ranges[b] = range(values, b * BLOCK));
        float least = Float.POSITIVE_INFINITY;
        float most = 0;
        for (float[] r : ranges) {
            least = Math.min(least, r[0]);
            most = Math.max(most, r[1]);
        }
        if (!(least < most)) {
            return least <= most ? most : Double.NaN;
        }
        long[][] parts = new long[blocks][BINS];
        double from = least;
        double width = ((double) most - least) / BINS;
        Parallel.forEach(blocks, b -> count(values, b * BLOCK, from, width, parts[b]));
        long[] bins = new long[BINS];
        for (long[] part : parts) {
            for (int n = 0; n < BINS; n++) {
                bins[n] += part[n];
            }
        }
        return from + width * (lastDark(bins) + 1);
    }

    private static float[] range(float[] values, int from) {
        float least = Float.POSITIVE_INFINITY;
        float most = 0;
        for (int v = from; v < Math.min(values.length, from + BLOCK); v++) {
            float x = values[v];
            if (x > 0 && x <= Float.MAX_VALUE) {
                least = Math.min(least, x);
                most = Math.max(most, x);
            }
        }
        return new float[] {least, most};
    }

    private static void count(float[] values, int from, double least, double width, long[] bins) {
        for (int v = from; v < Math.min(values.length, from + BLOCK); v++) {
            float x = values[v];
            if (x > 0 && x <= Float.MAX_VALUE) {
                bins[Math.min(BINS - 1, (int) ((x - least) / width))]++;
            }
        }
    }

    private static int lastDark(long[] bins) {
        double all = 0;
        double moment = 0;
        for (int n = 0; n < BINS; n++) {
            all += bins[n];
            moment += (double) n * bins[n];
        }
        double dark = 0;
        double darkMoment = 0;
        double best = -1;
        int at = 0;
        for (int n = 0; n < BINS - 1; n++) {
            dark += bins[n];
            darkMoment += (double) n * bins[n];
            double apart = moment * dark - darkMoment * all;
            double between = dark == 0 || dark == all ? 0 : apart * apart / (dark * (all - dark));
            if (between > best) {
                best = between;
                at = n;
            }
        }
        return at;
    }
}
