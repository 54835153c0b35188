package org.diapason.io.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.diapason.io.Text;
import org.diapason.volume.Acquisition;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/** Feature tables as CSV: {@code exam, region, covariates …, features …}. */
public final class Tables {
    /** What a cell without a value may say; anything else that is no number is an error. */
    public static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan");

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");
    private static final Set<String> INFINITE = Set.of("Infinity", "-Infinity");

    private Tables() {}

    /**
     * Writes a table; NaN is an empty cell, numbers are the shortest text that reads back the same.
     * Columns of an {@link Acquisition} are left out.
     *
     * @throws IllegalArgumentException if a covariate and a feature have the same name
     */
    public static void write(Path path, FeatureTable table) {
        List<String> header = new ArrayList<>(List.of("exam", "region"));
        List<String> covariates =
                table.covariateNames().stream().filter(c -> !Acquisition.is(c)).toList();
        header.addAll(covariates);
        header.addAll(table.features());
        if (new HashSet<>(header).size() != header.size()) {
            throw new IllegalArgumentException(
                    "two columns of the table have the same name: " + header);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            List<String> row = new ArrayList<>(List.of(table.exam(r), table.region(r)));
            for (String covariate : covariates) {
                row.add(table.covariate(r, covariate));
            }
            for (double value : table.row(r)) {
                row.add(Text.of(value));
            }
            rows.add(row);
        }
        Csv.write(path, header, rows);
    }

    /**
     * Reads a table whose columns are features, save {@code exam}, {@code region} and the named
     * covariates; empty cells, {@code NA} and {@code NaN} are NaN.
     *
     * @param covariates columns that are text; those that the file lacks are ignored
     * @throws DataException if a feature is not a number; line and column are named
     */
    public static FeatureTable read(Path path, Collection<String> covariates) {
        return read(path, covariates, MISSING);
    }

    /**
     * Reads a table whose missing values are written in the given ways.
     *
     * @param missing texts that stand for NaN, in place of {@link #MISSING}
     */
    public static FeatureTable read(Path path, Collection<String> covariates, Set<String> missing) {
        Csv csv = Csv.read(path);
        for (String needed : List.of("exam", "region")) {
            if (!csv.header().contains(needed)) {
                throw new DataException(
                        csv.name()
                                + ", line 1: there is no column \""
                                + needed
                                + "\", only "
                                + csv.header()
                                + ".");
            }
        }
        Set<String> texts = new HashSet<>(covariates);
        texts.addAll(List.of("exam", "region"));
        List<String> features = new ArrayList<>();
        int[] place = new int[csv.header().size()];
        for (int c = 0; c < csv.header().size(); c++) {
            if (!texts.contains(csv.header().get(c))) {
                place[features.size()] = c;
                features.add(csv.header().get(c));
            }
        }
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> rows = new ArrayList<>();
        double[][] values = new double[csv.rows().size()][features.size()];
        for (Csv.Row row : csv.rows()) {
            for (int f = 0; f < features.size(); f++) {
                values[exams.size()][f] = number(csv, row, place[f], missing);
            }
            exams.add(csv.text(row, "exam"));
            regions.add(csv.text(row, "region"));
            SortedMap<String, String> text = new TreeMap<>();
            for (String covariate : covariates) {
                if (csv.header().contains(covariate)) {
                    text.put(covariate, csv.text(row, covariate));
                }
            }
            rows.add(text);
        }
        return FeatureTable.of(features, exams, regions, values, rows);
    }

    private static double number(Csv csv, Csv.Row row, int column, Set<String> missing) {
        String text = row.cells().get(column);
        if (missing.contains(text)) {
            return Double.NaN;
        }
        boolean number = NUMBER.matcher(text).matches();
        if (!number && !INFINITE.contains(text)) {
            throw new DataException(
                    csv.name()
                            + ", "
                            + csv.cell(row, column)
                            + ": \""
                            + text
                            + "\" is not a number. Correct it, or name the column as a covariate.");
        }
        double value = Double.parseDouble(text);
        if (number && Double.isInfinite(value)) {
            throw new DataException(
                    csv.name()
                            + ", "
                            + csv.cell(row, column)
                            + ": \""
                            + text
                            + "\" is too large for a number. Correct it.");
        }
        return value;
    }
}
