package org.diapason.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

/**
 * Rules against scripts in numpy 1.24, scipy 1.10 and PyWavelets 1.1.1 that follow the formulas on
 * the same picture, {@code a[j, i] = (7i + 13j + 3ij) % 29} and {@code b = (5ii + 11j) % 31}, 14
 * rows of 11. One number of each outcome: the sum of f[k] (k*k % 17 − 8).
 */
class FusionRulesTest {
    private static final Geometry GRID = Geometry.of(11, 14, 1, 1, 1, 1);
    private static final List<float[]> BOTH =
            List.of(Rules.numbers(GRID, false), Rules.numbers(GRID, true));
    private static final Detail LARGEST = new MaxAbs(false);
    private static final Detail CONSISTENT = new MaxAbs(true);
    private static final Detail MATCH = new Match(0.7, true);

    private static double print(Fusion rule) {
        return print(rule, BOTH);
    }

    private static double print(Fusion rule, List<float[]> images) {
        float[] f = rule.fuse(GRID, images);
        double sum = 0;
        for (int k = 0; k < f.length; k++) {
            sum += (double) f[k] * (k * k % 17 - 8);
        }
        return sum;
    }

    private static Fusion laplacian(Detail detail) {
        return new Laplacian(OptionalInt.of(2), detail, Optional.empty());
    }

    private static Fusion dwt(Detail detail) {
        return new Dwt("db2", 2, detail, Optional.empty());
    }

    private static Fusion swt(Detail detail) {
        return new Swt(3, detail, Optional.empty());
    }

    private static float[] fused(Detail detail, Geometry g, List<float[]> bands) {
        float[] out = new float[g.voxels()];
        detail.fuse(
                g,
                bands.size(),
                (image, from, n, to) -> System.arraycopy(bands.get(image), from, to, 0, n),
                (part, from, n) -> System.arraycopy(part, 0, out, from, n));
        return out;
    }

    @Test
    void multiscaleRulesAreTheirFormulas() {
        assertEquals(-1230.6997, print(laplacian(LARGEST)), 2e-3);
        assertEquals(-1032.0805, print(swt(LARGEST)), 2e-3);
        assertEquals(-510.9483, print(dwt(LARGEST)), 2e-3);
        assertEquals(-375.0123, print(laplacian(CONSISTENT)), 2e-3);
        assertEquals(-476.0505, print(swt(CONSISTENT)), 2e-3);
        // with b + ((4ij + 3jj) % 7)/8: of b itself some sizes are those of a, and 0 in both
        float[] apart = BOTH.get(1).clone();
        for (int v = 0; v < apart.length; v++) {
            int j = v / 11;
            apart[v] += (4 * (v % 11) * j + 3 * j * j) % 7 / 8f;
        }
        assertEquals(-773.1872, print(dwt(CONSISTENT), List.of(BOTH.get(0), apart)), 2e-3);
        assertEquals(-756.5752, print(laplacian(MATCH)), 2e-3);
        assertEquals(-620.0888, print(swt(MATCH)), 2e-3);
        assertEquals(-475.8684, print(dwt(MATCH)), 2e-3);
    }

    @Test
    void rulesByEnergyAndComponentsAndGuidesAreTheirFormulas() {
        assertEquals(-1078, print(new Energy(2)), 1e-6);
        assertEquals(-725.6375, print(new SoftmaxEnergy(2, 10)), 2e-3);
        // numpy.linalg.eigh(numpy.cov(…))
        assertArrayEquals(new double[] {0.43090599, 0.56909401}, Pca.weights(BOTH), 1e-8);
        // ε 1e-6 divides differences of rounded squares
        assertEquals(-778.1039, print(new Guided()), 0.5);
    }

    @Test
    void theLargestTheSmallestAndTheMean() {
        Geometry g = Geometry.of(4, 1, 1, 1, 1, 1);
        float nan = Float.NaN;
        List<float[]> images =
                List.of(
                        new float[] {1, -2, nan, nan},
                        new float[] {3, -5, 7, nan},
                        new float[] {2, 9, 5, nan});
        assertArrayEquals(new float[] {3, 9, 7, nan}, new Max().fuse(g, images));
        assertArrayEquals(new float[] {1, -5, 5, nan}, new Min().fuse(g, images));
        Fusion mean = new Weighted(Optional.of(Numbers.of(2, 1, 1)));
        assertArrayEquals(new float[] {7 / 4f, 0, 6, nan}, mean.fuse(g, images));
    }

    @Test
    void aSoftmaxWithoutSharpnessIsTheMeanAndASharpOneSelects() {
        float[] mean = new Weighted().fuse(GRID, BOTH);
        assertArrayEquals(mean, new SoftmaxEnergy(2, 0).fuse(GRID, BOTH), 1e-5f);
        List<float[]> noisy = List.of(Rules.image(GRID, 1), Rules.image(GRID, 2));
        float[] sharp = new SoftmaxEnergy(2, 1e6).fuse(GRID, noisy);
        assertArrayEquals(new Energy(2).fuse(GRID, noisy), sharp, 1e-3f);
    }

    /** Of three images, two alike weigh as much together as the formula for each says. */
    @Test
    void aThirdImageThatIsTheFirstAgainWeighsAsItDoes() {
        Geometry g = Geometry.of(9, 9, 1, 1, 1, 1);
        float[] a = Rules.numbers(g, false);
        float[] b = Rules.numbers(g, true);
        Match match = new Match(-1, false);
        float[] three = fused(match, g, List.of(a, b, a));
        float[] two = fused(match, g, List.of(a, b));
        for (int v = 0; v < a.length; v++) {
            // two: (1 − w) x + w y; three: the first again as itself
            double share = a[v] == b[v] ? 0.5 : (two[v] - b[v]) / (a[v] - b[v]);
            double doubled = 2 * share / (1 + share);
            assertEquals(doubled * a[v] + (1 - doubled) * b[v], three[v], 1e-3);
        }
    }

    @Test
    void theBaseFollowsTheWeights() {
        float[] low = new float[GRID.voxels()];
        float[] high = new float[GRID.voxels()];
        java.util.Arrays.fill(low, 10);
        java.util.Arrays.fill(high, 50);
        Optional<Numbers> weights = Optional.of(Numbers.of(3, 1));
        List<Fusion> rules =
                List.of(
                        new Laplacian(OptionalInt.of(2), MATCH, weights),
                        new Dwt("cdf-5-3", 2, MATCH, weights),
                        new Swt(2, MATCH, weights));
        for (Fusion rule : rules) {
            for (float f : rule.fuse(GRID, List.of(low, high))) {
                assertEquals(20, f, 1e-4);
            }
        }
    }

    @Test
    void onlyTheWeightedMeanKeepsAQuantity() {
        for (Fusion rule : Rules.all()) {
            assertEquals(rule instanceof Weighted, rule.keepsQuantity(), rule.toString());
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        assertEquals(
                "3 weights are given for 2 images. Give one for each.",
                message(() -> new Weighted(Optional.of(Numbers.of(1, 1, 1))).fuse(GRID, BOTH)));
        assertEquals(
                "3 weights are given for 2 images. Give one for each.",
                message(
                        () ->
                                new Swt(2, MATCH, Optional.of(Numbers.of(1, 1, 1)))
                                        .fuse(GRID, BOTH)));
        assertTrue(
                message(() -> new Weighted(Optional.of(Numbers.of(1, -1)))).contains("0 or more"));
        assertTrue(message(() -> new Weighted(Optional.of(Numbers.of(0, 0)))).contains("all be 0"));
        assertEquals(
                "wavelet must be haar, db2 to db8, cdf-5-3 or cdf-9-7, got db9",
                message(() -> new Dwt("db9", 2, MATCH, Optional.empty())));
        assertEquals(
                "levels must be 1 … 12, got 0", message(() -> new Swt(0, MATCH, Optional.empty())));
        assertEquals("threshold must be −1 … 1, got 1.0", message(() -> new Match(1, true)));
        assertEquals("radius must be 1 … 1000 voxels, got 0", message(() -> new Energy(0)));
    }

    private static String message(org.junit.jupiter.api.function.Executable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong).getMessage();
    }
}
