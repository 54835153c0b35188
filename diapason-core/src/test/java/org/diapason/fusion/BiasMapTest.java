package org.diapason.fusion;

import static org.diapason.fusion.Blob.ALPHA;
import static org.diapason.fusion.Blob.GRID;
import static org.diapason.fusion.Blob.OBLIQUE;
import static org.diapason.fusion.Blob.SIGMA;
import static org.diapason.fusion.Blob.blob;
import static org.diapason.fusion.Blob.border;
import static org.diapason.fusion.Blob.centred;
import static org.diapason.fusion.Blob.map;
import static org.diapason.fusion.Blob.nothing;
import static org.diapason.fusion.Blob.turned;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.registration.Certificate;
import org.diapason.registration.ErrorCovariance;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.junit.jupiter.api.Test;

/** A Gaussian blob of 6 mm that is moved by known shifts: nothing is resampled. */
class BiasMapTest {
    /**
     * What a shift does, held against the map and against its straight part.
     *
     * @param slope measured over predicted, by least squares
     * @param straight root mean square of what the straight part leaves
     * @param remainder of what the map leaves
     */
    private record Agreement(double slope, double straight, double remainder) {}

    private static Agreement agreement(Geometry g, double mm) {
        double[] u = {0.48 * mm, -0.6 * mm, 0.64 * mm};
        float[] there = map(g, ALPHA, Misregistration.shift(Numbers.of(u))).bias().values();
        Numbers back = Numbers.of(-u[0], -u[1], -u[2]);
        float[] other = map(g, ALPHA, Misregistration.shift(back)).bias().values();
        float[] moved = blob(g, u).values();
        float[] still = blob(g, new double[3]).values();
        double xy = 0;
        double xx = 0;
        double straight = 0;
        double rest = 0;
        for (int v = 0; v < g.voxels(); v++) {
            if (border(g, v) < 8) {
                continue; // the spline goes on as its mirror image, the blob does not
            }
            double measured = (1 - ALPHA) * ((double) moved[v] - still[v]);
            double first = ((double) there[v] - other[v]) / 2; // the part that turns round with u
            xy += measured * there[v];
            xx += (double) there[v] * there[v];
            straight += (measured - first) * (measured - first);
            rest += (measured - there[v]) * (measured - there[v]);
        }
        return new Agreement(xy / xx, Math.sqrt(straight), Math.sqrt(rest));
    }

    @Test
    void aShiftDoesWhatIsPredicted() {
        for (double mm : new double[] {0.25, 0.5, 1}) {
            assertEquals(1, agreement(GRID, mm).slope(), 0.02, mm + " mm");
            assertEquals(1, agreement(OBLIQUE, mm).slope(), 0.02, mm + " mm, oblique");
        }
    }

    @Test
    void halfTheShiftLeavesAQuarterOfTheStraightPartsAndAnEighthOfTheRemainder() {
        Agreement whole = agreement(GRID, 1);
        Agreement half = agreement(GRID, 0.5);
        Agreement quarter = agreement(GRID, 0.25);
        assertEquals(4, whole.straight() / half.straight(), 0.4);
        assertEquals(4, half.straight() / quarter.straight(), 0.4);
        assertEquals(8, whole.remainder() / half.remainder(), 0.8);
        assertEquals(8, half.remainder() / quarter.remainder(), 0.8);
    }

    /** The centre of the blob and places about it are voxels of every one of these grids. */
    @Test
    void turnedAndFlippedGridsSayTheSameOfTheSamePlaces() {
        Misregistration spread = Misregistration.isotropic(1.5, GRID);
        Misregistration known = Misregistration.shift(Numbers.of(0.3, 0.2, -0.5));
        Numbers other =
                Numbers.of(0, 0, -1, 1, 0, 0, 0, -1, 0); // i along y, j along −z, k along −x
        Geometry straight = centred(41, 41, 41, 1, 1, 1, Geometry.IDENTITY);
        Geometry turned = centred(41, 41, 41, 1, 1, 1, other);
        for (Misregistration u : new Misregistration[] {spread, known}) {
            BiasMap one = map(straight, ALPHA, u);
            BiasMap two = map(turned, ALPHA, u);
            for (int v = 0; v < straight.voxels(); v++) {
                int row = v / 41;
                Numbers p = straight.toWorld(v % 41, row % 41, row / 41);
                Numbers q = turned.toVoxel(p.get(0), p.get(1), p.get(2));
                int at =
                        turned.index(
                                (int) Math.rint(q.get(0)),
                                (int) Math.rint(q.get(1)),
                                (int) Math.rint(q.get(2)));
                assertEquals(one.bias().values()[v], two.bias().values()[at], 1e-3);
                assertEquals(one.sd().values()[v], two.sd().values()[at], 1e-3);
            }
        }
    }

    /** Mean and spread of 40,000 drawn shifts of the blob itself, at places of all kinds. */
    @Test
    void drawnShiftsHaveThePredictedMeanAndSpread() {
        Geometry g = OBLIQUE;
        float[][] covariance = new float[6][g.voxels()];
        double[] l = {
            0.5, 0.2, -0.1, 0.4, 0.15, 0.3
        }; // lower triangle, row by row 00 10 20 11 21 22
        double[] s = {
            l[0] * l[0],
            l[0] * l[1],
            l[0] * l[2],
            l[1] * l[1] + l[3] * l[3],
            l[1] * l[2] + l[3] * l[4],
            l[2] * l[2] + l[4] * l[4] + l[5] * l[5]
        };
        for (int n = 0; n < 6; n++) {
            Arrays.fill(covariance[n], (float) s[n]);
        }
        BiasMap map = map(g, ALPHA, Misregistration.perVoxel(covariance));
        for (int[] at : new int[][] {{19, 25, 14}, {14, 28, 14}, {24, 20, 18}, {19, 33, 11}}) {
            Numbers p = g.toWorld(at[0], at[1], at[2]);
            double still = blob(p, new double[3]);
            Rng rng = new Rng(7);
            int draws = 40_000;
            double sum = 0;
            double square = 0;
            for (int n = 0; n < draws; n++) {
                double a = rng.nextGaussian();
                double b = rng.nextGaussian();
                double c = rng.nextGaussian();
                double[] u = {l[0] * a, l[1] * a + l[3] * b, l[2] * a + l[4] * b + l[5] * c};
                double change = (1 - ALPHA) * (blob(p, u) - still);
                sum += change;
                square += change * change;
            }
            double mean = sum / draws;
            double sd = Math.sqrt(square / draws - mean * mean);
            int v = g.index(at[0], at[1], at[2]);
            // five standard errors, and 1 % for the third order
            double error = 5 * sd / Math.sqrt(draws);
            assertEquals(mean, map.bias().values()[v], error + 0.01 * Math.abs(mean));
            assertEquals(sd, map.sd().values()[v], 0.03 * sd, "SD at " + Arrays.toString(at));
        }
    }

    @Test
    void whatIsNotInTheImageCannotBeOff() {
        BiasMap map = map(GRID, 1, Misregistration.isotropic(3, GRID));
        float[] zero = new float[GRID.voxels()];
        assertArrayEquals(zero, map.bias().values());
        assertArrayEquals(zero, map.sd().values());
        assertEquals(0, map.figures().riskShare());
    }

    /** From the safe weight on the straight part is within the tolerance, and below it is not. */
    @Test
    void atTheSafeWeightTheBiasIsTheTolerance() {
        Misregistration u = Misregistration.shift(Numbers.of(0.5, 0, 0));
        Misregistration back = Misregistration.shift(Numbers.of(-0.5, 0, 0));
        float[] safe = map(GRID, 0, u).safeAlpha().orElseThrow().values();
        float[] plus = map(GRID, 0, u).bias().values();
        float[] minus = map(GRID, 0, back).bias().values();
        int within = 0;
        for (int v = 0; v < safe.length; v++) {
            double straight = Math.abs((double) plus[v] - minus[v]) / 2;
            within += safe[v] > 0 ? 1 : 0;
            double left = (1 - safe[v]) * straight;
            assertTrue(safe[v] > 0 ? Math.abs(left - 2) < 1e-3 : left <= 2, "voxel " + v);
        }
        assertTrue(within > 1000);
        // a mean distance counts in the worst direction: |∇I| is 1000/σ e^-½ at its steepest
        BiasMap.Figures f = map(GRID, 0, Misregistration.isotropic(0.5, GRID)).figures();
        double steepest = 1000 / SIGMA * StrictMath.exp(-0.5) * 0.5;
        assertEquals(1 - 2 / steepest, f.safeAlpha(), 1e-3);
    }

    @Test
    void edgeRiskCountsTheVoxelsAboveTheLimitInTheMask() {
        boolean[] in = new boolean[GRID.voxels()];
        for (int v = 0; v < in.length; v++) {
            in[v] = v % 3 == 0;
        }
        BiasMap.Settings settings =
                new BiasMap.Settings(
                        OptionalDouble.of(5),
                        2,
                        OptionalDouble.of(7),
                        0,
                        Optional.of(Mask.of(GRID, in)));
        BiasMap map =
                BiasMap.of(
                        Weighted.of(ALPHA),
                        List.of(nothing(GRID), blob(GRID, new double[3])),
                        1,
                        Misregistration.isotropic(1, GRID),
                        settings);
        int risk = 0;
        int count = 0;
        for (int v = 0; v < in.length; v++) {
            boolean above = Math.abs(map.bias().values()[v]) > 10 || map.sd().values()[v] > 10;
            assertEquals(above, map.edgeRisk().voxels()[v]);
            count += in[v] ? 1 : 0;
            risk += in[v] && above ? 1 : 0;
        }
        assertTrue(risk > 100 && risk < count);
        assertEquals(risk / (double) count, map.figures().riskShare());
        assertEquals(count, map.figures().voxels());
        assertEquals(10, map.figures().limit());
        assertEquals(7, map.figures().tolerance());
        assertEquals(Quantity.HU, map.bias().quantity());
    }

    @Test
    void theWayFromOneTransformToAnotherIsTheShift() {
        Affine used = Affine.toWorld(OBLIQUE).then(Affine.shift(5, -3, 2));
        Affine moved = Affine.shift(0.4, -0.2, 0.3).then(used);
        BiasMap known = map(GRID, ALPHA, Misregistration.shift(Numbers.of(0.4, -0.2, 0.3)));
        BiasMap found = map(GRID, ALPHA, Misregistration.between(used, moved));
        for (int v = 0; v < GRID.voxels(); v++) {
            assertEquals(known.bias().values()[v], found.bias().values()[v], 1e-4);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Misregistration u = Misregistration.predicted(sliding(OBLIQUE), OBLIQUE);
            BiasMap one = map(OBLIQUE, ALPHA, u);
            Parallel.setThreads(3);
            BiasMap three = map(OBLIQUE, ALPHA, u);
            assertArrayEquals(one.bias().values(), three.bias().values());
            assertArrayEquals(one.sd().values(), three.sd().values());
            assertEquals(one.figures(), three.figures());
        } finally {
            Parallel.setThreads(threads);
        }
    }

    /** A certificate of a registration that may be off along x, the more the farther up z. */
    private static Certificate sliding(Geometry image) {
        double[] o = image.toWorld(0, 0, 0).toArray();
        double high = Math.max(1, image.toWorld(0, 0, image.nk() - 1).get(2) - o[2]);
        Geometry nodes =
                new Geometry(1, 1, 2, Numbers.of(1, 1, high), Numbers.of(o), Geometry.IDENTITY);
        ErrorCovariance spread =
                new ErrorCovariance(
                        nodes,
                        Numbers.of(0.01, 0, 0, 0, 0, 0, 0.09, 0, 0, 0, 0, 0),
                        Numbers.of(new double[18]));
        return new Certificate(
                Status.PASS,
                List.of(),
                1,
                Optional.of(new Certificate.ErrorMm(0.2, 0.4, 0.6, "")),
                Optional.of(spread),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** Edges across x are at risk, those across y are not, and more so farther up. */
    @Test
    void theSpreadOfACertificateCountsByPlaceAndDirection() {
        BiasMap map = map(GRID, ALPHA, Misregistration.predicted(sliding(GRID), GRID));
        float[] sd = map.sd().values();
        float[] one = map(GRID, ALPHA, Misregistration.shift(Numbers.of(1, 0, 0))).bias().values();
        float[] back =
                map(GRID, ALPHA, Misregistration.shift(Numbers.of(-1, 0, 0))).bias().values();
        for (int[] at : new int[][] {{30, 22, 10}, {30, 22, 30}, {18, 15, 20}}) {
            int v = GRID.index(at[0], at[1], at[2]);
            double slope = Math.abs(one[v] - (double) back[v]) / 2;
            double bend = (one[v] + (double) back[v]); // second derivative
            double variance = 0.01 + 0.08 * at[2] / 39;
            double expected =
                    Math.sqrt(slope * slope * variance + bend * bend * variance * variance / 2);
            assertEquals(expected, sd[v], 1e-3 * expected, Arrays.toString(at));
        }
        // 6 mm beside the centre, along x and along y
        assertTrue(sd[GRID.index(29, 21, 19)] > 5 * sd[GRID.index(23, 27, 19)]);
    }

    @Test
    void aCertificateWithoutACovarianceCountsByItsMean() {
        Certificate c = sliding(GRID);
        Certificate old =
                new Certificate(
                        c.status(),
                        c.findings(),
                        c.overlap(),
                        c.targetError(),
                        Optional.empty(),
                        c.inverse(),
                        c.capture(),
                        c.folding(),
                        c.stages());
        assertArrayEquals(
                map(GRID, ALPHA, Misregistration.isotropic(0.2, GRID)).sd().values(),
                map(GRID, ALPHA, Misregistration.predicted(old, GRID)).sd().values());
    }
}
