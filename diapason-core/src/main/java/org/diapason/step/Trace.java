package org.diapason.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.math.Rng;
import org.diapason.volume.Numbers;

/**
 * A step's only window: takes decided numbers and warnings, gives the seed.
 *
 * <p>A trace has one child per operation. It holds no clock, thread count or absolute path, so that
 * it can be compared. Used by one thread at a time.
 */
public final class Trace {
    private final String name;
    private final long seed;
    private final Map<String, Object> notes = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Trace> children = new ArrayList<>();

    /** Makes a trace for use outside a run, with seed 0. */
    public Trace() {
        this("", 0);
    }

    /** Makes the trace of an exam or of a cohort. */
    public Trace(String name, long seed) {
        this.name = name;
        this.seed = seed;
    }

    /**
     * Adds and returns the trace of one operation; its seed depends on ours, its name and its
     * place.
     */
    public Trace child(String operation) {
        Trace child = new Trace(operation, Rng.seed(seed, children.size() + ":" + operation));
        children.add(child);
        return child;
    }

    /** Adds a trace that was made elsewhere (by a killed run, say) as the next child. */
    public void adopt(Trace child) {
        children.add(child);
    }

    /** Writes down a decided number. */
    public void note(String key, double value) {
        notes.put(key, value);
    }

    /** Writes down decided numbers. */
    public void note(String key, Numbers values) {
        notes.put(key, values);
    }

    /** Writes down a decided rule or name. */
    public void note(String key, String value) {
        notes.put(key, value);
    }

    /** Says something the user must know although the work went on; a whole sentence. */
    public void warn(String message) {
        warnings.add(message);
    }

    /** Returns the seed for everything random in this operation on this item. */
    public long seed() {
        return seed;
    }

    public String name() {
        return name;
    }

    /** Returns notes in the order they were made: Double, String or {@link Numbers}. */
    public Map<String, Object> notes() {
        return Collections.unmodifiableMap(notes);
    }

    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    public List<Trace> children() {
        return Collections.unmodifiableList(children);
    }
}
