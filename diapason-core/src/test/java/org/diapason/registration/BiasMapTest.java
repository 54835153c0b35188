package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A Gaussian blob of 6 mm that is moved by known shifts: nothing is resampled. */
class BiasMapTest {
    private static final double SIGMA = 6;
    private static final double ALPHA = 0.3;
    private static final Geometry GRID = centred(48, 44, 40, 1, 1, 1, Geometry.IDENTITY);
    private static final Geometry OBLIQUE =
            centred(40, 52, 30, 1.1, 0.9, 1.4, turned(0.3, 0.5, -1));

    private static final BiasMap.Settings SETTINGS =
            new BiasMap.Settings(
                    OptionalDouble.of(2), 1, OptionalDouble.empty(), 0, Optional.empty());

    /** Its centre is the world's origin. */
    private static Geometry centred(
            int ni, int nj, int nk, double si, double sj, double sk, Numbers direction) {
        Geometry g =
                new Geometry(ni, nj, nk, Numbers.of(si, sj, sk), Numbers.of(0, 0, 0), direction);
        double[] o = g.toWorld((ni - 1) / 2.0, (nj - 1) / 2.0, (nk - 1) / 2.0).toArray();
        return new Geometry(ni, nj, nk, g.spacingMm(), Numbers.of(-o[0], -o[1], -o[2]), direction);
    }

    /** Turned about z, then about x; the last axis is flipped where sign is −1. */
    private static Numbers turned(double z, double x, double sign) {
        double a = StrictMath.cos(z);
        double b = StrictMath.sin(z);
        double c = StrictMath.cos(x);
        double d = StrictMath.sin(x);
        return Numbers.of(a, -b, 0, c * b, c * a, -d * sign, d * b, d * a, c * sign);
    }

    private static Volume blob(Geometry g, double[] shift) {
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            values[v] = (float) blob(g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()), shift);
        }
        return Volume.of(g, values, Quantity.HU);
    }

    private static double blob(Numbers place, double[] shift) {
        double d = 0;
        for (int r = 0; r < 3; r++) {
            double x = place.get(r) + shift[r];
            d += x * x;
        }
        return 1000 * StrictMath.exp(-d / (2 * SIGMA * SIGMA));
    }

    private static Volume nothing(Geometry g) {
        return Volume.of(g, new float[g.voxels()], Quantity.HU);
    }

    private static BiasMap map(Geometry g, double alpha, Misregistration u) {
        return BiasMap.of(
                new WeightedAverage(alpha), nothing(g), blob(g, new double[3]), u, SETTINGS);
    }

    /** Voxels from the nearest border. */
    private static int border(Geometry g, int v) {
        int row = v / g.ni();
        int[] at = {v % g.ni(), row % g.nj(), row / g.nj()};
        int least = Integer.MAX_VALUE;
        for (int a = 0; a < 3; a++) {
            least = Math.min(least, Math.min(at[a], g.size(a) - 1 - at[a]));
        }
        return least;
    }

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
                        new WeightedAverage(ALPHA),
                        nothing(GRID),
                        blob(GRID, new double[3]),
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

    /** The same average, but known only by what it makes of shifted images. */
    @Test
    void aRuleWithoutDerivativeIsFollowedByShiftedImages() {
        FusionRule average = new WeightedAverage(ALPHA);
        FusionRule blind = average::fuse;
        Geometry g = centred(30, 26, 22, 1.1, 0.9, 1.4, turned(0.3, 0.5, -1));
        Volume b = blob(g, new double[3]);
        float[][] covariance = new float[6][g.voxels()];
        double[] s = {0.4, 0.1, -0.05, 0.3, 0.02, 0.2};
        for (int n = 0; n < 6; n++) {
            Arrays.fill(covariance[n], (float) s[n]);
        }
        Misregistration u = Misregistration.perVoxel(covariance);
        BiasMap exact = BiasMap.of(average, nothing(g), b, u, SETTINGS);
        BiasMap found = BiasMap.of(blind, nothing(g), b, u, SETTINGS);
        assertTrue(found.safeAlpha().isEmpty());
        for (int v = 0; v < g.voxels(); v++) {
            if (border(g, v) >= 4) {
                double sd = exact.sd().values()[v];
                assertEquals(exact.bias().values()[v], found.bias().values()[v], 0.2);
                assertEquals(sd, found.sd().values()[v], 0.2 + 0.01 * sd);
            }
        }
    }

    /** The larger value: the second image shows, and can be off, only where it is larger. */
    @Test
    void whereTheOtherImageShowsNothingIsOff() {
        float[] level = new float[GRID.voxels()];
        Arrays.fill(level, 500);
        Volume b = blob(GRID, new double[3]);
        FusionRule most =
                (g, x, y) -> {
                    float[] out = new float[x.length];
                    for (int v = 0; v < out.length; v++) {
                        out[v] = Math.max(x[v], y[v]);
                    }
                    return out;
                };
        Misregistration u = Misregistration.isotropic(1, GRID);
        BiasMap map = BiasMap.of(most, Volume.of(GRID, level, Quantity.HU), b, u, SETTINGS);
        BiasMap all = map(GRID, 0, u);
        int shown = 0;
        for (int v = 0; v < level.length; v++) {
            if (b.values()[v] < 350) {
                assertEquals(0, map.sd().values()[v]);
            } else if (b.values()[v] > 650) {
                shown++;
                double sd = all.sd().values()[v];
                assertEquals(sd, map.sd().values()[v], 0.3 + 0.02 * sd);
            }
        }
        assertTrue(shown > 100);
    }

    @Test
    void theWayFromOneTransformToAnotherIsTheShift() {
        Affine used = LinearModel.RIGID.at(new double[] {5, -3, 2, 0.1, 0, 0.3}, new double[3]);
        Affine moved = Affine.shift(0.4, -0.2, 0.3).then(used);
        BiasMap known = map(GRID, ALPHA, Misregistration.shift(Numbers.of(0.4, -0.2, 0.3)));
        BiasMap found = map(GRID, ALPHA, Misregistration.between(used, moved));
        for (int v = 0; v < GRID.voxels(); v++) {
            assertEquals(known.bias().values()[v], found.bias().values()[v], 1e-4);
        }
    }

    /** In a plane a mean distance is shared by two axes, not by three. */
    @Test
    void aSliceKnowsOnlyItsPlane() {
        Geometry flat = centred(48, 44, 1, 1, 1, 3, Geometry.IDENTITY);
        BiasMap map = map(flat, 0, Misregistration.isotropic(1, flat));
        int steepest = flat.index(23 + 6, 21, 0);
        Numbers p = flat.toWorld(29, 21, 0);
        double slope = 1000 / (SIGMA * SIGMA) * StrictMath.exp(-(5.5 * 5.5 + 0.25) / 72);
        double across = slope * Math.sqrt(p.get(0) * p.get(0) + p.get(1) * p.get(1));
        double s = 1 / Math.sqrt(Math.PI / 2);
        assertEquals(across * s, map.sd().values()[steepest], 0.01 * across * s);
        Volume b = blob(flat, new double[3]);
        float[] values = map.bias().values();
        // ½ s² (I_xx + I_yy): nothing across the slice
        double r2 = p.get(0) * p.get(0) + p.get(1) * p.get(1);
        double laplace = (r2 / 1296 - 2 / 36.0) * b.values()[steepest];
        assertEquals(0.5 * s * s * laplace, values[steepest], 0.01 * Math.abs(laplace) + 0.02);
    }

    @Test
    void besideAGapNothingIsKnown() {
        Volume whole = blob(GRID, new double[3]);
        float[] values = whole.values().clone();
        for (int v = 0; v < values.length; v++) {
            values[v] = v % GRID.ni() < 12 ? Float.NaN : values[v];
        }
        Misregistration u = Misregistration.isotropic(1, GRID);
        BiasMap all = map(GRID, ALPHA, u);
        BiasMap map =
                BiasMap.of(
                        new WeightedAverage(ALPHA),
                        nothing(GRID),
                        whole.withValues(values),
                        u,
                        SETTINGS);
        for (int v = 0; v < values.length; v++) {
            int i = v % GRID.ni();
            float sd = map.sd().values()[v];
            assertEquals(i < 13, Float.isNaN(sd));
            if (i > 14) {
                assertEquals(all.sd().values()[v], sd, 1);
            }
        }
        assertEquals(35L * 44 * 40, map.figures().voxels());
    }

    @Test
    void theNoiseIsFoundOrAskedFor() {
        Rng rng = new Rng(3);
        float[] noisy = blob(GRID, new double[3]).values().clone();
        for (int v = 0; v < noisy.length; v++) {
            noisy[v] += 8 * rng.nextGaussian();
        }
        Volume b = nothing(GRID).withValues(noisy);
        Misregistration u = Misregistration.isotropic(1, GRID);
        FusionRule rule = new WeightedAverage(0.5);
        BiasMap map = BiasMap.of(rule, nothing(GRID), b, u, BiasMap.Settings.USUAL);
        assertEquals(4, map.figures().noiseSd(), 0.1);
        assertTrue(map.figures().noiseEstimated());
        RefusedException none =
                assertThrows(
                        RefusedException.class,
                        () ->
                                BiasMap.of(
                                        rule,
                                        nothing(GRID),
                                        nothing(GRID),
                                        u,
                                        BiasMap.Settings.USUAL));
        assertEquals(
                "the noise of the fused image cannot be told: fewer than 100 voxels differ from"
                        + " their neighbours. Give its standard deviation: --noise.",
                none.getMessage());
    }

    /** A blob of σ blurred by s has the slopes of one of √(σ² + s²); noise has nearly none left. */
    @Test
    void aBlurTakesTheSlopesOfNoiseAway() {
        double fwhm = 5;
        double s = fwhm / 2.3548200450309493;
        BiasMap.Settings blur =
                new BiasMap.Settings(
                        OptionalDouble.of(2), 1, OptionalDouble.empty(), fwhm, Optional.empty());
        Misregistration u = Misregistration.isotropic(1, OBLIQUE);
        FusionRule rule = new WeightedAverage(0);
        Volume b = blob(OBLIQUE, new double[3]);
        BiasMap map = BiasMap.of(rule, nothing(OBLIQUE), b, u, blur);
        int v = OBLIQUE.index(20, 32, 15);
        Numbers p = OBLIQUE.toWorld(20, 32, 15);
        double width = SIGMA * SIGMA + s * s;
        double r2 = p.get(0) * p.get(0) + p.get(1) * p.get(1) + p.get(2) * p.get(2);
        double height = 1000 * StrictMath.pow(SIGMA * SIGMA / width, 1.5);
        double slope = height * Math.sqrt(r2) / width * StrictMath.exp(-r2 / (2 * width));
        double sd = slope / Math.sqrt(8 / Math.PI);
        assertEquals(sd, map.sd().values()[v], 0.02 * sd);
        Rng rng = new Rng(3);
        float[] noise = new float[OBLIQUE.voxels()];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) rng.nextGaussian();
        }
        Volume noisy = b.withValues(noise);
        double with = BiasMap.of(rule, nothing(OBLIQUE), noisy, u, blur).figures().rmsSd();
        double without = BiasMap.of(rule, nothing(OBLIQUE), noisy, u, SETTINGS).figures().rmsSd();
        assertTrue(with < 0.05 * without, with + " of " + without);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            BiasMap one = map(OBLIQUE, ALPHA, Misregistration.isotropic(1, OBLIQUE));
            Parallel.setThreads(3);
            BiasMap three = map(OBLIQUE, ALPHA, Misregistration.isotropic(1, OBLIQUE));
            assertArrayEquals(one.bias().values(), three.bias().values());
            assertArrayEquals(one.sd().values(), three.sd().values());
            assertEquals(one.figures(), three.figures());
        } finally {
            Parallel.setThreads(threads);
        }
    }
}
