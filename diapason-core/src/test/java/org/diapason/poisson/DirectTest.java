package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectTest {
    /** Every unknown once, and what a dissection is for: far fewer entries than row by row. */
    @ParameterizedTest(name = "{0}: less than {1} of the entries that the order of rows needs")
    @CsvSource({"SQUARE, 0.4", "STAR, 0.4", "SWISS_CHEESE, 0.4", "HOLES, 0.4"})
    void dissectionKeepsTheFactorSmall(Masks mask, double share) {
        PoissonGrid grid = Truth.picture(mask, 129);
        Unknowns unknowns = new Unknowns(grid);
        int[] order = Dissection.order(grid, unknowns.pixels());
        int[] rows = new int[unknowns.count()];
        Arrays.setAll(rows, u -> u);
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        assertArrayEquals(rows, sorted);
        SparseMatrix matrix = unknowns.matrix(EdgeWeight.PLAIN);
        long dissected = new SparseCholesky(matrix, order).predictedEntries();
        assertTrue(dissected < share * new SparseCholesky(matrix, rows).predictedEntries());
    }

    /** A line of n has n pivots and n − 1 entries below them, in any order without fill. */
    @Test
    void theFactorOfALineInOrderHasTwoEntriesAPixel() {
        PoissonGrid grid = Truth.picture(102, 3, (i, j) -> j == 1 && i > 0 && i < 101);
        Unknowns unknowns = new Unknowns(grid);
        int[] rows = new int[100];
        Arrays.setAll(rows, u -> u);
        SparseMatrix matrix = unknowns.matrix(EdgeWeight.PLAIN);
        assertEquals(199, new SparseCholesky(matrix, rows).predictedEntries());
    }

    @Test
    void aFactorLargerThanAllowedIsRefusedBeforeItIsComputed() {
        PoissonGrid grid = Truth.picture(102, 3, (i, j) -> j == 1 && i > 0 && i < 101);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> new Direct(150).solve(grid, List.of(b), 1e-6));
        assertTrue(
                e.getMessage()
                        .matches(
                                "the direct solver needs at least \\d{3} entries \\(0 MB\\) for 100"
                                        + " unknowns, more than the 150 allowed\\. Take multigrid, or"
                                        + " raise maxEntries\\."),
                e.getMessage());
        e =
                assertThrows(
                        RefusedException.class, () -> new Direct(99).solve(grid, List.of(b), 1e-6));
        assertTrue(e.getMessage().contains("at least 100 entries"), "more pixels than entries");
    }

    @Test
    void whatRoundingForbidsIsRefused() {
        PoissonGrid grid = Truth.picture(Masks.CIRCLE, 33);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> new Direct().solve(grid, List.of(b), 1e-30));
        assertTrue(
                e.getMessage()
                        .matches(
                                "the direct solver came to a relative residual of \\de-1\\d after 4"
                                        + " iterations, 1e-30 was asked for\\. That is rounding: ask"
                                        + " for no less than it\\."),
                e.getMessage());
    }

    @Test
    void noEntriesAtAllIsASettingOfNoUse() {
        assertEquals(
                "maxEntries must be positive, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Direct(0)).getMessage());
    }

    /** Of 64,000 voxels; 30³ and pictures of 500² are within the 144 MB of the default. */
    @Test
    void whatIsTooLargeByDefaultIsRefused() {
        boolean[] inside = new boolean[42 * 42 * 42];
        for (int p = 0; p < inside.length; p++) {
            inside[p] = p % 42 % 41 > 0 && p / 42 % 42 % 41 > 0 && p / (42 * 42) % 41 > 0;
        }
        PoissonGrid grid = PoissonGrid.of(42, 42, 42, inside, 1, 1, 1, 0);
        double[] b = Truth.of(grid, 1);
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> new Direct().solve(grid, List.of(b), 1e-6));
        assertTrue(
                e.getMessage()
                        .matches(
                                "the direct solver needs at least 2\\d{7} entries \\(2\\d\\d MB\\)"
                                        + " for 64000 unknowns, more than the 12000000 allowed\\. .*"),
                e.getMessage());
        assertTrue(new Direct().maxEntries() > 11_700_000, "a square of 511² is to be solved");
    }

    /** Elimination leaves 1e-15 of a diagonal of 2, which is rounding alone. */
    @Test
    void aPivotOfRoundingAloneIsRefused() {
        boolean[] all = {true, true, true, true};
        PoissonGrid grid = PoissonGrid.of(2, 2, 1, all, 1, 1, 1, 1e-15);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> new Direct().solve(grid, List.of(new double[] {1, 0, 0, 0}), 1));
        assertTrue(e.getMessage().endsWith("a pivot is rounding alone. Raise the screen."));
    }
}
