package org.diapason.stats;

import java.util.Arrays;

/**
 * Columns whose effects vary from group to group and are correlated within a group: an intercept
 * per subject, or an intercept and a slope.
 */
public final class RandomTerm {
    /** Group of each row, from 0. */
    final int[] group;

    /** How many groups have a number; some may have no row. */
    final int groups;

    /** {@code columns[k][row]}. */
    final double[][] columns;

    private RandomTerm(int[] group, int groups, double[][] columns) {
        this.group = group;
        this.groups = groups;
        this.columns = columns;
    }

    /** An intercept per group; {@code group} (from 0, one per row) is kept, do not write to it. */
    public static RandomTerm intercept(int[] group) {
        double[] ones = new double[group.length];
        Arrays.fill(ones, 1);
        return of(group, new double[][] {ones});
    }

    /**
     * Correlated effects of columns per group.
     *
     * @param group group of each row, from 0; kept, do not write to it
     * @param columns {@code columns[k][row]}, a column of ones for an intercept; kept
     */
    public static RandomTerm of(int[] group, double[][] columns) {
        if (columns.length == 0 || Arrays.stream(columns).anyMatch(c -> c.length != group.length)) {
            throw new IllegalArgumentException(
                    "a random term needs at least one column, each with a value per row");
        }
        int groups = Arrays.stream(group).max().orElse(-1) + 1;
        return new RandomTerm(group, groups, columns);
    }

    int width() {
        return columns.length;
    }

    /** Returns the term of the given rows only; groups keep their numbers. */
    public RandomTerm rows(int[] which) {
        double[][] some = new double[columns.length][];
        for (int k = 0; k < some.length; k++) {
            double[] column = columns[k];
            some[k] = Arrays.stream(which).mapToDouble(r -> column[r]).toArray();
        }
        return new RandomTerm(Arrays.stream(which).map(r -> group[r]).toArray(), groups, some);
    }
}
