package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Images of noise that is smooth enough to have structure. */
final class Textures {
    private Textures() {}

    static final Geometry CUBE = Geometry.of(31, 27, 23, 1, 1, 2);
    static final Geometry PLANE = Geometry.of(61, 57, 1, 1, 1, 1);
    static final Settings RANGED = Settings.usual().withRange(DataRange.ofWidth(200));

    static float[] noise(Geometry g, int seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[g.voxels()];
        float last = 100;
        for (int v = 0; v < values.length; v++) {
            last = (float) (0.7 * last + 30 + 20 * rng.nextGaussian());
            values[v] = last;
        }
        return values;
    }

    static Volume volume(Geometry g, float[] values) {
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    static Volume noisy(Geometry g, int seed) {
        return volume(g, noise(g, seed));
    }

    static double value(Metric metric, Volume x, Volume y, Settings s) {
        Figure figure = Comparison.of(x, y, Set.of(metric), s).get(metric);
        assertEquals("", figure.reason(), metric.label());
        return figure.value();
    }

    static void assertUndefined(Metric metric, Volume x, Volume y, String why) {
        Figure figure = Comparison.of(x, y, Set.of(metric), RANGED).get(metric);
        assertFalse(figure.defined(), "got " + figure.value());
        assertTrue(figure.reason().contains(why), figure.reason());
    }
}
