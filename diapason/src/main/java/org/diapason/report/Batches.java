package org.diapason.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.volume.FeatureTable;

/**
 * Which exam belongs to which batch.
 *
 * @param column the covariate that names the batch
 * @param ofExam batch of each exam that went through
 * @param names all batches
 */
record Batches(String column, SortedMap<String, String> ofExam, SortedSet<String> names) {

    /** The batch of exams that name none. */
    static final String NONE = "(none)";

    static Batches of(FeatureTable table, String column) {
        SortedMap<String, String> ofExam = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            ofExam.put(table.exam(r), name(table, r, column));
        }
        return new Batches(
                column,
                Collections.unmodifiableSortedMap(ofExam),
                Collections.unmodifiableSortedSet(new TreeSet<>(ofExam.values())));
    }

    static String name(FeatureTable table, int row, String column) {
        String name = table.covariate(row, column);
        return name.isEmpty() ? NONE : name;
    }
}
