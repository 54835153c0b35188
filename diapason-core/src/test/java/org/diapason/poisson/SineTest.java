package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SineTest {
    /** Sides of 2, 3, 5, primes and one pixel; each end of each axis held (1) or free (0). */
    @ParameterizedTest(name = "{0} × {1} × {2}, ends {3}, weights {4} {5} {6}, screen {7}")
    @CsvSource({
        "17, 12, 1, 111100, 1, 1, 1, 0",
        "16, 31, 1, 001100, 1, 2, 1, 0",
        "16, 31, 1, 110000, 1, 2, 1, 0",
        "13, 9, 1, 011000, 1, 0.3, 1, 0",
        "13, 9, 1, 100100, 1, 0.3, 1, 0.01",
        "130, 1, 1, 100000, 1, 1, 1, 0",
        "1, 1, 1, 111111, 1, 2, 3, 0.5",
        "1, 7, 1, 110011, 1, 2, 3, 0.5",
        "5, 7, 9, 111111, 1, 1.5, 0.1, 0",
        "5, 7, 9, 010010, 1, 1.5, 0.1, 0",
        "8, 6, 4, 000001, 1, 4, 9, 0",
        "8, 6, 4, 000000, 1, 4, 9, 0.001",
    })
    void aBoxOfAnySidesAndEndsIsSolvedExactly(
            int a, int b, int c, String ends, double wi, double wj, double wk, double screen) {
        PoissonGrid grid = box(new int[] {a, b, c}, ends, wi, wj, wk, screen);
        double[] truth = Truth.of(grid, 3);
        double[] other = Truth.of(grid, 8);
        PoissonSolution found =
                new Sine()
                        .solve(
                                grid,
                                List.of(Truth.apply(grid, truth), Truth.apply(grid, other)),
                                1e-10);
        assertEquals(0, Truth.difference(found.corrections().get(0), truth), 1e-10);
        assertEquals(0, Truth.difference(found.corrections().get(1), other), 1e-10);
        assertEquals(1, found.iterations());
    }

    /** 1023 = 2¹⁰ − 1 and 1022 = 2 · 7 · 73; condition number 4e5 times 1e-16 is 4e-11. */
    @Test
    void aMegapixelIsSolvedToTenDigits() {
        PoissonGrid grid = box(new int[] {1023, 1022, 1}, "111100", 1, 1, 1, 0);
        double[] truth = Truth.of(grid, 3);
        PoissonSolution found = new Sine().solve(grid, List.of(Truth.apply(grid, truth)), 1e-10);
        assertEquals(0, Truth.difference(found.corrections().get(0), truth), 1e-10);
    }

    @Test
    void aMaskThatIsNoBoxIsSentToAnotherSolver() {
        PoissonGrid grid = Truth.picture(Masks.CIRCLE, 15);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Sine().solve(grid, List.of(b), 1e-6));
        assertEquals(
                "the sine transform needs a mask that is a full box: 32 of the 169 pixels of the box"
                        + " around this one are outside it. Take multigrid, or direct for a small"
                        + " mask.",
                e.getMessage());
    }

    private static PoissonGrid box(
            int[] sizes, String ends, double wi, double wj, double wk, double screen) {
        int[] low = new int[3];
        int[] n = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = ends.charAt(2 * axis) - '0';
            n[axis] = low[axis] + sizes[axis] + ends.charAt(2 * axis + 1) - '0';
        }
        boolean[] inside = new boolean[n[0] * n[1] * n[2]];
        for (int k = 0; k < sizes[2]; k++) {
            for (int j = 0; j < sizes[1]; j++) {
                int at = ((low[2] + k) * n[1] + low[1] + j) * n[0] + low[0];
                Arrays.fill(inside, at, at + sizes[0], true);
            }
        }
        return PoissonGrid.of(n[0], n[1], n[2], inside, wi, wj, wk, screen);
    }
}
