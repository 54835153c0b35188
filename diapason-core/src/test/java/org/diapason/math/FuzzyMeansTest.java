package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class FuzzyMeansTest {
    private static final Bins BINS = new Bins(0, 10, Numbers.of(5, 20, 7, 1, 9, 30, 8, 2, 14, 4));

    @Test
    void centresAreThoseOfTheDefinition() {
        FuzzyMeans found = FuzzyMeans.of(BINS, new double[] {1, 5, 8}, 1e-13, 5000);
        // numpy: 5000 times d = 1/((x[None] - v[:,None])**2 + 1e-10); u = d/d.sum(0);
        // w = u*u*c; v = (w*x).sum(1)/w.sum(1)
        assertEquals(1.5597291755463443, found.centres().get(0), 1e-9);
        assertEquals(5.440757276104378, found.centres().get(1), 1e-9);
        assertEquals(8.584874552469085, found.centres().get(2), 1e-9);
        assertTrue(found.rounds() < 5000 && found.shift() <= 1e-13);
    }

    @Test
    void membershipsOfABinAddToOne() {
        double[][] u = FuzzyMeans.of(BINS, new double[] {1, 5, 8}, 1e-9, 500).memberships(BINS);
        for (int b = 0; b < 10; b++) {
            assertEquals(1, u[0][b] + u[1][b] + u[2][b], 1e-12);
        }
        assertTrue(u[0][1] > 0.99 && u[1][5] > 0.99 && u[2][8] > 0.98);
    }

    @Test
    void tooFewRoundsAreSeenInTheShift() {
        assertTrue(FuzzyMeans.of(BINS, new double[] {0, 1, 2}, 1e-9, 2).shift() > 1e-3);
    }
}
