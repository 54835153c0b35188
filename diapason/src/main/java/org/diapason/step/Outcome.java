package org.diapason.step;

/**
 * How one exam ended. in = done + refused + failed.
 *
 * @param <T> what a finished exam leaves
 */
public sealed interface Outcome<T> {

    /** The exam went through every operation. */
    record Done<T>(T value) implements Outcome<T> {}

    /** The exam is sound, but {@code operation} must not be applied to it. */
    record Refused<T>(String operation, String reason) implements Outcome<T> {}

    /** The exam is missing, broken or contradictory. */
    record Failed<T>(String operation, String reason) implements Outcome<T> {}
}
