package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Numbers;

/**
 * Levels on the bounding box of a region, with a rim of one empty voxel on every side, so that a
 * neighbour is found by adding an offset and never by asking for a border.
 *
 * @param ni voxels along i, rim included
 * @param nj voxels along j, rim included
 * @param nk voxels along k, rim included
 * @param cells the level 1 … N per voxel, i fastest, 0 outside the intensity mask; do not write to
 *     it
 * @param levels N, at most {@link Levels#MOST}
 * @param mask the morphological mask, which holds every cell with a level; distances to the border
 *     are distances to its border; do not write to it
 * @param spacingMm distance of voxels along i, j, k in mm
 */
public record LevelGrid(
        int ni, int nj, int nk, short[] cells, int levels, boolean[] mask, Numbers spacingMm) {

    /** Makes a grid of cubes of 1 mm whose voxels all have a level: both masks are the same. */
    public LevelGrid(int ni, int nj, int nk, short[] cells, int levels) {
        this(ni, nj, nk, cells, levels, occupied(cells), Numbers.of(1, 1, 1));
    }

    /**
     * The cells that are measured together: one slice, or all.
     *
     * @param from the first cell
     * @param to the cell after the last
     * @param voxels how many cells have a level; positive
     */
    record Slab(int from, int to, int voxels) {}

    /** Returns the grid of a region's levels; both masks are the region. */
    static LevelGrid of(Region region, Levels levels) {
        boolean[] inside = new boolean[region.geometry().voxels()];
        for (int v : region.voxels()) {
            inside[v] = true;
        }
        return of(inside, region, levels);
    }

    /**
     * Returns the grid of a region's levels, cut to the morphological mask.
     *
     * @param morphological all voxels of the mask on the region's geometry, i fastest; at least
     *     one, and those of the region among them; not modified
     */
    static LevelGrid of(boolean[] morphological, Region region, Levels levels) {
        int ni = region.geometry().ni();
        int nj = region.geometry().nj();
        Box box = Box.of(morphological, region.geometry());
        int[] low = box.low();
        int[] high = box.high();
        int[] size = {box.size(0) + 2, box.size(1) + 2, box.size(2) + 2};
        short[] cells = new short[Math.multiplyExact(size[0] * size[1], size[2])];
        boolean[] mask = new boolean[cells.length];
        for (int k = low[2]; k <= high[2]; k++) {
            for (int j = low[1]; j <= high[1]; j++) {
                int to = 1 + size[0] * (j - low[1] + 1 + size[1] * (k - low[2] + 1));
                System.arraycopy(morphological, low[0] + ni * (j + nj * k), mask, to, size[0] - 2);
            }
        }
        int[] voxels = region.voxels();
        for (int n = 0; n < voxels.length; n++) {
            int v = voxels[n];
            int i = v % ni - low[0] + 1;
            int j = v / ni % nj - low[1] + 1;
            int k = v / ni / nj - low[2] + 1;
            cells[i + size[0] * (j + size[1] * k)] = levels.values()[n];
        }
        return new LevelGrid(
                size[0],
                size[1],
                size[2],
                cells,
                levels.count(),
                mask,
                region.geometry().spacingMm());
    }

    /** Returns what is measured together: each slice with a voxel, or all slices, or nothing. */
    List<Slab> slabs(Dimension d) {
        int thick = d == Dimension.SLICE ? ni * nj : cells.length;
        List<Slab> slabs = new ArrayList<>();
        for (int from = 0; from < cells.length; from += thick) {
            int voxels = 0;
            for (int c = from; c < from + thick; c++) {
                voxels += cells[c] > 0 ? 1 : 0;
            }
            if (voxels > 0) {
                slabs.add(new Slab(from, from + thick, voxels));
            }
        }
        return slabs;
    }

    /** Returns the grid with a rim wide enough for the steps. */
    LevelGrid rimmed(List<int[]> steps) {
        int[] reach = {1, 1, 1};
        for (int[] step : steps) {
            for (int a = 0; a < 3; a++) {
                reach[a] = Math.max(reach[a], Math.abs(step[a]));
            }
        }
        return rimmed(reach[0], reach[1], reach[2]);
    }

    /** Returns the grid with a rim of so many voxels, at least one, along i, j, k. */
    LevelGrid rimmed(int i, int j, int k) {
        if (i == 1 && j == 1 && k == 1) {
            return this;
        }
        int wide = ni + 2 * (i - 1);
        int high = nj + 2 * (j - 1);
        int deep = nk + 2 * (k - 1);
        short[] more = new short[Math.multiplyExact(Math.multiplyExact(wide, high), deep)];
        boolean[] moreMask = new boolean[more.length];
        for (int row = 0; row < nj * nk; row++) {
            int to = i - 1 + wide * (row % nj + j - 1 + high * (row / nj + k - 1));
            System.arraycopy(cells, ni * row, more, to, ni);
            System.arraycopy(mask, ni * row, moreMask, to, ni);
        }
        return new LevelGrid(wide, high, deep, more, levels, moreMask, spacingMm);
    }

    private static boolean[] occupied(short[] cells) {
        boolean[] mask = new boolean[cells.length];
        for (int c = 0; c < cells.length; c++) {
            mask[c] = cells[c] > 0;
        }
        return mask;
    }
}
