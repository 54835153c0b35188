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
        return new MutualInformation(samples(fixed), spline(moving));
    }

    private static Samples samples(Volume fixed) {
        Level f = new Level(fixed.geometry(), fixed.values(), null);
        return Samples.of(f, spline(fixed), BINS, 1 << 15, 1);
    }

    private static Moving spline(Volume image) {
        Level level = new Level(image.geometry(), image.values(), null);
        return Moving.of(level, Range.of(level, "test"), false);
    }

    private static final Geometry TURNED =
            new Geometry(
                    40,
                    48,
                    44,
                    Numbers.of(2, 2.2, 2),
                    Numbers.of(95, -3, 0),
                    Numbers.of(0, -1, 0, 1, 0, 0, 0, 0, 1));

    private static final Volume STILL = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 1);
    private static final Volume OTHER = Scenes.of(1, TURNED, Affine.IDENTITY, 1);

    private static MutualInformation metric() {
        return metric(STILL, OTHER);
    }

    /** In double, straight from the formulas: no fixed point, no float. */
    @Test
    void theGradientInDoubleIsThatOfDifferences() {
        DoubleInformation plain = new DoubleInformation(samples(STILL), OTHER, BINS);
        double[] analytic = plain.at(NEAR).gradient();
        for (int n = 0; n < 12; n++) {
            double h = n % 4 == 3 ? 1e-4 : 1e-6;
            double high = plain.at(nudged(n, h)).value();
            double low = plain.at(nudged(n, -h)).value();
            // by mm, and by what moves the far corner by mm
            assertEquals((high - low) / (2 * h), analytic[n], n % 4 == 3 ? 1e-6 : 5e-5, "" + n);
        }
    }

    @Test
    void countingInWholeNumbersAndReadingInFloatChangeTheGradientBelowOneInTenThousand() {
        double[] exact = new DoubleInformation(samples(STILL), OTHER, BINS).at(NEAR).gradient();
        MutualInformation.Found found = metric().at(NEAR);
        double length = 0;
        for (double n : exact) {
            length = Math.max(length, Math.abs(n));
        }
        for (int n = 0; n < 12; n++) {
            assertEquals(exact[n], found.gradient()[n], 1e-4 * length, "number " + n);
        }
        double value = new DoubleInformation(samples(STILL), OTHER, BINS).at(NEAR).value();
        assertEquals(value, found.value(), 1e-6);
        assertEquals(found.value(), metric().value(NEAR), 0);
    }

    private static Affine nudged(int n, double h) {
        double[] m = NEAR.matrix().toArray();
        m[n] += h;
        return new Affine(Numbers.of(m));
    }

    @Test
    void theCellsShareTheGradient() {
        double[] whole = metric().at(NEAR).gradient();
        double[][] parts = metric().parts(NEAR);
        for (int n = 0; n < 12; n++) {
            double sum = 0;
            for (double[] part : parts) {
                sum += part[n];
            }
            assertEquals(whole[n], sum, 1e-9, "number " + n);
        }
    }

    @Test
    void theGradientOfSquaresIsThatOfDifferences() {
        MeanSquares squares = new MeanSquares(samples(STILL), spline(OTHER));
        double[] analytic = squares.at(NEAR).gradient();
        for (int n = 0; n < 12; n++) {
            double h = n % 4 == 3 ? 1e-2 : 1e-4;
            double high = squares.value(nudged(n, h));
            double low = squares.value(nudged(n, -h));
            double scale = n % 4 == 3 ? 1 : 50;
            assertEquals((high - low) / (2 * h), analytic[n], 1e-4 * scale, "number " + n);
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
