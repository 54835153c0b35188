package org.diapason.volume;

/**
 * Says that an input is missing, broken or contradictory: the exam <em>failed</em>, others go on.
 *
 * <p>The message names who, what was found, what was needed and what to do; never a patient's name.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
