package org.diapason.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows are exam × region; columns are features (numbers, NaN where undefined) and covariates
 * (text).
 *
 * <p>Immutable: rows are copied on the way in, and {@link #row(int)} hands out the array itself,
 * which must not be written to.
 */
public final class FeatureTable {
    private final List<String> features;
    private final List<String> exams;
    private final List<String> regions;
    private final double[][] rows;
    private final List<SortedMap<String, String>> covariates;

    private FeatureTable(
            List<String> features,
            List<String> exams,
            List<String> regions,
            double[][] rows,
            List<SortedMap<String, String>> covariates) {
        this.features = List.copyOf(features);
        this.exams = List.copyOf(exams);
        this.regions = List.copyOf(regions);
        this.rows = rows;
        this.covariates = List.copyOf(covariates);
        if (exams.size() != rows.length
                || regions.size() != rows.length
                || covariates.size() != rows.length) {
            throw new IllegalArgumentException("every row needs an exam, a region and covariates");
        }
        for (double[] row : rows) {
            if (row.length != features.size()) {
                throw new IllegalArgumentException(
                        "a row of "
                                + row.length
                                + " values does not fit "
                                + features.size()
                                + " features");
            }
        }
    }

    /**
     * Returns a table.
     *
     * @param features column names
     * @param exams exam of each row
     * @param regions region of each row
     * @param rows values, one array of {@code features.size()} per row; copied
     * @param covariates columns of the cohort table for each row
     */
    public static FeatureTable of(
            List<String> features,
            List<String> exams,
            List<String> regions,
            double[][] rows,
            List<SortedMap<String, String>> covariates) {
        double[][] copy = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            copy[r] = rows[r].clone();
        }
        List<SortedMap<String, String>> columns = new ArrayList<>();
        for (SortedMap<String, String> c : covariates) {
            columns.add(Collections.unmodifiableSortedMap(new TreeMap<>(c)));
        }
        return new FeatureTable(features, exams, regions, copy, columns);
    }

    public List<String> features() {
        return features;
    }

    public int size() {
        return rows.length;
    }

    public String exam(int row) {
        return exams.get(row);
    }

    public String region(int row) {
        return regions.get(row);
    }

    /** Returns the values of a row in the order of {@link #features()}; do not write to it. */
    public double[] row(int row) {
        return rows[row];
    }

    public SortedMap<String, String> covariates(int row) {
        return covariates.get(row);
    }

    /** Returns the text of a covariate in a row, empty where the row lacks it. */
    public String covariate(int row, String name) {
        return covariates.get(row).getOrDefault(name, "").trim();
    }

    /** Returns the names of all covariates that any row has. */
    public List<String> covariateNames() {
        TreeSet<String> names = new TreeSet<>();
        covariates.forEach(c -> names.addAll(c.keySet()));
        return List.copyOf(names);
    }

    /** Returns one feature over all rows, a fresh array. */
    public double[] column(String feature) {
        int f = features.indexOf(feature);
        if (f < 0) {
            throw new IllegalArgumentException("the table has no feature \"" + feature + "\"");
        }
        double[] column = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            column[r] = rows[r][f];
        }
        return column;
    }

    /** Returns the given rows in the given order; a row may be taken more than once. */
    public FeatureTable rows(int... which) {
        List<String> e = new ArrayList<>();
        List<String> g = new ArrayList<>();
        List<SortedMap<String, String>> c = new ArrayList<>();
        double[][] v = new double[which.length][];
        for (int n = 0; n < which.length; n++) {
            e.add(exams.get(which[n]));
            g.add(regions.get(which[n]));
            c.add(covariates.get(which[n]));
            v[n] = rows[which[n]];
        }
        return new FeatureTable(features, e, g, v, c);
    }

    /** Returns the same rows with other values; the arrays are kept, not copied. */
    public FeatureTable withRows(double[][] newRows) {
        return new FeatureTable(features, exams, regions, newRows, covariates);
    }

    /** Returns the same rows with another text of one covariate in each. */
    public FeatureTable withCovariate(String name, List<String> values) {
        List<SortedMap<String, String>> changed = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            SortedMap<String, String> row = new TreeMap<>(covariates.get(r));
            row.put(name, values.get(r));
            changed.add(Collections.unmodifiableSortedMap(row));
        }
        return new FeatureTable(features, exams, regions, rows, changed);
    }

    /**
     * Returns the rows of all tables under each other; a feature that one of them lacks is NaN
     * there. Columns come in the order of first appearance.
     */
    public static FeatureTable concat(List<FeatureTable> tables) {
        List<String> features =
                new ArrayList<>(
                        new LinkedHashSet<>(
                                tables.stream().flatMap(t -> t.features.stream()).toList()));
        List<String> e = new ArrayList<>();
        List<String> g = new ArrayList<>();
        List<SortedMap<String, String>> c = new ArrayList<>();
        List<double[]> v = new ArrayList<>();
        for (FeatureTable t : tables) {
            int[] place = t.features.stream().mapToInt(features::indexOf).toArray();
            for (int r = 0; r < t.size(); r++) {
                double[] row = new double[features.size()];
                Arrays.fill(row, Double.NaN);
                for (int f = 0; f < place.length; f++) {
                    row[place[f]] = t.rows[r][f];
                }
                e.add(t.exams.get(r));
                g.add(t.regions.get(r));
                c.add(t.covariates.get(r));
                v.add(row);
            }
        }
        return new FeatureTable(features, e, g, v.toArray(new double[0][]), c);
    }

    /**
     * Returns the tables of one cohort side by side: rows of the same exam and region become one
     * row, in the order of first appearance; a feature that a row lacks is NaN.
     */
    public static FeatureTable join(List<FeatureTable> tables) {
        FeatureTable stacked = concat(tables);
        Map<List<String>, Integer> place = new LinkedHashMap<>();
        List<Integer> first = new ArrayList<>();
        List<double[]> joined = new ArrayList<>();
        for (int r = 0; r < stacked.size(); r++) {
            List<String> key = List.of(stacked.exam(r), stacked.region(r));
            Integer at = place.putIfAbsent(key, joined.size());
            if (at == null) {
                first.add(r);
                joined.add(stacked.rows[r].clone());
                continue;
            }
            double[] row = joined.get(at);
            for (int f = 0; f < row.length; f++) {
                row[f] = Double.isNaN(row[f]) ? stacked.rows[r][f] : row[f];
            }
        }
        return stacked.rows(first.stream().mapToInt(Integer::intValue).toArray())
                .withRows(joined.toArray(new double[0][]));
    }
}
