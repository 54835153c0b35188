package org.diapason.judge;

import java.util.Arrays;

/**
 * Hides counts of fewer than five people from a table of sites × levels of which the totals of the
 * sites and of everything are known: a hidden count must not follow from what is shown.
 *
 * <p>Where one count of a row or a column is hidden alone, or the hidden ones can only be 1 each,
 * the smallest shown count of that line is hidden too. A total of a level is a count of its column
 * and of the row of totals. Hundepool and others 2012, Statistical Disclosure Control, chapter 4.
 */
final class SmallCells {
    static final int FEWEST = 5;

    /** {@code [site][level]}, the last row the totals of the levels. */
    private final int[][] counts;

    private final boolean[][] hidden;

    private SmallCells(int[][] counts) {
        this.counts = counts;
        hidden = new boolean[counts.length][counts[0].length];
    }

    /**
     * Returns what is to be hidden.
     *
     * @param cells counts {@code [site][level]}
     * @return {@code [site][level]}, the last row the totals of the levels
     */
    static boolean[][] hidden(int[][] cells) {
        int[][] counts = Arrays.copyOf(cells, cells.length + 1);
        int[] totals = new int[cells[0].length];
        for (int[] row : cells) {
            for (int l = 0; l < totals.length; l++) {
                totals[l] += row[l];
            }
        }
        counts[cells.length] = totals;
        SmallCells small = new SmallCells(counts);
        small.hide();
        return small.hidden;
    }

    private void hide() {
        for (int s = 0; s < counts.length; s++) {
            for (int l = 0; l < counts[s].length; l++) {
                hidden[s][l] = counts[s][l] > 0 && counts[s][l] < FEWEST;
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (int s = 0; s < counts.length; s++) {
                more |= protectRow(s);
            }
            for (int l = 0; l < counts[0].length; l++) {
                more |= protectColumn(l);
            }
        }
    }

    /** Returns whether one more count was hidden. */
    private boolean protectRow(int s) {
        int many = 0;
        int sum = 0;
        int smallest = -1;
        for (int l = 0; l < counts[s].length; l++) {
            if (hidden[s][l]) {
                many++;
                sum += counts[s][l];
            } else if (smallest < 0 || before(counts[s][l], counts[s][smallest])) {
                smallest = l;
            }
        }
        if (smallest < 0 || !follows(many, sum)) {
            return false;
        }
        hidden[s][smallest] = true;
        return true;
    }

    private boolean protectColumn(int l) {
        int last = counts.length - 1;
        int many = 0;
        int sum = 0;
        int smallest = -1;
        for (int s = 0; s < counts.length; s++) {
            if (hidden[s][l]) {
                many++;
                sum += s < last ? counts[s][l] : 0;
            } else if (smallest < 0 || before(counts[s][l], counts[smallest][l])) {
                smallest = s;
            }
        }
        boolean known = many > 0 && (many == 1 || !hidden[last][l] && sum == many);
        if (smallest < 0 || !known) {
            return false;
        }
        hidden[smallest][l] = true;
        return true;
    }

    private static boolean follows(int many, int sum) {
        return many > 0 && (many == 1 || sum == many);
    }

    /** Smaller counts are hidden first, and 0, which hides least, last. */
    private static boolean before(int a, int b) {
        return a > 0 && (b == 0 || a < b);
    }
}
