package org.diapason.stats;

import org.diapason.math.Rng;

/**
 * How much a grouping of rows goes along with another column, and how often chance alone does as
 * much.
 *
 * @param value Cramér's V = √(χ²/(n·(min(r, c) − 1))) for levels, or η = √(between/total sum of
 *     squares) for a number; 0 … 1, NaN where one of them does not vary
 * @param p (1 + orders of the column in which it is at least as large)/(1 + all orders tried)
 */
public record Association(double value, double p) {

    /** Of a grouping with levels, both from 0 on. */
    public static Association ofLevels(int[] groups, int[] levels, int permutations, long seed) {
        double found = cramer(groups, levels);
        int[] drawn = levels.clone();
        Rng rng = new Rng(seed);
        int large = 0;
        for (int k = 0; k < permutations; k++) {
            rng.shuffle(drawn);
            large += cramer(groups, drawn) >= found * (1 - 1e-12) ? 1 : 0;
        }
        return of(found, large, permutations);
    }

    /** Of a grouping with finite numbers, not modified. */
    public static Association ofNumbers(
            int[] groups, double[] numbers, int permutations, long seed) {
        double found = eta(groups, numbers);
        int[] order = new int[numbers.length];
        java.util.Arrays.setAll(order, i -> i);
        double[] drawn = new double[numbers.length];
        Rng rng = new Rng(seed);
        int large = 0;
        for (int k = 0; k < permutations; k++) {
            rng.shuffle(order);
            for (int i = 0; i < order.length; i++) {
                drawn[i] = numbers[order[i]];
            }
            large += eta(groups, drawn) >= found * (1 - 1e-12) ? 1 : 0;
        }
        return of(found, large, permutations);
    }

    private static Association of(double found, int large, int permutations) {
        return Double.isNaN(found)
                ? new Association(Double.NaN, Double.NaN)
                : new Association(found, (1.0 + large) / (1 + permutations));
    }

    static double cramer(int[] groups, int[] levels) {
        int r = max(groups) + 1;
        int c = max(levels) + 1;
        double[][] cells = new double[r][c];
        double[] rows = new double[r];
        double[] columns = new double[c];
        for (int i = 0; i < groups.length; i++) {
            cells[groups[i]][levels[i]]++;
            rows[groups[i]]++;
            columns[levels[i]]++;
        }
        double chi = 0;
        for (int a = 0; a < r; a++) {
            for (int b = 0; b < c; b++) {
                double expected = rows[a] * columns[b] / groups.length;
                if (expected > 0) {
                    chi += (cells[a][b] - expected) * (cells[a][b] - expected) / expected;
                }
            }
        }
        int least = Math.min(filled(rows), filled(columns)) - 1;
        return least < 1 ? Double.NaN : Math.sqrt(chi / (groups.length * (double) least));
    }

    static double eta(int[] groups, double[] numbers) {
        double[] sums = new double[max(groups) + 1];
        double[] counts = new double[sums.length];
        double mean = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
        }
        double total = 0;
        for (int i = 0; i < groups.length; i++) {
            double away = numbers[i] - mean;
            sums[groups[i]] += away;
            counts[groups[i]]++;
            total += away * away;
        }
        double between = 0;
        for (int g = 0; g < sums.length; g++) {
            between += counts[g] > 0 ? sums[g] * sums[g] / counts[g] : 0;
        }
        boolean varies = total > 1e-24 * numbers.length * mean * mean && filled(counts) > 1;
        return varies && total > 0 ? Math.sqrt(Math.min(1, between / total)) : Double.NaN;
    }

    private static int filled(double[] counts) {
        int filled = 0;
        for (double count : counts) {
            filled += count > 0 ? 1 : 0;
        }
        return filled;
    }

    private static int max(int[] values) {
        int max = 0;
        for (int value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
