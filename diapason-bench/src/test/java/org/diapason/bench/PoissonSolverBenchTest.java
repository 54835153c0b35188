package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.poisson.PoissonSolution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonSolverBenchTest {
    @ParameterizedTest(name = "{0} solves the equation it is timed with")
    @ValueSource(strings = {"amg", "sor", "sine", "direct"})
    void whatIsTimedIsTheAnswer(String solver) {
        PoissonSolverBench bench = new PoissonSolverBench();
        bench.size = "128";
        bench.solver = solver;
        bench.setUp();
        PoissonSolution found = bench.solve();
        double[] b = bench.rightHandSides.get(0);
        double[] left = bench.grid.residual(found.corrections().get(0), b);
        assertTrue(bench.grid.norm(left) <= 1e-6 * bench.grid.norm(b));
    }
}
