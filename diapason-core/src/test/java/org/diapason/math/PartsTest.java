package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final Geometry GRID = Geometry.of(10, 9, 8, 1, 1, 1);

    private static boolean[] voxels(int... ijk) {
        boolean[] mask = new boolean[GRID.voxels()];
        for (int n = 0; n < ijk.length; n += 3) {
            mask[GRID.index(ijk[n], ijk[n + 1], ijk[n + 2])] = true;
        }
        return mask;
    }

    @Test
    void cornersConnectAndGapsPart() {
        Parts parts = new Parts(GRID, voxels(1, 1, 1, 2, 2, 2, 3, 3, 3, 5, 3, 3, 9, 8, 7));
        assertEquals(3, parts.count());
        assertEquals(parts.at(1, 1, 1), parts.at(3, 3, 3));
        assertEquals(0, parts.at(4, 3, 3));
        assertEquals(0, parts.at(0, 0, 0));
        assertEquals(3, parts.at(9, 8, 7));
    }

    @Test
    void anEmptyMaskHasNoPart() {
        assertEquals(0, new Parts(GRID, new boolean[GRID.voxels()]).count());
    }

    @Test
    void aLongSnakeIsOnePart() {
        Geometry g = Geometry.of(400, 400, 1, 1, 1, 1);
        boolean[] snake = new boolean[g.voxels()];
        for (int j = 0; j < 400; j++) {
            for (int i = 0; i < 400; i++) {
                snake[g.index(i, j, 0)] = j % 2 == 0 || i == (j % 4 == 1 ? 399 : 0);
            }
        }
        assertEquals(1, new Parts(g, snake).count());
    }

    @Test
    void aPartOfWhichNothingIsLeftIsLost() {
        boolean[] before = voxels(1, 1, 1, 5, 5, 5, 6, 5, 5, 9, 8, 7);
        assertEquals(0, Parts.lost(GRID, before, GRID, before));
        assertEquals(2, Parts.lost(GRID, before, GRID, voxels(6, 5, 5)));
        assertEquals(3, Parts.lost(GRID, before, GRID, new boolean[GRID.voxels()]));
        assertEquals(3, Parts.lost(GRID, before, GRID, voxels(0, 1, 1)), "beside it is not in it");
    }

    @Test
    void aVoxelBetweenTwoHoldsBoth() {
        Geometry between =
                new Geometry(
                        4,
                        1,
                        1,
                        org.diapason.volume.Numbers.of(1, 1, 1),
                        org.diapason.volume.Numbers.of(4.5, 5, 5),
                        Geometry.IDENTITY);
        boolean[] after = {true, false, false, false};
        assertEquals(0, Parts.lost(GRID, voxels(4, 5, 5, 5, 5, 5), between, after));
        assertEquals(1, Parts.lost(GRID, voxels(3, 5, 5), between, after));
    }
}
