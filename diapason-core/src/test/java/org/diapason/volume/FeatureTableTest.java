package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeatureTableTest {

    private static FeatureTable one(
            String exam, String region, List<String> features, double... row) {
        return FeatureTable.of(
                features,
                List.of(exam),
                List.of(region),
                new double[][] {row},
                List.of(new TreeMap<>(java.util.Map.of("site", " A "))));
    }

    @Test
    void tablesUnderEachOtherKeepEveryRowAndFillWhatOneLacks() {
        FeatureTable t =
                FeatureTable.concat(
                        List.of(
                                one("E1", "r", List.of("a", "b"), 1, 2),
                                one("E2", "r", List.of("c", "a"), 3, 4)));
        assertEquals(List.of("a", "b", "c"), t.features());
        assertArrayEquals(new double[] {1, 2, Double.NaN}, t.row(0));
        assertArrayEquals(new double[] {4, Double.NaN, 3}, t.row(1));
    }

    @Test
    void tablesSideBySideShareARowPerExamAndRegion() {
        FeatureTable t =
                FeatureTable.join(
                        List.of(
                                one("E1", "tumour", List.of("pet.x"), 1),
                                one("E1", "tumour", List.of("mr.x"), 2),
                                one("E1", "liver", List.of("pet.x"), 3)));
        assertEquals(2, t.size());
        assertArrayEquals(new double[] {1, 2}, t.row(0));
        assertArrayEquals(new double[] {3, Double.NaN}, t.row(1));
        assertEquals("A", t.covariate(1, "site"), "blanks around a cell do not count");
        assertEquals("", t.covariate(1, "age"));
    }

    @Test
    void rowsMayBeTakenTwiceAndInAnyOrder() {
        FeatureTable t =
                FeatureTable.concat(
                        List.of(one("E1", "r", List.of("a"), 1), one("E2", "r", List.of("a"), 2)));
        assertArrayEquals(new double[] {2, 1, 2}, t.rows(1, 0, 1).column("a"));
        assertEquals("E1", t.rows(1, 0, 1).exam(1));
    }

    @Test
    void aRowThatDoesNotFitIsRefused() {
        assertEquals(
                "a row of 1 values does not fit 2 features",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> one("E", "r", List.of("a", "b"), 1))
                        .getMessage());
    }
}
