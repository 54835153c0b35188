package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HotellingTest {
    private static final double[][] ROWS = {
        {1, 2}, {0, 0}, {2, 1}, {1, -1}, {3, 5}, {2, 3}, {4, 1}, {-1, 2.5}
    };
    private static final boolean[] SIGNAL = {true, false, true, false, true, false, true, false};

    // numpy 1.24, A rows with the signal, B without: d = A.mean(0) - B.mean(0);
    // w = np.linalg.solve((np.cov(A.T) + np.cov(B.T))/2, d); np.sqrt(d @ w), w @ [2, 7]
    @Test
    void scoreAndSeparationAreThoseOfTheFormula() {
        Hotelling observer = Hotelling.of(ROWS, SIGNAL);
        assertEquals(1.6311555353376712, observer.separation(), 1e-12);
        assertEquals(4.231362467866324, observer.score(new double[] {2, 7}), 1e-12);
    }

    @Test
    void aNumberTwiceCountsOnce() {
        double[][] twice = new double[ROWS.length][];
        for (int r = 0; r < twice.length; r++) {
            twice[r] = new double[] {ROWS[r][0], ROWS[r][1], 3 * ROWS[r][0]};
        }
        assertEquals(
                Hotelling.of(ROWS, SIGNAL).separation(),
                Hotelling.of(twice, SIGNAL).separation(),
                1e-12);
    }

    @Test
    void aClassOfOneRowTeachesNothing() {
        assertEquals(
                "an observer learns from two rows or more of each class, got 1 with the signal and 2"
                        + " without",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Hotelling.of(
                                                new double[][] {{1}, {2}, {3}},
                                                new boolean[] {true, false, false}))
                        .getMessage());
    }
}
