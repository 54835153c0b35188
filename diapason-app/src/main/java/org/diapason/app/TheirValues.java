package org.diapason.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.features.Explanation;
import org.diapason.io.table.Csv;
import org.diapason.volume.DataException;

/**
 * Features of one region in another program's table: one row under names of features, or one
 * feature per row, its name in the first column.
 *
 * @param values numbers by name, in the order of the file
 * @param leftOut cells that are no feature, or no number
 * @param filtered features of filtered images, which are left out, too
 */
record TheirValues(Map<String, Double> values, int leftOut, int filtered) {

    /**
     * Reads a table.
     *
     * @param column which column of values; needed where features are rows and have several
     */
    static TheirValues read(Path file, Optional<String> column) {
        Csv csv = Csv.read(file);
        boolean wide = csv.header().stream().anyMatch(Explanation::isFeature);
        boolean headless =
                wide && csv.header().size() == 2 && number(csv.header().get(1)).isPresent();
        Map<String, Double> values = new LinkedHashMap<>();
        int leftOut = 0;
        int filtered = 0;
        if (wide && !headless) {
            if (csv.rows().size() != 1) {
                throw new DataException(
                        csv.name()
                                + ": has "
                                + csv.rows().size()
                                + " rows, and one region is explained at a time. Give a table with"
                                + " one row.");
            }
            List<String> cells = csv.rows().get(0).cells();
            for (int c = 0; c < cells.size(); c++) {
                String name = csv.header().get(c);
                boolean aside = Explanation.isFiltered(name);
                filtered += aside ? 1 : 0;
                leftOut += aside || put(name, cells.get(c), values) ? 0 : 1;
            }
        } else {
            int at = column(csv, column);
            if (headless) {
                put(csv.header().get(0), csv.header().get(1), values);
            }
            for (Csv.Row row : csv.rows()) {
                String name = row.cells().get(0);
                boolean aside = Explanation.isFiltered(name);
                filtered += aside ? 1 : 0;
                leftOut += aside || put(name, row.cells().get(at), values) ? 0 : 1;
            }
        }
        if (values.isEmpty()) {
            throw new DataException(
                    csv.name()
                            + ": has no feature with a value. Names are those of PyRadiomics"
                            + " (original_glcm_Contrast), MIRP or the IBSI (cm_contrast_3D_avg), as"
                            + " a header over one row or in the first column.");
        }
        return new TheirValues(values, leftOut, filtered);
    }

    private static int column(Csv csv, Optional<String> column) {
        if (column.isPresent()) {
            int at = csv.header().indexOf(column.get());
            if (at < 1) {
                throw new DataException(
                        csv.name()
                                + ": has no column \""
                                + column.get()
                                + "\" of values; there are "
                                + String.join(", ", csv.header().subList(1, csv.header().size()))
                                + ".");
            }
            return at;
        }
        if (csv.header().size() != 2) {
            throw new DataException(
                    csv.name()
                            + ": has "
                            + (csv.header().size() - 1)
                            + " columns of values. Choose one with --column.");
        }
        return 1;
    }

    private static boolean put(String name, String cell, Map<String, Double> into) {
        OptionalDouble value = number(cell);
        if (!Explanation.isFeature(name) || value.isEmpty()) {
            return false;
        }
        into.put(name, value.getAsDouble());
        return true;
    }

    private static OptionalDouble number(String cell) {
        if (cell.equalsIgnoreCase("nan")) {
            return OptionalDouble.of(Double.NaN);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
