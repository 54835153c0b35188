package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.diapason.poisson.Certified;
import org.diapason.poisson.Direct;
import org.diapason.poisson.PoissonGrid;
import org.junit.jupiter.api.Test;

class GappedTest {
    /** 3 e = 1 has no solution in binary: e is off although its computed residual is 0. */
    @Test
    void whatRoundingHidesIsInTheBound() {
        boolean[] inside = new boolean[9];
        boolean[] none = new boolean[9];
        inside[4] = true;
        none[5] = true;
        PoissonGrid grid = PoissonGrid.picture(3, 3, inside);
        double[] b = new double[9];
        b[4] = 1;
        Certified.Result found = new Gapped(grid, none, new Direct(), "").solve(List.of(b), 1e-3);
        double e = found.solution().corrections().get(0)[4];
        BigDecimal thrice = new BigDecimal(e).multiply(BigDecimal.valueOf(3));
        BigDecimal off = BigDecimal.ONE.subtract(thrice).abs();
        assertTrue(off.signum() > 0, "3 e is never 1");
        BigDecimal bound = new BigDecimal(found.maxErrorBound()).multiply(BigDecimal.valueOf(3));
        assertTrue(bound.compareTo(off) >= 0, "3 e is off by " + off + ", bound " + bound);
    }
}
