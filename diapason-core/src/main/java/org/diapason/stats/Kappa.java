package org.diapason.stats;

/**
 * How far two raters agree beyond chance, on categories in their order.
 *
 * <p>{@code κ = (Pₒ − Pₑ)/(1 − Pₑ)} with agreement weights {@code v = 1 − (|i − j|/(k − 1))^q}, q =
 * 1 linear, 2 quadratic; without weights v is 1 on the diagonal and 0 elsewhere (Cohen 1960,
 * Educational and Psychological Measurement 20(1):37–46; 1968, Psychological Bulletin
 * 70(4):213–220). Standard errors are those of Fleiss, Cohen and Everitt 1969, Psychological
 * Bulletin 72(5):323–327: the first for intervals, the one under no agreement beyond chance for the
 * test only.
 *
 * <p>Where both raters use one and the same category only, chance agrees wholly and κ is NaN.
 *
 * @param n rows rated
 * @param observed weighted agreement Pₒ
 * @param chance that of independent raters, Pₑ
 * @param value κ
 * @param standardError of κ
 * @param nullStandardError of κ where there is no agreement beyond chance
 */
public record Kappa(
        int n,
        double observed,
        double chance,
        double value,
        double standardError,
        double nullStandardError) {

    /** What a disagreement by more than one category costs. */
    public enum Weights {
        /** Every disagreement counts alike. */
        NONE,
        /** In proportion to its distance. */
        LINEAR,
        /** In proportion to the square of its distance. */
        QUADRATIC;

        /** Returns how far two of so many categories agree, 0 … 1. */
        public double[][] matrix(int categories) {
            double[][] v = new double[categories][categories];
            for (int i = 0; i < categories; i++) {
                for (int j = 0; j < categories; j++) {
                    double far = Math.abs(i - j) / Math.max(1, categories - 1.0);
                    v[i][j] =
                            switch (this) {
                                case NONE -> i == j ? 1 : 0;
                                case LINEAR -> 1 - far;
                                case QUADRATIC -> 1 - far * far;
                            };
                }
            }
            return v;
        }
    }

    /**
     * Returns the agreement in a table of counts.
     *
     * @param table rows by the category of the first rater, columns by that of the second
     * @throws IllegalArgumentException if it is not square, has fewer than 2 categories or no rows
     */
    public static Kappa of(int[][] table, Weights weights) {
        return of(table, weights.matrix(table.length));
    }

    /**
     * Returns the agreement with weights of one's own.
     *
     * @param table rows by the category of the first rater, columns by that of the second
     * @param weights of its shape: 1 on the diagonal, 0 at the worst
     * @throws IllegalArgumentException if the table is not square, has fewer than 2 categories or
     *     no rows
     */
    public static Kappa of(int[][] table, double[][] weights) {
        int k = table.length;
        int n = check(table);
        double[] first = new double[k];
        double[] second = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                first[i] += (double) table[i][j] / n;
                second[j] += (double) table[i][j] / n;
            }
        }
        double observed = 0;
        double chance = 0;
        double[] byFirst = new double[k]; // mean weight of a category against the other rater
        double[] bySecond = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double v = weights[i][j];
                observed += v * table[i][j] / n;
                chance += v * first[i] * second[j];
                byFirst[i] += v * second[j];
                bySecond[j] += v * first[i];
            }
        }
        double kappa = chance < 1 - 1e-15 ? (observed - chance) / (1 - chance) : Double.NaN;
        double spread = 0;
        double spreadByChance = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double v = weights[i][j];
                double both = byFirst[i] + bySecond[j];
                spread += table[i][j] * square(v - both * (1 - kappa)) / n;
                spreadByChance += first[i] * second[j] * square(v - both);
            }
        }
        double rest = Math.max(0, spread - square(kappa - chance * (1 - kappa)));
        double scale = (1 - chance) * Math.sqrt(n);
        return new Kappa(
                n,
                observed,
                chance,
                kappa,
                Double.isNaN(kappa) ? Double.NaN : Math.sqrt(rest) / scale,
                Math.sqrt(Math.max(0, spreadByChance - square(chance))) / scale);
    }

    /**
     * Counts two raters' categories, one of each a row.
     *
     * @param first 0 to categories − 1
     * @param second the same, as many
     */
    public static int[][] table(int[] first, int[] second, int categories) {
        int[][] table = new int[categories][categories];
        for (int r = 0; r < first.length; r++) {
            table[first[r]][second[r]]++;
        }
        return table;
    }

    private static int check(int[][] table) {
        long n = 0;
        for (int[] row : table) {
            if (row.length != table.length) {
                throw new IllegalArgumentException(
                        "a table of agreement must be square, got "
                                + table.length
                                + " × "
                                + row.length);
            }
            for (int count : row) {
                if (count < 0) {
                    throw new IllegalArgumentException("a count must be 0 or more, got " + count);
                }
                n += count;
            }
        }
        if (table.length < 2 || n == 0) {
            throw new IllegalArgumentException(
                    "agreement needs 2 categories and 1 row, got " + table.length + " and " + n);
        }
        return (int) n;
    }

    private static double square(double x) {
        return x * x;
    }

    /** Returns κ with its interval of 95 %. */
    public Estimate estimate() {
        return Estimate.of(value, standardError);
    }

    /** Returns how likely a κ at least as far from 0 is without agreement beyond chance. */
    public double p() {
        return Normals.twoSided(value / nullStandardError);
    }
}
