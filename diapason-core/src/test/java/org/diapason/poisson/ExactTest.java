package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small masks of every kind by chance, each beside its solution in 60 decimals. */
class ExactTest {
    private static final int GRIDS = 150;

    private static PoissonSolver solver(String name) {
        return switch (name) {
            case "amg" -> new Amg();
            case "direct" -> new Direct();
            case "sor" -> new Sor();
            default -> new Multigrid();
        };
    }

    /**
     * The last residual is the true one, up to the rounding that {@link PoissonGrid} allows;
     * multigrid sums its squares in floats.
     */
    @ParameterizedTest
    @ValueSource(strings = {"amg", "direct", "sor", "multigrid"})
    void theResidualToldIsTheTrueOne(String name) {
        double digits = name.equals("multigrid") ? 1e-6 : 1e-9;
        for (int n = 0; n < GRIDS; n++) {
            Rng rng = new Rng(n);
            PoissonGrid grid = Exact.someGrid(rng);
            double[] b = Exact.someNumbers(grid, rng);
            Exact exact = Exact.of(grid, b);
            for (double wanted : new double[] {0.5, 1e-3, 1e-9}) {
                PoissonSolution found = solver(name).solve(grid, List.of(b), wanted);
                double[] e = found.corrections().get(0);
                double rounding = exact.roundingOfResidual(e, b);
                double truth = exact.relativeResidual(e, b);
                String what = "grid " + n + " to " + wanted;
                assertEquals(truth, found.relativeResidual(), digits * truth + rounding, what);
                assertTrue(found.relativeResidual() <= wanted, what);
            }
        }
    }

    /** Solutions stopped early, rounded ones, ones a rounding beside them, and mere noise. */
    @Test
    void noErrorIsAboveItsBounds() {
        for (int n = 0; n < 2 * GRIDS; n++) {
            Rng rng = new Rng(n);
            PoissonGrid grid = Exact.someGrid(rng);
            double[] b = Exact.someNumbers(grid, rng);
            Exact exact = Exact.of(grid, b);
            ErrorBound bound = ErrorBound.on(grid, new Direct());
            double[] rounded = exact.rounded();
            double[] beside = rounded.clone();
            for (int p = 0; p < beside.length; p++) {
                beside[p] *= 1 + (rng.nextInt(5) - 2) * 0x1p-52;
            }
            double[] noise = Exact.someNumbers(grid, rng);
            double[] early = new Multigrid().solve(grid, List.of(b), 0.1).corrections().get(0);
            for (double[] e : List.of(rounded, beside, noise, early)) {
                double error = exact.error(e);
                assertTrue(bound.of(e, b) >= error, "grid " + n + " is off by " + error);
                assertTrue(bound.sharper(e, b) >= error, "grid " + n + " is off by " + error);
            }
        }
    }

    /** One pixel: its rounded quotient often meets its equation to the last bit, and is off. */
    @Test
    void aResidualOfZeroIsNotTakenForProof() {
        boolean[] inside = new boolean[9];
        inside[4] = true;
        Rng rng = new Rng(1);
        int met = 0;
        for (int n = 0; n < 200; n++) {
            double wi = 0.5 + rng.nextDouble();
            double wj = 0.5 + rng.nextDouble();
            PoissonGrid grid = PoissonGrid.of(3, 3, 1, inside, wi, wj, 1, rng.nextDouble());
            double[] b = Exact.someNumbers(grid, rng);
            Exact exact = Exact.of(grid, b);
            double[] e = exact.rounded();
            met += grid.residual(e, b)[4] == 0 ? 1 : 0;
            ErrorBound bound = ErrorBound.on(grid, new Direct());
            assertTrue(bound.of(e, b) >= exact.error(e), "pixel " + n);
            assertTrue(bound.sharper(e, b) >= exact.error(e), "pixel " + n);
        }
        assertTrue(met > 10, met + " residuals are 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amg", "direct", "sor", "multigrid"})
    void whatIsCertifiedHolds(String name) {
        for (int n = 0; n < GRIDS; n++) {
            Rng rng = new Rng(n);
            PoissonGrid grid = Exact.someGrid(rng);
            double[] b = Exact.someNumbers(grid, rng);
            Exact exact = Exact.of(grid, b);
            double size = exact.error(new double[b.length]);
            Certified certified = new Certified(grid, solver(name));
            for (double share : new double[] {0.1, 1e-3, 1e-8}) {
                double tolerance = size > 0 ? share * size : share;
                Certified.Result found = certified.solve(List.of(b), tolerance);
                double error = exact.error(found.solution().corrections().get(0));
                assertTrue(error <= found.maxErrorBound(), "grid " + n + " is off by " + error);
                assertTrue(found.maxErrorBound() <= tolerance, "grid " + n);
            }
        }
    }
}
