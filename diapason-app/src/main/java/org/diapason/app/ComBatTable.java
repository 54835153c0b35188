package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.step.Globs;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * A table whose features are harmonized and whose other cells stay as they are written.
 *
 * @param csv the table as text
 * @param place column of each feature
 * @param table features as numbers, every other column as a covariate
 * @param mixed columns that were left out as text although some of their cells are numbers
 */
record ComBatTable(Csv csv, int[] place, FeatureTable table, List<String> mixed) {
    /** Cells of numbers for each of text from which on the text is taken for a mistake. */
    private static final int MISTAKE = 10;

    /**
     * Reads a table; features are the columns of numbers that fit a pattern and are not named
     * otherwise.
     *
     * @param others columns that are no features and must be there
     * @throws DataException if there is no feature, or a column is numbers but for some cells
     */
    static ComBatTable read(Path file, Collection<String> others, String pattern) {
        Csv csv = Csv.read(file);
        need(csv, others);
        Set<String> left = new HashSet<>(others);
        left.addAll(List.of("exam", "region"));
        List<Integer> chosen = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        for (int c = 0; c < csv.header().size(); c++) {
            String name = csv.header().get(c);
            if (!left.contains(name) && Globs.matches(pattern, name) && numeric(csv, c, mixed)) {
                chosen.add(c);
            }
        }
        if (chosen.isEmpty()) {
            throw new DataException(
                    csv.name()
                            + ": no column of numbers fits --features \""
                            + pattern
                            + "\" that is not named otherwise. Correct the pattern.");
        }
        return of(csv, chosen, mixed);
    }

    /**
     * Reads a table whose features are the given columns.
     *
     * @throws DataException if it has none of them, or a cell is no number
     */
    static ComBatTable read(Path file, List<String> features) {
        Csv csv = Csv.read(file);
        Map<String, Integer> index = new HashMap<>();
        for (int c = 0; c < csv.header().size(); c++) {
            index.put(csv.header().get(c), c);
        }
        List<Integer> chosen = new ArrayList<>();
        for (String feature : features) {
            Integer c = index.get(feature);
            if (c != null) {
                chosen.add(c);
            }
        }
        if (chosen.isEmpty()) {
            throw new DataException(
                    csv.name()
                            + " has none of the features of the model ("
                            + features.get(0)
                            + (features.size() == 1 ? "" : ", …")
                            + "). Give the table with the columns of the fit.");
        }
        return of(csv, chosen, List.of());
    }

    /** Returns what to say of columns that were left out. */
    List<String> warnings() {
        return mixed.isEmpty()
                ? List.of()
                : List.of(
                        "some cells are numbers, some text, so not harmonized: "
                                + String.join(", ", mixed)
                                + ".");
    }

    /** Refuses a table that lacks one of the columns. */
    static void need(Csv csv, Collection<String> columns) {
        for (String column : columns) {
            if (!csv.header().contains(column)) {
                throw new DataException(
                        csv.name()
                                + " has no column \""
                                + column
                                + "\"; "
                                + Spelling.hint(column, csv.header()));
            }
        }
    }

    private static ComBatTable of(Csv csv, List<Integer> chosen, List<String> mixed) {
        int[] place = chosen.stream().mapToInt(Integer::intValue).toArray();
        int exam = csv.header().indexOf("exam");
        int region = csv.header().indexOf("region");
        Set<Integer> features = new HashSet<>(chosen);
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] values = new double[csv.rows().size()][place.length];
        for (Csv.Row row : csv.rows()) {
            for (int f = 0; f < place.length; f++) {
                values[exams.size()][f] = number(csv, row, place[f]);
            }
            exams.add(exam < 0 ? "line " + row.line() : row.cells().get(exam));
            regions.add(region < 0 ? "" : row.cells().get(region));
            SortedMap<String, String> texts = new TreeMap<>();
            for (int c = 0; c < csv.header().size(); c++) {
                if (!features.contains(c)) {
                    texts.put(csv.header().get(c), row.cells().get(c));
                }
            }
            covariates.add(texts);
        }
        List<String> names = chosen.stream().map(csv.header()::get).toList();
        return new ComBatTable(
                csv,
                place,
                FeatureTable.of(names, exams, regions, values, covariates),
                List.copyOf(mixed));
    }

    private static boolean numeric(Csv csv, int column, List<String> mixed) {
        int numbers = 0;
        int texts = 0;
        Csv.Row odd = null;
        for (Csv.Row row : csv.rows()) {
            String cell = row.cells().get(column);
            if (number(cell)) {
                numbers++;
            } else if (!Tables.MISSING.contains(cell)) {
                odd = texts++ == 0 ? row : odd;
            }
        }
        if (texts > 0 && numbers >= MISTAKE * texts) {
            throw new DataException(
                    csv.name()
                            + ", line "
                            + odd.line()
                            + ", column \""
                            + csv.header().get(column)
                            + "\": \""
                            + odd.cells().get(column)
                            + "\" is not a number, but "
                            + numbers
                            + " other cells of the column are. Correct it, or leave the column out by"
                            + " --covariates.");
        }
        if (texts > 0 && numbers > 0) {
            mixed.add(csv.header().get(column));
        }
        return texts == 0 && numbers > 0;
    }

    private static boolean number(String cell) {
        return Numbers.parse(cell).isPresent()
                || cell.equals("Infinity")
                || cell.equals("-Infinity");
    }

    private static double number(Csv csv, Csv.Row row, int column) {
        String cell = row.cells().get(column);
        if (Tables.MISSING.contains(cell)) {
            return Double.NaN;
        }
        if (!number(cell)) {
            throw new DataException(
                    csv.name()
                            + ", line "
                            + row.line()
                            + ", column \""
                            + csv.header().get(column)
                            + "\": \""
                            + cell
                            + "\" is not a number. Correct it, or leave it empty.");
        }
        return Double.parseDouble(cell);
    }

    /**
     * Writes the same rows and columns in the same order; a cell whose number has not changed keeps
     * its text.
     *
     * @param after values of the features per row; a row that is null has none
     */
    void write(Path out, double[][] after) {
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < after.length; r++) {
            List<String> cells = new ArrayList<>(csv.rows().get(r).cells());
            for (int f = 0; f < place.length; f++) {
                double before = table.row(r)[f];
                double now = after[r] == null ? Double.NaN : after[r][f];
                if (Double.compare(before, now) != 0) {
                    cells.set(place[f], Text.of(now));
                }
            }
            rows.add(cells);
        }
        Csv.write(out, csv.header(), rows);
    }
}
