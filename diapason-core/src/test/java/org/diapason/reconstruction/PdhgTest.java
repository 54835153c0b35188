package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PdhgTest {
    private static final Geometry G = Geometry.of(14, 12, 6, 2, 2, 3);
    private static final Blur BLUR = new Blur(G, Numbers.of(5, 5, 5));
    private static final Blur NONE = new Blur(G, Numbers.of(0, 0, 0));
    private static final Pdhg.Settings FINE = new Pdhg.Settings(1e-5, 50, 20_000);

    /** A box of 6 in 1, blurred and noisy. */
    private static float[] scan(Blur blur, double sd) {
        float[] z = new float[G.voxels()];
        blur.forward(truth(), z);
        Rng rng = new Rng(3);
        for (int p = 0; p < z.length; p++) {
            z[p] += (float) (sd * rng.nextGaussian());
        }
        return z;
    }

    private static float[] truth() {
        float[] u = new float[G.voxels()];
        for (int p = 0; p < u.length; p++) {
            int i = p % 14;
            int j = p / 14 % 12;
            int k = p / 168;
            u[p] = i > 3 && i < 10 && j > 3 && j < 9 && k > 1 && k < 5 ? 6 : 1;
        }
        return u;
    }

    private static Pdhg.Result run(
            Blur blur, DataTerm data, NormPrior prior, double weight, Pdhg.Settings settings) {
        float[] start = new float[G.voxels()];
        return new Pdhg(blur, data, prior, start, 0.25).minimise(weight, settings, Progress.NONE);
    }

    @Test
    void withoutBlurItIsTotalVariationDenoising() {
        float[] z = scan(NONE, 0.5);
        DataTerm data = DataTerm.gaussian(z, 0.5);
        Pdhg.Result r = run(NONE, data, new TotalVariation(G, 0), 1.2, FINE);
        Rof.Result rof = new Rof(G).denoise(z, null, 1.2 * 0.25, 1e-6, 20_000);
        assertEquals(rof.objective() / 0.25, r.last().objective(), 2e-5 * rof.objective() / 0.25);
        assertArrayEquals(rof.image(), r.image(), 0.03f);
    }

    static Stream<Arguments> cases() {
        float[] v = truth();
        return Stream.of(
                        new TotalVariation(G, 0),
                        new HuberTv(G, 0.05),
                        new JointTv(G, v, 0.2, 0.02),
                        new DirectionalTv(G, v, 0.1, 0.95, 0),
                        new ParallelLevelSets(G, v, 0.1, 0.02),
                        Bowsher.quadratic(G, v, 6, false),
                        Bowsher.absolute(G, v, 6, true, 0))
                .flatMap(
                        p ->
                                Stream.of("gaussian", "poisson")
                                        .map(
                                                l ->
                                                        Arguments.of(
                                                                p.getClass().getSimpleName(),
                                                                l,
                                                                p)));
    }

    /** The gap is the certificate: no image tried has an objective below objective − gap. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void theGapBoundsEveryOtherImage(String name, String likelihood, NormPrior prior) {
        float[] z = scan(BLUR, 0.5);
        float[] background = new float[z.length];
        Arrays.fill(background, 0.5f);
        for (int p = 0; p < z.length; p++) {
            z[p] = likelihood.equals("poisson") ? Math.max(0, Math.round(z[p])) : z[p];
        }
        DataTerm data =
                likelihood.equals("poisson")
                        ? DataTerm.poisson(z, background)
                        : DataTerm.gaussian(z, 0.5);
        double weight = 0.3;
        Pdhg.Result r = run(BLUR, data, prior, weight, new Pdhg.Settings(1e-3, 50, 5000));
        double bound = r.last().objective() - r.last().gap();
        assertTrue(r.last().gap() <= 1e-3 * r.last().objective());
        Pdhg.Result finer = run(BLUR, data, prior, weight, new Pdhg.Settings(2e-5, 50, 20_000));
        assertTrue(finer.last().objective() >= bound, finer.last() + " below " + bound);
        assertTrue(finer.last().objective() <= r.last().objective() * (1 + 2e-5));
        float[] az = new float[z.length];
        for (int trial = 0; trial < 20; trial++) {
            float[] other = PriorTest.random(G, trial, -1.5);
            for (int p = 0; p < other.length; p++) {
                other[p] = Math.max(0, finer.image()[p] + other[p] * (trial + 1) / 400);
            }
            BLUR.forward(other, az);
            double there = data.value(az) + weight * prior.norm(other);
            assertTrue(there >= bound, "trial " + trial);
        }
    }

    /** A gap that looks no farther than D: what differs by k D is better by k gaps at most. */
    @Test
    void aGapOfWhatIsNearIsSmallEarlierAndHoldsFartherOffInProportion() {
        DataTerm data = DataTerm.gaussian(scan(BLUR, 0.5), 0.5);
        NormPrior prior = new TotalVariation(G, 0);
        Pdhg.Result finer = run(BLUR, data, prior, 0.3, new Pdhg.Settings(2e-5, 50, 20_000));
        Pdhg.Result all = run(BLUR, data, prior, 0.3, new Pdhg.Settings(1e-3, 50, 5000));
        double best = finer.last().objective();
        for (double within : new double[] {0.02, 0.3, 3}) {
            Pdhg.Settings s = new Pdhg.Settings(1e-3, within, 50, 5000);
            Pdhg.Result near = run(BLUR, data, prior, 0.3, s);
            double off = 0;
            for (int p = 0; p < near.image().length; p++) {
                off = Math.max(off, Math.abs(near.image()[p] - finer.image()[p]));
            }
            double excess = near.last().objective() - best;
            double most = near.last().gap() * Math.max(1, off / within);
            assertTrue(excess <= most + 2e-5 * best, excess + " above " + most + " at " + off);
            assertTrue(near.last().iteration() <= all.last().iteration());
        }
    }

    /** In a unit of length of a hundredth, λR is the same sum where λ has the unit too. */
    @Test
    void theUnitOfLengthChangesNoStep() {
        Geometry small = Geometry.of(14, 12, 6, 1.0 / 64, 1.0 / 64, 1.5 / 64);
        float[] z = scan(BLUR, 0.5);
        DataTerm data = DataTerm.gaussian(z, 0.5);
        Pdhg.Settings s = new Pdhg.Settings(1e-4, 50, 3000);
        Pdhg.Result mm = run(BLUR, data, new TotalVariation(G, 0), 0.5, s);
        Blur blur = new Blur(small, Numbers.of(5.0 / 128, 5.0 / 128, 5.0 / 128));
        Pdhg.Result other = run(blur, data, new TotalVariation(small, 0), 0.5 / 128, s);
        assertEquals(mm.last().iteration(), other.last().iteration());
        assertArrayEquals(mm.image(), other.image(), 1e-4f);
    }

    /** With one step for the prior whatever its weight it took three times as many. */
    @Test
    void aWeakPriorIsNotSlow() {
        DataTerm data = DataTerm.gaussian(scan(BLUR, 0.5), 0.5);
        Pdhg.Settings s = new Pdhg.Settings(3e-3, 200, 3000);
        int weak = run(BLUR, data, new TotalVariation(G, 0), 0.05, s).last().iteration();
        int usual = run(BLUR, data, new TotalVariation(G, 0), 0.5, s).last().iteration();
        assertTrue(weak <= 2 * usual, weak + " iterations, " + usual + " at ten times the weight");
    }

    @Test
    void withoutUpperBoundTheGapIsFiniteToo() {
        DataTerm data = DataTerm.gaussian(scan(BLUR, 0.5), 0.5);
        Pdhg.Settings open = new Pdhg.Settings(1e-4, Double.POSITIVE_INFINITY, 20_000);
        Pdhg.Result r = run(BLUR, data, new TotalVariation(G, 0), 0.5, open);
        assertTrue(r.last().gap() <= 1e-4 * r.last().objective(), r.last().toString());
    }

    @Test
    void whatWasNotMeasuredCountsNothing() {
        float[] z = scan(NONE, 0.5);
        for (int p = 0; p < z.length; p += 7) {
            z[p] = Float.NaN;
        }
        Pdhg.Result r = run(NONE, DataTerm.gaussian(z, 0.5), new TotalVariation(G, 0), 0.6, FINE);
        float[] precision = new float[z.length];
        for (int p = 0; p < z.length; p++) {
            precision[p] = p % 7 == 0 ? 1e-3f : 1;
        }
        float[] rof = new Rof(G).denoise(scan(NONE, 0.5), precision, 0.15, 1e-5, 20_000).image();
        double off = 0;
        for (int p = 0; p < z.length; p++) {
            off = Math.max(off, p % 7 == 0 ? 0 : Math.abs(rof[p] - r.image()[p]));
        }
        assertTrue(off < 0.05, "a weight of a thousandth is nearly none: " + off);
    }

    @Test
    void aRunThatDoesNotConvergeIsRefusedWithItsEnd() {
        DataTerm data = DataTerm.gaussian(scan(BLUR, 0.5), 0.5);
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        run(
                                                BLUR,
                                                data,
                                                new TotalVariation(G, 0),
                                                0.5,
                                                new Pdhg.Settings(1e-9, 50, 40)))
                        .getMessage();
        assertTrue(
                said.startsWith(
                        "after 40 iterations the objective is not known to be within 1e-9 of its"
                                + " minimum. The last looks were [20: objective"),
                said);
    }

    @Test
    void anUpperBoundThatIsReachedIsRefused() {
        DataTerm data = DataTerm.gaussian(scan(NONE, 0.1), 0.1);
        assertThrows(
                RefusedException.class,
                () ->
                        run(
                                NONE,
                                data,
                                new TotalVariation(G, 0),
                                0.1,
                                new Pdhg.Settings(1e-3, 4, 5000)));
    }

    @Test
    void threadsChangeNoBit() {
        DataTerm data = DataTerm.gaussian(scan(BLUR, 0.5), 0.5);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Pdhg.Result one = run(BLUR, data, new TotalVariation(G, 0), 0.5, FINE);
            Parallel.setThreads(8);
            Pdhg.Result many = run(BLUR, data, new TotalVariation(G, 0), 0.5, FINE);
            assertArrayEquals(one.image(), many.image(), 0);
            assertEquals(one.history(), many.history());
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void negativeCountsAreNone() {
        assertEquals(
                "counts must be finite and 0 or more, got -1.0 in measurement 2. Give counts as they"
                        + " were measured, and what was subtracted from them as the background.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> DataTerm.poisson(new float[] {3, 0, -1}, null))
                        .getMessage());
    }
}
