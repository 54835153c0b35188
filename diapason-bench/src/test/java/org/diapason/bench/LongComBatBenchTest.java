package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.diapason.table.ComBatModel;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class LongComBatBenchTest {

    /** Variances of 1, 4 and 0.25 and sites 1 apart are planted; means of 100 features. */
    @Test
    void theTimedMethodFindsWhatWasPlanted() {
        LongComBatBench bench = new LongComBatBench();
        bench.random = "slope";
        bench.age = "age";
        bench.setUp();
        LongComBatModel model = bench.fit();
        // Standard errors of the means: 0.01, 0.1, 0.01 and 0.02.
        assertEquals(1, mean(model.variances().get(0)), 0.05);
        assertEquals(4, mean(model.variances().get(1)), 0.4);
        assertEquals(0.25, mean(model.variances().get(3)), 0.05);
        assertEquals(3, mean(model.shifts().get(3)) - mean(model.shifts().get(0)), 0.1);
    }

    private static double mean(ComBatModel.Effect effect) {
        Numbers values = effect.values();
        return Arrays.stream(values.toArray()).average().orElseThrow();
    }
}
