package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.TreeSet;
import org.diapason.volume.Affine;
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
}
