package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.registration.Registration;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.Test;

class LinearRegistrationBenchTest {
    @Test
    void theTimedMethodFindsHowTheObjectWasMoved() {
        LinearRegistrationBench bench = new LinearRegistrationBench();
        bench.size = "60x72x60";
        bench.model = Registration.Model.AFFINE;
        bench.setUp();
        Transform found = bench.register().transform().orElseThrow();
        double[][] places = {{30, 36, 30}, {12, 36, 30}, {30, 58, 30}, {30, 36, 46}};
        for (double[] place : places) {
            double[] q = place.clone();
            found.apply(q);
            LinearRegistrationBench.TRUTH.apply(place);
            for (int a = 0; a < 3; a++) {
                double off = Math.abs(q[a] - place[a]);
                assertTrue(off < 0.3, "off by " + off + " of a voxel");
            }
        }
    }
}
