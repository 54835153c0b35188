package org.diapason.registration;

import org.diapason.volume.RefusedException;

/**
 * The values that bins are laid over.
 *
 * @param low 0.1 % of the values are at most this
 * @param high 0.1 % are at least this
 */
record Range(double low, double high) {
    private static final int BINS = 4096;
    private static final double TAIL = 0.001;

    /** A range that fills less than this of the histogram is counted again, so many times. */
    private static final int CLEAR = 16;

    private static final int ZOOMS = 4;

    /** Values looked at, about; more change the ends by less than a hundredth of a bin. */
    private static final int ENOUGH = 1 << 19;

    /**
     * Returns the range of the values that are looked at, of a share of them where there are very
     * many.
     *
     * @param who names the image in an error
     * @throws RefusedException if there is no value, or all are the same
     */
    static Range of(Level level, String who) {
        int stride = level.values().length / ENOUGH | 1;
        Range of = of(level, stride);
        if (of == null && stride > 1) {
            of = of(level, 1);
        }
        if (of == null) {
            throw new RefusedException(
                    who
                            + " image: no voxel of it differs from another, so no place can be told"
                            + " from another. Check image and mask.");
        }
        return of;
    }

    /** Returns null where no two values differ. */
    private static Range of(Level level, int stride) {
        float[] values = level.values();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long count = 0;
        for (int v = 0; v < values.length; v += stride) {
            if (level.shows(v)) {
                least = Math.min(least, values[v]);
                most = Math.max(most, values[v]);
                count++;
            }
        }
        if (!(least < most)) {
            return null;
        }
        for (int zoom = 0; zoom < ZOOMS; zoom++) {
            long[] histogram = new long[BINS];
            double times = BINS / (most - least);
            for (int v = 0; v < values.length; v += stride) {
                if (level.shows(v)) {
                    double bin = (values[v] - least) * times;
                    histogram[(int) Math.max(0, Math.min(BINS - 1, bin))]++;
                }
            }
            double low = least + cut(histogram, count, 1) / times;
            double high = most - cut(histogram, count, -1) / times;
            if (!(low < high)) {
                break;
            }
            boolean clear = high - low > (most - least) / CLEAR;
            least = low;
            most = high;
            if (clear) {
                break;
            }
        }
        return new Range(least, most);
    }

    /** Returns how many bins from one end hold no more than the tail. */
    private static int cut(long[] histogram, long count, int step) {
        long sum = 0;
        int bins = 0;
        for (int b = step > 0 ? 0 : BINS - 1; b >= 0 && b < BINS; b += step) {
            sum += histogram[b];
            if (sum > TAIL * count) {
                return bins;
            }
            bins++;
        }
        return 0;
    }
}
