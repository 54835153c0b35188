package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static double farthest(double[] a, double[] b) {
        double most = 0;
        for (int p = 0; p < a.length; p++) {
            most = Math.max(most, Math.abs(a[p] - b[p]));
        }
        return most;
    }

    @ParameterizedTest
    @EnumSource(Masks.class)
    void aSolutionThatIsKnownIsFound(Masks mask) {
        int n = 130;
        PoissonGrid grid = PoissonGrid.picture(n, n, mask.of(n));
        double[] truth = noise(grid.inside(), 3);
        PoissonSolution found = new Multigrid().solve(grid, List.of(grid.apply(truth)), 1e-12);
        double off = farthest(found.corrections().get(0), truth) / grid.largest(truth);
        assertTrue(off < 1e-9, mask + " off by " + off);
    }

    @ParameterizedTest
    @EnumSource(Masks.class)
    void aRandomRightHandSideTakesEightIterations(Masks mask) {
        int n = 513;
        PoissonGrid grid = PoissonGrid.picture(n, n, mask.of(n));
        PoissonSolution found = new Multigrid().solve(grid, List.of(noise(grid.inside(), 4)), 1e-6);
        assertTrue(found.iterations() <= 8, mask + " " + found.iterations());
    }

    @ParameterizedTest(name = "weights {0}, {1}, {2}, screen {3}")
    @CsvSource({"1,1,0.04,0", "4,4,0.1111111111111,0", "0.01,1,1,0", "1,1,1,0.3", "1,0.02,1,0"})
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
        PoissonSolution found = new Multigrid().solve(grid, List.of(grid.apply(truth)), 1e-12);
        double off = farthest(found.corrections().get(0), truth) / grid.largest(truth);
        assertTrue(off < 1e-9, "off by " + off);
    }

    @Test
    void threadsDoNotChangeABit() {
        PoissonGrid grid = PoissonGrid.picture(400, 300, bottom(400, 300));
        List<double[]> b = List.of(noise(grid.inside(), 1), noise(grid.inside(), 2));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            PoissonSolution one = new Multigrid().solve(grid, b, 1e-9);
            for (int t : new int[] {2, 8}) {
                Parallel.setThreads(t);
                PoissonSolution many = new Multigrid().solve(grid, b, 1e-9);
                assertArrayEquals(one.residuals(), many.residuals());
                assertArrayEquals(one.corrections().get(1), many.corrections().get(1));
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    private static boolean[] bottom(int ni, int nj) {
        boolean[] inside = new boolean[ni * nj];
        java.util.Arrays.fill(inside, ni, inside.length, true);
        return inside;
    }

    @Test
    void aRightHandSideOfZeroHasTheSolutionZero() {
        PoissonGrid grid = PoissonGrid.picture(4, 5, bottom(4, 5));
        PoissonSolution found = new Multigrid().solve(grid, List.of(new double[20]), 1e-6);
        assertArrayEquals(new double[20], found.corrections().get(0));
        assertEquals(0, found.relativeResidual());
    }
}
