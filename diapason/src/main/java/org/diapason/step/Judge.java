package org.diapason.step;

import java.util.Set;

/**
 * Judges what a run has done to a cohort; changes nothing.
 *
 * @param <T> what is judged: a feature table
 */
public interface Judge<T> {

    /**
     * Returns figures, intervals and a verdict.
     *
     * @param raw from the images as they came, units only; null where it was not extracted
     * @param before what entered the table operations
     * @param after what left them
     * @param refit fits the table operations anew on any rows, so that a bootstrap contains the fit
     */
    Judgement judge(T raw, T before, T after, Refit<T> refit, Trace trace);

    /** Returns the columns of the cohort table this judge reads, so that they are missed early. */
    default Set<String> columns() {
        return Set.of();
    }
}
