package org.diapason.features;

import org.diapason.volume.Geometry;

/**
 * The voxels a region lies between.
 *
 * @param low lowest i, j, k
 * @param high highest i, j, k
 */
record Box(int[] low, int[] high) {

    /** Returns the box of the voxels of a mask, i fastest; without one its sizes are 0. */
    static Box of(boolean[] inside, Geometry geometry) {
        int ni = geometry.ni();
        int nj = geometry.nj();
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {-1, -1, -1};
        for (int row = 0; row < inside.length / ni; row++) {
            for (int i = 0; i < ni; i++) {
                if (inside[row * ni + i]) {
                    low[0] = Math.min(low[0], i);
                    high[0] = Math.max(high[0], i);
                    low[1] = Math.min(low[1], row % nj);
                    high[1] = Math.max(high[1], row % nj);
                    low[2] = Math.min(low[2], row / nj);
                    high[2] = row / nj;
                }
            }
        }
        return new Box(low, high);
    }

    /** Returns the box of a region; without a voxel its sizes are 0. */
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
        return Math.max(0, high[axis] - low[axis] + 1);
    }
}
