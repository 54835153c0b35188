package org.diapason.io.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diapason.volume.DataException;

/** Finds out whether the numbers of a table have a decimal comma, and writes them with a point. */
final class Decimals {
    private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]+,[0-9]+([eE][-+]?[0-9]+)?");
    private static final Pattern POINT = Pattern.compile("[-+]?[0-9]+[.][0-9]+([eE][-+]?[0-9]+)?");

    private Decimals() {}

    /** Returns the table with a decimal point, or as it is. */
    static Csv withPoint(Csv csv) {
        if (csv.dialect().separator() == ',') {
            return csv;
        }
        String comma = null;
        String point = null;
        for (Csv.Row row : csv.rows()) {
            for (int c = 0; c < row.cells().size(); c++) {
                String cell = row.cells().get(c);
                if (comma == null && COMMA.matcher(cell).matches()) {
                    comma = csv.cell(row, c) + " \"" + cell + "\"";
                }
                if (point == null && POINT.matcher(cell).matches()) {
                    point = csv.cell(row, c) + " \"" + cell + "\"";
                }
            }
        }
        if (comma == null) {
            return csv;
        }
        if (point != null) {
            throw new DataException(
                    csv.name()
                            + ": some numbers have a decimal comma ("
                            + comma
                            + "), others a point ("
                            + point
                            + "). Write all of them in one way.");
        }
        List<Csv.Row> rows = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            List<String> cells = new ArrayList<>();
            for (String cell : row.cells()) {
                cells.add(COMMA.matcher(cell).matches() ? cell.replace(',', '.') : cell);
            }
            rows.add(new Csv.Row(row.line(), cells));
        }
        return new Csv(csv.name(), csv.header(), rows, csv.dialect().withDecimalComma());
    }
}
