package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.registration.Diffeomorphic;
import org.junit.jupiter.api.Test;

class DiffeomorphicBenchTest {

    @Test
    void theTimedMethodFindsTheStretchAndFoldsNothing() {
        DiffeomorphicBench bench = new DiffeomorphicBench();
        bench.size = "48x40x36";
        bench.setUp();
        Diffeomorphic.Found found = bench.deform();
        double off = 0;
        int n = 0;
        for (int k = 12; k < 24; k++) {
            for (int j = 12; j < 28; j++) {
                for (int i = 12; i < 36; i++) {
                    double truth = DiffeomorphicBench.STRETCH * (i - 23.5) * 2;
                    double x = found.field().shifts(0)[bench.geometry.index(i, j, k)];
                    off += Math.abs(x - truth);
                    n++;
                }
            }
        }
        assertEquals(0, off / n, 0.25, "mm of 2 mm voxels; it is 0.4 mm without");
        assertEquals(0, found.folding().folded());
    }
}
