package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class NoiseSdTest {

    /** White noise of 5 on a ramp with a step in it. */
    private static float[] noisy(Geometry g) {
        Rng rng = new Rng(11);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int i = v % g.ni();
            values[v] = (float) (5 * rng.nextGaussian() + 3 * i + (i > g.ni() / 2 ? 400 : 0));
        }
        return values;
    }

    /** The median of 20,000 sizes is known to about 1 %. */
    @Test
    void noiseIsToldThroughRampsAndEdges() {
        Geometry g = Geometry.of(60, 60, 6, 1, 1, 3);
        assertEquals(5, NoiseSd.of(g, noisy(g), null).getAsDouble(), 0.15);
    }

    /** Large images are looked at in every second place or fewer; a small mask is not. */
    @Test
    void aSmallMaskInALargeImageTells() {
        Geometry g = Geometry.of(1200, 1000, 1, 1, 1, 1);
        boolean[] in = new boolean[g.voxels()];
        for (int v = 0; v < 15 * 10; v++) {
            in[g.index(100 + v % 15, 500 + v / 15, 0)] = true;
        }
        assertEquals(5, NoiseSd.of(g, noisy(g), in).getAsDouble(), 1.5);
    }

    @Test
    void fewerThanAHundredPlacesTellNothing() {
        Geometry line = Geometry.of(500, 2, 1, 1, 1, 1);
        assertTrue(NoiseSd.of(line, noisy(line), null).isEmpty());
        Geometry g = Geometry.of(40, 40, 1, 1, 1, 1);
        assertTrue(NoiseSd.of(g, new float[g.voxels()], null).isEmpty(), "even: no noise");
    }
}
