package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class FisherTest {
    private static final List<String> SITE = List.of("A", "A", "A", "A", "B", "B", "B", "B", "B");
    private static final List<String> ILL = List.of("0", "0", "1", "1", "0", "1", "1", "1", "1");

    /**
     * Site A: means 2 and 6, weight 2·2/4 = 1. Site B: means 11 and 16, weight 1·4/5 = 0.8. The
     * difference is (1·4 + 0.8·5)/1.8. Squares within: level 0 of A: 2 over 1; level 1: 8 of A and
     * 20 of B over 1 + 3.
     */
    @Test
    void differencesWeighByExamsAndSpreadIsThatWithinSites() {
        Panel panel = panel(new double[] {1, 3, 4, 8, 11, 13, 15, 17, 19}, ILL);
        double difference = 8 / 1.8;
        assertEquals(
                difference * difference / (2.0 / 1 + 28.0 / 4), Fisher.withinSite(panel, 0), 1e-12);
    }

    @Test
    void anOffsetOfASiteChangesNothing() {
        Panel straight = panel(new double[] {1, 3, 4, 8, 11, 13, 15, 17, 19}, ILL);
        Panel moved = panel(new double[] {1, 3, 4, 8, 111, 113, 115, 117, 119}, ILL);
        assertEquals(Fisher.withinSite(straight, 0), Fisher.withinSite(moved, 0), 1e-9);
    }

    @Test
    void anExamWithoutAValueIsLeftOut() {
        Panel panel = panel(new double[] {1, 3, 4, 8, 11, 13, 15, 17, Double.NaN}, ILL);
        // B: means 11 and 15, weight 3/4; squares of level 1: 8 of A and 8 of B over 1 + 2.
        double difference = (1 * 4 + 0.75 * 4) / 1.75;
        assertEquals(
                difference * difference / (2.0 / 1 + 16.0 / 3), Fisher.withinSite(panel, 0), 1e-12);
    }

    private static Panel panel(double[] values, List<String> biology) {
        SortedMap<String, List<String>> columns = new TreeMap<>();
        columns.put("site", SITE);
        columns.put("ill", biology);
        FeatureTable table = Tables.table(List.of("f"), new double[][] {values}, columns);
        return new Panel(table, Coding.of(table, "site", Optional.of("ill"), List.of()));
    }
}
