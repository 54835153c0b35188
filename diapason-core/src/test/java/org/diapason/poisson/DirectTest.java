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
}
