package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Values by hand, gradients by differences, bounds by trial. */
class LikelihoodTest {

    /** One view of one pixel of 2 mm: ȳ = 2 u + r. */
    private static PoissonLikelihood single(float count, float background) {
        Projector p = Projector.of(new ParallelBeam(1, 1, 1, 2, 2, 1, 2, 1, 0, 180));
        return PoissonLikelihood.of(p, new float[] {count}, new float[] {background});
    }

    @Test
    void aCountCostsItsDistanceFromItsMean() {
        // 5 − 3 + 3 ln(3/5)
        assertEquals(2 + 3 * StrictMath.log(0.6), single(3, 1).value(new float[] {2}), 1e-9);
        assertEquals(0, single(5, 1).value(new float[] {2}), 1e-12);
    }

    @Test
    void nothingCountedCostsTheMean() {
        assertEquals(5, single(0, 1).value(new float[] {2}), 1e-9);
    }

    @Test
    void aCountFromNowhereIsUnlikelyAndNotImpossible() {
        float[] gradient = new float[1];
        double value = single(1, 0).gradient(new float[] {0}, gradient);
        assertEquals(StrictMath.log(1e9) - 1, value, 1e-6);
        assertTrue(Float.isFinite(gradient[0]) && gradient[0] < 0);
    }

    @Test
    void gradientsAreDifferencesOfValues() {
        ScanModel model = Scans.model(8);
        check(Scans.noisy(model, 2, 1), 1e-4);
        FourierSampling fourier =
                FourierSampling.of(32, 32, 1, FourierSampling.lines(32, 32, 8, 3));
        float[] z = Scans.random(fourier.measurements(), 8);
        check(Likelihood.gaussian(fourier, z, 0.5), 1e-4);
        for (int m = 0; m < z.length; m += 3) {
            z[m] = Float.NaN;
        }
        check(Likelihood.gaussian(fourier, z, 0.5), 1e-4);
    }

    private static void check(Likelihood data, double tolerance) {
        float[] u = Scans.random(data.model().pixels(), 2);
        float[] along = Scans.random(u.length, 3);
        float[] gradient = new float[u.length];
        data.gradient(u, gradient);
        double h = 1e-3;
        float[] more = new float[u.length];
        float[] less = new float[u.length];
        for (int v = 0; v < u.length; v++) {
            more[v] = (float) (u[v] + h * along[v]);
            less[v] = (float) (u[v] - h * along[v]);
        }
        double slope = (data.value(more) - data.value(less)) / (2 * h);
        assertEquals(1, Scans.product(gradient, along) / slope, tolerance);
        float[] bound = new float[u.length];
        data.curvature(u, bound);
        double bent = (data.value(more) - 2 * data.value(u) + data.value(less)) / (h * h);
        double most = 0;
        for (int v = 0; v < u.length; v++) {
            most += (double) bound[v] * along[v] * along[v];
        }
        assertTrue(bent <= most * 1.05, bent + " is bent more than " + most); // float images
    }

    @Test
    void halfTheFrequenciesHaveTheirTranspose() {
        int[][] sizes = {{16, 16, 1}, {15, 12, 3}};
        for (int[] n : sizes) {
            boolean[] mask = new boolean[n[0] * n[1] * n[2]];
            for (int u = 0; u < mask.length; u++) {
                mask[u] = u % 5 != 2;
            }
            FourierSampling f = FourierSampling.of(n[0], n[1], n[2], mask);
            assertEquals(0, Scans.adjointError(f, 4), 1e-6);
        }
    }

    @Test
    void allFrequenciesKeepLengthsAndComeBack() {
        FourierSampling f = FourierSampling.of(12, 10, 1, FourierSampling.lines(12, 10, 0, 1));
        float[] x = Scans.random(120, 1);
        float[] z = new float[240];
        f.forward(x, z);
        assertEquals(1, Scans.product(z, z) / Scans.product(x, x), 1e-6);
        float[] again = new float[120];
        f.backward(z, again);
        for (int v = 0; v < 120; v++) {
            assertEquals(x[v], again[v], 1e-6);
        }
    }

    @Test
    void aConstantHasFrequencyNoughtAlone() {
        boolean[] mask = new boolean[64];
        mask[0] = true;
        mask[9] = true;
        float[] x = new float[64];
        java.util.Arrays.fill(x, 3);
        float[] z = new float[4];
        FourierSampling.of(8, 8, 1, mask).forward(x, z);
        assertEquals(24, z[0], 1e-5); // 64 · 3/√64
        assertEquals(0, Math.abs(z[1]) + Math.abs(z[2]) + Math.abs(z[3]), 1e-5);
    }

    @Test
    void linesNearNoughtAreAllTaken() {
        boolean[] mask = FourierSampling.lines(2, 12, 3, 4);
        StringBuilder taken = new StringBuilder();
        for (int j = 0; j < 12; j++) {
            taken.append(mask[2 * j] ? j + " " : "");
        }
        assertEquals("0 1 4 8 11 ", taken.toString()); // −1 is 11, −4 is 8
    }

    /** As if the model did not look there. */
    @Test
    void whatWasNotMeasuredSaysNothing() {
        ScanModel model = Scans.model(16);
        float[] factors = new float[model.measurements()];
        float[] counts = Scans.counts(Scans.random(factors.length, 4), 5);
        float[] gaps = counts.clone();
        java.util.Arrays.fill(factors, 1);
        for (int m = 0; m < factors.length; m += 5) {
            factors[m] = 0;
            counts[m] = 0;
            gaps[m] = Float.NaN;
        }
        float[] none = new float[factors.length];
        ScanModel dead = ScanModel.of(model, factors, java.util.Optional.empty());
        PoissonLikelihood blind = PoissonLikelihood.of(dead, counts, none);
        PoissonLikelihood holes = PoissonLikelihood.of(model, gaps, none);
        assertArrayEquals(blind.sensitivity(), holes.sensitivity());
        assertArrayEquals(blind.start(), holes.start());
        float[] u = Scans.random(model.pixels(), 6);
        float[] a = new float[u.length];
        float[] b = new float[u.length];
        double dust = 1e-6; // a dead bin expects 1e-9 at least
        assertEquals(blind.gradient(u, a), holes.gradient(u, b), dust);
        assertArrayEquals(a, b);
        blind.curvature(u, a);
        holes.curvature(u, b);
        assertArrayEquals(a, b);
        Stopping some = new Stopping(1e-3, 30);
        assertArrayEquals(
                new Osem(4, some).reconstruct(blind, Penalty.NONE).image(),
                new Osem(4, some).reconstruct(holes, Penalty.NONE).image());
    }

    @Test
    void negativeCountsAreRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> single(-1, 0));
        assertEquals(
                "counts must be finite and 0 or more, got -1.0 in measurement 0. Give counts as they"
                        + " were measured, and what was subtracted from them as the background.",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> single(Float.POSITIVE_INFINITY, 0));
        assertThrows(IllegalArgumentException.class, () -> single(1, -1));
        assertThrows(IllegalArgumentException.class, () -> single(1, Float.NaN));
        FourierSampling f = FourierSampling.of(4, 4, 1, FourierSampling.lines(4, 4, 0, 3));
        float[] z = new float[f.measurements()];
        z[1] = Float.NEGATIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> Likelihood.gaussian(f, z, 1));
    }
}
