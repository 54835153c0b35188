package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.diapason.stats.LeastSquares;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * Which columns of a table go along with biology: the site and every parameter of the acquisition,
 * found before anything is fitted. What goes along fully can be told from biology by no method.
 *
 * <p>Per column R² of biology (0 and 1, or a number) on the column; its root is Cramér's V for two
 * levels against levels, and the multiple correlation else; the variance inflation factor is 1/(1 −
 * R²).
 *
 * @param columns in the order of their strength, the strongest first
 */
public record Confounders(List<Column> columns) {
    /** Inflation from which a column is warned of. */
    public static final double HIGHEST_INFLATION = 10;

    private static final double NOTHING_LEFT = 1e-9;

    /** Exams from which a level of one kind is more than chance: 2·0.5⁵ is 6 %. */
    private static final int FEWEST = 5;

    public Confounders {
        columns = List.copyOf(columns);
    }

    /**
     * One column beside biology, over the rows that have both.
     *
     * @param name of the column
     * @param levels how many texts it has, 0 for a number
     * @param rows that have it and biology
     * @param strength root of R², 0 … 1
     * @param inflation variance inflation factor of biology, infinite where nothing is left
     * @param p of the F test of R²
     * @param oneSided levels of the column of five exams or more that all have one level of
     *     biology, {@code level: exams × biology}; empty unless both have levels
     * @param overlap share of the rows within the range of numbers that both levels of biology
     *     have; NaN unless the column is a number and biology has two levels
     * @param outside exams of the levels or the range that biology does not share, in the order of
     *     the table
     */
    public record Column(
            String name,
            int levels,
            int rows,
            double strength,
            double inflation,
            double p,
            List<String> oneSided,
            double overlap,
            List<String> outside) {
        public Column {
            oneSided = List.copyOf(oneSided);
            outside = List.copyOf(outside);
        }

        /** Whether nothing of biology is left within the column. */
        public boolean inseparable() {
            return Double.isInfinite(inflation);
        }

        /** Whether a reader should know. */
        public boolean notable() {
            return inflation >= HIGHEST_INFLATION || !oneSided.isEmpty() || overlap < 0.5;
        }

        /** Returns what is known in one sentence. */
        public String words(String biology) {
            StringBuilder words = new StringBuilder(name);
            if (inseparable()) {
                words.append(" cannot be told from ")
                        .append(biology)
                        .append(": no method can separate their effects. Add exams that differ in")
                        .append(" one and not in the other");
            } else {
                words.append(" goes along with ")
                        .append(biology)
                        .append(levels > 0 ? " (Cramér's V " : " (correlation ")
                        .append(Numbers.fixed(strength, 2))
                        .append(", variance inflation ")
                        .append(Numbers.fixed(inflation, 1))
                        .append(")");
            }
            if (!oneSided.isEmpty()) {
                words.append("; one-sided: ").append(String.join(", ", oneSided));
            }
            if (overlap < 0.5) {
                words.append("; only ")
                        .append(Numbers.fixed(100 * overlap, 0))
                        .append(" % of the exams lie where both levels have exams");
            }
            return words.append('.').toString();
        }
    }

    /**
     * Returns how the columns go along with biology.
     *
     * @param biology a number or a column of two or more levels
     * @param wanted which other columns; one that has a single value, or another in nearly every
     *     exam, is passed over
     */
    public static Confounders of(FeatureTable table, String biology, Predicate<String> wanted) {
        List<Column> found = new ArrayList<>();
        for (String name : table.covariateNames()) {
            if (!name.equals(biology) && wanted.test(name)) {
                column(table, biology, name).ifPresent(found::add);
            }
        }
        found.sort(
                java.util.Comparator.comparingDouble((Column c) -> -c.strength)
                        .thenComparing(Column::name));
        return new Confounders(found);
    }

    private static java.util.Optional<Column> column(
            FeatureTable all, String biology, String name) {
        FeatureTable table = JudgedRows.having(JudgedRows.having(all, biology), name);
        if (table.size() < 3) {
            return java.util.Optional.empty();
        }
        Design label = Design.of(table, List.of(biology));
        Design design = Design.of(table, List.of(name));
        boolean text = !design.columns().get(0).numeric();
        if (label.size() == 0 || design.size() == 0 || text && 2 * design.size() > table.size()) {
            return java.util.Optional.empty();
        }
        double[] explained = explained(table, label, design);
        double left = 1 - explained[0];
        SortedMap<String, SortedMap<String, Integer>> cells = cells(table, biology, name);
        boolean levels = !label.columns().get(0).numeric() || label(table, biology).length == 2;
        List<String> oneSided = text && levels ? oneSided(cells) : List.of();
        double[] range = !text && levels ? shared(table, biology, name) : null;
        List<String> outside = new ArrayList<>();
        int inside = 0;
        for (int r = 0; r < table.size(); r++) {
            String value = table.covariate(r, name);
            boolean in =
                    range == null
                            ? oneSided.isEmpty() || !isOneSided(cells.get(value))
                            : range[0] <= Double.parseDouble(value)
                                    && Double.parseDouble(value) <= range[1];
            inside += in ? 1 : 0;
            if (!in) {
                outside.add(table.exam(r));
            }
        }
        return java.util.Optional.of(
                new Column(
                        name,
                        text ? design.size() + 1 : 0,
                        table.size(),
                        Math.sqrt(Math.max(0, explained[0])),
                        left > NOTHING_LEFT ? 1 / left : Double.POSITIVE_INFINITY,
                        explained[1],
                        oneSided,
                        range == null ? Double.NaN : (double) inside / table.size(),
                        outside));
    }

    private static String[] label(FeatureTable table, String biology) {
        String[] texts = new String[table.size()];
        Arrays.setAll(texts, r -> table.covariate(r, biology));
        return Arrays.stream(texts).distinct().toArray(String[]::new);
    }

    /** Returns the largest R² over the numbers of biology and its p. */
    private static double[] explained(FeatureTable table, Design label, Design design) {
        int n = table.size();
        double[][] one = new double[n][];
        double[][] both = new double[n][];
        double[][] y = new double[label.size()][n];
        for (int r = 0; r < n; r++) {
            double[] code = design.encode(table, r);
            one[r] = new double[] {1};
            both[r] = new double[code.length + 1];
            both[r][0] = 1;
            System.arraycopy(code, 0, both[r], 1, code.length);
            double[] biology = label.encode(table, r);
            for (int k = 0; k < y.length; k++) {
                y[k][r] = biology[k];
            }
        }
        LeastSquares alone = LeastSquares.of(one);
        LeastSquares with = LeastSquares.of(both);
        double best = 0;
        for (double[] numbers : y) {
            best =
                    Math.max(
                            best,
                            1 - with.residualSquares(numbers) / alone.residualSquares(numbers));
        }
        int over = with.rank() - 1;
        int under = n - with.rank();
        double p = Double.NaN;
        if (over > 0 && under > 0 && best < 1) {
            double f = best / over / ((1 - best) / under);
            p = 1 - new FDistribution(over, under).cumulativeProbability(f);
        }
        return new double[] {best, best >= 1 ? 0 : p};
    }

    private static SortedMap<String, SortedMap<String, Integer>> cells(
            FeatureTable table, String biology, String name) {
        SortedMap<String, SortedMap<String, Integer>> cells = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            cells.computeIfAbsent(table.covariate(r, name), v -> new TreeMap<>())
                    .merge(table.covariate(r, biology), 1, Integer::sum);
        }
        return cells;
    }

    /** Fewer exams have one level of biology by chance. */
    private static boolean isOneSided(SortedMap<String, Integer> counts) {
        return counts.size() == 1 && counts.get(counts.firstKey()) >= FEWEST;
    }

    private static List<String> oneSided(SortedMap<String, SortedMap<String, Integer>> cells) {
        List<String> found = new ArrayList<>();
        cells.forEach(
                (level, counts) -> {
                    if (isOneSided(counts)) {
                        String only = counts.firstKey();
                        found.add(level + ": " + counts.get(only) + " × " + only);
                    }
                });
        return found;
    }

    /** Returns the range of a number that every level of biology has; empty where low > high. */
    private static double[] shared(FeatureTable table, String biology, String name) {
        SortedMap<String, double[]> ranges = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            double value = Double.parseDouble(table.covariate(r, name));
            double[] range =
                    ranges.computeIfAbsent(
                            table.covariate(r, biology),
                            l -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        }
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (double[] range : ranges.values()) {
            low = Math.max(low, range[0]);
            high = Math.min(high, range[1]);
        }
        return new double[] {low, high};
    }
}
