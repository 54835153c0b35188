package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AlphaBenchTest {

    /** All pixels, to the last bit. */
    @Test
    void everyWayWritesWhatItsFormulaSays() {
        AlphaBench bench = new AlphaBench();
        bench.setUp();
        bench.mix();
        bench.tearDown();
        bench.mixByOneOpacity();
        bench.tearDown();
        bench.packedOver();
        bench.tearDown();
        bench.packed[1234]++;
        assertThrows(IllegalStateException.class, bench::tearDown);
        bench.packedOverOpaque();
        bench.tearDown();
    }

    @Test
    void everyWayLaysTheFirstPixelOnTheOther() {
        AlphaBench bench = new AlphaBench();
        bench.setUp();
        float x = bench.over[0];
        float z = bench.below[0];
        float a = bench.opacity[0];
        assertEquals(x, bench.copy()[0]);
        assertEquals(a * x + (1 - a) * z, bench.mix()[0], 1e-6);
        assertEquals(0.3 * x + 0.7 * z, bench.mixByOneOpacity()[0], 1e-6);
        int s = bench.source[0];
        int d = bench.target[0];
        double rest = (255 - (s >>> 24)) / 255.0;
        assertEquals((s & 255) + (d & 255) * rest, bench.packedOver()[0] & 255, 0.5);
        assertEquals(
                (s & 255) * (1 - rest) + (d & 255) * rest, bench.packedOverOpaque()[0] & 255, 0.5);
    }
}
