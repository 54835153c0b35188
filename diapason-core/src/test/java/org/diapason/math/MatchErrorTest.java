package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchErrorTest {

    /**
     * numpy 2.4.6, scipy 1.17.1: {@code w} the sampled or three-tap kernel of variance (t² −
     * s²)/2.35482², 2001 phases p in [0, 0.5], {@code abs(convolve(ndtr((x − p)/s), w) − ndtr((x −
     * p)/t)).max()} with s and t as standard deviations.
     */
    @ParameterizedTest(name = "{0} to {1} voxels: {2}")
    @CsvSource({
        "1, 2, 0.013603",
        "1.5, 2, 0.00490975",
        "2, 2.5, 0.00123895",
        "1.2, 3, 0.00159252",
        "0.8, 1.0, 0.0319644",
        "0.7, 1.5, 0.0548251",
        "0.5, 2, 0.0688829",
    })
    void agreesWithAConvolutionInScipy(double source, double target, double error) {
        assertEquals(error, MatchError.largest(source, target), 2e-3 * error);
    }

    @Test
    void isWhatBlurLeavesOnARealEdge() {
        double source = 1.1 / Gauss.FWHM_PER_SIGMA;
        double target = 1.9 / Gauss.FWHM_PER_SIGMA;
        double largest = 0;
        for (int p = 0; p <= 50; p++) {
            float[] edge = new float[60];
            for (int x = 0; x < 60; x++) {
                edge[x] = (float) phi((x - 30 - p / 100.0) / source);
            }
            double extra = Math.sqrt(target * target - source * source);
            float[] out = Gauss.blur(Geometry.of(60, 1, 1, 1, 1, 1), edge, extra, 0, 0);
            for (int x = 0; x < 60; x++) {
                largest = Math.max(largest, Math.abs(out[x] - phi((x - 30 - p / 100.0) / target)));
            }
        }
        assertEquals(largest, MatchError.largest(1.1, 1.9), 2e-3 * largest);
    }

    private static double phi(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    @Test
    void aWellSampledImageIsMatchedToAMillionth() {
        assertTrue(MatchError.largest(3, 5) < 1e-6);
        assertTrue(MatchError.largest(4, 6) < 1e-6);
    }

    @Test
    void nothingToFilterIsNoError() {
        assertEquals(0, MatchError.largest(0.7, 0.7));
    }

    @Test
    void sharpeningIsNoMatch() {
        assertThrows(IllegalArgumentException.class, () -> MatchError.largest(3, 2));
    }
}
