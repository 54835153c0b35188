package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.registration.Registration.Model;
import org.junit.jupiter.api.Test;

class RegistrationBenchTest {

    /** A tenth of a voxel; without registration it is 9 mm. */
    @Test
    void theTimedMethodFindsTheMotion() {
        RegistrationBench bench = new RegistrationBench();
        bench.model = Model.RIGID;
        bench.spacingMm = 5;
        bench.setUp();
        double off = bench.pair.error(bench.register().transform().orElseThrow()).mean();
        assertTrue(off < 0.5, off + " mm");
    }
}
