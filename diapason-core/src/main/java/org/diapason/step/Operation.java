package org.diapason.step;

import java.util.Optional;
import java.util.Set;

/**
 * One entry of a recipe: a {@link Step}, or a {@link Learner} that becomes one.
 *
 * @param <T> what it works on: an exam or a feature table
 */
public sealed interface Operation<T> permits Step, Learner {

    /**
     * Says whether this operation changes what is compared. One that only gives values their unit
     * does not, and "raw" features are measured after it.
     */
    default boolean harmonizes() {
        return true;
    }

    /**
     * Returns the names of images this operation reads beside those it changes, so that they are
     * opened with the exam.
     */
    default Set<String> images() {
        return Set.of();
    }

    /** Returns the names of masks this operation reads, so that they are opened with the exam. */
    default Set<String> masks() {
        return Set.of();
    }

    /**
     * Returns the columns of the cohort table this operation reads, so that they are missed early.
     */
    default Set<String> cohortColumns() {
        return Set.of();
    }

    /**
     * Returns the image from which this operation makes a new one of the given name, if it does, so
     * that the one it needs is opened with the exam.
     */
    default Optional<String> source(String image) {
        return Optional.empty();
    }

    /** Returns the names of masks this operation makes, which no cohort table needs to have. */
    default Set<String> madeMasks() {
        return Set.of();
    }

    /**
     * Returns in words what this operation itself sets in an image inside a mask, if it does: a
     * feature of it measured there says nothing of the patient.
     */
    default Optional<String> fixes(String image, String mask) {
        return Optional.empty();
    }
}
