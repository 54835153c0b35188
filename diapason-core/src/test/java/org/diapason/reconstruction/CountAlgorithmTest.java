package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of expectation maximisation, and that all algorithms end at one answer. */
class CountAlgorithmTest {
    private static final Penalty SMOOTH = new Penalty(new Parabola(32), 0.3);

    @ParameterizedTest(name = "background of {0} counts")
    @ValueSource(floats = {0, 3})
    void likelihoodNeverFallsUnderMlem(float background) {
        PoissonLikelihood data = Scans.noisy(Scans.model(16), background, 1);
        Reconstruction r = new Mlem(new Stopping(1e-9, 60)).reconstruct(data, Penalty.NONE);
        falls(r);
        assertEquals(data.value(r.image()), r.objectives().get(60), 0, "the last value is its own");
    }

    @Test
    void objectiveNeverRisesUnderMlemWithAPrior() {
        falls(
                new Mlem(new Stopping(1e-9, 60))
                        .reconstruct(Scans.noisy(Scans.model(16), 1, 1), SMOOTH));
    }

    private static void falls(Reconstruction r) {
        double[] all = r.objectives().toArray();
        for (int n = 1; n < all.length; n++) {
            assertTrue(all[n] <= all[n - 1] * (1 + 1e-7), "rises in iteration " + n); // floats
        }
        assertTrue(all[all.length - 1] < 0.9 * all[0]);
    }

    /** Σ A u_new = Σ y · A u_old/(A u_old + r). */
    @ParameterizedTest(name = "background of {0} counts")
    @ValueSource(floats = {0, 3})
    void everyStepKeepsTheCounts(float background) {
        ScanModel model = Scans.model(16);
        float[] mean = new float[model.measurements()];
        model.forward(Scans.spots(), mean);
        float[] y = Scans.counts(mean, 5);
        float[] r = new float[y.length];
        java.util.Arrays.fill(r, background);
        PoissonLikelihood data = PoissonLikelihood.of(model, y, r);
        float[] u = data.start();
        for (int n = 0; n < 4; n++) {
            float[] before = new float[y.length];
            model.forward(u, before);
            double expected = 0;
            for (int m = 0; m < y.length; m++) {
                if (y[m] > 0) {
                    expected += y[m] * (double) before[m] / ((double) before[m] + r[m]);
                }
            }
            u = new Mlem(new Stopping(0.5e-9, 1)).reconstruct(data, Penalty.NONE, u).image();
            float[] after = new float[y.length];
            model.forward(u, after);
            double sum = 0;
            for (float a : after) {
                sum += a;
            }
            assertEquals(1, sum / expected, 1e-6, "step " + n);
        }
    }

    /** One view a pixel: the answer of most likelihood is y/a, r under it. */
    @Test
    void oneBinAPixelIsSolvedByDivision() {
        Projector p = Projector.of(new ParallelBeam(3, 1, 1, 2, 2, 3, 2, 1, 0, 180));
        float[] y = {8, 3, 0};
        float[] r = {2, 4, 1};
        Reconstruction found =
                new Mlem(new Stopping(1e-7, 2000))
                        .reconstruct(PoissonLikelihood.of(p, y, r), Penalty.NONE);
        assertTrue(found.converged());
        assertArrayEquals(new float[] {3, 0, 0}, found.image(), 1e-3f);
    }

    /** The answer is one, for the prior is strictly convex where there are counts. */
    @Test
    void allEndAtTheAnswerOfMlem() {
        PoissonLikelihood data = Scans.noisy(Scans.model(32), 1, 2);
        Reconstruction slow = new Mlem(new Stopping(1e-6, 3000)).reconstruct(data, SMOOTH);
        Reconstruction svrg = new Svrg(8, new Stopping(1e-5, 100)).reconstruct(data, SMOOTH);
        Reconstruction bsrem = new Bsrem(8, 1, new Stopping(3e-4, 1500)).reconstruct(data, SMOOTH);
        Reconstruction newton = new QuasiNewton(new Stopping(1e-5, 200)).reconstruct(data, SMOOTH);
        assertTrue(slow.converged() && svrg.converged() && bsrem.converged());
        assertTrue(newton.converged());
        assertTrue(newton.iterations() < slow.iterations() / 8, newton.iterations() + " steps");
        assertTrue(svrg.iterations() < slow.iterations() / 8, svrg.iterations() + " anchors");
        // Pixels that end at 0 take for ever under a step of size u: images agree to 1 %, the least
        // value to 1e-3. A prior that counts S-fold would leave 0.3.
        for (Reconstruction other : new Reconstruction[] {svrg, newton, bsrem}) {
            double near = other == bsrem ? 0.02 : 0.01; // its last steps are short
            assertEquals(0, distance(slow.image(), other.image()), near, other.algorithm());
            double least = other.objectives().get(other.iterations());
            assertEquals(1, least / slow.objectives().get(slow.iterations()), 1e-3);
        }
        Reconstruction circle = new Osem(4, new Stopping(1e-4, 300)).reconstruct(data, SMOOTH);
        assertEquals(0, distance(slow.image(), circle.image()), 0.15, "near, and no more");
    }

    private static double distance(float[] a, float[] b) {
        double off = 0;
        for (int v = 0; v < a.length; v++) {
            off += ((double) a[v] - b[v]) * ((double) a[v] - b[v]);
        }
        return Math.sqrt(off / Scans.product(a, a));
    }

    @Test
    void oneSubsetIsMlem() {
        PoissonLikelihood data = Scans.noisy(Scans.model(16), 1, 3);
        Stopping five = new Stopping(1e-9, 5);
        assertArrayEquals(
                new Mlem(five).reconstruct(data, SMOOTH).image(),
                new Osem(1, five).reconstruct(data, SMOOTH).image());
    }

    @Test
    void emptyScansGiveEmptyImages() {
        ScanModel model = Scans.model(16);
        float[] none = new float[model.measurements()];
        PoissonLikelihood data = PoissonLikelihood.of(model, none, none);
        Stopping stop = new Stopping(1e-4, 200);
        for (CountAlgorithm a : new CountAlgorithm[] {new Mlem(stop), new Osem(4, stop)}) {
            Reconstruction r = a.reconstruct(data, Penalty.NONE);
            assertTrue(r.converged());
            assertArrayEquals(new float[model.pixels()], r.image());
        }
        for (CountAlgorithm a : new CountAlgorithm[] {new Svrg(4, stop), new QuasiNewton(stop)}) {
            for (float u : a.reconstruct(data, SMOOTH).image()) {
                assertEquals(0, u, 1e-6);
            }
        }
    }

    @Test
    void pixelsThatNothingSeesAreNought() {
        Projector p = Projector.of(ParallelBeam.covering(16, 1, 16));
        float[] factors = new float[p.measurements()];
        for (int m = 0; m < factors.length; m++) {
            factors[m] = m % 16 < 4 || m % 16 > 11 ? 1 : 0; // the middle is dead
        }
        ScanModel model = ScanModel.of(p, factors, Optional.empty());
        float[] y = new float[factors.length];
        java.util.Arrays.fill(y, 2);
        float[] r = new float[factors.length];
        PoissonLikelihood data = PoissonLikelihood.of(model, y, r);
        float[] u = new Osem(4, new Stopping(1e-3, 50)).reconstruct(data, Penalty.NONE).image();
        assertEquals(0, u[7 * 16 + 8]);
        for (float value : u) {
            assertTrue(Float.isFinite(value));
        }
    }

    @Test
    void whatHasNotConvergedIsRefusedWithItsHistory() {
        PoissonLikelihood data = Scans.noisy(Scans.model(16), 0, 1);
        Reconstruction r = new Mlem(new Stopping(1e-8, 3)).reconstruct(data, Penalty.NONE);
        assertFalse(r.converged());
        RefusedException e = assertThrows(RefusedException.class, r::convergedImage);
        assertTrue(
                e.getMessage()
                        .matches(
                                "MLEM has not converged in 3 iterations: .*, .*, .* of its"
                                        + " size, 1.0e-8 is asked for.*"),
                e.getMessage());
    }

    @Test
    void subsetsHaveFourViewsAndAllOfThem() {
        PoissonLikelihood data = Scans.noisy(Scans.model(16), 0, 1);
        Stopping stop = new Stopping(1e-3, 5);
        for (int wrong : new int[] {0, 3, 8}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new Osem(wrong, stop).reconstruct(data, Penalty.NONE));
            assertTrue(e.getMessage().endsWith("Use one of 1, 2, 4."), e.getMessage());
        }
    }

    @Test
    void subsetsComeInBitReversedOrder() {
        assertArrayEquals(new int[] {0, 4, 2, 6, 1, 5, 3, 7}, Subsets.order(8));
        assertArrayEquals(new int[] {0, 4, 2, 1, 5, 3}, Subsets.order(6));
        assertArrayEquals(new int[] {0}, Subsets.order(1));
    }

    @Test
    void descentEndsWhereTheGradientDoes() {
        FourierSampling f = FourierSampling.of(32, 32, 1, FourierSampling.lines(32, 32, 8, 2));
        float[] z = new float[f.measurements()];
        f.forward(Scans.spots(), z);
        Likelihood data = Likelihood.gaussian(f, z, 0.1);
        Penalty penalty = new Penalty(new Parabola(32), 20);
        Reconstruction r =
                new MonotoneDescent(Double.NEGATIVE_INFINITY, new Stopping(1e-6, 2000))
                        .minimise(data, penalty, new float[1024]);
        assertTrue(r.converged());
        float[] gradient = new float[1024];
        data.gradient(r.image(), gradient);
        double before = Math.sqrt(Scans.product(gradient, gradient));
        penalty.addGradient(r.image(), gradient);
        assertEquals(0, Math.sqrt(Scans.product(gradient, gradient)) / before, 1e-3);
        double[] all = r.objectives().toArray();
        for (int n = 1; n < all.length; n++) {
            assertTrue(all[n] <= all[n - 1] * (1 + 1e-7));
        }
    }

    /** Steps as long as such a curvature allows would grow for ever. */
    @Test
    void descentNeverRisesWhereTheCurvatureIsNoBound() {
        FourierSampling f = FourierSampling.of(32, 32, 1, FourierSampling.lines(32, 32, 8, 2));
        float[] z = new float[f.measurements()];
        f.forward(Scans.spots(), z);
        Likelihood data = Likelihood.gaussian(f, z, 1);
        Reconstruction r =
                new MonotoneDescent(0, new Stopping(1e-5, 2000))
                        .minimise(data, new Penalty(new Parabola(32, 0.5f), 20), new float[1024]);
        assertTrue(r.converged());
        double[] all = r.objectives().toArray();
        for (int n = 1; n < all.length; n++) {
            assertTrue(all[n] <= all[n - 1] * (1 + 1e-7), "rises in iteration " + n);
        }
        Reconstruction right =
                new MonotoneDescent(0, new Stopping(1e-5, 2000))
                        .minimise(data, new Penalty(new Parabola(32), 20), new float[1024]);
        assertEquals(0, distance(right.image(), r.image()), 1e-3);
    }

    /** R = ½ Σ (u − neighbour)²: as simple as a prior can be. */
    private record Parabola(int side, float bound) implements Prior {
        /** Rows of |∇²R| have 4 + 4. */
        Parabola(int side) {
            this(side, 8);
        }

        @Override
        public double value(float[] u) {
            float[] gradient = new float[u.length];
            gradient(u, gradient);
            return Scans.product(u, gradient) / 2; // a quadratic form
        }

        @Override
        public void gradient(float[] u, float[] gradient) {
            java.util.Arrays.fill(gradient, 0);
            for (int v = 0; v < u.length; v++) {
                for (int next : new int[] {1, side}) {
                    if (next == 1 ? v % side + 1 < side : v + side < u.length) {
                        float d = u[v + next] - u[v];
                        gradient[v + next] += d;
                        gradient[v] -= d;
                    }
                }
            }
        }

        @Override
        public void curvature(float[] u, float[] diagonal) {
            java.util.Arrays.fill(diagonal, bound);
        }
    }
}
