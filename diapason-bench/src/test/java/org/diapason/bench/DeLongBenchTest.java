package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.stats.DeLong;
import org.junit.jupiter.api.Test;

class DeLongBenchTest {

    /** Areas of normal scores d apart are Φ(d/√2): 0.76025 and 0.63816. */
    @Test
    void theTimedMethodsFindThePlantedAreas() {
        DeLongBench bench = new DeLongBench();
        bench.rows = 40_000;
        bench.setUp();
        DeLong area = bench.area();
        assertEquals(0.7602499389065233, area.auc(), 4 * area.standardError());
        assertEquals(0.0024, area.standardError(), 0.0003, "of 40,000 rows");
        DeLong.Pair pair = bench.compare();
        double error = Math.sqrt(pair.variance());
        assertEquals(0.7602499389065233 - 0.6381631950841185, pair.difference(), 4 * error);
        assertEquals(0.0025, error, 0.0003, "half of the noise is shared");
    }
}
