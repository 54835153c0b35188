package org.diapason.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.diapason.features.Neighbours.Direction;
import org.diapason.features.filter.Space;
import org.diapason.math.Parallel;

/**
 * Moves windows over a region, line by line along i. Lines are independent, so they are shared
 * among threads; a voxel is written by the line it lies on.
 */
final class WindowWalk {
    /** Lines that share their tables of counts. */
    private static final int LINES = 8;

    private final Region region;
    private final Box box;
    private final LevelGrid grid;
    private final float[] values;
    private final int radius;
    private final Space space;
    private final int deep;

    WindowWalk(Region region, Levels levels, int radius, Space space) {
        this.region = region;
        this.radius = radius;
        this.space = space;
        deep = space == Space.VOLUME ? radius : 0;
        box = Box.of(region);
        grid = LevelGrid.of(region, levels).rimmed(radius, radius, radius);
        values = new float[grid.cells().length];
        Arrays.fill(values, Float.NaN);
        int ni = region.geometry().ni();
        int nj = region.geometry().nj();
        for (int n = 0; n < region.size(); n++) {
            int v = region.voxels()[n];
            values[cell(v % ni, v / ni % nj, v / ni / nj)] = region.values()[n];
        }
    }

    private int cell(int i, int j, int k) {
        return i
                - box.low()[0]
                + radius
                + grid.ni() * (j - box.low()[1] + radius + grid.nj() * (k - box.low()[2] + radius));
    }

    /**
     * Returns one map per wanted tag, families and features in their order, on the image's grid.
     */
    List<float[]> maps(List<MapFamily> families, Predicate<String> wanted) {
        List<float[]> maps = new ArrayList<>();
        List<float[][]> ofFamilies = new ArrayList<>();
        for (MapFamily family : families) {
            List<String> tags = family.tags(space);
            float[][] own = new float[tags.size()][];
            for (int f = 0; f < own.length; f++) {
                if (wanted.test(tags.get(f))) {
                    own[f] = new float[region.geometry().voxels()];
                    Arrays.fill(own[f], Float.NaN);
                    maps.add(own[f]);
                }
            }
            ofFamilies.add(own);
        }
        int lines = box.size(1) * box.size(2);
        Parallel.forEach(
                (lines + LINES - 1) / LINES,
                block -> {
                    int end = Math.min(lines, (block + 1) * LINES);
                    for (int f = 0; f < families.size(); f++) {
                        Sliding window = window(families.get(f));
                        for (int line = block * LINES; line < end; line++) {
                            walk(window, line, ofFamilies.get(f));
                        }
                    }
                });
        return maps;
    }

    private Sliding window(MapFamily family) {
        return switch (family) {
            case STATISTICS -> new SlidingValues(values, plane(), 2 * radius + 1);
            case HISTOGRAM -> new SlidingLevels(grid, plane());
            case PAIRS_AVERAGED -> new SlidingPairs(grid, radius, deep, directions(), true);
            case PAIRS_MERGED -> new SlidingPairs(grid, radius, deep, directions(), false);
        };
    }

    private List<Direction> directions() {
        return Neighbours.ofPairs(
                TextureParameters.IBSI, grid.spacingMm(), MapFamily.dimension(space));
    }

    private int[] plane() {
        int side = 2 * radius + 1;
        int[] plane = new int[side * (2 * deep + 1)];
        for (int n = 0; n < plane.length; n++) {
            plane[n] = grid.ni() * (n % side - radius + grid.nj() * (n / side - deep));
        }
        return plane;
    }

    private void walk(Sliding window, int line, float[][] maps) {
        int j = box.low()[1] + line % box.size(1);
        int k = box.low()[2] + line / box.size(1);
        int start = cell(box.low()[0], j, k);
        int voxel = region.geometry().index(box.low()[0], j, k);
        short[] cells = grid.cells();
        int first = 0;
        int last = box.size(0) - 1;
        while (first <= last && cells[start + first] == 0) {
            first++;
        }
        while (last >= first && cells[start + last] == 0) {
            last--;
        }
        if (first > last) {
            return;
        }
        for (int i = first - radius; i < first + radius; i++) {
            window.enter(start + i, i > first - radius);
        }
        for (int i = first; i <= last; i++) {
            window.enter(start + i + radius, true);
            if (cells[start + i] > 0) {
                write(window.features(), maps, voxel + i);
            }
            window.leave(start + i - radius, true);
        }
        window.clear();
    }

    private static void write(double[] features, float[][] maps, int voxel) {
        for (int f = 0; f < maps.length; f++) {
            if (maps[f] != null) {
                maps[f][voxel] = (float) features[f];
            }
        }
    }
}
