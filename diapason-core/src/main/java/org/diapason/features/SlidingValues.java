package org.diapason.features;

import java.util.Arrays;

/** Intensity statistics in a moving window, whose values are kept in rising order. */
final class SlidingValues implements Sliding {
    private final float[] values;
    private final int[] plane;
    private final float[] sorted;
    private int size;

    /**
     * Makes an empty window.
     *
     * @param values the value per cell, NaN where there is none
     * @param plane offsets of the cells of a plane from its centre
     * @param planes how many planes the window has
     */
    SlidingValues(float[] values, int[] plane, int planes) {
        this.values = values;
        this.plane = plane;
        sorted = new float[plane.length * planes];
    }

    @Override
    public void enter(int cell, boolean behind) {
        for (int offset : plane) {
            float v = values[cell + offset];
            if (v == v) {
                int at = Arrays.binarySearch(sorted, 0, size, v);
                at = at < 0 ? -at - 1 : at;
                System.arraycopy(sorted, at, sorted, at + 1, size++ - at);
                sorted[at] = v;
            }
        }
    }

    @Override
    public void leave(int cell, boolean ahead) {
        for (int offset : plane) {
            float v = values[cell + offset];
            if (v == v) {
                int at = Arrays.binarySearch(sorted, 0, size, v);
                System.arraycopy(sorted, at + 1, sorted, at, --size - at);
            }
        }
    }

    @Override
    public double[] features() {
        return IntensityStatistics.of(Arrays.copyOf(sorted, size));
    }

    @Override
    public void clear() {
        size = 0;
    }
}
