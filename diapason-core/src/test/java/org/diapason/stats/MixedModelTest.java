package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.diapason.stats.MixedModel.Fit;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class MixedModelTest {
    // Davies and Goldsmith 1972: lme4::Dyestuff, yield of six batches, and Dyestuff2
    private static final double[] DYESTUFF = {
        1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560,
        1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445
    };
    private static final double[] DYESTUFF_2 = {
        7.298, 3.846, 2.434, 9.566, 7.990, 5.220, 6.556, 0.608, 11.788, -0.892, 0.110, 10.386,
        13.434, 5.510, 8.166, 2.212, 4.852, 7.092, 9.288, 4.980, 0.282, 9.014, 4.458, 9.446, 7.198,
        1.722, 4.782, 8.106, 0.758, 3.758
    };

    private static double[][] ones(int n) {
        double[][] x = new double[n][1];
        for (double[] row : x) {
            row[0] = 1;
        }
        return x;
    }

    private static int[] groups(int n, int size) {
        int[] g = new int[n];
        for (int r = 0; r < n; r++) {
            g[r] = r / size;
        }
        return g;
    }

    /** lmer(Yield ~ 1 + (1 | Batch), Dyestuff); balanced, so the mean squares give 1764.05. */
    @Test
    void aBalancedOneWayLayoutHasTheVariancesOfItsMeanSquares() {
        MixedModel model =
                MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 5))), true);
        Fit fit = model.fit(DYESTUFF);
        assertEquals(1527.5, fit.coefficients().get(0), 1e-9);
        assertEquals(19.3834121787528, fit.standardError(0), 1e-7);
        assertEquals(1764.05, fit.random().get(0).covariance().get(0), 1e-7);
        assertEquals(2451.25, fit.residualVariance(), 1e-8);
        assertEquals(319.654276842257, fit.criterion(), 1e-10);
        assertEquals(5, model.degreesOfFreedom(fit, DYESTUFF).get(0), 1e-5);
        assertFalse(fit.singular());
    }

    /** lmer(Yield ~ 1 + (1 | Batch), Dyestuff2): boundary (singular) fit. */
    @Test
    void aVarianceOfZeroIsAnAnswerAndIsFlagged() {
        MixedModel model =
                MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 5))), true);
        Fit fit = model.fit(DYESTUFF_2);
        assertTrue(fit.singular());
        assertEquals(0, fit.random().get(0).covariance().get(0));
        assertEquals(13.8063096275862, fit.residualVariance(), 1e-9);
        assertEquals(161.828277812288, fit.criterion(), 1e-9);
        assertEquals(29, model.degreesOfFreedom(fit, DYESTUFF_2).get(0), 1e-6);
    }

    /** Balanced, so (B − W)/k and W are the variances; the ratio of the two is about 5e6 here. */
    @Test
    void repeatsThatHardlyDifferHaveTheirSmallVariance() {
        double[] y = new double[30];
        double within = 0;
        double between = 0;
        double all = 0;
        double[] mean = new double[6];
        for (int r = 0; r < 30; r++) {
            y[r] = 7 * Math.sin(r / 5) + 3e-3 * Math.sin(11 * r);
            mean[r / 5] += y[r] / 5;
            all += y[r] / 30;
        }
        for (int r = 0; r < 30; r++) {
            within += (y[r] - mean[r / 5]) * (y[r] - mean[r / 5]) / 24;
            between += (mean[r / 5] - all) * (mean[r / 5] - all) / 5;
        }
        Fit fit =
                MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 5))), true).fit(y);
        double variance = (between - within) / 5;
        assertEquals(variance, fit.random().get(0).covariance().get(0), 1e-6 * variance);
        assertEquals(within, fit.residualVariance(), 1e-6 * within);
        assertFalse(fit.singular());
    }

    @Test
    void nothingToDivideOrToTellApartIsRefused() {
        MixedModel model =
                MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 5))), true);
        refused("the response is constant", () -> model.fit(new double[30]));
        double[] steps = new double[30];
        for (int r = 0; r < 30; r++) {
            steps[r] = r / 5 % 4;
        }
        refused("nothing varies within the groups", () -> model.fit(steps));
        refused(
                "random term 1 has 30 random effects for 30 rows",
                () -> MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 1))), true));
        refused(
                "random term 1 has one group",
                () -> MixedModel.of(ones(30), List.of(RandomTerm.intercept(groups(30, 30))), true));
        double[][] twice = new double[30][];
        Arrays.setAll(twice, r -> new double[] {1, r, 2.0 * r - 3});
        refused(
                "fixed column 3 is zero or a sum of the columns before it",
                () -> MixedModel.of(twice, List.of(RandomTerm.intercept(groups(30, 5))), true));
        refused(
                "column 2 of random term 1 is zero or a sum",
                () ->
                        MixedModel.of(
                                ones(30),
                                List.of(
                                        RandomTerm.of(
                                                groups(30, 5),
                                                new double[][] {DYESTUFF, new double[30]})),
                                true));
    }

    private static void refused(String what, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(RefusedException.class, action).getMessage();
        assertTrue(message.contains(what), message);
    }
}
