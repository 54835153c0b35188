package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.diapason.math.Fft;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final Geometry GRID =
            VirtualScanner.centred(new int[] {60, 48, 80}, Numbers.of(0.8, 0.9, 2));

    static Stream<Noise> coloured() {
        return Stream.of(
                new Noise.White(12),
                new Noise.Gaussian(12, 0.8),
                new Noise.Ramp(12, 0.2),
                new Noise.Spectrum(12, List.of(0.0, 0.2, 0.6), List.of(1.0, 3.0, 0.0)));
    }

    private static double[] drawn(Noise noise, double level, long seed) {
        Noise.Drawn drawn = noise.on(GRID, seed);
        double[] values = new double[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = drawn.of(v, level);
        }
        return values;
    }

    /**
     * Periodograms of 80 slices in rings of frequency against the power asked for. A ring has 100
     * or more samples of exponential spread a slice, slices of the Gaussian kind are correlated
     * over 1 voxel; 4 % is four standard errors.
     */
    @ParameterizedTest
    @MethodSource("coloured")
    void thePowerOfNoiseIsTheOneAskedForAndItsIntegralTheVariance(Noise noise) {
        double[] values = drawn(noise, 100, 3);
        double square = 0;
        for (int v = 0; v < values.length; v++) {
            values[v] -= 100;
            square += values[v] * values[v];
        }
        assertEquals(144, square / values.length, 0.03 * 144);
        int ni = GRID.ni();
        int nj = GRID.nj();
        double[] ring = new double[9];
        double[] expected = new double[9];
        DoubleBinaryOperator power = noise.power(GRID);
        double integral = 0;
        for (int k = 0; k < GRID.nk(); k++) {
            double[] re = java.util.Arrays.copyOfRange(values, k * ni * nj, (k + 1) * ni * nj);
            double[] im = new double[re.length];
            Fft.forward(re, im, ni, nj, 1);
            for (int n = 0; n < re.length; n++) {
                double fi = Math.min(n % ni, ni - n % ni) / (ni * 0.8);
                double fj = Math.min(n / ni, nj - n / ni) / (nj * 0.9);
                int r = (int) (Math.sqrt(fi * fi + fj * fj) / 0.1);
                ring[r] += (re[n] * re[n] + im[n] * im[n]) * 0.8 * 0.9 / (ni * nj);
                expected[r] += power.applyAsDouble(fi, fj);
                integral += power.applyAsDouble(fi, fj) / (ni * 0.8 * nj * 0.9) / GRID.nk();
            }
        }
        assertEquals(144, integral, 1e-9 * 144);
        for (int r = 0; r < 6; r++) {
            double scale = Math.max(expected[r], 1e-3 * expected[1]);
            assertEquals(
                    1, ring[r] / scale, expected[r] < 1e-2 * expected[1] ? 1 : 0.04, "ring " + r);
        }
    }

    /** 230,400 voxels: the mean to 4 standard errors, the variance to 1.5 %. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 2, 40, 900})
    void countsHaveTheVarianceOfTheirMean(double level) {
        Noise noise = new Noise.Poisson(10);
        double[] values = drawn(noise, level, 5);
        double sum = 0;
        double square = 0;
        for (double v : values) {
            assertEquals(Math.rint(10 * v), 10 * v, 1e-9, "whole counts");
            sum += v;
            square += (v - level) * (v - level);
        }
        double variance = level / 10;
        assertEquals(level, sum / values.length, 4 * Math.sqrt(variance / values.length));
        assertEquals(variance, square / values.length, 0.015 * variance);
    }

    @Test
    void nothingIsCountedWhereThereIsNothing() {
        assertEquals(0, new Noise.Poisson(10).on(GRID, 1).of(0, -3));
    }

    /** Rayleigh: mean σ √(π/2), second moment 2 σ²; far from 0 the mean is √(v² + σ²). */
    @Test
    void magnitudeNoiseIsRayleighInAirAndLiftsTissue() {
        double[] air = drawn(new Noise.Rician(20), 0, 4);
        double[] tissue = drawn(new Noise.Rician(20), 400, 4);
        double sum = 0;
        double square = 0;
        double high = 0;
        for (int v = 0; v < air.length; v++) {
            sum += air[v];
            square += air[v] * air[v];
            high += tissue[v];
        }
        assertEquals(20 * Math.sqrt(Math.PI / 2), sum / air.length, 0.12);
        assertEquals(2 * 400, square / air.length, 8);
        assertEquals(Math.sqrt(400 * 400 + 400), high / air.length, 0.17);
    }

    @Test
    void aSpectrumMustRiseInFrequency() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Noise.Spectrum(1, List.of(0.0, 0.0), List.of(1.0, 1.0)));
        assertTrue(e.getMessage().contains("must rise"), e.getMessage());
    }
}
