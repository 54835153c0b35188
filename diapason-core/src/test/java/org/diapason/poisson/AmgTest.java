package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmgTest {
    private static final int N = 129;

    /** Stiffness of each pixel by a name; an edge has the harmonic mean of its two pixels. */
    private static EdgeWeight weight(String name) {
        Rng rng = new Rng(4);
        double[] k = new double[N * N];
        for (int p = 0; p < k.length; p++) {
            double chance = rng.nextDouble();
            boolean odd = ((p % N * 8 / N + p / N * 8 / N) & 1) == 1;
            k[p] =
                    switch (name) {
                        case "single pixels" -> chance < 0.5 ? 1e6 : 1;
                        case "any size" -> StrictMath.exp(13.8 * chance);
                        case "checkerboard" -> odd ? 1e6 : 1;
                        default -> 1;
                    };
        }
        return (p, q) -> 2 / (1 / k[p] + 1 / k[q]);
    }

    /**
     * Counts seen were 6 to 9. Where stiff pixels are gathered round soft ones, single pixels need
     * 136 and any size 64.
     */
    @ParameterizedTest(name = "{0}, weights of axes {1} and {2}, rows up to {3} iterations")
    @CsvSource({
        "single pixels, 1, 1, 14",
        "any size, 1, 1, 14",
        "checkerboard, 1, 1, 14",
        "even, 1, 1e-3, 12",
        "even, 1e4, 1, 12",
        "even, 1, 1, 12"
    })
    void weightsThatJumpByAMillionCostFewIterations(String name, double wi, double wj, int most) {
        boolean[] inside = Masks.STAR.of(N);
        PoissonGrid grid = PoissonGrid.of(N, N, 1, inside, wi, wj, 1, 0);
        Unknowns unknowns = new Unknowns(grid);
        SparseMatrix matrix = unknowns.matrix(weight(name));
        double[] truth = Truth.of(grid, 1);
        double[] b = unknowns.scatter(matrix.times(unknowns.gather(truth)));
        PoissonSolution quick = new Amg().solve(grid, weight(name), List.of(b), 1e-6);
        assertTrue(quick.iterations() <= most, quick.iterations() + " iterations");
        // The condition number is up to 1e10: a residual of 1e-13 leaves 1e-6 at the most seen.
        PoissonSolution found = new Amg().solve(grid, weight(name), List.of(b), 1e-12);
        assertEquals(0, Truth.difference(found.corrections().get(0), truth), 1e-6);
        AmgHierarchy hierarchy = AmgHierarchy.of(matrix);
        assertTrue(hierarchy.operatorComplexity() < 2.2, "" + hierarchy.operatorComplexity());
    }

    @Test
    void iterationsDoNotGrowWithTheGrid() {
        int[] iterations = new int[2];
        int[] sizes = {65, 257};
        for (int s = 0; s < 2; s++) {
            PoissonGrid grid = Truth.picture(Masks.HOLES, sizes[s]);
            List<double[]> b = List.of(Truth.apply(grid, Truth.of(grid, 1)));
            iterations[s] = new Amg().solve(grid, b, 1e-8).iterations();
        }
        assertTrue(iterations[1] <= iterations[0] + 3, iterations[0] + " and " + iterations[1]);
    }

    /** A matrix of no grid: every unknown tied to its next and to a hub far away. */
    @Test
    void aMatrixThatIsNoGridIsSolved() {
        int n = 3000;
        int[] starts = new int[n + 1];
        int[] columns = new int[4 * n];
        double[] values = new double[4 * n];
        int at = 0;
        for (int r = 0; r < n; r++) {
            double diagonal = r == 7 ? 1 : 0;
            int middle = at++;
            for (int c : new int[] {r - 1, r + 1, (r + n / 2) % n}) {
                if (c >= 0 && c < n) {
                    columns[at] = c;
                    values[at++] = -(1 + Math.min(r, c) % 5);
                    diagonal += 1 + Math.min(r, c) % 5;
                }
            }
            columns[middle] = r;
            values[middle] = diagonal;
            starts[r + 1] = at;
        }
        SparseMatrix matrix = SparseMatrix.square(starts, columns, values);
        double[] truth = new double[n];
        Rng rng = new Rng(3);
        for (int r = 0; r < n; r++) {
            truth[r] = rng.nextDouble();
        }
        List<double[]> b = List.of(matrix.times(truth));
        PoissonSolution found = AmgHierarchy.of(matrix).solve(b, 1e-12);
        assertEquals(0, Truth.difference(found.corrections().get(0), truth), 1e-6);
    }

    @Test
    void aMatrixThatIsNotSymmetricIsNoInput() {
        assertEquals(
                "the matrix must be symmetric with no entry above 0 beside the diagonal, but row 0"
                        + " has -1.0 in column 1 and row 1 has -2.0 in column 0",
                wrong(2, -1, -2, 2));
        assertEquals(
                "the matrix must be symmetric with no entry above 0 beside the diagonal, but row 0"
                        + " has 1.0 in column 1 and row 1 has 1.0 in column 0",
                wrong(2, 1, 1, 2));
        assertEquals(
                "the matrix must have a diagonal above 0, but row 1 has 0.0", wrong(2, -1, -1, 0));
    }

    private static String wrong(double a, double b, double c, double d) {
        SparseMatrix matrix =
                SparseMatrix.square(
                        new int[] {0, 2, 4}, new int[] {0, 1, 0, 1}, new double[] {a, b, c, d});
        return assertThrows(IllegalArgumentException.class, () -> AmgHierarchy.of(matrix))
                .getMessage();
    }

    @Test
    void anEdgeBelowZeroIsNoInput() {
        PoissonGrid grid = Truth.picture(Masks.SQUARE, 5);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Amg().solve(grid, (p, q) -> q - p - 2, List.of(b), 1e-6));
        assertEquals(
                "the edge between pixels 5 and 6 has the weight -1.0; weights are 0 or above and"
                        + " finite",
                e.getMessage());
    }

    @Test
    void whatRoundingForbidsIsRefused() {
        PoissonGrid grid = Truth.picture(Masks.CIRCLE, 65);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> new Amg().solve(grid, List.of(b), 1e-20));
        assertTrue(
                e.getMessage()
                        .matches(
                                "algebraic multigrid came to a relative residual of \\de-1\\d after"
                                        + " \\d+ iterations, 1e-20 was asked for\\. Rounding forbids"
                                        + " less, or the matrix is not positive definite, as where"
                                        + " nothing holds a part of the mask\\."),
                e.getMessage());
    }

    /** Two columns of pixels untied from the rest, and one pixel from all others. */
    @Test
    void edgesOfWeightZeroThatCutAPartOffAreRefused() {
        PoissonGrid grid = Truth.picture(Masks.SQUARE, 12);
        double[] b = Truth.apply(grid, Truth.of(grid, 1));
        EdgeWeight columns = (p, q) -> (p % 12 == 3 || p % 12 == 5) && q == p + 1 ? 0 : 1;
        assertEquals(1, new Amg().solve(grid, columns, List.of(b), 1e-6).residuals()[0]);
        EdgeWeight cut = (p, q) -> p / 12 == 0 || q / 12 == 11 ? 0 : columns.between(p, q);
        EdgeWeight pixel = (p, q) -> p == 54 || q == 54 ? 0 : 1;
        for (EdgeWeight weight : List.of(cut, pixel)) {
            RefusedException e =
                    assertThrows(
                            RefusedException.class,
                            () -> new Amg().solve(grid, weight, List.of(b), 1e-6));
            assertTrue(e.getMessage().startsWith("a part of the mask has no"), e.getMessage());
        }
    }

    /** Unknowns tied to others anywhere: smoothed interpolation fills, plain aggregates do not. */
    @Test
    void aMatrixThatWouldFillStaysWithinItsMemory() {
        int n = 4000;
        double[][] edges = new double[n][n];
        Rng rng = new Rng(8);
        for (int x = 0; x < 5 * n; x++) {
            int r = rng.nextInt(n);
            int c = (r + 1 + rng.nextInt(n - 1)) % n;
            edges[r][c] = 1;
            edges[c][r] = 1;
        }
        int[] starts = new int[n + 1];
        int[] columns = new int[11 * n];
        double[] values = new double[11 * n];
        int at = 0;
        for (int r = 0; r < n; r++) {
            double diagonal = 0.001;
            int middle = at++;
            for (int c = 0; c < n; c++) {
                if (edges[r][c] > 0) {
                    columns[at] = c;
                    values[at++] = -1;
                    diagonal++;
                }
            }
            columns[middle] = r;
            values[middle] = diagonal;
            starts[r + 1] = at;
        }
        AmgHierarchy hierarchy = AmgHierarchy.of(SparseMatrix.square(starts, columns, values));
        assertTrue(hierarchy.operatorComplexity() <= 4, "" + hierarchy.operatorComplexity());
        assertTrue(hierarchy.levels() > 1, "" + hierarchy.levels());
        double[] b = new double[n];
        b[5] = 1;
        PoissonSolution found = hierarchy.solve(List.of(b), 1e-8);
        assertTrue(found.iterations() < 60, found.iterations() + " iterations");
    }
}
