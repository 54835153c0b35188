package org.diapason.features;

import java.util.Arrays;
import org.diapason.features.LevelGrid.Slab;

/** Finds the zones of a grid: voxels of one level linked at Chebyshev distance 1. */
final class Zones {
    private final short[] left;
    private final int[] offsets;
    private int[] queue = new int[256];

    Zones(LevelGrid grid, Dimension d) {
        left = grid.cells().clone();
        offsets = Neighbours.offsets(grid, Neighbours.linked(d));
    }

    /** Takes one zone. */
    interface Sink {
        void zone(int level, int voxels, int distance);
    }

    /**
     * Hands over each zone of a slab, once.
     *
     * @param distance a number per cell, the least of which in a zone is handed over
     */
    void each(Slab slab, short[] distance, Sink sink) {
        for (int start = slab.from(); start < slab.to(); start++) {
            short level = left[start];
            if (level == 0) {
                continue;
            }
            left[start] = 0;
            queue[0] = start;
            int found = 1;
            int least = distance[start];
            for (int n = 0; n < found; n++) {
                int at = queue[n];
                least = Math.min(least, distance[at]);
                if (found + offsets.length > queue.length) {
                    queue = Arrays.copyOf(queue, 2 * queue.length);
                }
                for (int offset : offsets) {
                    if (left[at + offset] == level) {
                        left[at + offset] = 0;
                        queue[found++] = at + offset;
                    }
                }
            }
            sink.zone(level, found, least);
        }
    }
}
