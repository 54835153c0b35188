package org.diapason.step;

import java.util.function.UnaryOperator;

/**
 * Fits the operations of a run anew, so that a judge can hold the fit inside a bootstrap.
 *
 * @param <T> a feature table
 */
@FunctionalInterface
public interface Refit<T> {

    /**
     * Fits on these rows and returns what was learned, to be applied to these or any other rows.
     */
    UnaryOperator<T> fit(T rows);
}
