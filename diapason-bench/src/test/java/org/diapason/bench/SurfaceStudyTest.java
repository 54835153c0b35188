package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the documentation says of stairs must be so. */
class SurfaceStudyTest {

    /**
     * A point halfway between two centres on either side of a plane is half a voxel off at most.
     */
    @Test
    void aNetInPlaceHalvesStairsAndKeepsVolumes() {
        double[] mask = SurfaceStudy.figures("marching cubes", 1);
        double[] net = SurfaceStudy.figures("surface net, 40 steps in place", 1);
        assertTrue(mask[1] <= 0.5 + 1e-9, "never more than half a voxel: " + mask[1]);
        assertTrue(net[0] < 0.7 * mask[0], net[0] + " mm for " + mask[0]);
        assertTrue(net[2] < 0.3 * mask[2], net[2] + "° for " + mask[2]);
        assertEquals(0, net[3], 1, "the ball, %");
        assertEquals(0, net[4], 1, "the rod, %");
    }

    @Test
    void theMeanShrinksARodAndBlurLosesIt() {
        assertTrue(SurfaceStudy.figures("surface net, 20 steps", 1)[4] < -30);
        assertTrue(Double.isNaN(SurfaceStudy.figures("blurred by 2.0 mm, at 0.5", 1)[4]));
    }

    @Test
    void signedDistanceHelpsWhereSlicesAreThickOnly() {
        double[] mask = SurfaceStudy.figures("marching cubes", 1);
        assertArrayEquals(mask, SurfaceStudy.figures("signed distance, at 0", 1), 1e-4);
        double[] thick = SurfaceStudy.figures("marching cubes", 3);
        double[] distance = SurfaceStudy.figures("signed distance, at 0", 3);
        assertTrue(distance[0] < 0.8 * thick[0], distance[0] + " mm for " + thick[0]);
        double[] fine = SurfaceStudy.figures("resampled to 1 mm (linear, 0.5), marching cubes", 3);
        assertTrue(fine[0] > 0.95 * thick[0], "smaller voxels remove no stair");
    }
}
