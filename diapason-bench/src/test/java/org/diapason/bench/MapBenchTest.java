package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Parallel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MapBenchTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    @Test
    void theTimedMapIsTheMeanOfFiveByFiveByFiveVoxels() {
        MapBench bench = new MapBench();
        bench.size = "64x64x64";
        bench.features = "stat_mean";
        bench.radius = "2";
        bench.threads = "2";
        bench.setUp();
        assertEquals(100_000, bench.exam.mask("gtv").count(), 1000);
        float[] values = bench.exam.image("mr").volume().values();
        double sum = 0;
        for (int k = 30; k < 35; k++) {
            for (int j = 30; j < 35; j++) {
                for (int i = 30; i < 35; i++) {
                    sum += values[i + 64 * (j + 64 * k)] / 125;
                }
            }
        }
        float[] map = bench.maps().image("mr.stat_mean").volume().values();
        assertEquals(sum, map[32 + 64 * (32 + 64 * 32)], 1e-6);
    }
}
