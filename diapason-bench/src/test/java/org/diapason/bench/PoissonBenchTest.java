package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.poisson.Certified;
import org.diapason.poisson.Multigrid;
import org.diapason.poisson.PoissonSolution;
import org.junit.jupiter.api.Test;

/** What is timed solves the equation. */
class PoissonBenchTest {
    @Test
    void whatIsTimedIsSolved() {
        PoissonBench bench = new PoissonBench();
        bench.size = "256";
        bench.setUp();
        // 256² · π · 640 · 520 / 2048², the petals adding nothing on the mean
        assertEquals(16336, bench.grid.unknowns(), 20);
        PoissonSolution found = bench.toARelativeResidual();
        Certified.Result known = bench.toACertifiedError();
        assertTrue(known.maxErrorBound() <= 0.255);
        for (int c = 0; c < 3; c++) {
            double[] b = bench.rightHandSides.get(c);
            double[] left = bench.grid.residual(found.corrections().get(c), b);
            assertTrue(bench.grid.norm(left) <= 1e-6 * bench.grid.norm(b));
            double[] exact =
                    new Multigrid().solve(bench.grid, List.of(b), 1e-12).corrections().get(0);
            double[] e = known.solution().corrections().get(c);
            for (int p = 0; p < e.length; p++) {
                assertEquals(exact[p], e[p], 0.255);
            }
        }
    }
}
