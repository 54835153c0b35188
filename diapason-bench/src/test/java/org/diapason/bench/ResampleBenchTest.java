package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Interpolation;
import org.diapason.volume.Numbers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResampleBenchTest {

    /** A ramp in mm stays that ramp; away from the border, where the spline mirrors it. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC"})
    void theTimedMethodReproducesARamp(Interpolation how) {
        ResampleBench bench = new ResampleBench();
        bench.size = "64x60x40";
        bench.interpolation = how;
        bench.setUp();
        float[] out = bench.toOneMillimetre();
        assertEquals(52 * 48 * 80, out.length);
        for (int k = 20; k < 60; k++) {
            for (int j = 12; j < 36; j++) {
                for (int i = 12; i < 40; i++) {
                    Numbers mm = bench.to.toWorld(i, j, k);
                    double ramp = mm.get(0) + 2 * mm.get(1) + 3 * mm.get(2);
                    assertEquals(ramp, out[bench.to.index(i, j, k)], 2e-3);
                }
            }
        }
    }
}
