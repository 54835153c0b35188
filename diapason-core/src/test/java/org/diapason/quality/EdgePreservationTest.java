package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A step of 100 along i at 16, and what is made of it. */
class EdgePreservationTest {
    private static final Geometry GRID =
            new Geometry(32, 24, 2, Numbers.of(1, 1, 1), Numbers.of(0, 0, 0), Geometry.IDENTITY);

    private static Volume step(double height, double noise, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) ((v % 32 < 16 ? 0 : height) + noise * rng.nextGaussian());
        }
        return Volume.of(GRID, values, Quantity.UNKNOWN);
    }

    private static double value(Metric metric, Volume x, Volume y, Optional<Mask> mask) {
        Settings settings = Settings.usual().withMask(mask);
        return Comparison.of(x, y, Set.of(metric), settings).get(metric).value();
    }

    @Test
    void onlySlopesAtTheEdgesOfTheReferenceCount() {
        Volume sharp = step(100, 0, 1);
        Volume half = step(50, 0, 1);
        assertEquals(0.5, value(Metric.EPI_EDGES, sharp, half, Optional.empty()), 1e-12);
        float[] bumps = half.values().clone();
        bumps[GRID.index(5, 5, 0)] = 1000; // far from the edge
        Volume dotted = Volume.of(GRID, bumps, Quantity.UNKNOWN);
        assertEquals(0.5, value(Metric.EPI_EDGES, sharp, dotted, Optional.empty()), 1e-12);
        assertTrue(value(Metric.EPI_RATIO, sharp, dotted, Optional.empty()) > 1);
    }

    // an edge of 100 in noise of 2: nearly all slopes of the reference are noise
    @Test
    void noiseIsNotTakenForEdges() {
        Volume sharp = step(100, 2, 2);
        Volume softer = step(60, 2, 3);
        assertEquals(0.6, value(Metric.EPI_EDGES, sharp, softer, Optional.empty()), 0.01);
        assertTrue(value(Metric.EPI_RATIO, sharp, softer, Optional.empty()) > 0.7);
    }

    @Test
    void whereThereIsNoEdgeThereIsNoFigure() {
        Volume flat = step(0, 0, 1);
        assertTrue(Double.isNaN(value(Metric.EPI_EDGES, flat, flat, Optional.empty())));
    }

    @Test
    void edgesAreLookedForInTheMask() {
        float[] two = step(100, 0, 1).values().clone();
        float[] kept = two.clone();
        boolean[] in = new boolean[two.length];
        for (int v = 0; v < two.length; v++) {
            int i = v % 32;
            in[v] = i < 12;
            two[v] += i < 8 ? 0 : 20; // a small edge at 8 beside the large one
            kept[v] += i < 8 ? 0 : 10;
        }
        Volume x = Volume.of(GRID, two, Quantity.UNKNOWN);
        Volume y = Volume.of(GRID, kept, Quantity.UNKNOWN);
        Mask left = Mask.of(GRID, in);
        assertEquals(0.5, value(Metric.EPI_EDGES, x, y, Optional.of(left)), 1e-12);
        assertEquals(1, value(Metric.EPI_EDGES, x, y, Optional.empty()), 1e-12);
    }
}
