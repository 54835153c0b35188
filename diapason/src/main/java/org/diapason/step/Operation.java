package org.diapason.step;

import java.util.Set;

/**
 * One entry of a recipe: a {@link Step}, or a {@link Learner} that becomes one.
 *
 * @param <T> what it works on: an exam or a feature table
 */
public sealed interface Operation<T> permits Step, Learner {

    /** Returns the names of masks this operation reads, so that they are opened with the exam. */
    default Set<String> masks() {
        return Set.of();
    }
}
