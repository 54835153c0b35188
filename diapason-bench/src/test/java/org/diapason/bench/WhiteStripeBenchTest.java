package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.step.Trace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteStripeBenchTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTimedMethodFindsWhiteMatter(boolean full) {
        WhiteStripeBench bench = new WhiteStripeBench();
        bench.size = "100x100x60";
        bench.full = full;
        bench.setUp();
        Trace trace = new Trace();
        bench.whiteStripe(trace);
        double mode = (Double) trace.notes().get("t1.mode");
        assertEquals(WhiteStripeBench.WHITE, mode, 10, "within 1 %");
        double before = bench.exam.image("t1").volume().values()[305050];
        float after = bench.whiteStripe().image("t1").volume().values()[305050];
        double mean = (Double) trace.notes().get("t1.mean");
        assertEquals((before - mean) / (Double) trace.notes().get("t1.sd"), after, 1e-4);
    }
}
