package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body of 2 with a box of 8 that MR shows too, and one of 10 that only PET has. */
class MapFusionTest {
    private static final Geometry G = Geometry.of(28, 26, 12, 2, 2, 3);
    private static final Numbers WIDTH = Numbers.of(6, 6, 6);
    private static final double SD = 0.3;
    private static final float[] TRUTH = object(2, 8, 10);
    private static final Volume MR = Volume.of(G, noisy(object(100, 300, 100), 3, 7), Quantity.MR);
    private static final Volume PET = pet();

    private static float[] object(float body, float both, float petOnly) {
        float[] u = new float[G.voxels()];
        for (int p = 0; p < u.length; p++) {
            int i = p % 28;
            int j = p / 28 % 26;
            int k = p / 728;
            u[p] = i > 2 && i < 25 && j > 2 && j < 23 ? body : 0;
            u[p] = i > 5 && i < 11 && j > 7 && j < 15 && k > 2 && k < 9 ? both : u[p];
            u[p] = i > 15 && i < 20 && j > 9 && j < 14 && k > 3 && k < 8 ? petOnly : u[p];
        }
        return u;
    }

    private static float[] noisy(float[] x, double sd, long seed) {
        Rng rng = new Rng(seed);
        float[] out = new float[x.length];
        for (int p = 0; p < x.length; p++) {
            out[p] = (float) Math.max(0, x[p] + sd * rng.nextGaussian());
        }
        return out;
    }

    private static Volume pet() {
        float[] z = new float[G.voxels()];
        new Blur(G, WIDTH).forward(TRUTH, z);
        return Volume.of(G, noisy(z, SD, 3), Quantity.SUV_BW);
    }

    private static MapFusion.Settings settings(MapPrior prior, OptionalDouble weight) {
        return new MapFusion.Settings(
                prior,
                WIDTH,
                weight,
                OptionalDouble.of(SD),
                MapFusion.Noise.GAUSSIAN,
                OptionalDouble.empty(),
                0.95,
                OptionalInt.empty(),
                MapFusion.TOLERANCE);
    }

    private static double rmse(float[] u) {
        double sum = 0;
        for (int p = 0; p < u.length; p++) {
            sum += (u[p] - (double) TRUTH[p]) * (u[p] - (double) TRUTH[p]);
        }
        return Math.sqrt(sum / u.length);
    }

    @ParameterizedTest
    @EnumSource(MapPrior.class)
    void everyPriorBringsTheTruthNearerAndLeavesTheNoise(MapPrior prior) {
        MapFusion.Result r =
                MapFusion.of(
                        PET,
                        Optional.of(MR),
                        settings(prior, OptionalDouble.empty()),
                        Progress.NONE);
        assertTrue(rmse(r.image().values()) < 0.8 * rmse(PET.values()), prior + " is no better");
        assertEquals(1, r.discrepancy(), 0.06, "weights are compared by looser runs");
        assertEquals(Quantity.SUV_BW, r.image().quantity());
        assertTrue(r.image().fwhmMm().isEmpty());
        assertEquals(prior.guided(), r.guide().isPresent());
        if (prior != MapPrior.RDP) {
            assertTrue(
                    r.gap() <= MapFusion.TOLERANCE * r.objective(),
                    r.gap() + " of " + r.objective());
        }
    }

    @Test
    void anatomyHelpsWhereItIsRightAndTheMapShowsWhere() {
        OptionalDouble weight = OptionalDouble.of(1);
        float[] tv =
                MapFusion.of(PET, Optional.empty(), settings(MapPrior.TV, weight), Progress.NONE)
                        .image()
                        .values();
        MapFusion.Result dtv =
                MapFusion.of(PET, Optional.of(MR), settings(MapPrior.DTV, weight), Progress.NONE);
        assertTrue(rmse(dtv.image().values()) < 0.8 * rmse(tv));
        MapFusion.Guide guide = dtv.guide().orElseThrow();
        float[] imposed = guide.imposed().values();
        for (int p = 0; p < tv.length; p++) {
            // both are within 1e-3 of the same minimum: RMS 0.02 of A(u − u*), more before A
            assertEquals(dtv.image().values()[p] - tv[p], imposed[p], 0.3, "the twin is tv");
        }
        assertTrue(guide.seenRms() < 0.5 * guide.rms(), "the blur hides most of it");
        double lesion = mean(imposed, 10);
        double shared = imposed[G.index(10, 11, 5)];
        assertTrue(Math.abs(lesion) < 0.05 && shared > 0.1, lesion + " beside " + shared);
    }

    private static double mean(float[] x, float level) {
        double sum = 0;
        int n = 0;
        for (int p = 0; p < x.length; p++) {
            if (TRUTH[p] == level) {
                sum += x[p];
                n++;
            }
        }
        return sum / n;
    }

    /** Sums stay under blur, and total variation is blind to the level of the whole. */
    @Test
    void activityIsKept() {
        for (MapFusion.Noise noise : MapFusion.Noise.values()) {
            MapFusion.Settings s =
                    new MapFusion.Settings(
                            MapPrior.TV,
                            WIDTH,
                            OptionalDouble.of(noise == MapFusion.Noise.POISSON ? 0.3 : 1),
                            OptionalDouble.of(SD),
                            noise,
                            OptionalDouble.empty(),
                            0.95,
                            OptionalInt.empty(),
                            1e-3);
            MapFusion.Result r = MapFusion.of(PET, Optional.empty(), s, Progress.NONE);
            Change all = Change.of(PET.values(), r.image().values(), allOf(G));
            // Σ Au (1 − y/ȳ) = −λR(u): under Poisson noise the prior takes a little of the whole
            double share = noise == MapFusion.Noise.POISSON ? 0.04 : 0.01;
            assertEquals(0, all.meanDrift(), share * all.mean(), noise.toString());
            assertTrue(all.largestDrift() < 8);
        }
    }

    private static boolean[] allOf(Geometry g) {
        boolean[] in = new boolean[g.voxels()];
        Arrays.fill(in, true);
        return in;
    }

    @Test
    void aGuideThatIsTheImageItselfIsRefused() {
        String said = refused(PET);
        assertTrue(
                said.startsWith("the guide is the image itself (correlation 1.00000), so"), said);
    }

    @Test
    void aGuideWithoutEdgesIsRefused() {
        assertEquals(
                "the guide has no edges: all its values are alike. Take --prior tv.",
                refused(Volume.of(G, new float[G.voxels()], Quantity.MR)));
    }

    @Test
    void anUnrelatedGuideIsRefused() {
        float[] other = new float[G.voxels()];
        for (int p = 0; p < other.length; p++) {
            other[p] = (p % 28 / 3 + p / 28 % 26 / 5) % 2 * 100;
        }
        String said = refused(Volume.of(G, noisy(other, 3, 5), Quantity.MR));
        assertTrue(said.startsWith("the guide's edges are not those of the image: they"), said);
    }

    /** Of 200 two or three pass where places are alike; of nine places twenty would. */
    @Test
    void anUnrelatedGuidePassesOnceInSixtyFour() {
        Geometry g = Geometry.of(16, 16, 16, 2, 2, 2);
        Blur smooth = new Blur(g, Numbers.of(6, 6, 6));
        boolean[] all = allOf(g);
        int passed = 0;
        for (int trial = 0; trial < 200; trial++) {
            float[] z = texture(g, 2 * trial);
            float[] v = texture(g, 2 * trial + 1);
            try {
                assertEquals(63, Guidance.of(g, z, v, all, smooth).shifts());
                passed++;
            } catch (RefusedException unrelated) {
                assertTrue(unrelated.getMessage().contains("in the best of 63 places"));
            }
        }
        assertTrue(passed <= 8, passed + " passed");
        float[] own = texture(g, 1);
        Guidance same = Guidance.of(g, squared(own), own, all, smooth);
        assertTrue(same.agreement() > same.byChance() + 0.1, same.toString());
    }

    /** Noise of 6 mm, cut out of more of it, so that the border is like any other place. */
    private static float[] texture(Geometry g, long seed) {
        Geometry more = Geometry.of(24, 24, 24, 2, 2, 2);
        float[] white = new float[more.voxels()];
        Arrays.fill(white, 10);
        float[] soft = new float[white.length];
        new Blur(more, Numbers.of(6, 6, 6)).forward(noisy(white, 1, seed), soft);
        float[] out = new float[g.voxels()];
        for (int p = 0; p < out.length; p++) {
            out[p] = soft[more.index(4 + p % 16, 4 + p / 16 % 16, 4 + p / 256)] - 10;
        }
        return out;
    }

    /** The same edges with another contrast. */
    private static float[] squared(float[] x) {
        float[] out = new float[x.length];
        for (int p = 0; p < x.length; p++) {
            out[p] = x[p] * x[p];
        }
        return out;
    }

    @Test
    void noiseThatNeighboursShareIsNotTakenForItsHeight() {
        Geometry fine = Geometry.of(56, 52, 12, 1, 1, 3);
        float[] z = new float[fine.voxels()];
        for (int p = 0; p < z.length; p++) {
            int i = p % 56;
            int j = p / 56 % 52;
            int k = p / (56 * 52);
            int i1 = Math.min(27, (i + 1) / 2);
            int j1 = Math.min(25, (j + 1) / 2);
            z[p] = PET.at(i / 2, j / 2, k) + PET.at(i1, j / 2, k);
            z[p] = (z[p] + PET.at(i / 2, j1, k) + PET.at(i1, j1, k)) / 4;
        }
        MapFusion.Settings s =
                new MapFusion.Settings(
                        MapPrior.TV,
                        WIDTH,
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        MapFusion.Noise.GAUSSIAN,
                        OptionalDouble.empty(),
                        0.95,
                        OptionalInt.empty(),
                        1e-2);
        MapFusion.Result half =
                MapFusion.of(
                        Volume.of(fine, z, Quantity.SUV_BW), Optional.empty(), s, Progress.NONE);
        assertTrue(
                half.noise() < 0.6 * SD && half.noiseFar() > 1.4 * half.noise(),
                half.noise() + " and " + half.noiseFar() + " two voxels apart");
        float[] soft = new float[TRUTH.length];
        new Blur(G, WIDTH).forward(PET.values(), soft);
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        MapFusion.of(
                                                Volume.of(G, soft, Quantity.SUV_BW),
                                                Optional.empty(),
                                                s,
                                                Progress.NONE))
                        .getMessage();
        assertTrue(said.startsWith("the noise cannot be told from the image: between"), said);
        MapFusion.Result own = MapFusion.of(PET, Optional.empty(), s, Progress.NONE);
        assertEquals(SD, own.noise(), 0.1 * SD);
        assertTrue(own.noiseFar() < 1.8 * SD, own.noiseFar() + " two voxels apart");
    }

    private static String refused(Volume guide) {
        return assertThrows(
                        RefusedException.class,
                        () ->
                                MapFusion.of(
                                        PET,
                                        Optional.of(guide),
                                        settings(MapPrior.DTV, OptionalDouble.of(1)),
                                        Progress.NONE))
                .getMessage();
    }

    @Test
    void gapsStayGapsAndThreadsChangeNoBit() {
        float[] z = PET.values().clone();
        z[G.index(12, 12, 6)] = Float.NaN;
        Volume gap = Volume.of(G, z, Quantity.SUV_BW);
        MapFusion.Settings s = settings(MapPrior.DTV, OptionalDouble.of(1));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = MapFusion.of(gap, Optional.of(MR), s, Progress.NONE).image().values();
            Parallel.setThreads(8);
            float[] many = MapFusion.of(gap, Optional.of(MR), s, Progress.NONE).image().values();
            assertArrayEquals(one, many, 0);
            assertTrue(Float.isNaN(one[G.index(12, 12, 6)]));
            assertTrue(one[G.index(13, 12, 6)] > 0);
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void noiseThatNothingRisesAboveIsRefused() {
        MapFusion.Settings s =
                new MapFusion.Settings(
                        MapPrior.TV,
                        WIDTH,
                        OptionalDouble.empty(),
                        OptionalDouble.of(500),
                        MapFusion.Noise.GAUSSIAN,
                        OptionalDouble.empty(),
                        0.95,
                        OptionalInt.empty(),
                        1e-3);
        String said =
                assertThrows(
                                RefusedException.class,
                                () -> MapFusion.of(PET, Optional.empty(), s, Progress.NONE))
                        .getMessage();
        assertTrue(said.startsWith("even the smoothest image leaves a residual of only"), said);
    }
}
