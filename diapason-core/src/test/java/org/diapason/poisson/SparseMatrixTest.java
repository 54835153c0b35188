package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class SparseMatrixTest {
    @Test
    void theMatrixOfAGridIsItsEquation() {
        boolean[] inside = new boolean[7 * 5 * 4];
        Rng rng = new Rng(2);
        for (int p = 0; p < inside.length; p++) {
            inside[p] = rng.nextDouble() < 0.7;
        }
        PoissonGrid grid = PoissonGrid.of(7, 5, 4, inside, 1, 0.5, 0.1, 0.3);
        double[] u = Truth.of(grid, 1);
        Unknowns unknowns = new Unknowns(grid);
        double[] product = SparseMatrix.of(grid).times(unknowns.gather(u));
        assertArrayEquals(Truth.apply(grid, u), unknowns.scatter(product), 1e-12);
    }

    /** 20,000 × 6,000 are several blocks of rows. */
    @Test
    void productsAndTransposesAreThoseOfTheirDefinition() {
        SparseMatrix a = some(20_000, 6_000, 1);
        SparseMatrix b = some(6_000, 300, 2);
        double[] x = new double[300];
        double[] y = new double[20_000];
        Rng rng = new Rng(3);
        for (int c = 0; c < x.length; c++) {
            x[c] = rng.nextDouble();
        }
        for (int r = 0; r < y.length; r++) {
            y[r] = rng.nextDouble();
        }
        double[] abx = a.times(b.times(x));
        assertArrayEquals(abx, SparseProduct.of(a, b).times(x), 1e-12);
        double once = 0;
        for (int r = 0; r < y.length; r++) {
            once += y[r] * abx[r];
        }
        double[] back = b.transposed().times(a.transposed().times(y));
        double other = 0;
        for (int c = 0; c < x.length; c++) {
            other += x[c] * back[c];
        }
        assertEquals(once, other, 1e-10 * Math.abs(once));
    }

    private static SparseMatrix some(int rows, int width, long seed) {
        return SparseProduct.rows(
                rows,
                width,
                (r, row) -> {
                    Rng rng = new Rng(Rng.seed(seed, "row " + r));
                    for (int e = 0; e < 5; e++) {
                        row.add(rng.nextInt(width), rng.nextDouble() - 0.5);
                    }
                });
    }

    @Test
    void rowsThatAreNoneAreNoInput() {
        assertEquals(
                "row 0 has the entry 1.0 in column 2; columns are 0 to 1, each at most once, values"
                        + " finite",
                message(new int[] {0, 1, 2}, new int[] {2, 1}, new double[] {1, 1}));
        assertEquals(
                "row 1 has the entry 3.0 in column 1; columns are 0 to 1, each at most once, values"
                        + " finite",
                message(new int[] {0, 0, 2}, new int[] {1, 1}, new double[] {1, 3}));
        assertEquals(
                "starts of rows must go from 0 to the number of entries, 1",
                message(new int[] {0, 2}, new int[] {0}, new double[] {1}));
        assertEquals(
                "row 1 ends before it starts",
                message(new int[] {0, 2, 1, 2}, new int[] {0, 1}, new double[] {1, 1}));
    }

    private static String message(int[] starts, int[] columns, double[] values) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> SparseMatrix.square(starts, columns, values))
                .getMessage();
    }
}
