package org.diapason.io.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/** Feature tables as CSV: {@code exam, region, covariates …, features …}. */
public final class Tables {
    private static final Set<String> NOT_THERE = Set.of("", "NA", "NaN", "nan");

    private Tables() {}

    /**
     * Writes a table; NaN is an empty cell, numbers are the shortest text that reads back the same.
     *
     * @throws IllegalArgumentException if a covariate and a feature have the same name
     */
    public static void write(Path path, FeatureTable table) {
        List<String> header = new ArrayList<>(List.of("exam", "region"));
        header.addAll(table.covariateNames());
        header.addAll(table.features());
        if (new HashSet<>(header).size() != header.size()) {
            throw new IllegalArgumentException(
                    "two columns of the table have the same name: " + header);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            List<String> row = new ArrayList<>(List.of(table.exam(r), table.region(r)));
            for (String covariate : table.covariateNames()) {
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
        List<String> features = new ArrayList<>(csv.header());
        features.removeAll(List.of("exam", "region"));
        features.removeAll(covariates);
        int[] place = features.stream().mapToInt(csv.header()::indexOf).toArray();
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> texts = new ArrayList<>();
        double[][] values = new double[csv.rows().size()][features.size()];
        for (Csv.Row row : csv.rows()) {
            for (int f = 0; f < place.length; f++) {
                values[exams.size()][f] = number(csv, row, place[f]);
            }
            exams.add(csv.text(row, "exam"));
            regions.add(csv.text(row, "region"));
            SortedMap<String, String> text = new TreeMap<>();
            for (String covariate : covariates) {
                if (csv.header().contains(covariate)) {
                    text.put(covariate, csv.text(row, covariate));
                }
            }
            texts.add(text);
        }
        return FeatureTable.of(features, exams, regions, values, texts);
    }

    private static double number(Csv csv, Csv.Row row, int column) {
        String text = row.cells().get(column);
        if (NOT_THERE.contains(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DataException(
                    csv.name()
                            + ", line "
                            + row.line()
                            + ", column \""
                            + csv.header().get(column)
                            + "\": \""
                            + text
                            + "\" is not a number. Correct it, or name the column as a covariate.",
                    e);
        }
    }
}
