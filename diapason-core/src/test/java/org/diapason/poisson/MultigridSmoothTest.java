package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A mask that three borders of the image cut, held along the fourth alone, and a right-hand side of
 * ones: the answer is 10⁵ times as large as what its neighbours differ by, and its residual must
 * not drown in the rounding of 32-bit numbers. The bound of every error asks for just that.
 */
class MultigridSmoothTest {

    /** With {@code d p − Σ w q} in the place of {@code Σ w (p − q)}: 93 iterations and more. */
    @ParameterizedTest
    @CsvSource({"513, 513, 1", "226, 173, 0.390625", "400, 301, 0.7"})
    void aSmoothAnswerIsFoundAsSoonAsARoughOne(int ni, int nj, double wj) {
        boolean[] inside = new boolean[ni * nj];
        Arrays.fill(inside, true);
        double[] one = new double[inside.length];
        for (int p = 0; p < one.length; p++) {
            inside[p] = p % ni > 0;
            one[p] = inside[p] ? 1 : 0;
        }
        PoissonGrid grid = PoissonGrid.of(ni, nj, 1, inside, 1, wj, 1, 0);
        PoissonSolution found = new Multigrid().solve(grid, List.of(one), 1e-6);
        assertTrue(found.iterations() <= 20, found.iterations() + " iterations");
    }
}
