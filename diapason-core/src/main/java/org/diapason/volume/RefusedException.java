package org.diapason.volume;

/**
 * Says that the input is sound but the step must not be applied to it: the exam is
 * <em>refused</em>.
 *
 * <p>The message names who, what was found, what was needed and what to do; never a patient's name.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message);
    }
}
