package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmpiricalBayesTest {

    private static EmpiricalBayes shrunk(boolean originalStop) {
        ComBat settings =
                new ComBat(
                        "site",
                        List.of(),
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        2,
                        originalStop);
        double[] gamma = {-1, 1, 0};
        double[] delta = {1, 2, 0.5};
        return new EmpiricalBayes(gamma, delta, new int[] {6, 6, 6}, 6, settings);
    }

    /** The third stays at 0: its relative change is 0/0, which once ended the iteration of all. */
    @Test
    void aMeanThatStaysAtZeroDoesNotStopTheOthers() {
        EmpiricalBayes original = shrunk(true);
        EmpiricalBayes settled = shrunk(false);
        assertTrue(original.iterations > 2, "rounds: " + original.iterations);
        assertArrayEquals(settled.gamma, original.gamma, 1e-4);
        assertArrayEquals(settled.delta, original.delta, 1e-4);
    }
}
