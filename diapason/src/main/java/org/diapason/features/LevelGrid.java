package org.diapason.features;

/**
 * Levels on the bounding box of a region, with a rim of one empty voxel on every side, so that a
 * neighbour is found by adding an offset and never by asking for a border.
 *
 * @param ni voxels along i, rim included
 * @param nj voxels along j, rim included
 * @param nk voxels along k, rim included
 * @param cells the level 1 … N per voxel, i fastest, 0 outside the region; do not write to it
 * @param levels N, at most {@link Levels#MOST}
 */
public record LevelGrid(int ni, int nj, int nk, short[] cells, int levels) {

    /** Returns the grid of a region's levels. */
    static LevelGrid of(Region region, Levels levels) {
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
        int[] size = new int[3];
        for (int a = 0; a < 3; a++) {
            size[a] = high[a] - low[a] + 3;
        }
        short[] cells = new short[Math.multiplyExact(size[0] * size[1], size[2])];
        int[] voxels = region.voxels();
        for (int n = 0; n < voxels.length; n++) {
            int v = voxels[n];
            int i = v % ni - low[0] + 1;
            int j = v / ni % nj - low[1] + 1;
            int k = v / ni / nj - low[2] + 1;
            cells[i + size[0] * (j + size[1] * k)] = levels.values()[n];
        }
        return new LevelGrid(size[0], size[1], size[2], cells, levels.count());
    }
}
