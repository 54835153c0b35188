package org.diapason.features;

/**
 * Discretised intensities of a region.
 *
 * @param count how many levels there are, N; positive, at most {@link #MOST}
 * @param values the level 1 … N of each voxel, in the order of the region; kept, do not write to it
 * @param snapped voxels on a bin edge that rounding had put just below it
 * @param below voxels under the origin of the bins, now in level 1
 */
record Levels(int count, short[] values, int snapped, int below) {

    /** The most levels a matrix of pairs may have: 4096² counts are 64 MB. */
    static final int MOST = 4096;

    /** Returns how many voxels have level 1, 2, … N. */
    int[] histogram() {
        int[] histogram = new int[count];
        for (short v : values) {
            histogram[v - 1]++;
        }
        return histogram;
    }
}
