package org.diapason.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diapason.math.Rng;

/**
 * Draws of rows within site × level of biology; a number of more than two values does not split a
 * site. Where subjects are named, all rows of a subject go together, and subjects are drawn within
 * the sites they have × their level.
 */
final class Draws {
    /** Units (arrays of rows) per site, and within it per level. */
    private final SortedMap<String, SortedMap<Integer, List<int[]>>> cells = new TreeMap<>();

    private final int rows;

    Draws(Panel panel) {
        this(panel, null);
    }

    /**
     * @param subjects the subject of every row, null where each row is one
     */
    Draws(Panel panel, List<String> subjects) {
        rows = panel.rows();
        Map<String, List<Integer>> units = new LinkedHashMap<>();
        for (int r = 0; r < rows; r++) {
            String who = subjects == null ? Integer.toString(r) : subjects.get(r);
            units.computeIfAbsent(who, w -> new ArrayList<>()).add(r);
        }
        for (List<Integer> unit : units.values()) {
            Set<String> sites = new TreeSet<>();
            Set<Integer> levels = new TreeSet<>();
            for (int r : unit) {
                sites.add(panel.site(r));
                levels.add(panel.classes() > 0 ? panel.level(r) : 0);
            }
            cells.computeIfAbsent(String.join("\n", sites), s -> new TreeMap<>())
                    .computeIfAbsent(
                            levels.size() == 1 ? levels.iterator().next() : -1,
                            l -> new ArrayList<>())
                    .add(unit.stream().mapToInt(r -> r).toArray());
        }
    }

    /**
     * Rows drawn.
     *
     * @param unit which draw of a unit each row belongs to: two draws of one subject are two
     *     subjects
     */
    record Drawn(int[] rows, int[] unit) {}

    /** Draws as many units from every cell as it has, with replacement. */
    Drawn bootstrap(Rng rng) {
        List<Integer> drawn = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        int unit = 0;
        for (SortedMap<Integer, List<int[]>> site : cells.values()) {
            for (List<int[]> cell : site.values()) {
                for (int k = 0; k < cell.size(); k++) {
                    for (int row : cell.get(rng.nextInt(cell.size()))) {
                        drawn.add(row);
                        of.add(unit);
                    }
                    unit++;
                }
            }
        }
        return new Drawn(array(drawn), array(of));
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(n -> n).toArray();
    }

    /** Returns the fold of every row, 0 … count − 1; every cell is dealt out in turn. */
    int[] folds(int count, Rng rng) {
        int[] fold = new int[rows];
        int next = 0;
        for (SortedMap<Integer, List<int[]>> site : cells.values()) {
            for (List<int[]> cell : site.values()) {
                int[] order = IntStream.range(0, cell.size()).toArray();
                rng.shuffle(order);
                for (int unit : order) {
                    for (int row : cell.get(unit)) {
                        fold[row] = next;
                    }
                    next = (next + 1) % count;
                }
            }
        }
        return fold;
    }

    /**
     * Splits all rows into halves; every cell and every site is split evenly, up to one unit.
     *
     * @return two arrays of rows
     */
    int[][] halves(Rng rng) {
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (SortedMap<Integer, List<int[]>> site : cells.values()) {
            boolean toFirst = rng.nextInt(2) == 0;
            for (List<int[]> cell : site.values()) {
                int[] order = IntStream.range(0, cell.size()).toArray();
                rng.shuffle(order);
                for (int unit : order) {
                    for (int row : cell.get(unit)) {
                        (toFirst ? first : second).add(row);
                    }
                    toFirst = !toFirst;
                }
            }
        }
        return new int[][] {
            first.stream().mapToInt(r -> r).sorted().toArray(),
            second.stream().mapToInt(r -> r).sorted().toArray()
        };
    }
}
