package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.volume.Contour;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class ContourTraceTest {
    private static final Geometry OBLIQUE =
            new Geometry(
                    9,
                    7,
                    4,
                    Numbers.of(0.7, 1.3, 2.5),
                    Numbers.of(-11.5, 20.25, -300.125),
                    Numbers.of(
                            2 / 3.0, -2 / 3.0, 1 / 3.0, 2 / 3.0, 1 / 3.0, -2 / 3.0, 1 / 3.0,
                            2 / 3.0, 2 / 3.0));

    @Test
    void oneVoxelIsARectangleOfItsOwnSize() {
        Geometry grid = Geometry.of(3, 3, 1, 2, 3, 1);
        boolean[] voxels = new boolean[9];
        voxels[4] = true;
        List<Contour> contours = ContourTrace.trace(Mask.of(grid, voxels));
        assertEquals(
                List.of(new Contour(Numbers.of(3, 1.5, 0, 3, 4.5, 0, 1, 4.5, 0, 1, 1.5, 0))),
                contours);
    }

    @Test
    void whatIsDrawnAroundAnyMaskFillsToTheSameMask() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = new Rng(seed);
            boolean[] voxels = new boolean[OBLIQUE.voxels()];
            int share = 1 + rng.nextInt(9);
            for (int n = 0; n < voxels.length; n++) {
                voxels[n] = rng.nextInt(10) < share;
            }
            List<Contour> contours = ContourTrace.trace(Mask.of(OBLIQUE, voxels));
            if (!contours.isEmpty()) {
                assertArrayEquals(voxels, ContourFill.fill(contours, OBLIQUE).voxels());
            }
        }
    }

    @Test
    void aHoleIsAContourOfItsOwnAndCornersDoNotJoin() {
        Geometry grid = Geometry.of(5, 5, 1, 1, 1, 1);
        boolean[] ring = new boolean[25];
        boolean[] chess = new boolean[25];
        for (int n = 0; n < 25; n++) {
            ring[n] = n != 12;
            chess[n] = n % 2 == 0;
        }
        assertEquals(2, ContourTrace.trace(Mask.of(grid, ring)).size());
        assertEquals(13, ContourTrace.trace(Mask.of(grid, chess)).size());
        assertTrue(ContourTrace.trace(Mask.of(grid, new boolean[25])).isEmpty());
    }
}
