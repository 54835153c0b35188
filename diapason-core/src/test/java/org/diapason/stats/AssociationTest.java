package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Association of a grouping with a column. */
class AssociationTest {
    private static final int[] GROUPS = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1};

    @Test
    void cramersVIsThatOfScipy() {
        // scipy.stats.contingency.association(crosstab(g, l)[1], method='cramer')
        int[] levels = {0, 0, 1, 2, 1, 1, 2, 1, 0, 1};
        assertEquals(0.42491829279939874, Association.cramer(GROUPS, levels), 1e-12);
    }

    @Test
    void etaIsTheRootOfTheShareBetweenGroups() {
        // Means 2 and 6 of 4 and 6: between 38.4; within 2 + 10.
        double[] y = {1, 2, 2, 3, 4, 5, 6, 6, 7, 8};
        assertEquals(Math.sqrt(38.4 / 50.4), Association.eta(GROUPS, y), 1e-14);
    }

    @Test
    void theProbabilityIsThatOfAllOrders() {
        // Only 1 of 210 orders separates four from six wholly: p near 1/210, counted once more.
        double p = Association.ofLevels(GROUPS, GROUPS, 20_000, 3).p();
        assertEquals(1 / 210.0, p, 0.0015);
        double q =
                Association.ofNumbers(
                                GROUPS, new double[] {1, 1, 1, 1, 2, 2, 2, 2, 2, 2}, 20_000, 3)
                        .p();
        assertEquals(1 / 210.0, q, 0.0015);
    }

    @Test
    void aColumnThatNamesEveryRowSaysNothing() {
        int[] names = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        Association found = Association.ofLevels(GROUPS, names, 99, 1);
        assertEquals(1, found.value(), 1e-12);
        assertEquals(1, found.p());
    }

    @Test
    void aColumnThatDoesNotVaryIsUnknown() {
        assertTrue(Double.isNaN(Association.ofLevels(GROUPS, new int[10], 99, 1).p()));
        assertTrue(Double.isNaN(Association.ofNumbers(GROUPS, new double[10], 99, 1).value()));
    }
}
