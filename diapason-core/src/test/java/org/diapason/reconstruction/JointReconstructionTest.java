package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** Total variation by another road, and two images that learn of each other. */
class JointReconstructionTest {
    private static final Geometry GRID = Geometry.of(32, 32, 1, 4, 4, 1);

    /** The primal-dual iterations know by their gap how near the least value they are. */
    @Test
    void emTvEndsAtTheLeastValueThatPrimalDualIterationsCertify() {
        ScanModel model = Scans.model(16);
        float[] mean = new float[model.measurements()];
        model.forward(Scans.spots(), mean);
        float[] r = new float[mean.length];
        for (int m = 0; m < mean.length; m++) {
            r[m] = 1;
            mean[m] += 1;
        }
        float[] y = Scans.counts(mean, 4);
        PoissonLikelihood data = PoissonLikelihood.of(model, y, r);
        TotalVariation tv = new TotalVariation(GRID, 0);
        double lambda = 3;
        Reconstruction found =
                new EmTv(GRID, new Stopping(1e-4, 600)).reconstruct(data, new Penalty(tv, lambda));
        assertTrue(found.converged());
        Pdhg pdhg = new Pdhg(model, DataTerm.poisson(y, r), tv, data.start(), 0.05);
        Pdhg.Check check =
                pdhg.minimise(lambda, new Pdhg.Settings(1e-4, 100, 200_000), Progress.NONE).last();
        double least = check.objective() - check.gap();
        double reached = data.value(found.image()) + lambda * tv.norm(found.image());
        assertEquals(reached, found.objectives().get(found.iterations()), 1e-9 * reached);
        assertTrue(reached >= least * (1 - 1e-6), reached + " is under the least " + least);
        assertEquals(1, reached / check.objective(), 1e-3);
    }

    @Test
    void emTvTakesTotalVariationAlone() {
        PoissonLikelihood data = Scans.noisy(Scans.model(16), 1, 1);
        EmTv emTv = new EmTv(GRID, new Stopping(1e-3, 10));
        Penalty other = new Penalty(new HuberTv(GRID, 0.1), 1);
        assertThrows(IllegalArgumentException.class, () -> emTv.reconstruct(data, other));
        assertThrows(IllegalArgumentException.class, () -> emTv.reconstruct(data, Penalty.NONE));
    }

    private static Likelihood mr() {
        FourierSampling lines = FourierSampling.of(32, 32, 1, FourierSampling.lines(32, 32, 10, 2));
        float[] z = new float[lines.measurements()];
        lines.forward(Scans.spots(), z);
        return Likelihood.gaussian(lines, z, 0.05);
    }

    private static final float[] NONE = new float[32 * 32];

    private static final JointReconstruction JOINT =
            new JointReconstruction(
                    new Svrg(4, new Stopping(1e-3, 100)),
                    new MonotoneDescent(Double.NEGATIVE_INFINITY, new Stopping(1e-4, 2000)),
                    new Stopping(3e-3, 20));

    @Test
    void whatBothImagesMinimiseFallsWithEveryRound() {
        PoissonLikelihood counts = Scans.noisy(Scans.model(16), 1, 6);
        Likelihood mr = mr();
        Coupling coupling = Coupling.jointTv(GRID, 2, 1.5, 0.01);
        double before = Double.POSITIVE_INFINITY;
        for (int rounds = 1; rounds < 5; rounds++) {
            JointReconstruction.Pair pair =
                    new JointReconstruction(
                                    JOINT.activity(), JOINT.anatomy(), new Stopping(1e-9, rounds))
                            .reconstruct(counts, mr, coupling, NONE);
            float[] u = pair.activity().image();
            float[] w = pair.anatomy().image();
            double whole =
                    counts.value(u) + mr.value(w) + 2 * new JointTv(GRID, w, 1.5, 0.01).value(u);
            assertTrue(whole <= before * (1 + 1e-6), "rises in round " + rounds);
            assertEquals(whole, pair.wholes().get(rounds), 1e-9 * whole);
            before = whole;
        }
        JointReconstruction.Pair pair = JOINT.reconstruct(counts, mr, coupling, NONE);
        assertTrue(pair.converged());
        assertArrayEquals(pair.activity().image(), pair.convergedActivity());
    }

    /** And not as it was a round ago: by such a road the same end would be reached, later. */
    @Test
    void everyRoundTakesTheOtherImageAsItIsNow() {
        PoissonLikelihood counts = Scans.noisy(Scans.model(16), 1, 6);
        Likelihood mr = mr();
        Coupling c = Coupling.jointTv(GRID, 2, 1.5, 0.01);
        JointReconstruction once =
                new JointReconstruction(JOINT.activity(), JOINT.anatomy(), new Stopping(1e-9, 1));
        JointReconstruction.Pair pair = once.reconstruct(counts, mr, c, NONE);
        float[] w = once.anatomy().minimise(mr, c.anatomy(NONE), NONE).image();
        float[] u = once.activity().reconstruct(counts, c.activity(w)).image();
        w = once.anatomy().minimise(mr, c.anatomy(u), w).image();
        assertArrayEquals(w, pair.anatomy().image());
        u = once.activity().reconstruct(counts, c.activity(w), u).image();
        assertArrayEquals(u, pair.activity().image());
    }

    /** An MR that has the edges of the activity brings it nearer to the truth. */
    @Test
    void anAnatomyWithTheSameEdgesHelps() {
        PoissonLikelihood counts = Scans.noisy(Scans.model(16), 1, 6);
        Penalty own = new Penalty(new TotalVariation(GRID, 0.001), 1);
        Coupling guided =
                Coupling.guided(w -> new DirectionalTv(GRID, w, 0.05, 0.95, 0.01), 3, own);
        JointReconstruction.Pair pair = JOINT.reconstruct(counts, mr(), guided, NONE);
        assertEquals(0, pair.changes().size(), "an anatomy that asks for nothing is found once");
        assertArrayEquals(
                JOINT.anatomy().minimise(mr(), own, NONE).image(), pair.anatomy().image());
        float[] with = pair.convergedActivity();
        Penalty tv = new Penalty(new TotalVariation(GRID, 0.01), 1.5);
        float[] without = JOINT.activity().reconstruct(counts, tv).convergedImage();
        double near = off(with);
        double far = off(without);
        assertTrue(near < 0.8 * far, near + " with, " + far + " without");
    }

    /** No function falls, but rounds come to rest, and there each is the best for the other. */
    @Test
    void bothLedByTheOtherComeToRestWhereNeitherAsksForAChange() {
        PoissonLikelihood counts = Scans.noisy(Scans.model(16), 1, 6);
        Likelihood mr = mr();
        Coupling both =
                Coupling.bothWays(
                        w -> new Penalty(new DirectionalTv(GRID, w, 0.2, 0.95, 0.05), 2),
                        u -> new Penalty(new DirectionalTv(GRID, u, 0.2, 0.95, 0.01), 4));
        JointReconstruction fine =
                new JointReconstruction(
                        new Svrg(4, new Stopping(3e-4, 400)),
                        new MonotoneDescent(Double.NEGATIVE_INFINITY, new Stopping(1e-5, 5000)),
                        new Stopping(1e-3, 40));
        JointReconstruction.Pair pair = fine.reconstruct(counts, mr, both, NONE);
        float[] u = pair.convergedActivity();
        float[] w = pair.anatomy().image();
        assertEquals(0, pair.wholes().size());
        float[] again = fine.anatomy().minimise(mr, both.anatomy(u), w).image();
        assertTrue(Reconstruction.Course.change(w, again) < 2e-3);
        // led by u, w is another than by its own total variation
        float[] alone = fine.anatomy().minimise(mr, both.anatomy(NONE), w).image();
        assertTrue(Reconstruction.Course.change(w, alone) > 5e-3);
        JointReconstruction.Pair other =
                fine.reconstruct(counts, mr, both, counts.start(), Scans.random(32 * 32, 8));
        assertTrue(Reconstruction.Course.change(u, other.convergedActivity()) < 1e-3);
    }

    /** A choice of neighbours jumps, so that each image goes on answering the other's last one. */
    @Test
    void bowshersChoiceBothWaysDoesNotComeToRest() {
        Coupling both =
                Coupling.bothWays(
                        w -> new Penalty(Bowsher.absolute(GRID, w, 3, false, 0.05), 1),
                        u -> new Penalty(Bowsher.absolute(GRID, u, 3, false, 0.01), 2));
        JointReconstruction.Pair pair =
                new JointReconstruction(JOINT.activity(), JOINT.anatomy(), new Stopping(3e-3, 12))
                        .reconstruct(Scans.noisy(Scans.model(16), 1, 6), mr(), both, NONE);
        assertEquals(12, pair.changes().size());
        for (double change : pair.changes().toArray()) {
            assertTrue(change > 0.03, pair.changes().toString());
        }
        assertThrows(RefusedException.class, pair::convergedActivity);
    }

    private static double off(float[] image) {
        float[] truth = Scans.spots();
        double sum = 0;
        for (int v = 0; v < truth.length; v++) {
            sum += (image[v] - truth[v]) * (double) (image[v] - truth[v]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void roundsThatDoNotRestAreRefused() {
        PoissonLikelihood counts = Scans.noisy(Scans.model(16), 1, 6);
        JointReconstruction hasty =
                new JointReconstruction(JOINT.activity(), JOINT.anatomy(), new Stopping(1e-9, 1));
        JointReconstruction.Pair pair =
                hasty.reconstruct(counts, mr(), Coupling.jointTv(GRID, 2, 1.5, 0.01), NONE);
        RefusedException e = assertThrows(RefusedException.class, pair::convergedActivity);
        assertTrue(
                e.getMessage()
                        .startsWith("activity and anatomy have not come to rest in 2 rounds; "),
                e.getMessage());
    }

    /**
     * The scan of {@link LeastValueTest}, and an anatomy seen at 24 of 48 frequencies, z = ((5m² +
     * m) % 17)/4 − 2 with s = 0.5: scipy finds both images at once, minimize(L_y(u) + |F w −
     * z|²/2s² + 2 Σ (√(|∇u|² + 1.5²|∇w|² + 0.05²) − 0.05), "L-BFGS-B", as there), F by
     * np.fft.fftn(norm="ortho"). Alone, under its own total variation, w would be −0.187 −0.195
     * −0.385 −2.044 there.
     */
    @Test
    void bothImagesEndWhereScipyFindsThemAtOnce() {
        Geometry grid = Geometry.of(8, 6, 1, 2, 3, 1);
        FourierSampling some = FourierSampling.of(8, 6, 1, FourierSampling.lines(8, 6, 2, 2));
        float[] z = new float[some.measurements()];
        for (int m = 0; m < z.length; m++) {
            z[m] = (5 * m * m + m) % 17 / 4f - 2;
        }
        Likelihood mr = Likelihood.gaussian(some, z, 0.5);
        JointReconstruction joint =
                new JointReconstruction(
                        new Svrg(3, new Stopping(1e-5, 2000)),
                        new MonotoneDescent(Double.NEGATIVE_INFINITY, new Stopping(1e-6, 20_000)),
                        new Stopping(1e-4, 200));
        PoissonLikelihood counts = LeastValueTest.data();
        JointReconstruction.Pair pair =
                joint.reconstruct(counts, mr, Coupling.jointTv(grid, 2, 1.5, 0.05), new float[48]);
        float[] u = pair.convergedActivity();
        float[] w = pair.anatomy().image();
        double whole = counts.value(u) + mr.value(w) + 2 * new JointTv(grid, w, 1.5, 0.05).value(u);
        assertEquals(372.06460404760554, whole, 1e-4 * 372);
        assertArrayEquals(new float[] {1.670847f, 0.566719f, 1.326125f}, at(u, 1, 21, 47), 3e-3f);
        assertArrayEquals(
                new float[] {-0.324239f, -0.128413f, -0.472489f, -2.05684f},
                at(w, 0, 10, 21, 47),
                3e-3f);
    }

    private static float[] at(float[] image, int... pixels) {
        float[] values = new float[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            values[n] = image[pixels[n]];
        }
        return values;
    }
}
