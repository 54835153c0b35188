package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Truth is made: any e, b = L e. Off means the largest error relative to the largest e. */
class MultigridTest {
    private static double[] noise(boolean[] inside, long seed) {
        Rng rng = new Rng(seed);
        double[] v = new double[inside.length];
        for (int p = 0; p < v.length; p++) {
            double value = rng.nextGaussian();
            v[p] = inside[p] ? value : 0;
        }
        return v;
    }

    private static double off(double[] found, double[] truth) {
        double error = 0;
        double most = 0;
        for (int p = 0; p < truth.length; p++) {
            error = Math.max(error, Math.abs(found[p] - truth[p]));
            most = Math.max(most, Math.abs(truth[p]));
        }
        return error / most;
    }

    private static double offAfterSolving(PoissonGrid grid, double[] truth) {
        PoissonSolution found = new Multigrid().solve(grid, List.of(grid.apply(truth)), 1e-12);
        return off(found.corrections().get(0), truth);
    }

    /** Sizes even, odd and a power of two: each has other ends of its coarse grids. */
    @ParameterizedTest
    @EnumSource(Masks.class)
    void aSolutionThatIsKnownIsFound(Masks mask) {
        for (int n : new int[] {64, 65, 130}) {
            PoissonGrid grid = PoissonGrid.picture(n, n, mask.of(n));
            double off = offAfterSolving(grid, noise(grid.inside(), 3));
            assertTrue(off < 1e-9, mask + " of " + n + " is off by " + off);
        }
    }

    /** x² − y², xy and x³ − 3 x y² solve the five-point equation exactly; b comes from the rim. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void harmonicFunctionsContinueInward(int which) {
        int n = 101;
        boolean[] inside = Masks.SWISS_CHEESE.of(n);
        PoissonGrid grid = PoissonGrid.picture(n, n, inside);
        double[] harmonic = new double[n * n];
        double[] truth = new double[n * n];
        double[] b = new double[n * n];
        for (int p = 0; p < b.length; p++) {
            double x = p % n - 50;
            double y = p / n - 50;
            double[] values = {x * x - y * y, x * y, x * x * x - 3 * x * y * y};
            harmonic[p] = values[which];
            truth[p] = inside[p] ? harmonic[p] : 0;
        }
        for (int p = 0; p < b.length; p++) {
            if (inside[p]) {
                for (int q : new int[] {p - 1, p + 1, p - n, p + n}) {
                    b[p] += inside[q] ? 0 : harmonic[q];
                }
            }
        }
        PoissonSolution found = new Multigrid().solve(grid, List.of(b), 1e-12);
        double off = off(found.corrections().get(0), truth);
        assertTrue(off < 1e-9, "off by " + off);
    }

    @ParameterizedTest
    @EnumSource(Masks.class)
    void noiseIsSolvedInSixIterationsAt1025Squared(Masks mask) {
        PoissonGrid grid = PoissonGrid.picture(1025, 1025, mask.of(1025));
        double[] b = noise(grid.inside(), 4);
        PoissonSolution found = new Multigrid().solve(grid, List.of(b), 1e-6);
        double[] left = grid.residual(found.corrections().get(0), b);
        double relative = grid.norm(left) / grid.norm(b);
        assertEquals(found.relativeResidual(), relative, 1e-3 * relative, "what was told");
        assertTrue(relative <= 1e-6, mask + " " + relative);
        assertTrue(found.iterations() <= 6, mask + " took " + found.iterations());
    }

    /** Conjugate gradients with the symmetric cycle, which plain cycles hand over to. */
    @ParameterizedTest
    @EnumSource(Masks.class)
    void conjugateGradientsTakeNoMoreThanEightIterationsAt1025Squared(Masks mask) {
        PoissonGrid grid = PoissonGrid.picture(1025, 1025, mask.of(1025));
        double[] b = noise(grid.inside(), 4);
        PoissonSolver conjugate = new MultigridOnGrid(grid, Double.POSITIVE_INFINITY);
        PoissonSolution found = conjugate.solve(grid, List.of(b), 1e-6);
        double[] left = grid.residual(found.corrections().get(0), b);
        assertTrue(grid.norm(left) <= 1e-6 * grid.norm(b), mask + " is further off");
        assertTrue(found.iterations() <= 8, mask + " took " + found.iterations());
    }

    /**
     * 1e-12 of white noise, which floats alone would never reach: 11 to 16 iterations are twice
     * those of 1e-6, so nothing is lost where the residual is computed anew.
     */
    @ParameterizedTest
    @EnumSource(Masks.class)
    void twiceTheDigitsTakeTwiceTheIterations(Masks mask) {
        PoissonGrid grid = PoissonGrid.picture(513, 513, mask.of(513));
        double[] b = noise(grid.inside(), 4);
        PoissonSolution found = new Multigrid().solve(grid, List.of(b), 1e-12);
        double[] left = grid.residual(found.corrections().get(0), b);
        assertTrue(grid.norm(left) <= 1.01e-12 * grid.norm(b), mask.toString());
        assertTrue(found.iterations() <= 16, mask + " took " + found.iterations());
    }

    /** Spacings (1, 1, 5), (0.5, 0.5, 3) and thin ones along i and j. */
    @ParameterizedTest(name = "weights {0}, {1}, {2}, screen {3}")
    @CsvSource({
        "1, 1, 0.04, 0",
        "4, 4, 0.1111111111111, 0",
        "0.01, 1, 1, 0",
        "1, 0.02, 1, 0",
        "1, 1, 1, 0.3"
    })
    void volumesOfAnySpacingAreSolved(double wi, double wj, double wk, double screen) {
        int n = 40;
        boolean[] inside = new boolean[n * n * n];
        for (int p = 0; p < inside.length; p++) {
            double x = p % n - 17.2;
            double y = p / n % n - 22.5;
            double z = p / (n * n) - 18.0;
            inside[p] = x * x + 1.2 * y * y + z * z < 300 && x * x + y * y > 20;
        }
        PoissonGrid grid = PoissonGrid.of(n, n, n, inside, wi, wj, wk, screen);
        double[] truth = noise(inside, 6);
        double off = offAfterSolving(grid, truth);
        assertTrue(off < 1e-9, "off by " + off);
        PoissonSolution found = new Multigrid().solve(grid, List.of(noise(inside, 7)), 1e-6);
        assertTrue(found.iterations() <= 8, "took " + found.iterations());
    }

    /** Weights apart by ten thousand: without halving the strong axis first it takes hundreds. */
    @Test
    void strongCouplingsAreHalvedFirst() {
        boolean[] inside = Masks.CIRCLE.of(200);
        PoissonGrid grid = PoissonGrid.of(200, 200, 1, inside, 1, 1e-4, 1, 0);
        PoissonSolution found = new Multigrid().solve(grid, List.of(noise(inside, 8)), 1e-6);
        assertTrue(found.iterations() <= 10, "took " + found.iterations());
    }

    @ParameterizedTest(name = "{0} × {1} × {2}")
    @CsvSource({"1, 9, 1", "9, 1, 1", "1, 1, 9", "1, 6, 7", "5, 1, 4", "2, 2, 2", "3, 2, 1"})
    void thinGridsAreSolved(int ni, int nj, int nk) {
        boolean[] inside = new boolean[ni * nj * nk];
        Arrays.fill(inside, 1, inside.length, true);
        PoissonGrid grid = PoissonGrid.of(ni, nj, nk, inside, 1, 2, 3, 0);
        double off = offAfterSolving(grid, noise(inside, 9));
        assertTrue(off < 1e-9, "off by " + off);
    }

    /** Each of a million pixels is its own part of the mask: e = b / 4, at the rims b / 3. */
    @Test
    void aMillionPartsAreSolved() {
        int ni = 2048;
        int nj = 1024;
        boolean[] inside = new boolean[ni * nj];
        for (int p = 0; p < inside.length; p++) {
            inside[p] = (p % ni + p / ni) % 2 == 0;
        }
        PoissonGrid grid = PoissonGrid.picture(ni, nj, inside);
        assertEquals(1 << 20, grid.unknowns());
        double[] b = noise(inside, 10);
        double[] e = new Multigrid().solve(grid, List.of(b), 1e-12).corrections().get(0);
        int middle = 1000 * ni + 500;
        assertEquals(b[middle] / 4, e[middle], 1e-11);
        assertEquals(b[1] / 3, e[1], 1e-11);
        assertEquals(b[2] / 3, e[2], 1e-11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void threadsDoNotChangeABit(int nk) {
        boolean[] inside = new boolean[200 * 300 * nk];
        Arrays.fill(inside, 200, inside.length, true);
        PoissonGrid grid = PoissonGrid.of(200, 300, nk, inside, 1, 1, 0.5, 0);
        List<double[]> b = List.of(noise(inside, 1), noise(inside, 2));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            PoissonSolution one = new Multigrid().solve(grid, b, 1e-5);
            for (int t : new int[] {2, 8}) {
                Parallel.setThreads(t);
                PoissonSolution many = new Multigrid().solve(grid, b, 1e-5);
                assertArrayEquals(one.residuals(), many.residuals());
                assertArrayEquals(one.corrections().get(0), many.corrections().get(0));
                assertArrayEquals(one.corrections().get(1), many.corrections().get(1));
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    /** The second call has fewer channels, the third more than there is room for yet. */
    @Test
    void whatIsKeptForAGridChangesNoBit() {
        PoissonGrid grid = PoissonGrid.picture(90, 90, Masks.STAR.of(90));
        PoissonSolver kept = new Multigrid().on(grid);
        for (int channels : new int[] {2, 1, 3}) {
            List<double[]> b =
                    IntStream.range(0, channels)
                            .mapToObj(c -> noise(grid.inside(), 10L * channels + c))
                            .toList();
            PoissonSolution again = kept.solve(grid, b, 1e-7);
            PoissonSolution fresh = new Multigrid().solve(grid, b, 1e-7);
            assertArrayEquals(fresh.residuals(), again.residuals());
            for (int c = 0; c < channels; c++) {
                assertArrayEquals(fresh.corrections().get(c), again.corrections().get(c));
            }
        }
        PoissonGrid other = PoissonGrid.picture(90, 90, Masks.STAR.of(90));
        List<double[]> b = List.of(noise(grid.inside(), 1));
        assertThrows(IllegalArgumentException.class, () -> kept.solve(other, b, 1e-7));
    }

    /** What rounding forbids is refused after many iterations, which fill all that is kept. */
    @Test
    void aRefusedCallLeavesNothingBehind() {
        PoissonGrid grid = PoissonGrid.picture(30, 30, Masks.CIRCLE.of(30));
        List<double[]> b = List.of(noise(grid.inside(), 2));
        PoissonSolver kept = new Multigrid().on(grid);
        assertThrows(RefusedException.class, () -> kept.solve(grid, b, 1e-19));
        double[] fresh = new Multigrid().solve(grid, b, 1e-4).corrections().get(0);
        assertArrayEquals(fresh, kept.solve(grid, b, 1e-4).corrections().get(0));
    }

    /** Powers of two change no digit, so tiny and huge images are solved as any other. */
    @Test
    void theUnitOfTheImageDoesNotMatter() {
        PoissonGrid grid = PoissonGrid.picture(50, 50, Masks.STAR.of(50));
        double[] b = noise(grid.inside(), 11);
        double[] small = Arrays.stream(b).map(v -> v * 0x1p-300).toArray();
        double[] one = new Multigrid().solve(grid, List.of(b), 1e-8).corrections().get(0);
        double[] other = new Multigrid().solve(grid, List.of(small), 1e-8).corrections().get(0);
        assertArrayEquals(one, Arrays.stream(other).map(v -> v * 0x1p300).toArray());
    }

    @Test
    void aRightHandSideOfZeroHasTheSolutionZero() {
        boolean[] inside = Masks.SQUARE.of(6);
        PoissonGrid grid = PoissonGrid.picture(6, 6, inside);
        PoissonSolution found = new Multigrid().solve(grid, List.of(new double[36]), 1e-6);
        assertArrayEquals(new double[36], found.corrections().get(0));
        assertEquals(0, found.relativeResidual());
        assertEquals(0, found.iterations());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void rightHandSidesThatAreNoNumbersAreNotTaken(double wrong) {
        PoissonGrid grid = PoissonGrid.picture(6, 6, Masks.SQUARE.of(6));
        double[] b = new double[36];
        b[7] = wrong;
        IllegalArgumentException said =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Multigrid().solve(grid, List.of(b), 1e-6));
        assertEquals("a right-hand side must be finite, and 0 outside the mask", said.getMessage());
        double[] outside = new double[36];
        outside[0] = 1;
        assertThrows(
                IllegalArgumentException.class,
                () -> new Multigrid().solve(grid, List.of(outside), 1e-6));
    }

    /**
     * One pixel holds all: what is nearly a constant falls slowly by plain cycles, so conjugate
     * gradients take over after two to four; by cycles alone it took more than thirty.
     */
    @ParameterizedTest
    @CsvSource({"300, 1", "60, 60"})
    void whatPlainCyclesAreSlowAtIsLeftToConjugateGradients(int n, int nk) {
        boolean[] inside = new boolean[n * n * nk];
        Arrays.fill(inside, true);
        inside[inside.length / 2 + n / 3] = false;
        PoissonGrid grid = PoissonGrid.of(n, n, nk, inside, 1, 1, 1, 0);
        double[] b = noise(inside, 4);
        PoissonSolution found = new Multigrid().solve(grid, List.of(b, b), 1e-8);
        double[] left = grid.residual(found.corrections().get(1), b);
        double relative = grid.norm(left) / grid.norm(b);
        assertEquals(found.relativeResidual(), relative, 1e-3 * relative, "what was told");
        assertTrue(relative <= 1e-8, "relative " + relative);
        assertTrue(found.iterations() <= 12, "took " + found.iterations());
    }

    /** A blob of one sign is slow for cycles where noise is not: each goes its own way. */
    @Test
    void aChannelIsSolvedAsIfItWereAlone() {
        boolean[] inside = new boolean[200 * 200];
        Arrays.fill(inside, true);
        inside[30 * 200 + 50] = false;
        PoissonGrid grid = PoissonGrid.picture(200, 200, inside);
        double[] noise = noise(inside, 4);
        double[] ramp = new double[inside.length];
        for (int p = 0; p < ramp.length; p++) {
            ramp[p] = inside[p] ? 1 + p % 200 : 0;
        }
        List<double[]> all = List.of(ramp, noise, grid.apply(noise));
        PoissonSolution together = new Multigrid().solve(grid, all, 1e-7);
        int most = 0;
        for (int c = 0; c < all.size(); c++) {
            PoissonSolution alone = new Multigrid().solve(grid, List.of(all.get(c)), 1e-7);
            assertArrayEquals(alone.corrections().get(0), together.corrections().get(c));
            most = Math.max(most, alone.iterations());
        }
        assertTrue(most > 4, "one channel should be slow, took " + most);
    }
}
