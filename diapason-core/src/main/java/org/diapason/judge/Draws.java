package org.diapason.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;

/**
 * Draws of rows within site × level of biology; a number of more than two values does not split a
 * site.
 */
final class Draws {
    /** Rows per site, and within it per level. */
    private final SortedMap<String, SortedMap<Integer, List<Integer>>> cells = new TreeMap<>();

    private final int rows;

    Draws(Panel panel) {
        rows = panel.rows();
        boolean levels = panel.classes() > 0;
        for (int r = 0; r < rows; r++) {
            cells.computeIfAbsent(panel.site(r), s -> new TreeMap<>())
                    .computeIfAbsent(levels ? panel.level(r) : 0, l -> new ArrayList<>())
                    .add(r);
        }
    }

    /** Draws as many rows from every cell as it has, with replacement. */
    int[] bootstrap(Rng rng) {
        int[] drawn = new int[rows];
        int at = 0;
        for (SortedMap<Integer, List<Integer>> site : cells.values()) {
            for (List<Integer> cell : site.values()) {
                for (int k = 0; k < cell.size(); k++) {
                    drawn[at++] = cell.get(rng.nextInt(cell.size()));
                }
            }
        }
        return drawn;
    }

    /** Returns the fold of every row, 0 … count − 1; every cell is dealt out in turn. */
    int[] folds(int count, Rng rng) {
        int[] fold = new int[rows];
        int next = 0;
        for (SortedMap<Integer, List<Integer>> site : cells.values()) {
            for (List<Integer> cell : site.values()) {
                int[] order = cell.stream().mapToInt(r -> r).toArray();
                rng.shuffle(order);
                for (int row : order) {
                    fold[row] = next;
                    next = (next + 1) % count;
                }
            }
        }
        return fold;
    }

    /**
     * Splits all rows into halves; every cell and every site is split evenly, up to one row.
     *
     * @return two arrays of rows
     */
    int[][] halves(Rng rng) {
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (SortedMap<Integer, List<Integer>> site : cells.values()) {
            boolean toFirst = rng.nextInt(2) == 0;
            for (List<Integer> cell : site.values()) {
                int[] order = cell.stream().mapToInt(r -> r).toArray();
                rng.shuffle(order);
                for (int row : order) {
                    (toFirst ? first : second).add(row);
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
