package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Parallel;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class MutualInformationTest {
    private static final int BINS = 32;
    private static final Affine NEAR =
            LinearModel.AFFINE.at(
                    new double[] {
                        1, -0.7, 0.4, 0.02, 0.01, -0.03, 0.02, -0.01, 0, 0.01, 0.02, 0.03
                    },
                    new double[] {47, 43, 39});

    private static MutualInformation metric(Volume fixed, Volume moving) {
        Level f = new Level(fixed.geometry(), fixed.values(), null);
        Level m = new Level(moving.geometry(), moving.values(), null);
        Samples samples = Samples.of(f, fixed.values(), Range.of(f, "fixed"), BINS, 1 << 20, 1);
        Moving spline = new Moving(m.geometry(), m.values(), Range.of(m, "moving"));
        return new MutualInformation(samples, spline);
    }

    private static MutualInformation metric() {
        Geometry turned =
                new Geometry(
                        40,
                        48,
                        44,
                        Numbers.of(2, 2.2, 2),
                        Numbers.of(95, -3, 0),
                        Numbers.of(0, -1, 0, 1, 0, 0, 0, 0, 1));
        return metric(
                Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 1),
                Scenes.of(1, turned, Affine.IDENTITY, 1));
    }

    @Test
    void theGradientIsThatOfDifferences() {
        MutualInformation metric = metric();
        double[] analytic = metric.at(NEAR).gradient();
        for (int n = 0; n < 12; n++) {
            double h = n % 4 == 3 ? 1e-4 : 1e-6;
            double[] up = NEAR.matrix().toArray();
            double[] down = up.clone();
            up[n] += h;
            down[n] -= h;
            double high = metric.at(new Affine(Numbers.of(up))).value();
            double low = metric.at(new Affine(Numbers.of(down))).value();
            double scale = n % 4 == 3 ? 1 : 50;
            assertEquals((high - low) / (2 * h), analytic[n], 2e-6 * scale, "number " + n);
        }
    }

    @Test
    void theBitsAreTheSameOnAnyNumberOfThreads() {
        MutualInformation metric = metric();
        MutualInformation.Found one = null;
        int before = Parallel.threads();
        try {
            for (int threads : new int[] {1, 2, 3, 8}) {
                Parallel.setThreads(threads);
                MutualInformation.Found now = metric.at(NEAR);
                one = one == null ? now : one;
                assertEquals(one.value(), now.value(), 0);
                assertArrayEquals(one.gradient(), now.gradient(), 0);
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void anImageSaysMostAboutItsEqualInPlace() {
        MutualInformation metric = metric();
        double there = metric.at(Affine.IDENTITY).value();
        for (Affine away : new Affine[] {NEAR, Affine.shift(1, 0, 0), Affine.shift(0, -1, 1)}) {
            assertTrue(metric.at(away).value() < there, away.toString());
        }
    }

    @Test
    void turningTheGreyValuesRoundChangesNothing() {
        Volume fixed = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 1);
        Volume moving = Scenes.of(1, Scenes.GRID, Affine.IDENTITY, 1);
        float[] turned = moving.values().clone();
        for (int v = 0; v < turned.length; v++) {
            turned[v] = -turned[v];
        }
        double value = metric(fixed, moving).at(NEAR).value();
        assertEquals(value, metric(fixed, moving.withValues(turned)).at(NEAR).value(), 2e-3);
    }
}
