package org.diapason.step;

import java.util.List;

/**
 * Many items, opened one at a time and as often as needed.
 *
 * @param <T> an exam or a feature table
 */
public interface Cohort<T> {

    /** Returns the names of all items, sorted. */
    List<String> ids();

    /**
     * Opens one item.
     *
     * @throws org.diapason.volume.DataException if it is missing, broken or contradictory
     * @throws org.diapason.volume.RefusedException if it is sound but must not be used
     */
    T open(String id);

    /**
     * Returns about how many bytes an opened item takes, 0 where unknown; bounds how many are open.
     */
    default long bytes(String id) {
        return 0;
    }
}
