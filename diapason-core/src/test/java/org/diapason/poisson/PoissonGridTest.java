package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonGridTest {
    @Test
    void sizesThatDoNotMakeTheMaskAreNotTaken() {
        assertEquals("a grid of 0 × 3 × 1 has no 0 pixels", wrong(0, 3, 0));
        assertEquals("a grid of -1 × -1 × 1 has no 1 pixels", wrong(-1, -1, 1));
        assertEquals("a grid of 2 × 3 × 1 has no 5 pixels", wrong(2, 3, 5));
    }

    private static String wrong(int ni, int nj, int pixels) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> PoissonGrid.picture(ni, nj, new boolean[pixels]))
                .getMessage();
    }

    /** Their squares are 0 or infinite: a solver would take the first for nothing to do. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-170, 1e-150, 1e150, 1e200})
    void rightHandSidesWhoseSquaresAreLostAreNotTaken(double value) {
        PoissonGrid grid = Truth.picture(Masks.SQUARE, 5);
        double[] b = new double[25];
        b[12] = -value;
        for (PoissonSolver solver :
                List.of(new Amg(), new Direct(), new Sor(), new Sine(), new Multigrid())) {
            String said =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> solver.solve(grid, List.of(b), 1e-6))
                            .getMessage();
            assertEquals(
                    "; 1e-140 to 1e140 can be solved. Take another unit.",
                    said.substring(said.indexOf(';')));
        }
    }
}
