package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is timed answers to white noise with the mean and variance of theory. */
class FilterBenchTest {
    private static final int MARGIN = 20;
    private static final double SD = GaussBench.SD;

    private final FilterBench bench = new FilterBench();

    @BeforeEach
    void smallImage() {
        bench.size = "88x80x72";
        bench.setUp();
    }

    /** The last of the scales, 5 voxels: variance s² ∫ (∇²G)² = s² 15/4σ⁴ · (4πσ²)^(−3/2). */
    @Test
    void theLaplacianOfGaussianKeepsTheVarianceOfItsBand() {
        double expected = SD * SD * 15 / (4 * 625.0) / Math.pow(4 * Math.PI * 25, 1.5);
        double found = moments(bench.laplacianOfGaussianAtFiveScales())[1];
        assertEquals(expected, found, 0.25 * expected, "some 300 independent places");
    }

    /**
     * Three orthonormal kernels and their negatives: the largest of three half-normals, 1.326 s.
     */
    @Test
    void theEnergyOfLawsIsTheMeanOfTheLargestOfThree() {
        assertEquals(1.326 * SD, moments(bench.lawsEnergyOfAllTurns())[0], 0.03 * SD);
    }

    /** A mean over turns of a band without mean: nothing is left of 100 but a part of the noise. */
    @Test
    void theWaveletLosesTheMean() {
        double[] moments = moments(bench.waveletOfAllTurns());
        assertEquals(0, moments[0], 0.01);
        // Σ of the squares of the pooled kernel, by summing PyWavelets' dec_hi and dec_lo: 0.227990
        assertEquals(0.227990 * SD * SD, moments[1], 0.1 * 0.227990 * SD * SD);
    }

    /** The mean of cos² over the cube of frequencies. */
    @Test
    void simoncelliKeepsTheVarianceOfItsBand() {
        int n = 48;
        double share = 0;
        for (int x = 0; x < n * n * n; x++) {
            double i = (x % n + 0.5) / n;
            double j = (x / n % n + 0.5) / n;
            double k = (x / n / n + 0.5) / n;
            double nu = Math.sqrt(i * i + j * j + k * k);
            double g = Math.cos(Math.PI / 2 * Math.log(2 * nu) / Math.log(2));
            share += nu > 0.25 && nu <= 1 ? g * g / (n * n * n) : 0;
        }
        double[] moments = moments(bench.simoncelli());
        assertEquals(0, moments[0], 0.05);
        assertEquals(share * SD * SD, moments[1], 0.03 * share * SD * SD);
    }

    /** The size of a complex normal number is between 0.80 (all real) and 0.89 of its deviation. */
    @Test
    void theGaborResponseIsThatOfItsEnvelope() {
        double deviation = SD * Math.sqrt(Math.PI * 25 / 1.5);
        double mean = moments(bench.gaborOfEightDirectionsInThreeStacks())[0];
        assertEquals(0.84 * deviation, mean, 0.05 * deviation);
    }

    private double[] moments(float[] map) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int k = MARGIN; k < bench.geometry.nk() - MARGIN; k++) {
            for (int j = MARGIN; j < bench.geometry.nj() - MARGIN; j++) {
                for (int i = MARGIN; i < bench.geometry.ni() - MARGIN; i++) {
                    double x = map[bench.geometry.index(i, j, k)];
                    sum += x;
                    squares += x * x;
                    n++;
                }
            }
        }
        return new double[] {sum / n, squares / n - sum / n * (sum / n)};
    }
}
