package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class SubgroupsTest {

    /** Three of site B are hidden; the total of B would give them away with 17 beside. */
    @Test
    void aSmallCountIsHiddenTogetherWithOneThatWouldGiveItAway() {
        boolean[][] hidden = SmallCells.hidden(new int[][] {{10, 12}, {3, 17}, {9, 8}});
        assertArrayEquals(new boolean[] {true, true}, hidden[1]);
        // in each column one more, the smallest: 9 of {10, 9} and 8 of {12, 8}
        assertArrayEquals(new boolean[] {true, true}, hidden[2]);
        assertArrayEquals(new boolean[] {false, false}, hidden[0]);
        assertArrayEquals(new boolean[] {false, false}, hidden[3]);
    }

    @Test
    void nothingIsHiddenWhereAllCountsAreLargeOrZero() {
        for (boolean[] row : SmallCells.hidden(new int[][] {{10, 0, 5}, {6, 17, 0}})) {
            assertArrayEquals(new boolean[3], row);
        }
    }

    /** 1 and 1 of three levels: their sum of 2 gives both away, so the third goes too. */
    @Test
    void twoCountsOfOneAreNotGivenAwayByTheirSum() {
        boolean[][] hidden =
                SmallCells.hidden(new int[][] {{1, 1, 20}, {30, 30, 30}, {40, 40, 40}});
        assertArrayEquals(new boolean[] {true, true, true}, hidden[0]);
    }

    private static FeatureTable table(double add, double times) {
        List<String> site = new ArrayList<>();
        List<String> sex = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        List<String> said = new ArrayList<>();
        double[][] y = new double[2][32];
        for (int r = 0; r < 32; r++) {
            site.add(r % 2 == 0 ? "A" : "B");
            sex.add(r < 12 ? "F" : r < 29 ? "M" : "X");
            truth.add(r % 4 == 0 ? "ill" : "well");
            said.add(r < 12 ? "0.25" : "0.75");
            y[0][r] = r;
            y[1][r] = r < 12 ? (r - 5.5) * times + 5.5 + add : r;
        }
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", site);
        c.put("sex", sex);
        c.put("truth", truth);
        c.put("said", said);
        return Tables.table(List.of("a", "b"), y, c);
    }

    private static Subgroups.Column column() {
        return Subgroups.of(
                        table(0, 1),
                        table(4, 0.5),
                        "site",
                        List.of("sex"),
                        Optional.of("truth"),
                        Optional.of("said"),
                        f -> true)
                .columns()
                .get(0);
    }

    /** R: {@code sd(0:31)} is 9.380832. Feature b of F moves by 4 and half its spread is left. */
    @Test
    void whatACorrectionDoesToALevelIsTold() {
        Subgroups.Level f = column().levels().get(0);
        assertEquals("F", f.name());
        assertEquals(4 / 9.380832, f.largestShift(), 1e-6);
        assertEquals("b", f.largest());
        assertEquals(2 / 9.380832, f.shift(), 1e-6); // median of 0 and 4
        assertEquals(0.75, f.spread(), 1e-12); // median of 1 and 0.5
        Subgroups.Level m = column().levels().get(1);
        assertEquals(0, m.shift());
        assertEquals(1, m.spread());
    }

    @Test
    void ofAFewNothingIsTold() {
        Subgroups.Level x = column().levels().get(2);
        assertTrue(x.all().isEmpty() && Double.isNaN(x.shift()) && x.errors().isEmpty());
        // the total of F or M goes too, else 32 gives X away
        assertEquals(2, column().levels().stream().filter(l -> l.all().isEmpty()).count());
    }

    /** F: 9 of 12 well, coded 1, and 0.25 is said: bias 0.25 − 0.75; squares 9·0.5625, 3·0.0625. */
    @Test
    void errorsOfPredictionsAreGivenPerLevel() {
        Subgroups.Errors f = column().levels().get(0).errors().orElseThrow();
        assertEquals("Brier score", f.kind());
        assertEquals(-0.5, f.bias().value(), 1e-12);
        assertEquals((9 * 0.5625 + 3 * 0.0625) / 12, f.size(), 1e-12);
        // R: x <- c(rep(-0.75, 9), rep(0.25, 3)); sd(x)/sqrt(12) is 0.1305582
        assertEquals(-0.5 - 1.959964 * 0.1305582, f.bias().low(), 1e-6);
        assertFalse(column().levels().get(1).errors().isEmpty());
    }

    /** Rows of F are 0 to 11: as numbers their mean error is that of 0.25 against a mean of 5.5. */
    @Test
    void errorsOfNumbersAndOfLevelsAreToldApart() {
        FeatureTable numbers = Tables.relabel(table(0, 1), "truth", Integer::toString);
        Subgroups.Errors f = errors(numbers, "said");
        assertEquals("mean absolute error", f.kind());
        assertEquals(0.25 - 5.5, f.bias().value(), 1e-12);
        // |0.25 − 0| = 0.25, then 0.75, 1.75 … 10.75: 0.25 + 63.25 over 12
        assertEquals(63.5 / 12, f.size(), 1e-12);
        FeatureTable levels = Tables.relabel(table(0, 1), "said", r -> "well");
        assertEquals("share wrong", errors(levels, "said").kind());
        assertEquals(0.25, errors(levels, "said").size());
    }

    private static Subgroups.Errors errors(FeatureTable table, String said) {
        return Subgroups.of(
                        table,
                        table,
                        "site",
                        List.of("sex"),
                        Optional.of("truth"),
                        Optional.of(said),
                        f -> true)
                .columns()
                .get(0)
                .levels()
                .get(0)
                .errors()
                .orElseThrow();
    }
}
