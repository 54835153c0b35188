package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms against the sum that defines them, for every radix and for the chirp. */
class FftTest {

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 19, 59, 60, 61, 64, 97, 105, 118,
                122, 286
            })
    void aLineIsTheSumOfTheDefinition(int n) {
        double[] re = noise(n, 1);
        double[] im = noise(n, 2);
        double[] fre = re.clone();
        double[] fim = im.clone();
        Fft.forward(fre, fim);
        for (int u = 0; u < n; u++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int t = 0; t < n; t++) {
                double angle = -2 * Math.PI * ((long) t * u % n) / n;
                sumRe += re[t] * Math.cos(angle) - im[t] * Math.sin(angle);
                sumIm += re[t] * Math.sin(angle) + im[t] * Math.cos(angle);
            }
            assertEquals(sumRe, fre[u], 1e-13 * n, "real part " + u);
            assertEquals(sumIm, fim[u], 1e-13 * n, "imaginary part " + u);
        }
        Fft.inverse(fre, fim);
        assertArrayEquals(re, fre, 1e-14 * (n + 10));
        assertArrayEquals(im, fim, 1e-14 * (n + 10));
    }

    @ParameterizedTest(name = "{0} × {1} × {2}")
    @CsvSource({"6, 5, 4", "7, 1, 3", "1, 9, 2", "40, 34, 3", "17, 3, 70"})
    void theHalfSpectrumOfARealBoxIsThatOfTheComplexBox(int ni, int nj, int nk) {
        double[] values = noise(ni * nj * nk, 3);
        double[] re = values.clone();
        double[] im = new double[re.length];
        Fft.forward(re, im, ni, nj, nk);
        int half = Fft.half(ni);
        double[] hre = new double[half * nj * nk];
        double[] him = new double[hre.length];
        Fft.realForward(values, ni, nj, nk, hre, him);
        for (int row = 0; row < nj * nk; row++) {
            for (int u = 0; u < half; u++) {
                assertEquals(re[row * ni + u], hre[row * half + u], 1e-12);
                assertEquals(im[row * ni + u], him[row * half + u], 1e-12);
            }
        }
        double[] back = new double[values.length];
        Fft.realInverse(hre, him, ni, nj, nk, back);
        assertArrayEquals(values, back, 1e-13);
        Fft.inverse(re, im, ni, nj, nk);
        assertArrayEquals(values, re, 1e-13);
    }

    @Test
    void aWaveAlongEachAxisIsOnePeakOfTheSpectrum() {
        int ni = 6;
        int nj = 10;
        int nk = 8;
        float[] re = new float[ni * nj * nk];
        float[] im = new float[re.length];
        for (int v = 0; v < re.length; v++) {
            int i = v % ni;
            int j = v / ni % nj;
            int k = v / ni / nj;
            double angle = 2 * Math.PI * (1.0 * i / ni + 3.0 * j / nj + 5.0 * k / nk);
            re[v] = (float) Math.cos(angle);
            im[v] = (float) Math.sin(angle);
        }
        Fft.forward(re, im, ni, nj, nk);
        int peak = 1 + ni * (3 + nj * 5);
        for (int v = 0; v < re.length; v++) {
            assertEquals(v == peak ? re.length : 0, re[v], 1e-4, "at " + v);
            assertEquals(0, im[v], 1e-4, "at " + v);
        }
    }

    @Test
    void oneAndThreeThreadsGiveTheSameBits() {
        int before = Parallel.threads();
        try {
            double[][] spectra = new double[2][];
            for (int run = 0; run < 2; run++) {
                Parallel.setThreads(1 + 2 * run);
                double[] values = noise(45 * 33 * 20, 4);
                spectra[run] = new double[23 * 33 * 20];
                Fft.realForward(values, 45, 33, 20, spectra[run], new double[23 * 33 * 20]);
            }
            assertArrayEquals(spectra[0], spectra[1], 0);
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void fastLengthsHaveOnlyTheFactorsTwoThreeAndFive() {
        assertEquals(1, Fft.fastLength(0));
        assertEquals(8, Fft.fastLength(7));
        assertEquals(100, Fft.fastLength(97));
        assertEquals(135, Fft.fastLength(129));
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
