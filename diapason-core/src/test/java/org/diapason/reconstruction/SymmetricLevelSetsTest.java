package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.reconstruction.SymmetricLevelSets.Form;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One function of two images, with edges that are cheap where they run along each other. */
class SymmetricLevelSetsTest {
    private static final Geometry G = Geometry.of(8, 7, 6, 2, 1.5, 3);
    private static final float[] U = PriorTest.random(G, 5, 0.5);
    private static final float[] W = PriorTest.random(G, 9, 0);
    private static final float[] FLAT = new float[G.voxels()];
    private static final double BETA = 0.15;
    private static final double ETA = 0.07;

    private static double value(Form form, float[] u, float[] w) {
        return new SymmetricLevelSets(form, G, w, BETA, ETA).value(u);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void itIsItsFormula(Form form) {
        float[][] gu = new float[3][U.length];
        float[][] gw = new float[3][U.length];
        new Differences(G).apply(U, gu);
        new Differences(G).apply(W, gw);
        double sum = 0;
        for (int p = 0; p < U.length; p++) {
            double u2 = 0;
            double w2 = 0;
            double uw = 0;
            for (int c = 0; c < 3; c++) {
                u2 += gu[c][p] * (double) gu[c][p];
                w2 += gw[c][p] * (double) gw[c][p];
                uw += gu[c][p] * (double) gw[c][p];
            }
            // the paper's sizes |x|_β = √(|x|² + β²), and |⟨x, y⟩| smoothed by βη
            double sizes = Math.sqrt(u2 + BETA * BETA) * Math.sqrt(w2 + ETA * ETA) / BETA / ETA;
            double along = Math.sqrt(uw * uw + BETA * BETA * ETA * ETA) / BETA / ETA;
            sum +=
                    form == Form.LINEAR
                            ? sizes - along
                            : Math.sqrt(1 + sizes * sizes - along * along) - 1;
        }
        assertEquals(BETA * sum, value(form, U, W), 1e-5 * BETA * sum);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void exchangedImagesCostTheSame(Form form) {
        double there = new SymmetricLevelSets(form, G, W, BETA, ETA).value(U) / BETA;
        double back = new SymmetricLevelSets(form, G, U, ETA, BETA).value(W) / ETA;
        assertEquals(there, back, 1e-5 * there);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void besideAFlatImageItIsSmoothedTotalVariation(Form form) {
        double tv = new TotalVariation(G, BETA).value(U);
        assertEquals(tv, value(form, U, FLAT), 1e-6 * tv);
    }

    /** √(1 + |a|² + |b|²) is joint total variation with η of its own. */
    @Test
    void alongEachOtherTheQuadraticFormIsJointTotalVariationAndTheLinearOneIsBounded() {
        float[] w = new float[U.length];
        for (int p = 0; p < w.length; p++) {
            w[p] = -3 * U[p] + 1;
        }
        double joint = new JointTv(G, w, BETA / ETA, BETA).value(U);
        assertEquals(joint, value(Form.QUADRATIC, U, w), 1e-4 * joint);
        float[] crossing = new float[U.length];
        for (int p = 0; p < w.length; p++) {
            crossing[p] = w[w.length - 1 - p];
        }
        assertTrue(value(Form.QUADRATIC, U, crossing) > 1.5 * joint);
        float[] high = new float[U.length];
        for (int p = 0; p < w.length; p++) {
            high[p] = 1000 * U[p];
            w[p] = 1000 * U[p];
        }
        double most = BETA * (BETA / ETA + ETA / BETA) / 2 * U.length;
        assertTrue(value(Form.LINEAR, high, w) <= 1.01 * most);
    }

    /** W √(1 + |a|² − ⟨a, ξ⟩²): with one W everywhere, that times the prior with a guide. */
    @Test
    void withOneImageHeldItIsTheGuidedFormWithAWeight() {
        float[] ramp = new float[U.length];
        for (int p = 0; p < ramp.length; p++) {
            ramp[p] = 0.3f * (p % 8);
        }
        Geometry line = Geometry.of(8, 1, 1, 2, 1, 1);
        float[] u = {0, 1, 3, 2, 2, 5, 1, 0};
        float[] w = Arrays.copyOf(ramp, 8);
        double weight = Math.sqrt(1 + 0.15 * 0.15 / ETA / ETA);
        double guided = new ParallelLevelSets(line, w, ETA / 0.15, BETA).value(u);
        double at = new SymmetricLevelSets(Form.QUADRATIC, line, w, BETA, ETA).value(u);
        assertEquals(weight * guided + 7 * BETA * (weight - 1), at, 1e-5 * at);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void gradientsAreDifferencesOfValuesForBothImages(Form form) {
        check(new SymmetricLevelSets(form, G, W, BETA, ETA), U);
        check(new SymmetricLevelSets(form, G, U, ETA, BETA), W);
    }

    private static void check(Prior prior, float[] at) {
        float[] gradient = new float[at.length];
        prior.gradient(at, gradient);
        for (int p = 0; p < at.length; p += 11) {
            float[] moved = at.clone();
            moved[p] = at[p] + 1e-3f;
            double up = prior.value(moved);
            double step = moved[p];
            moved[p] = at[p] - 1e-3f;
            step -= moved[p];
            double slope = (up - prior.value(moved)) / step;
            assertEquals(slope, gradient[p], 1e-3 * (1 + Math.abs(slope)), "voxel " + p);
        }
    }

    /** Also of the linear form, which is not convex. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void curvatureIsABoundForSmallAndLargeSteps(Form form) {
        Prior prior = new SymmetricLevelSets(form, G, W, BETA, ETA);
        float[] g = new float[U.length];
        float[] d = new float[U.length];
        prior.gradient(U, g);
        prior.curvature(U, d);
        for (int trial = 0; trial < 100; trial++) {
            float[] to = PriorTest.random(G, 100 + trial, 0.5);
            double size = StrictMath.pow(10, -2 + trial % 5);
            double bound = prior.value(U);
            for (int p = 0; p < to.length; p++) {
                to[p] = (float) (U[p] + size * (to[p] - U[p]));
                double h = (double) to[p] - U[p];
                bound += g[p] * h + d[p] * h * h / 2;
            }
            double value = prior.value(to);
            assertTrue(value <= bound * (1 + 1e-6), value + " above " + bound);
        }
    }

    @Test
    void scalesMustBePositive() {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SymmetricLevelSets(Form.LINEAR, G, W, 0.1, 0))
                        .getMessage();
        assertEquals("eta must be positive, got 0.0", said);
    }

    /**
     * As in {@link JointReconstructionTest#bothImagesEndWhereScipyFindsThemAtOnce}, with β = 0.3
     * and η = 0.2, from where joint total variation ends: minimize of all 96 pixels, "L-BFGS-B".
     * The linear form has more least values than one: from ones and zeros scipy ends at 337.9.
     */
    @ParameterizedTest(name = "{0}: scipy finds {1}")
    @CsvSource({
        "QUADRATIC, 363.0268482711534, 1.6628992, 0.5774441, 1.48025011, -0.12441569, -1.70142593",
        "LINEAR, 333.22140580864203, 1.95884516, 0.70339256, 1.10853734, -0.40779224, -1.86157843"
    })
    void bothImagesEndWhereScipyFindsThemFromTheSameStart(
            Form form, double least, float u1, float u21, float u47, float w0, float w47) {
        Geometry grid = Geometry.of(8, 6, 1, 2, 3, 1);
        FourierSampling some = FourierSampling.of(8, 6, 1, FourierSampling.lines(8, 6, 2, 2));
        float[] z = new float[some.measurements()];
        for (int m = 0; m < z.length; m++) {
            z[m] = (5 * m * m + m) % 17 / 4f - 2;
        }
        Likelihood mr = Likelihood.gaussian(some, z, 0.5);
        PoissonLikelihood counts = LeastValueTest.data();
        JointReconstruction joint =
                new JointReconstruction(
                        new Svrg(3, new Stopping(1e-5, 5000)),
                        new MonotoneDescent(Double.NEGATIVE_INFINITY, new Stopping(1e-6, 20_000)),
                        new Stopping(1e-5, 1000));
        JointReconstruction.Pair start =
                joint.reconstruct(counts, mr, Coupling.jointTv(grid, 2, 1.5, 0.05), new float[48]);
        Coupling sets = Coupling.levelSets(form, grid, 2, 0.3, 0.2);
        JointReconstruction.Pair pair =
                joint.reconstruct(
                        counts, mr, sets, start.convergedActivity(), start.anatomy().image());
        float[] u = pair.convergedActivity();
        float[] w = pair.anatomy().image();
        double whole = counts.value(u) + mr.value(w) + sets.activity(w).value(u);
        assertEquals(least, whole, 1e-4 * least);
        float[] found = {u[1], u[21], u[47], w[0], w[47]};
        assertArrayEquals(new float[] {u1, u21, u47, w0, w47}, found, 3e-3f);
        for (int round = 1; round < pair.wholes().size(); round++) {
            double before = pair.wholes().get(round - 1);
            assertTrue(pair.wholes().get(round) <= before * (1 + 1e-6), "round " + round);
        }
    }
}
