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

    /**
     * Returns the range of the values that are looked at.
     *
     * @param who names the image in an error
     * @throws RefusedException if there is no value, or all are the same
     */
    static Range of(Level level, String who) {
        float[] values = level.values();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long count = 0;
        for (int v = 0; v < values.length; v++) {
            float x = values[v];
            if (level.shows(v)) {
                least = Math.min(least, x);
                most = Math.max(most, x);
                count++;
            }
        }
        if (count == 0) {
            throw new RefusedException(
                    who + " image: no voxel of it has a value to compare. Check image and mask.");
        }
        if (least == most) {
            throw new RefusedException(
                    who
                            + " image: all "
                            + count
                            + " voxels hold the same value, so no place can be told from another."
                            + " Give an image that shows something.");
        }
        long[] histogram = new long[BINS];
        for (int v = 0; v < values.length; v++) {
            float x = values[v];
            if (level.shows(v)) {
                histogram[(int) Math.min(BINS - 1, (x - least) / (most - least) * BINS)]++;
            }
        }
        double low = least + cut(histogram, count, 1) * (most - least) / BINS;
        double high = most - cut(histogram, count, -1) * (most - least) / BINS;
        return low < high ? new Range(low, high) : new Range(least, most);
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
