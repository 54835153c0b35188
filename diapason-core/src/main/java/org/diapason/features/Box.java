package org.diapason.features;

/**
 * The voxels a region lies between.
 *
 * @param low lowest i, j, k
 * @param high highest i, j, k
 */
record Box(int[] low, int[] high) {

    /** Returns the box of a region of at least one voxel. */
    static Box of(Region region) {
        int ni = region.geometry().ni();
        int nj = region.geometry().nj();
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {-1, -1, -1};
        for (int v : region.voxels()) {
            int[] at = {v % ni, v / ni % nj, v / ni / nj};
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], at[a]);
                high[a] = Math.max(high[a], at[a]);
            }
        }
        return new Box(low, high);
    }

    int size(int axis) {
        return high[axis] - low[axis] + 1;
    }
}
