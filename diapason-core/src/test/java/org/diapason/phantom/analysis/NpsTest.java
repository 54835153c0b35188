package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.diapason.phantom.Noise;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class NpsTest {
    private static final Geometry GRID = Geometry.of(224, 224, 10, 0.5, 0.5, 2);

    private static Volume noise(Noise noise, Geometry g, double slope, long seed) {
        Noise.Drawn drawn = noise.on(g, seed);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) drawn.of(n, slope * (n % g.ni()) * g.spacing(0));
        }
        return Volume.of(g, v, Quantity.HU);
    }

    private static Mask all(Geometry g) {
        boolean[] in = new boolean[g.voxels()];
        Arrays.fill(in, true);
        return Mask.of(g, in);
    }

    /** Level SD² Δ² = 25 HU² mm², integral SD² = 100 HU². */
    @Test
    void whiteNoiseOfTenHuHasItsLevelAndItsIntegral() {
        Nps nps = Nps.of(noise(new Noise.White(10), GRID, 0, 3), all(GRID), 64, 0);
        assertEquals(250, nps.regions());
        double level = Arrays.stream(nps.spectrum().power().toArray()).average().orElse(0);
        assertEquals(25, level, 0.25, "250 squares, overlapping by half");
        assertEquals(100, nps.spectrum().sd() * nps.spectrum().sd(), 1);
        assertTrue(nps.sdInterval().get(0) < 10 && nps.sdInterval().get(1) > 10);
        assertEquals(1 / 32.0, nps.spectrum().perMm().get(0), 1e-12);
        assertEquals(1, nps.spectrum().perMm().get(31), 1e-12);
    }

    @Test
    void theRampOfFilteredBackProjectionIsFoundWithItsPeakAndMean() {
        Noise.Ramp ramp = new Noise.Ramp(12, 0.3);
        Nps nps = Nps.of(noise(ramp, GRID, 0, 5), all(GRID), 64, 0);
        DoubleBinaryOperator truth = ramp.power(GRID);
        double sum = 0;
        double first = 0;
        for (int b = 0; b < nps.spectrum().perMm().size(); b++) {
            double f = nps.spectrum().perMm().get(b);
            double p = truth.applyAsDouble(f, 0);
            sum += p;
            first += f * p;
            if (f > 0.1 && f < 0.8) {
                assertEquals(1, nps.spectrum().power().get(b) / p, 0.08, "at " + f + " per mm");
            }
        }
        assertEquals(first / sum, nps.spectrum().averagePerMm(), 0.01 * first / sum);
        assertEquals(0.3, nps.spectrum().peakPerMm(), 0.03);
    }

    /** Draws of ten slices are a little narrow: 95 % are 85 to 95 % in truth. */
    @Test
    void theIntervalsHoldTheTruthInMostOfFortyScans() {
        Noise.Ramp ramp = new Noise.Ramp(12, 0.3);
        Geometry g = Geometry.of(96, 96, 10, 0.5, 0.5, 2);
        double[] mean = new double[40];
        double[][] ends = new double[40][];
        int sd = 0;
        for (int seed = 0; seed < 40; seed++) {
            Nps nps = Nps.of(noise(ramp, g, 0, seed), all(g), 32, 0);
            mean[seed] = nps.spectrum().averagePerMm();
            ends[seed] = nps.averageInterval().toArray();
            Numbers at = nps.sdInterval();
            sd += at.get(0) < 12 && at.get(1) > 12 ? 1 : 0;
        }
        // the squares' window shifts the mean by a hair; what scatters is about its own mean
        double centre = Arrays.stream(mean).average().orElse(0);
        int held = 0;
        for (double[] e : ends) {
            held += e[0] < centre && e[1] > centre ? 1 : 0;
        }
        assertTrue(held >= 32, held + " of 40");
        assertTrue(sd >= 30, sd + " of 40");
    }

    /** Pixels of 0.5 × 1 mm: white noise is as flat, at SD² Δx Δy. */
    @Test
    void pixelsThatAreNotSquareHavePhysicalFrequencies() {
        Geometry g = Geometry.of(224, 224, 6, 0.5, 1, 2);
        Nps nps = Nps.of(noise(new Noise.White(10), g, 0, 7), all(g), 32, 0);
        double level = Arrays.stream(nps.spectrum().power().toArray()).average().orElse(0);
        assertEquals(50, level, 1);
        assertEquals(100, nps.spectrum().sd() * nps.spectrum().sd(), 2);
        assertEquals(0.5, nps.spectrum().perMm().get(nps.spectrum().perMm().size() - 1), 1e-12);
    }

    @Test
    void aSlopeIsNoiseUntilThePlaneIsTakenOff() {
        Volume tilted = noise(new Noise.White(10), GRID, 2, 9);
        assertTrue(Nps.of(tilted, all(GRID), 64, 0).spectrum().sd() > 15);
        assertEquals(10, Nps.of(tilted, all(GRID), 64, 1).spectrum().sd(), 0.1);
    }

    @Test
    void aRegionSmallerThanTheSquaresIsRefused() {
        boolean[] few = new boolean[GRID.voxels()];
        Arrays.fill(few, 0, 300, true);
        Volume v = noise(new Noise.White(1), GRID, 0, 1);
        DataException e =
                assertThrows(DataException.class, () -> Nps.of(v, Mask.of(GRID, few), 64, 0));
        assertEquals(
                "the uniform region holds no square of 64 × 64 voxels for a noise spectrum. Take"
                        + " smaller squares.",
                e.getMessage());
    }
}
