package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final FeatureTable TABLE =
            Simulation.cohort(1, 1, 15, new double[] {0.2, 0.5, 0.8}, 1, 1);
    private static final Draws DRAWS =
            new Draws(
                    new Panel(TABLE, Coding.of(TABLE, "site", Optional.of("disease"), List.of())));

    @Test
    void everyDrawHasAsManyExamsOfEachSiteAndLevelAsTheCohort() {
        int[] all = new int[TABLE.size()];
        Arrays.setAll(all, r -> r);
        for (int seed = 0; seed < 20; seed++) {
            int[] drawn = DRAWS.bootstrap(new Rng(seed)).rows();
            assertEquals(cells(all), cells(drawn));
            long distinct = Arrays.stream(drawn).distinct().count();
            assertTrue(distinct > 15 && distinct < 40, distinct + " of 45: with replacement");
        }
    }

    @Test
    void halvesShareEverySiteAndLevelUpToOneExam() {
        for (int seed = 0; seed < 20; seed++) {
            int[][] halves = DRAWS.halves(new Rng(seed));
            int[] both = new int[TABLE.size()];
            System.arraycopy(halves[0], 0, both, 0, halves[0].length);
            System.arraycopy(halves[1], 0, both, halves[0].length, halves[1].length);
            assertEquals(TABLE.size(), Arrays.stream(both).distinct().count());
            TreeMap<String, Integer> one = cells(halves[0]);
            TreeMap<String, Integer> other = cells(halves[1]);
            one.forEach((cell, n) -> assertEquals(n, other.get(cell), 1, cell));
            for (String site : List.of("A", "B", "C")) {
                assertEquals(ofSite(one, site), ofSite(other, site), 1, site);
            }
        }
    }

    /** Rows 3k, 3k + 1, 3k + 2 are of one subject, all at one site. */
    @Test
    void rowsOfASubjectGoTogether() {
        FeatureTable table =
                Tables.relabel(
                        Simulation.cohort(1, 1, 15, new double[] {1, 1, 1}, 1, 1),
                        "patient",
                        r -> "p" + r / 3);
        Coding coding =
                Coding.of(table, "site", Optional.empty(), List.of(), Optional.of("patient"));
        Draws draws = coding.draws(table);
        int[] fold = draws.folds(5, new Rng(1));
        for (int seed = 0; seed < 20; seed++) {
            Draws.Drawn drawn = draws.bootstrap(new Rng(seed));
            FeatureTable rows = coding.drawn(table, drawn);
            assertEquals(45, rows.size());
            TreeMap<String, Integer> subjects = new TreeMap<>();
            for (int r = 0; r < 45; r++) {
                subjects.merge(rows.covariate(r, "patient"), 1, Integer::sum);
                assertEquals(drawn.rows()[r / 3 * 3] / 3, drawn.rows()[r] / 3);
            }
            assertEquals(15, subjects.size(), "a subject drawn twice is two");
            int[] half = draws.halves(new Rng(seed))[0];
            for (int r : half) {
                assertTrue(Arrays.binarySearch(half, r / 3 * 3) >= 0, "row " + r);
            }
        }
        for (int r = 0; r < 45; r++) {
            assertEquals(fold[r / 3 * 3], fold[r]);
        }
    }

    private static int ofSite(TreeMap<String, Integer> cells, String site) {
        return cells.entrySet().stream()
                .filter(e -> e.getKey().startsWith(site))
                .mapToInt(e -> e.getValue())
                .sum();
    }

    private static TreeMap<String, Integer> cells(int[] rows) {
        TreeMap<String, Integer> cells = new TreeMap<>();
        for (int r : rows) {
            cells.merge(
                    TABLE.covariate(r, "site") + " " + TABLE.covariate(r, "disease"),
                    1,
                    Integer::sum);
        }
        return cells;
    }
}
