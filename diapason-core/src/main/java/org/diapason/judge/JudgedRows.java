package org.diapason.judge;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** Which rows of a table a judge can use. */
final class JudgedRows {
    private JudgedRows() {}

    /** Returns the rows that have a value in a column. */
    static FeatureTable having(FeatureTable table, String column) {
        return filter(table, r -> !Design.missing(table, r, column));
    }

    /** Returns the rows of {@code table} whose exam is in {@code wanted} too. */
    static FeatureTable sameExams(FeatureTable table, FeatureTable wanted) {
        Set<String> exams = new HashSet<>();
        for (int r = 0; r < wanted.size(); r++) {
            exams.add(wanted.exam(r));
        }
        return filter(table, r -> exams.contains(table.exam(r)));
    }

    /** Refuses a table with a row whose site is unknown. */
    static void needSites(FeatureTable table, String batch) {
        for (int r = 0; r < table.size(); r++) {
            if (table.covariate(r, batch).isEmpty()) {
                throw new RefusedException(
                        "exam "
                                + table.exam(r)
                                + ": column "
                                + batch
                                + " is missing, so its site is unknown. Fill it in or leave this"
                                + " exam out.");
            }
        }
    }

    private static FeatureTable filter(FeatureTable table, IntPredicate wanted) {
        int[] rows = IntStream.range(0, table.size()).filter(wanted).toArray();
        return rows.length == table.size() ? table : table.rows(rows);
    }
}
