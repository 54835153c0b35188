package org.diapason.report;

import java.util.List;
import java.util.Optional;

/**
 * A further table of the report; cells are texts, ready to be read.
 *
 * @param title heading
 * @param sentence what the table shows, a whole sentence
 * @param columns column headings; the first names the rows
 * @param rows one cell per column
 * @param note what a reader must know to read it right ("in-sample", say)
 */
public record Section(
        String title,
        String sentence,
        List<String> columns,
        List<List<String>> rows,
        Optional<String> note) {

    public Section {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "section \""
                                + title
                                + "\": a row has "
                                + row.size()
                                + " cells, the table "
                                + columns.size()
                                + " columns");
            }
        }
    }
}
