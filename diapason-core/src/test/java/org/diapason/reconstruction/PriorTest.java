package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every prior, in a plane and in a volume, with unlike spacings. */
class PriorTest {
    private static final Geometry PLANE = Geometry.of(9, 7, 1, 2, 1.5, 4);
    private static final Geometry VOLUME = Geometry.of(6, 5, 4, 2, 1.5, 3);

    static float[] random(Geometry g, long seed, double low) {
        Rng rng = new Rng(seed);
        float[] out = new float[g.voxels()];
        for (int p = 0; p < out.length; p++) {
            out[p] = (float) (low + 3 * rng.nextDouble());
        }
        return out;
    }

    static Stream<Arguments> all() {
        List<Arguments> out = new ArrayList<>();
        for (Geometry g : List.of(PLANE, VOLUME)) {
            String in = g == PLANE ? "plane" : "volume";
            float[] v = random(g, 3, 0);
            out.add(Arguments.of("tv in a " + in, g, new TotalVariation(g, 0.3)));
            out.add(Arguments.of("huber-tv in a " + in, g, new HuberTv(g, 0.4)));
            out.add(Arguments.of("jtv in a " + in, g, new JointTv(g, v, 0.7, 0.2)));
            out.add(Arguments.of("dtv in a " + in, g, new DirectionalTv(g, v, 0.3, 0.95, 0.2)));
            out.add(Arguments.of("pls in a " + in, g, new ParallelLevelSets(g, v, 0.3, 0.2)));
            out.add(Arguments.of("bowsher in a " + in, g, Bowsher.quadratic(g, v, 5, false)));
            out.add(
                    Arguments.of(
                            "bowsher once in a " + in, g, Bowsher.absolute(g, v, 5, true, 0.2)));
            out.add(
                    Arguments.of(
                            "bowsher-l1 in a " + in, g, Bowsher.absolute(g, v, 7, false, 0.2)));
            out.add(Arguments.of("rdp in a " + in, g, new RelativeDifference(g, 2, 0.05)));
        }
        return out.stream();
    }

    static Stream<Arguments> norms() {
        return all().filter(a -> a.get()[2] instanceof NormPrior);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void gradientIsThatOfTheValue(String name, Geometry g, Prior prior) {
        float[] u = random(g, 5, 0.5);
        float[] gradient = new float[u.length];
        prior.gradient(u, gradient);
        for (int p = 0; p < u.length; p += 3) {
            float h = 1.0f / 512;
            float[] up = u.clone();
            float[] down = u.clone();
            up[p] += h;
            down[p] -= h;
            double slope = (prior.value(up) - prior.value(down)) / (up[p] - down[p]);
            // floats in K u leave 1e-7 of a few units over 2h; the third derivative h² of some tens
            assertEquals(slope, gradient[p], 4e-4 * (1 + Math.abs(slope)), "voxel " + p);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    void theTransposeIsExact(String name, Geometry g, NormPrior prior) {
        float[] u = random(g, 7, -1);
        float[][] q = new float[prior.components()][];
        for (int c = 0; c < q.length; c++) {
            q[c] = random(g, 11 + c, -1.5);
        }
        float[][] ku = new float[q.length][u.length];
        float[] kq = new float[u.length];
        prior.apply(u, ku);
        prior.transpose(q, kq);
        double left = 0;
        double size = 0;
        for (int c = 0; c < q.length; c++) {
            left += Total.dot(ku[c], q[c]);
            size += Math.sqrt(Total.dot(ku[c], ku[c]) * Total.dot(q[c], q[c]));
        }
        assertEquals(left, Total.dot(u, kq), 1e-6 * size);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void aConstantImageCostsNothing(String name, Geometry g, Prior prior) {
        float[] u = new float[g.voxels()];
        Arrays.fill(u, 2.5f);
        float[] gradient = new float[u.length];
        prior.gradient(u, gradient);
        double known =
                name.startsWith("jtv") ? new JointTv(g, random(g, 3, 0), 0.7, 0.2).norm(u) : 0;
        assertEquals(known, prior.value(u), 1e-9);
        assertArrayEquals(new float[u.length], gradient, 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    void theCurvatureBoundsThePrior(String name, Geometry g, NormPrior prior) {
        Rng rng = new Rng(17);
        for (int trial = 0; trial < 200; trial++) {
            float[] u = random(g, 100 + trial, -1);
            double scale = StrictMath.pow(10, 2 * rng.nextDouble() - 1.5);
            float[] h = random(g, 900 + trial, -1.5);
            float[] moved = new float[u.length];
            for (int p = 0; p < u.length; p++) {
                h[p] = (float) (scale * (trial % 2 == 0 ? h[p] : (p % 2 == 0 ? 1 : -1)));
                moved[p] = u[p] + h[p];
            }
            float[] gradient = new float[u.length];
            float[] d = new float[u.length];
            prior.gradient(u, gradient);
            double bound = prior.value(u) + Total.dot(gradient, h);
            prior.curvature(u, d);
            for (int p = 0; p < h.length; p++) {
                bound += 0.5 * d[p] * h[p] * h[p];
            }
            double value = prior.value(moved);
            assertTrue(value <= bound + 1e-5 * (1 + value), trial + ": " + value + " > " + bound);
        }
    }

    /** q' = prox(q) is where ⟨(q − q')/σ, ·⟩ − R* is largest. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    void theProxIsThatOfTheConjugate(String name, Geometry g, NormPrior prior) {
        double sigma = 0.7;
        double weight = 0.6;
        float[][] q = new float[prior.components()][];
        for (int c = 0; c < q.length; c++) {
            q[c] = random(g, 31 + c, -1.5);
        }
        float[][] old = Arrays.stream(q).map(float[]::clone).toArray(float[][]::new);
        prior.prox(q, sigma, weight);
        // x = (q − q') / σ lies in the subgradient of the conjugate at q': q' is the best of
        // ⟨x, q⟩ − R*(q) over all q
        double at = 0;
        for (int c = 0; c < q.length; c++) {
            for (int p = 0; p < q[c].length; p++) {
                at += (old[c][p] - (double) q[c][p]) / sigma * q[c][p];
            }
        }
        at -= prior.conjugate(q, weight);
        for (int trial = 0; trial < 50; trial++) {
            float[][] other = new float[q.length][];
            for (int c = 0; c < q.length; c++) {
                other[c] = random(g, 1000 + 10 * trial + c, -1.5);
                for (int p = 0; p < other[c].length; p++) {
                    // elsewhere, or the same a little shorter or longer
                    other[c][p] =
                            trial % 2 == 0
                                    ? q[c][p] + other[c][p] * (trial % 5 + 1) / 50
                                    : q[c][p] * (1 + (trial - 25) / 100f);
                }
            }
            prior.prox(other, 1e-9, weight); // into the ball
            double there = -prior.conjugate(other, weight);
            for (int c = 0; c < q.length; c++) {
                for (int p = 0; p < q[c].length; p++) {
                    there += (old[c][p] - (double) q[c][p]) / sigma * other[c][p];
                }
            }
            assertTrue(there <= at + 1e-5 * Math.abs(at), there + " above " + at);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    void sumsOfTheMapBoundItsNorm(String name, Geometry g, NormPrior prior) {
        float[] columns = new float[g.voxels()];
        prior.columnSums(columns);
        double row = prior.largestRowSum();
        float[] u = random(g, 7, -1.5);
        float[][] k = new float[prior.components()][u.length];
        double ratio = 0;
        for (int step = 0; step < 200; step++) { // power iterations of T Kᵀ S K
            prior.apply(u, k);
            double size = 0;
            double was = 0;
            for (float[] c : k) {
                size += Total.dot(c, c) / row;
            }
            for (int p = 0; p < u.length; p++) {
                was += (double) u[p] * u[p] * columns[p];
            }
            ratio = size / was;
            prior.transpose(k, u);
            double largest = 0;
            for (int p = 0; p < u.length; p++) {
                u[p] /= Math.max(columns[p], 1e-6f);
                largest = Math.max(largest, Math.abs(u[p]));
            }
            for (int p = 0; p < u.length; p++) {
                u[p] /= (float) largest;
            }
        }
        assertTrue(ratio <= 1 + 1e-6, "‖S^½ K T^½‖² is " + ratio);
        assertTrue(ratio > 0.3, "no more careful than needed: " + ratio);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void threadsChangeNoBit(String name, Geometry g, Prior prior) {
        float[] u = random(g, 19, 0.5);
        float[] one = new float[u.length];
        float[] many = new float[u.length];
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            double value = prior.value(u);
            prior.gradient(u, one);
            Parallel.setThreads(8);
            assertEquals(value, prior.value(u), 0);
            prior.gradient(u, many);
            assertArrayEquals(one, many, 0);
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void settingsThatMeanNothingAreNamed() {
        float[] v = random(PLANE, 1, 0);
        assertEquals(
                "eta must be positive, got 0.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new DirectionalTv(PLANE, v, 0, 1, 0))
                        .getMessage());
        assertEquals(
                "neighbours must be 1 … 26, got 27",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Bowsher.quadratic(PLANE, v, 27, false))
                        .getMessage());
        assertEquals(
                "delta must be positive, got NaN",
                assertThrows(IllegalArgumentException.class, () -> new HuberTv(PLANE, Double.NaN))
                        .getMessage());
    }
}
