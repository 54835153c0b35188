package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DicomBenchTest {

    @Test
    void theTimedMethodReadsEveryStoredNumber() throws IOException {
        DicomBench bench = new DicomBench();
        bench.size = "40x30x12";
        bench.setUp();
        float[] values = bench.read().volume().values();
        bench.tearDown();
        assertEquals(bench.stored.length, values.length);
        for (int v = 0; v < values.length; v++) {
            assertEquals(bench.stored[v], values[v]);
        }
    }
}
