package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class N4BenchTest {

    /** What is left of the planted field, the coefficient of variation of corrected over true. */
    @Test
    void theTimedMethodFindsThePlantedField() {
        N4Bench bench = new N4Bench();
        bench.size = "128x128x90";
        bench.setUp();
        float[] before = bench.exam.image("t1").volume().values();
        float[] after = bench.correct().image("t1").volume().values();
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int v = 0; v < after.length; v++) {
            if (bench.inside[v]) {
                double ratio = bench.field[v] * after[v] / before[v];
                sum += ratio;
                squares += ratio * ratio;
                n++;
            }
        }
        double mean = sum / n;
        double percent = 100 * Math.sqrt(squares / n - mean * mean) / mean;
        assertTrue(percent < 1, percent + " %");
    }
}
