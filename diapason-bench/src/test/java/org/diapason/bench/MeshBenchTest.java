package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.diapason.math.Parallel;
import org.diapason.surface.MeshCheck;
import org.junit.jupiter.api.Test;

/** What is timed must be right. */
class MeshBenchTest {

    @Test
    void theBallIsClosedNearAndAsLarge() throws IOException {
        int before = Parallel.threads();
        MeshBench bench = new MeshBench();
        try {
            bench.size = "48x48x48";
            bench.threads = "2";
            bench.setUp();
            MeshCheck check = bench.maskToStl();
            double radius = 0.84 * 12;
            double ball = 4 * Math.PI / 3 * radius * radius * radius;
            assertTrue(check.printable() && bench.check().printable());
            assertEquals(ball, check.volumeMm3(), 0.02 * ball, "waves cancel");
            assertEquals(84 + 50 * check.faces(), bench.bytes());
            assertEquals(check.vertices(), bench.readStl().points().length / 3);
            assertEquals(ball, bench.taubin().volumeMm3(), 0.02 * ball);
            assertTrue(bench.decimation().triangles().length / 3 <= check.faces() / 10);
            assertTrue(bench.distance().hausdorffMm() < 0.5, "less than a voxel");
        } finally {
            bench.tearDown();
            Parallel.setThreads(before);
        }
    }
}
