package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Parallel;
import org.diapason.surface.Mesh;
import org.junit.jupiter.api.Test;

/** What is timed must be right. */
class SurfaceBenchTest {

    @Test
    void everySurfaceHoldsTheVolumeOfTheBall() {
        int before = Parallel.threads();
        try {
            SurfaceBench bench = new SurfaceBench();
            bench.size = "64x64x64";
            bench.noise = "0.1";
            bench.threads = "2";
            bench.setUp();
            double radius = 0.7 * 63 / 2;
            double ball = 4 * Math.PI / 3 * radius * radius * radius;
            assertEquals(ball, bench.isoSurface().volumeMm3(), 0.01 * ball);
            assertEquals(ball, bench.ofMask().volumeMm3(), 0.01 * ball);
            assertEquals(ball, bench.marchingCubes().alongAxes().volumeMm3(), 0.01 * ball);
            Mesh[] halves = bench.nets();
            // steps towards the mean shrink: the least that both halves keep
            assertEquals(0.95 * ball, halves[0].volumeMm3() + halves[1].volumeMm3(), 0.05 * ball);
            bench.noise = "1.6667";
            bench.setUp();
            assertTrue(bench.isoSurface().areaMm2() > 4 * Math.PI * radius * radius * 1.5);
        } finally {
            Parallel.setThreads(before);
        }
    }
}
