package org.diapason.features;

import java.util.Arrays;

/** The intensity histogram of a moving window. */
final class SlidingLevels implements Sliding {
    private final short[] cells;
    private final int[] plane;
    private final int[] perLevel;

    /** Makes an empty window; {@code plane} are the offsets of a plane's cells from its centre. */
    SlidingLevels(LevelGrid grid, int[] plane) {
        cells = grid.cells();
        this.plane = plane;
        perLevel = new int[grid.levels() + 1];
    }

    @Override
    public void enter(int cell, boolean behind) {
        for (int offset : plane) {
            perLevel[cells[cell + offset]]++;
        }
    }

    @Override
    public void leave(int cell, boolean ahead) {
        for (int offset : plane) {
            perLevel[cells[cell + offset]]--;
        }
    }

    @Override
    public double[] features() {
        return IntensityHistogram.of(Arrays.copyOfRange(perLevel, 1, perLevel.length));
    }

    @Override
    public void clear() {
        Arrays.fill(perLevel, 0);
    }
}
