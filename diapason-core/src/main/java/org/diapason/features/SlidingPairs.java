package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import org.diapason.features.Neighbours.Direction;

/**
 * Co-occurrence in a moving window. A voxel's pairs are with its neighbours within the window:
 * those in its own plane, and those in the plane behind.
 *
 * <p>Counts are whole numbers and the formulas are those of {@link GlcmFeatures} and {@link
 * MeanFeatures}, so a feature has the bits that it has when the window is counted alone.
 */
final class SlidingPairs implements Sliding {
    private final short[] cells;
    private final int levels;
    private final int[][] within;
    private final int[][] across;
    private final PairTable[] tables;

    /**
     * Makes an empty window.
     *
     * @param grid levels, with a rim of {@code radius} empty voxels
     * @param deep the radius along k, 0 for a window within a slice
     * @param directions steps of one voxel
     * @param apart count every direction alone and average the features
     */
    SlidingPairs(LevelGrid grid, int radius, int deep, List<Direction> directions, boolean apart) {
        cells = grid.cells();
        levels = grid.levels();
        within = new int[directions.size()][];
        across = new int[directions.size()][];
        for (int d = 0; d < directions.size(); d++) {
            int[] pairs = pairs(grid, radius, deep, directions.get(d));
            boolean same = directions.get(d).i() == 0;
            within[d] = same ? pairs : new int[0];
            across[d] = same ? new int[0] : pairs;
        }
        tables = new PairTable[apart ? directions.size() : 1];
        Arrays.setAll(tables, d -> new PairTable(levels));
    }

    /**
     * Returns offsets from the centre of a plane: of the voxel in or behind it, and of the other.
     */
    private static int[] pairs(LevelGrid grid, int radius, int deep, Direction direction) {
        int sense = direction.i() < 0 ? -1 : 1;
        int stepJ = sense * direction.j();
        int stepK = sense * direction.k();
        int behind = direction.i() == 0 ? 0 : -1;
        int side = 2 * radius + 1;
        int[] pairs = new int[2 * side * (2 * deep + 1)];
        int used = 0;
        for (int k = -deep; k <= deep; k++) {
            for (int j = -radius; j <= radius; j++) {
                if (Math.abs(j + stepJ) <= radius && Math.abs(k + stepK) <= deep) {
                    pairs[used++] = behind + grid.ni() * (j + grid.nj() * k);
                    pairs[used++] = grid.ni() * (j + stepJ + grid.nj() * (k + stepK));
                }
            }
        }
        return Arrays.copyOf(pairs, used);
    }

    @Override
    public void enter(int cell, boolean behind) {
        for (int d = 0; d < within.length; d++) {
            PairTable table = tables[tables.length == 1 ? 0 : d];
            add(table, cell, within[d]);
            if (behind) {
                add(table, cell, across[d]);
            }
        }
    }

    @Override
    public void leave(int cell, boolean ahead) {
        for (int d = 0; d < within.length; d++) {
            PairTable table = tables[tables.length == 1 ? 0 : d];
            remove(table, cell, within[d]);
            if (ahead) {
                remove(table, cell + 1, across[d]);
            }
        }
    }

    private void add(PairTable table, int cell, int[] pairs) {
        for (int n = 0; n < pairs.length; n += 2) {
            int a = cells[cell + pairs[n]];
            int b = cells[cell + pairs[n + 1]];
            if (a > 0 && b > 0) {
                table.add(a, b);
            }
        }
    }

    private void remove(PairTable table, int cell, int[] pairs) {
        for (int n = 0; n < pairs.length; n += 2) {
            int a = cells[cell + pairs[n]];
            int b = cells[cell + pairs[n + 1]];
            if (a > 0 && b > 0) {
                table.remove(a, b);
            }
        }
    }

    @Override
    public double[] features() {
        if (tables.length == 1) {
            return GlcmFeatures.of(tables[0].counts(), levels);
        }
        MeanFeatures mean = new MeanFeatures(GlcmFeatures.FEATURES.size());
        for (PairTable table : tables) {
            mean.add(GlcmFeatures.of(table.counts(), levels));
        }
        return mean.mean();
    }

    @Override
    public void clear() {
        for (PairTable table : tables) {
            table.clear();
        }
    }
}
