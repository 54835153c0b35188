package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComBatBenchTest {

    /** Shifts of 0 … 4 and scales of 1 … 3 per site are planted; neither must be left. */
    @ParameterizedTest
    @EnumSource(ComBat.Method.class)
    void theTimedMethodWithACurveBringsThemToOneMeanToo(ComBat.Method method) {
        bringsTheSitesToOneMeanAndOneSpread(method, "s(age)+sex");
    }

    @ParameterizedTest
    @EnumSource(ComBat.Method.class)
    void theTimedMethodBringsTheSitesToOneMeanAndOneSpread(ComBat.Method method) {
        bringsTheSitesToOneMeanAndOneSpread(method, "age+sex");
    }

    @Test
    void theTimedJointModelBringsTheSitesToOneMeanAndOneSpread() {
        ComBatBench bench = new ComBatBench();
        bench.size = "400x30x4";
        bench.setUp();
        FeatureTable after = bench.fitAndApplyJointly();
        double[] first = moments(after, 0);
        for (int site = 1; site < 4; site++) {
            double[] other = moments(after, site);
            assertEquals(first[0], other[0], 0.1, "mean of site " + site);
            assertEquals(1, other[1] / first[1], 0.15, "spread of site " + site);
        }
    }

    private static void bringsTheSitesToOneMeanAndOneSpread(ComBat.Method method, String protect) {
        ComBatBench bench = new ComBatBench();
        bench.protect = protect;
        bench.method = method;
        boolean others = method == ComBat.Method.NONPARAMETRIC;
        bench.size = others ? "400x300x4" : "400x30x4";
        bench.setUp();
        FeatureTable after = bench.fitAndApply();
        double[] first = moments(after, 0);
        for (int site = 1; site < 4; site++) {
            double[] other = moments(after, site);
            // Shrinking leaves up to 7 % of spread; unharmonized, means differ by up to 4 and
            // standard deviations by a factor of up to 3. The non-parametric method gives a feature
            // the mean of those like it, each with an error of up to 3/√100.
            assertEquals(first[0], other[0], others ? 0.3 : 0.1, "mean of site " + site);
            assertEquals(1, other[1] / first[1], others ? 0.2 : 0.15, "spread of site " + site);
        }
        double[] before = moments(bench.table, 1);
        assertTrue(Math.abs(before[0] - moments(bench.table, 0)[0]) > 0.5);
    }

    /** Returns mean and standard deviation of feature 3 in every fourth row. */
    private static double[] moments(FeatureTable table, int site) {
        double sum = 0;
        double squares = 0;
        for (int r = site; r < 400; r += 4) {
            double v = table.row(r)[3];
            sum += v;
            squares += v * v;
        }
        double mean = sum / 100;
        return new double[] {mean, Math.sqrt(squares / 100 - mean * mean)};
    }
}
