package org.diapason.poisson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Rng;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound must never be below the true error, and must fall below what is asked for. */
class CertifiedTest {
    private static double[] values(boolean[] inside, long seed) {
        Rng rng = new Rng(seed);
        double[] v = new double[inside.length];
        for (int p = 0; p < v.length; p++) {
            double value = 100 + 50 * rng.nextGaussian();
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
    void bothBoundsAreAboveTheTrueErrorHoweverEarlyTheSolverStops(Masks mask) {
        PoissonGrid grid = PoissonGrid.picture(90, 90, mask.of(90));
        ErrorBound bound = ErrorBound.on(grid, new Multigrid());
        double[] truth = values(grid.inside(), 7);
        double[] b = grid.apply(truth);
        for (double tolerance : new double[] {0.9, 1e-1, 1e-2, 1e-4, 1e-8, 1e-13}) {
            double[] e = new Multigrid().solve(grid, List.of(b), tolerance).corrections().get(0);
            double error = farthest(e, truth);
            double wide = bound.of(e, b);
            double sharp = bound.sharper(e, b);
            assertTrue(sharp >= error, mask + " sharp " + sharp + " error " + error);
            assertTrue(wide >= sharp * (1 - 1e-2), mask + " wide " + wide + " sharp " + sharp);
        }
    }

    /** A constant error is what the sharp bound is exact for: L 1 is above 0 only at the border. */
    @ParameterizedTest
    @EnumSource(Masks.class)
    void anErrorOfOneSignIsBoundedTightly(Masks mask) {
        PoissonGrid grid = PoissonGrid.picture(90, 90, mask.of(90));
        ErrorBound bound = ErrorBound.on(grid, new Multigrid());
        double[] zero = new double[grid.inside().length];
        double[] one = new double[grid.inside().length];
        for (int p = 0; p < one.length; p++) {
            one[p] = grid.inside()[p] ? 1 : 0;
        }
        double sharp = bound.sharper(zero, grid.apply(one));
        assertTrue(sharp >= 1, "the error is 1, the bound " + sharp);
        assertTrue(sharp < 100, "the error is 1, the bound " + sharp);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1, 1e-3, 1e-6})
    void whatIsAskedForIsKept(double tolerance) {
        PoissonGrid grid = PoissonGrid.picture(120, 120, Masks.STAR.of(120));
        List<double[]> truth = new ArrayList<>();
        List<double[]> b = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            truth.add(values(grid.inside(), c));
            b.add(grid.apply(truth.get(c)));
        }
        Certified.Result result = new Certified(grid, new Multigrid()).solve(b, tolerance);
        assertTrue(result.maxErrorBound() <= tolerance);
        for (int c = 0; c < 3; c++) {
            double error = farthest(result.solution().corrections().get(c), truth.get(c));
            assertTrue(error <= result.maxErrorBound(), error + " > " + result.maxErrorBound());
        }
    }

    @Test
    void aSolverThatStopsEarlyIsAskedAgain() {
        PoissonGrid grid = PoissonGrid.picture(60, 60, Masks.CIRCLE.of(60));
        double[] truth = values(grid.inside(), 1);
        PoissonSolver lazy = (g, b, tolerance) -> new Multigrid().solve(g, b, 0.1);
        Certified.Result result = new Certified(grid, lazy).solve(List.of(grid.apply(truth)), 1e-7);
        double error = farthest(result.solution().corrections().get(0), truth);
        assertTrue(error <= 1e-7, "off by " + error);
    }

    @Test
    void aToleranceThatDoublesCannotShowIsRefused() {
        PoissonGrid grid = PoissonGrid.picture(60, 60, Masks.CIRCLE.of(60));
        List<double[]> b = List.of(grid.apply(values(grid.inside(), 1)));
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> new Certified(grid, new Multigrid()).solve(b, 1e-16));
        assertTrue(refused.getMessage().endsWith("Raise the tolerance."), refused.getMessage());
    }

    /** The y of the sharper bound is all 0 here; what it lacks must come from w. */
    @Test
    void aBoundDoesNotRestOnTheSolver() {
        PoissonGrid grid = PoissonGrid.picture(40, 40, Masks.CIRCLE.of(40));
        AtomicInteger calls = new AtomicInteger();
        PoissonSolver idle =
                (g, b, tolerance) ->
                        calls.getAndIncrement() == 0
                                ? new Multigrid().solve(g, b, tolerance)
                                : new PoissonSolution(
                                        List.of(new double[b.get(0).length]), new double[] {1});
        double[] one = new double[grid.inside().length];
        for (int p = 0; p < one.length; p++) {
            one[p] = grid.inside()[p] ? 1 : 0;
        }
        double[] zero = new double[one.length];
        double sharp = ErrorBound.on(grid, idle).sharper(zero, grid.apply(one));
        assertTrue(sharp >= 1, "the error is 1, the bound " + sharp);
    }

    /** The first w is 0, whose L w is below 1 everywhere: what it lacks is asked for again. */
    @Test
    void aSolverThatFindsNoWIsAskedAgain() {
        PoissonGrid grid = PoissonGrid.picture(40, 40, Masks.CIRCLE.of(40));
        int[] calls = {0};
        PoissonSolver late =
                (g, b, tolerance) ->
                        calls[0]++ > 0
                                ? new Multigrid().solve(g, b, tolerance)
                                : new PoissonSolution(
                                        List.of(new double[b.get(0).length]), new double[] {1});
        double w = ErrorBound.on(grid, new Multigrid()).largestW();
        assertEquals(w, ErrorBound.on(grid, late).largestW(), 0.1 * w);
    }

    @Test
    void aMaskHeldByNothingHasNoBound() {
        boolean[] all = new boolean[12 * 12];
        java.util.Arrays.fill(all, true);
        PoissonGrid grid = PoissonGrid.picture(12, 12, all);
        assertThrows(RefusedException.class, () -> ErrorBound.on(grid, new Multigrid()).largestW());
        PoissonGrid screened = PoissonGrid.of(12, 12, 1, all, 1, 1, 1, 0.01);
        double largest = ErrorBound.on(screened, new Multigrid()).largestW();
        assertTrue(largest >= 100 && largest < 110, "1/λ is 100, found " + largest);
    }

    /** L w = 1 exactly, but sums of differences of a thousand are known to 10⁻¹² only. */
    @Test
    void theRoundingOfLwIsTakenFromIt() {
        int n = 4000;
        boolean[] inside = new boolean[n + 1];
        double[] w = new double[n + 1];
        for (int p = 1; p < n; p++) {
            inside[p] = true;
            w[p] = 0.5 * p * (n - p);
        }
        PoissonGrid grid = PoissonGrid.picture(n + 1, 1, inside);
        PoissonSolver exact =
                (g, b, tolerance) -> new PoissonSolution(List.of(w.clone()), new double[] {0});
        double more = ErrorBound.on(grid, exact).largestW() / w[n / 2] - 1;
        // the steps beside the ends are n/2, on both sides
        double rounding = PoissonGrid.ROUNDING * (n - 1);
        assertEquals(rounding, more, 0.01 * rounding);
    }

    /** Rounds that take little off the bound are not worth their while: the sharper one decides. */
    @Test
    void aSolverThatGainsLittleARoundIsAskedNoMore() {
        PoissonGrid grid = PoissonGrid.picture(40, 40, Masks.CIRCLE.of(40));
        double[] b = grid.apply(values(grid.inside(), 3));
        int[] calls = {0};
        PoissonSolver slow =
                (g, left, tolerance) -> {
                    double[] e = new Direct().solve(g, left, 1e-12).corrections().get(0);
                    double part = calls[0]++ == 0 ? 1 : 0.4;
                    for (int p = 0; p < e.length; p++) {
                        e[p] *= part;
                    }
                    return new PoissonSolution(List.of(e), new double[] {1, 1 - part});
                };
        Certified certified = new Certified(grid, slow);
        assertThrows(RefusedException.class, () -> certified.solve(List.of(b), 1e-3));
        assertEquals(3, calls[0], "one for w, one round, one for the sharper bound");
    }
}
