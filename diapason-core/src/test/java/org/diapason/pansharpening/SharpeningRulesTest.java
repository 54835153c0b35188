package org.diapason.pansharpening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.diapason.quality.Metric;
import org.junit.jupiter.api.Test;

/**
 * Rules against a script in numpy 2.4 and scipy 1.17 that follows the papers on the same pictures
 * ({@link Pictures}): blur by {@code correlate1d(…, mode='nearest')} with σ = 3 √(−2 ln 0.3)/π,
 * every third pixel, back by {@code map_coordinates(order=3, mode='mirror')}, weights by {@code
 * lstsq}. One number of each band: the sum of f[k] (k*k % 17 − 8) over pixels counted along i
 * first.
 */
class SharpeningRulesTest {

    private static double[] prints(Sharpening rule) {
        Pansharpened made = Pictures.sharpened(rule, Pictures.sharp(), Pictures.bands());
        double[] sums = new double[3];
        for (int m = 0; m < 3; m++) {
            float[] f = Pictures.values(made, m);
            for (int k = 0; k < f.length; k++) {
                sums[m] += (double) f[k] * (k * k % 17 - 8);
            }
        }
        return sums;
    }

    private static void assertPrints(double a, double b, double c, Sharpening rule) {
        // 1620 pixels rounded to floats of size 200, weighted by up to 8
        assertArrayEquals(new double[] {a, b, c}, prints(rule), 0.05, rule.toString());
    }

    @Test
    void substitutedComponentsAreTheirFormulas() {
        assertPrints(-1387.6521, -1425.0201, 47.1028, new Ihs(Scaling.SIGNED));
        assertPrints(-1737.5294, -1256.5968, 228.5568, new Brovey(Scaling.SIGNED));
        assertPrints(-9894.2645, -4264.9049, -2143.2785, new Brovey(Scaling.FITTED));
        assertPrints(-2029.9473, -1088.6737, 353.0515, new GramSchmidt(Scaling.SIGNED));
        assertPrints(-1858.2793, -233.3383, 384.3447, new GramSchmidt(Scaling.FITTED));
    }

    @Test
    void addedDetailsAreTheirFormulas() {
        assertPrints(-1331.6700, -744.5740, 406.5695, new MtfGlp(Gain.REGRESSION));
        assertPrints(-1885.4250, -1435.9204, 260.0183, new MtfGlp(Gain.SD));
        assertPrints(-1510.5544, -622.0294, 393.7242, new MtfGlp(Gain.MODULATION));
        assertPrints(-1471.9318, -606.4110, 400.8596, new Hpf(Gain.REGRESSION));
        assertPrints(-2288.5494, -1613.6055, 185.9679, new Hpf(Gain.SD));
        assertPrints(-1719.0481, -477.3415, 386.6949, new Hpf(Gain.MODULATION));
        assertPrints(-1500.1972, -609.1889, 401.1901, new Atwt(Gain.REGRESSION));
        assertPrints(-2247.6034, -1595.5577, 193.4893, new Atwt(Gain.SD));
        assertPrints(-1609.7342, -508.2778, 390.6441, new Atwt(Gain.MODULATION));
    }

    /** The same script: the result blurred by σ, every third pixel, less the band. */
    @Test
    void consistencyIsTheDegradedResultBesideTheBand() {
        Pansharpened made =
                Pictures.sharpened(new MtfGlp(Gain.REGRESSION), Pictures.sharp(), Pictures.bands());
        Consistency first = made.bands().get(0).consistency();
        assertEquals(-0.000731, first.mean(), 1e-4);
        assertEquals(10.28823, first.rms(), 1e-4);
        assertEquals(22.49647, first.largest(), 1e-3);
        assertEquals(180, first.count());
        assertEquals(11.01006, made.bands().get(0).untouched().rms(), 1e-4);
        assertEquals(2.94470, made.bands().get(2).consistency().rms(), 1e-4);
    }

    /**
     * The same script one step down: sharp image and bands blurred and every third pixel taken once
     * more; Q over windows of 8 × 8 at every pixel.
     */
    @Test
    void waldsProtocolJudgesTheRuleBesideDoingNothing() {
        Pansharpened made =
                Pictures.sharpened(new MtfGlp(Gain.REGRESSION), Pictures.sharp(), Pictures.bands());
        Wald wald = made.wald();
        double[] rmse = {25.56379, 7.202206, 5.156528};
        double[] alone = {26.60002, 10.24517, 5.171000};
        for (int m = 0; m < 3; m++) {
            assertEquals(rmse[m], wald.bands().get(m).rmse(), 1e-3);
            assertEquals(alone[m], wald.bands().get(m).untouchedRmse(), 1e-3);
        }
        Wald.Judged second = wald.bands().get(1);
        assertEquals(0.8062341, second.sharpened().get(Metric.NCC).value(), 1e-5);
        assertEquals(0.5620286, second.untouched().get(Metric.NCC).value(), 1e-5);
        assertEquals(0.7140446, second.sharpened().get(Metric.UQI).value(), 1e-4);
        assertEquals(0.2603843, second.untouched().get(Metric.UQI).value(), 1e-4);
        assertEquals(4.983816, wald.sharpened().get(Metric.ERGAS).value(), 1e-4);
        assertEquals(5.671429, wald.untouched().get(Metric.ERGAS).value(), 1e-4);
        assertEquals(4.968298, wald.sharpened().get(Metric.SAM).value(), 1e-4);
        assertEquals(5.926024, wald.untouched().get(Metric.SAM).value(), 1e-4);
        assertEquals(List.of(), wald.harmed());
    }
}
