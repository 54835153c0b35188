package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Which columns of a table go along with biology or an outcome: the site and every parameter of the
 * acquisition, found before anything is fitted. What goes along fully can be told from biology by
 * no method.
 *
 * <p>Per column ρ², the largest squared canonical correlation of biology (a number, or 0 and 1 per
 * level) with the column: R² for a number or two levels. The variance inflation factor is 1/(1 −
 * ρ²), of the difference of levels that the column explains best. Cramér's V between levels is √(χ²
 * / (n·(min(rows, columns) − 1))); against a number the strength is ρ.
 *
 * @param biology the column that the others are compared with
 * @param columns in the order of their inflation, the strongest first
 */
public record Confounders(String biology, List<Column> columns) {
    /** Inflation from which a column is warned of. */
    public static final double HIGHEST_INFLATION = 10;

    private static final double NOTHING_LEFT = 1e-9;

    private static final int MOST_WARNINGS = 8;

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
     * @param cramer whether the strength is Cramér's V, else a (canonical) correlation
     * @param strength 0 … 1
     * @param inflation variance inflation factor of biology, infinite where nothing is left
     * @param rank numbers of biology that are left beside the column
     * @param fullRank numbers of biology
     * @param p of the F test of the largest R² of a number of biology, not corrected
     * @param emptyCells combinations of levels that no exam has, {@code level × biology}; empty
     *     unless both have levels
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
            boolean cramer,
            double strength,
            double inflation,
            int rank,
            int fullRank,
            double p,
            List<String> emptyCells,
            List<String> oneSided,
            double overlap,
            List<String> outside) {
        public Column {
            emptyCells = List.copyOf(emptyCells);
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

        /** Returns one of: inseparable, entangled, overlapping. */
        public String verdict() {
            return inseparable() ? "inseparable" : notable() ? "entangled" : "overlapping";
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
                        .append(cramer ? " (Cramér's V " : " (correlation ")
                        .append(Numbers.fixed(strength, 2))
                        .append(", variance inflation ")
                        .append(Numbers.fixed(inflation, 1))
                        .append(")");
            }
            if (inseparable() && !emptyCells.isEmpty()) {
                words.append("; no exam has ").append(some(emptyCells));
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

        private static String some(List<String> cells) {
            return String.join(", ", cells.subList(0, Math.min(6, cells.size())))
                    + (cells.size() > 6 ? " and " + (cells.size() - 6) + " more" : "");
        }
    }

    /** Returns the worst verdict of a column: inseparable, entangled, overlapping. */
    public String verdict() {
        List<String> found = columns.stream().map(Column::verdict).toList();
        return found.contains("inseparable")
                ? "inseparable"
                : found.contains("entangled") ? "entangled" : "overlapping";
    }

    /** Warns of what a reader should know, the strongest first. */
    void warn(Trace trace) {
        columns.stream()
                .filter(Column::notable)
                .limit(MOST_WARNINGS)
                .forEach(c -> trace.warn(c.words(biology)));
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
                Comparator.comparingDouble((Column c) -> -c.inflation)
                        .thenComparing(c -> -c.strength)
                        .thenComparing(Column::name));
        return new Confounders(biology, found);
    }

    private static Optional<Column> column(FeatureTable all, String biology, String name) {
        FeatureTable table = JudgedRows.having(JudgedRows.having(all, biology), name);
        if (table.size() < 3) {
            return Optional.empty();
        }
        Design label = Design.of(table, List.of(biology));
        Design design = Design.of(table, List.of(name));
        boolean text = !design.columns().get(0).numeric();
        if (label.size() == 0 || design.size() == 0 || text && 2 * design.size() > table.size()) {
            return Optional.empty();
        }
        Shared shared = Shared.of(table, label, design);
        double left = 1 - shared.largest();
        SortedMap<String, SortedMap<String, Integer>> cells = cells(table, biology, name);
        boolean levels = !label.columns().get(0).numeric() || label(table, biology).length == 2;
        List<String> oneSided = text && levels ? oneSided(cells) : List.of();
        double strength =
                text && levels ? cramer(cells, table.size()) : Math.sqrt(shared.largest());
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
        return Optional.of(
                new Column(
                        name,
                        text ? design.size() + 1 : 0,
                        table.size(),
                        text && levels,
                        strength,
                        left > NOTHING_LEFT ? 1 / left : Double.POSITIVE_INFINITY,
                        shared.rank(),
                        shared.fullRank(),
                        shared.p(),
                        text && levels ? emptyCells(cells) : List.of(),
                        oneSided,
                        range == null ? Double.NaN : (double) inside / table.size(),
                        outside));
    }

    private static String[] label(FeatureTable table, String biology) {
        String[] texts = new String[table.size()];
        Arrays.setAll(texts, r -> table.covariate(r, biology));
        return Arrays.stream(texts).distinct().toArray(String[]::new);
    }

    /** Cramér 1946, Mathematical Methods of Statistics, 21.9. */
    private static double cramer(SortedMap<String, SortedMap<String, Integer>> cells, int n) {
        SortedMap<String, Integer> levels = totals(cells);
        double chi = 0;
        for (SortedMap<String, Integer> row : cells.values()) {
            int own = row.values().stream().mapToInt(c -> c).sum();
            for (Map.Entry<String, Integer> level : levels.entrySet()) {
                double expected = (double) own * level.getValue() / n;
                double off = row.getOrDefault(level.getKey(), 0) - expected;
                chi += off * off / expected;
            }
        }
        return Math.sqrt(chi / n / (Math.min(cells.size(), levels.size()) - 1));
    }

    private static SortedMap<String, Integer> totals(
            SortedMap<String, SortedMap<String, Integer>> cells) {
        SortedMap<String, Integer> levels = new TreeMap<>();
        cells.values().forEach(row -> row.forEach((l, c) -> levels.merge(l, c, Integer::sum)));
        return levels;
    }

    private static List<String> emptyCells(SortedMap<String, SortedMap<String, Integer>> cells) {
        List<String> empty = new ArrayList<>();
        SortedMap<String, Integer> levels = totals(cells);
        cells.forEach(
                (value, counts) ->
                        levels.keySet().stream()
                                .filter(l -> !counts.containsKey(l))
                                .forEach(l -> empty.add(value + " × " + l)));
        return empty;
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
