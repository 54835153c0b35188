package org.diapason.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Assumptions;

/** Small tables for tests, and the two lines that fit ComBat to them. */
public final class Tables {
    private Tables() {}

    /** Makes a table of columns {@code values[feature][row]} and covariates name → texts. */
    public static FeatureTable table(
            List<String> features, double[][] values, SortedMap<String, List<String>> covariates) {
        int n = values[0].length;
        double[][] rows = new double[n][features.size()];
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> columns = new ArrayList<>();
        for (int r = 0; r < n; r++) {
            int row = r;
            for (int f = 0; f < features.size(); f++) {
                rows[r][f] = values[f][r];
            }
            exams.add("P" + (1000 + r));
            SortedMap<String, String> c = new TreeMap<>();
            covariates.forEach((name, texts) -> c.put(name, texts.get(row)));
            columns.add(c);
        }
        return FeatureTable.of(
                features, exams, java.util.Collections.nCopies(n, "lesion"), rows, columns);
    }

    /**
     * Random features with site shifts and scales and an age effect; sites A, B … of equal size.
     */
    public static FeatureTable random(long seed, int features, int sites, int each) {
        Rng rng = new Rng(seed);
        int n = sites * each;
        double[][] values = new double[features][n];
        List<String> site = new ArrayList<>();
        List<String> age = new ArrayList<>();
        List<String> sex = new ArrayList<>();
        double[] years = new double[n];
        for (int r = 0; r < n; r++) {
            years[r] = 30 + rng.nextInt(50);
            site.add(String.valueOf((char) ('A' + r % sites)));
            age.add(Integer.toString((int) years[r]));
            sex.add(rng.nextInt(2) == 0 ? "F" : "M");
        }
        List<String> names = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            names.add("f" + (100 + f));
            double[] shift = new double[sites];
            double[] scale = new double[sites];
            for (int s = 0; s < sites; s++) {
                shift[s] = 1 + rng.nextGaussian();
                scale[s] = 0.6 + rng.nextDouble();
            }
            for (int r = 0; r < n; r++) {
                int s = r % sites;
                values[f][r] = 20 + shift[s] + 0.02 * years[r] + scale[s] * rng.nextGaussian();
            }
        }
        SortedMap<String, List<String>> covariates = new TreeMap<>();
        covariates.put("site", site);
        covariates.put("age", age);
        covariates.put("sex", sex);
        return table(names, values, covariates);
    }

    public static ComBatModel fit(ComBat combat, FeatureTable table) {
        return fit(combat, table, new Trace());
    }

    public static ComBatModel fit(ComBat combat, FeatureTable table, Trace trace) {
        List<Operation<FeatureTable>> operations = List.of(combat);
        List<Step<FeatureTable>> steps = Fold.learn(operations, Fold.rows(table), trace);
        return (ComBatModel) steps.get(0);
    }

    public static FeatureTable harmonized(ComBat combat, FeatureTable table) {
        return fit(combat, table).apply(table, new Trace());
    }

    /** Returns the same rows with other texts in one column. */
    public static FeatureTable relabel(
            FeatureTable table, String column, IntFunction<String> text) {
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            exams.add(table.exam(r));
            regions.add(table.region(r));
            SortedMap<String, String> c = new TreeMap<>(table.covariates(r));
            c.put(column, text.apply(r));
            covariates.add(c);
            rows[r] = table.row(r);
        }
        return FeatureTable.of(table.features(), exams, regions, rows, covariates);
    }

    /** Returns the largest difference of two tables of the same shape. */
    public static double difference(FeatureTable a, FeatureTable b) {
        double max = 0;
        for (int r = 0; r < a.size(); r++) {
            for (int f = 0; f < a.features().size(); f++) {
                double x = a.row(r)[f];
                double y = b.row(r)[f];
                if (Double.isNaN(x) != Double.isNaN(y)) {
                    return Double.POSITIVE_INFINITY;
                }
                if (!Double.isNaN(x)) {
                    max = Math.max(max, Math.abs(x - y));
                }
            }
        }
        return max;
    }

    /** Reads the cells of a CSV file without quotes inside cells; a line of names is left out. */
    public static List<String[]> csv(Path file) {
        try {
            List<String[]> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                lines.add(line.replace("\"", "").split(","));
            }
            String start = lines.get(0)[lines.get(0).length - 1];
            boolean names = !start.matches("[-+0-9.e]+");
            return names ? lines.subList(1, lines.size()) : lines;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reads features in lines, rows in columns from column {@code first} on. */
    public static double[][] values(Path file, int first) {
        List<String[]> lines = csv(file);
        double[][] values = new double[lines.size()][];
        for (int f = 0; f < values.length; f++) {
            String[] cells = lines.get(f);
            values[f] = new double[cells.length - first];
            for (int r = 0; r < values[f].length; r++) {
                values[f][r] = Double.parseDouble(cells[first + r]);
            }
        }
        return values;
    }

    /**
     * Returns the first features of a simulation with batch, age and sex, of which other programs
     * were asked; skips the test where the folder of public data does not hold it.
     */
    public static FeatureTable simulated(int features) {
        Path folder = Path.of(System.getProperty("diapason.data", "")).resolve("references");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no data/references");
        SortedMap<String, List<String>> covariates = new TreeMap<>();
        List<String[]> cells = csv(folder.resolve("sim4_pheno.csv"));
        List<String> names = List.of("id", "batch", "age", "sex");
        for (int k = 1; k < 4; k++) {
            int column = k;
            covariates.put(names.get(k), cells.stream().map(l -> l[column]).toList());
        }
        return table(
                IntStream.range(0, features).mapToObj(f -> "f" + (100 + f)).toList(),
                Arrays.copyOf(values(folder.resolve("sim4_data.csv"), 1), features),
                covariates);
    }
}
