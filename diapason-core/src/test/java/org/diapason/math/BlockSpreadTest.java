package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class BlockBrownForsythe {
    private static final Geometry GRID = Geometry.of(50, 30, 24, 1, 2, 3);

    private static boolean[] all() {
        boolean[] all = new boolean[GRID.voxels()];
        Arrays.fill(all, true);
        return all;
    }

    private static boolean lot(int v) {
        return new Rng(Rng.seed(v, "lot")).nextDouble() < 0.1;
    }

    @Test
    void whatIsDrawnByLotIsSpreadOverAll() {
        assertEquals(1, BlockSpread.of(GRID, 8, all(), BlockBrownForsythe::lot), 0.02);
    }

    @Test
    void whatIsDrawnFromAQuarterIsSpreadOverAQuarter() {
        // the last six of 24 slices of 3 mm, blocks of three: slices 18 to 23 are whole blocks
        int from = GRID.index(0, 0, 18);
        assertEquals(0.25, BlockSpread.of(GRID, 9, all(), v -> v >= from && lot(v)), 0.01);
        // all of them: no chance in it
        assertEquals(0.25, BlockSpread.of(GRID, 9, all(), v -> v >= from), 1e-12);
        // every third voxel of the last blocks: (1/24)² / (1/8 · 1/9) of all voxels, squared
        int last = GRID.index(0, 0, 23);
        assertEquals(0.125, BlockSpread.of(GRID, 9, all(), v -> v >= last), 0.004, "k − 1");
    }

    @Test
    void onlyTheRegionIsAsked() {
        int from = GRID.index(0, 0, 18);
        boolean[] region = new boolean[GRID.voxels()];
        Arrays.fill(region, from, region.length, true);
        assertEquals(1, BlockSpread.of(GRID, 9, region, v -> true), 1e-12);
        assertEquals(1, BlockSpread.of(GRID, 9, region, v -> v == from), "one voxel tells nothing");
    }
}
