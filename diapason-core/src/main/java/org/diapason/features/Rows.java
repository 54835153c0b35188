package org.diapason.features;

import org.diapason.features.LevelGrid.Slab;

/** Walks over the rows of a grid that hold a voxel. */
final class Rows {
    private Rows() {}

    /** Takes the cells from a row's first voxel up to, not including, {@code to}. */
    interface Body {
        void row(int from, int to);
    }

    static void each(LevelGrid grid, Slab slab, Body body) {
        short[] cells = grid.cells();
        for (int start = slab.from(); start < slab.to(); start += grid.ni()) {
            int from = start;
            int to = start + grid.ni();
            while (from < to && cells[from] == 0) {
                from++;
            }
            while (to > from && cells[to - 1] == 0) {
                to--;
            }
            if (from < to) {
                body.row(from, to);
            }
        }
    }
}
