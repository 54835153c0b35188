package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** What a learner has met that cannot do with sums: all rows, in the order they came. */
public final class WholeTable {
    private final String learner;
    private final List<FeatureTable> tables = new ArrayList<>();

    /**
     * @param learner its name, for errors
     */
    WholeTable(String learner) {
        this.learner = learner;
    }

    /**
     * Adds rows.
     *
     * @throws RefusedException if they have other features than those before
     */
    void add(FeatureTable table) {
        if (!tables.isEmpty() && !tables.get(0).features().equals(table.features())) {
            throw new RefusedException(
                    learner
                            + " needs the same features in every exam, but found "
                            + tables.get(0).features().size()
                            + " and "
                            + table.features().size()
                            + " columns that differ. Extract all exams with the same recipe.");
        }
        tables.add(table);
    }

    void add(WholeTable from) {
        from.tables.forEach(this::add);
    }

    /**
     * Returns all rows.
     *
     * @throws RefusedException if there is none
     */
    FeatureTable rows() {
        if (tables.stream().allMatch(t -> t.size() == 0)) {
            throw new RefusedException(learner + " has no exam to learn from. Add exams.");
        }
        return FeatureTable.concat(tables);
    }
}
