package org.diapason.step;

import java.util.Set;
import java.util.function.UnaryOperator;

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
     * @param refit the table operations, to be fitted anew on other rows
     */
    Judgement judge(T raw, T before, T after, Refit<T> refit, Trace trace);

    /**
     * Fits the operations of a run anew on any rows, so that a bootstrap contains the fit and one
     * half of a cohort can be changed by what the other half taught.
     *
     * @param <T> what is fitted: a feature table
     */
    @FunctionalInterface
    interface Refit<T> {

        /**
         * Returns what was learned from these rows, ready for these or other rows.
         *
         * @throws org.diapason.volume.RefusedException if the operations cannot be fitted to them
         */
        UnaryOperator<T> fit(T rows);

        /** Says whether rows are fitted anew; else what is known of them is looked up. */
        default boolean fits() {
            return true;
        }
    }

    /** Returns the columns of the cohort table this judge reads, so that they are missed early. */
    default Set<String> cohortColumns() {
        return Set.of();
    }
}
