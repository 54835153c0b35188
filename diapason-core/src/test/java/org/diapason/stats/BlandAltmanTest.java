package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class BlandAltmanTest {

    @Test
    void limitsLieTwoDeviationsFromTheBias() {
        // R: d <- c(2, 4, 4, 6); mean(d) + c(-1, 1) * qnorm(.975) * sd(d)
        BlandAltman limits = BlandAltman.of(new double[] {2, 4, 4, 6});
        assertEquals(4, limits.bias());
        assertEquals(4 - 3.200608, limits.low(), 1e-6);
        assertEquals(4 + 3.200608, limits.high(), 1e-6);
        // qt(.975, 3) * sd(d) * sqrt(1/4); * sqrt(1/4 + qnorm(.975)^2 / 6)
        assertEquals(2.598457, limits.biasReach(), 1e-6);
        assertEquals(4.903428, limits.limitReach(), 1e-6);
    }

    @Test
    void intervalsOfALimitHoldIt() {
        Rng rng = new Rng(8);
        int held = 0;
        for (int study = 0; study < 1000; study++) {
            double[] d = new double[20];
            for (int n = 0; n < d.length; n++) {
                d[n] = 5 + 2 * rng.nextGaussian();
            }
            BlandAltman limits = BlandAltman.of(d);
            held += Math.abs(limits.high() - (5 + 1.959964 * 2)) <= limits.limitReach() ? 1 : 0;
        }
        assertTrue(held >= 920 && held <= 975, held + " of 1000 intervals hold the limit");
    }

    @Test
    void oneDifferenceHasNoLimits() {
        assertThrows(IllegalArgumentException.class, () -> BlandAltman.of(new double[1]));
    }
}
