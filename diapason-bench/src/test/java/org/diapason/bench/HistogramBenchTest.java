package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramBenchTest {

    /** Two samples of one law up to gain and offset: the map must be that line. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTimedMethodFindsGainAndOffset(boolean whole) {
        HistogramBench bench = new HistogramBench();
        bench.size = "100x100x30";
        bench.whole = whole;
        bench.setUp();
        float[] out = bench.match();
        for (int v = 0; v < out.length; v++) {
            double x = bench.source[v];
            if (x > 300 && x < 900) {
                // four standard errors of the difference of two quantiles, at 2 SD
                assertEquals(
                        HistogramBench.OFFSET + HistogramBench.GAIN * x, out[v], 2.5, "of " + x);
            }
        }
    }
}
