package org.diapason.step;

import java.util.Optional;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;

/**
 * Where a run puts what it has made, so that memory stays small and a killed run can go on.
 *
 * <p>Called by many threads at once, never twice at a time for the same stage and id. What {@code
 * load} gives back must equal what was saved, bit by bit; a save that was cut short must not be
 * found.
 */
public interface Store {

    /** The stage of finished exams: their images are results. */
    String IMAGES = "images";

    /** The stage of features measured before harmonization. */
    String RAW = "raw";

    /** Says whether something was saved, by this run or by the killed one it goes on from. */
    boolean has(String stage, String id);

    void save(String stage, String id, Saved saved);

    /** Returns what was saved; empty where nothing was. */
    Optional<Saved> load(String stage, String id);

    /**
     * What one exam left at one stage.
     *
     * @param trace what was decided so far
     * @param exam the exam; a store need not give it back at stage {@link #IMAGES}
     * @param rows the features measured, where this stage measures
     */
    record Saved(Trace trace, Optional<Exam> exam, Optional<FeatureTable> rows) {}
}
