package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grids of one long axis, and those whose rows are short. */
class BandTest {
    /**
     * L e = 1 between two pixels that hold 0: e = i (n − i)/2. The condition number is 10¹² for a
     * million: of sixteen digits six to nine are left.
     */
    @ParameterizedTest
    @CsvSource({"1000001, 1, 1", "1, 1000001, 1", "1, 1, 100001"})
    void aLongLineIsAParabola(int ni, int nj, int nk) {
        int n = ni * nj * nk - 1;
        boolean[] inside = new boolean[n + 1];
        double[] one = new double[n + 1];
        for (int p = 1; p < n; p++) {
            inside[p] = true;
            one[p] = 1;
        }
        PoissonGrid grid = PoissonGrid.of(ni, nj, nk, inside, 1, 1, 1, 0);
        PoissonSolution found = new Multigrid().solve(grid, List.of(one), 1e-4);
        double[] e = found.corrections().get(0);
        for (int p = 0; p <= n; p++) {
            double truth = 0.5 * p * (n - p);
            assertEquals(truth, e[p], 1e-6 * n * n / 8, "pixel " + p);
        }
        assertTrue(found.iterations() <= 2, found.iterations() + " rounds");
    }

    @ParameterizedTest(name = "{0} × {1} × {2}")
    @CsvSource({"60, 2, 3", "2, 60, 4", "2, 3, 60", "4, 1, 90", "60, 8, 1", "2, 2, 2", "1, 70, 5"})
    void whatFillsABandIsSolvedAsDirectlyAsElsewhere(int ni, int nj, int nk) {
        Rng rng = new Rng(3);
        boolean[] inside = new boolean[ni * nj * nk];
        double[] b = new double[inside.length];
        for (int p = 0; p < b.length; p++) {
            inside[p] = p > 0 && rng.nextDouble() < 0.9;
            b[p] = inside[p] ? rng.nextGaussian() : 0;
        }
        PoissonGrid grid = PoissonGrid.of(ni, nj, nk, inside, 1, 0.3, 2.5, 0.01);
        assertTrue(Band.isNarrow(grid));
        double[] truth = new Direct().solve(grid, List.of(b), 1e-13).corrections().get(0);
        PoissonSolution found = new Multigrid().solve(grid, List.of(b, b), 1e-13);
        assertArrayEquals(truth, found.corrections().get(1), 1e-11);
        double left = grid.norm(grid.residual(found.corrections().get(0), b)) / grid.norm(b);
        assertEquals(left, found.relativeResidual(), 1e-3 * left);
    }

    @Test
    void whatRoundingForbidsIsRefused() {
        boolean[] inside = Masks.LINE.of(40);
        boolean[] line = new boolean[40];
        System.arraycopy(inside, 40 * 20, line, 0, 40);
        PoissonGrid grid = PoissonGrid.picture(40, 1, line);
        double[] b = new double[40];
        b[7] = 1.0 / 3;
        b[8] = 0.7;
        Multigrid solver = new Multigrid();
        assertThrows(RefusedException.class, () -> solver.solve(grid, List.of(b), 1e-25));
    }

    /** Which axis is the first has no say in what is found, not even in the last bit. */
    @ParameterizedTest
    @CsvSource({"5, 70, 30, 1", "5, 30, 70, 2", "1, 80, 60, 1"})
    void shortRowsAreExchangedForTheLongestAxis(int ni, int nj, int nk, int axis) {
        Rng rng = new Rng(9);
        int[] n = {ni, nj, nk};
        int[] m = n.clone();
        m[0] = n[axis];
        m[axis] = ni;
        double[] w = {1, 0.5, 2};
        double[] turnedW = w.clone();
        turnedW[0] = w[axis];
        turnedW[axis] = w[0];
        boolean[] inside = new boolean[ni * nj * nk];
        boolean[] turned = new boolean[inside.length];
        double[] b = new double[inside.length];
        double[] turnedB = new double[inside.length];
        int[] place = new int[inside.length];
        for (int p = 0; p < inside.length; p++) {
            int[] x = {p % ni, p / ni % nj, p / ni / nj};
            int first = x[0];
            x[0] = x[axis];
            x[axis] = first;
            place[p] = x[0] + m[0] * (x[1] + m[1] * x[2]);
            inside[p] = rng.nextDouble() < 0.95;
            b[p] = inside[p] ? rng.nextGaussian() : 0;
            turned[place[p]] = inside[p];
            turnedB[place[p]] = b[p];
        }
        PoissonGrid grid = PoissonGrid.of(ni, nj, nk, inside, w[0], w[1], w[2], 0);
        PoissonGrid other =
                PoissonGrid.of(m[0], m[1], m[2], turned, turnedW[0], turnedW[1], turnedW[2], 0);
        PoissonSolution found = new Multigrid().solve(grid, List.of(b), 1e-7);
        PoissonSolution there = new MultigridOnGrid(other).solve(other, List.of(turnedB), 1e-7);
        for (int p = 0; p < b.length; p++) {
            assertEquals(there.corrections().get(0)[place[p]], found.corrections().get(0)[p]);
        }
        assertArrayEquals(there.residuals(), found.residuals());
    }
}
