package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Parallel;
import org.junit.jupiter.api.Test;

/** What is timed must be right. */
class ShapeBenchTest {

    @Test
    void theBallHasTheShapeOfABallAndItsNoiseIsUncorrelated() {
        int before = Parallel.threads();
        try {
            ShapeBench bench = new ShapeBench();
            bench.size = "60x60x60";
            bench.radius = 22.85;
            bench.threads = "1";
            bench.setUp();
            double[] shape = bench.morphology();
            double ball = 4 * Math.PI / 3 * 22.85 * 22.85 * 22.85;
            assertEquals(ball, shape[0], 0.01 * ball, "volume in mm³");
            // standard deviation of Moran's I of white noise is below 1e-3 here
            assertEquals(0, bench.moranAndGeary()[0], 5e-3, "Moran's I");
            assertEquals(1, bench.moranAndGeary()[1], 5e-3, "Geary's C");
            // the mean of 1000 voxels of 0 … 399 has a standard deviation of 3.7
            assertEquals(199.5, bench.localIntensity()[0], 20, "local peak");
        } finally {
            Parallel.setThreads(before);
        }
    }
}
