package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.TreeSet;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class SamplesTest {
    /** 9 voxels an axis, widened by 2, in an image of 48 × 44 × 40. */
    @Test
    void aSmallMaskFillsAllBoxesToo() {
        Volume fixed = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2);
        boolean[] in = new boolean[Scenes.GRID.voxels()];
        for (int v = 0; v < in.length; v++) {
            int row = v / 48;
            in[v] = v % 48 < 9 && row % 44 < 9 && row / 44 < 9;
        }
        Mask mask = Mask.of(Scenes.GRID, in);
        Registration rigid = Registration.of(Registration.Model.RIGID);
        Samples drawn = Pair.of(fixed, fixed, Optional.of(mask), rigid).samples(0, 10_000);
        for (Samples some : new Samples[] {drawn, drawn.every(2, 0)}) {
            TreeSet<Integer> cells = new TreeSet<>();
            for (int s = 0; s < some.size(); s++) {
                cells.add(some.cell(s));
            }
            assertEquals(Samples.ALL_CELLS, cells.size());
            assertEquals(Samples.ALL_CELLS - 1, cells.last());
        }
    }

    /** One place in each of 2,112 pixels would make the metric of a plane jagged. */
    @Test
    void aPlaneIsReadAtManyPlacesOfEachPixel() {
        Geometry flat = Geometry.of(48, 44, 1, 3, 3, 3);
        Volume fixed = Scenes.of(0, flat, Affine.IDENTITY, 2);
        Registration rigid = Registration.of(Registration.Model.RIGID);
        Samples drawn = Pair.of(fixed, fixed, Optional.empty(), rigid).samples(0, 800_000);
        assertEquals(16 * flat.voxels(), drawn.size());
        TreeSet<Float> places = new TreeSet<>();
        for (int s = 0; s < drawn.size(); s++) {
            int pixel = s / 16;
            assertEquals(pixel % 48, drawn.voxel(s, 0), 0.5);
            assertEquals(pixel / 48, drawn.voxel(s, 1), 0.5);
            places.add(drawn.voxel(s, 0) + 48 * drawn.voxel(s, 1));
        }
        assertTrue(places.size() > 0.9 * drawn.size(), places.size() + " places");
        assertEquals(Samples.bins(64, flat.voxels()), drawn.bins(), "no more is seen");
    }
}
