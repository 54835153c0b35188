package org.diapason.volume;

/**
 * Says that an input is missing, broken or contradictory: the exam <em>failed</em>, others go on.
 *
 * <p>The message names who, what was found, what was needed and what to do; never a patient's name.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;

    public DataException(String message) {
        this(message, null);
    }

    public DataException(String message, Throwable cause) {
        this("", message, cause);
    }

    private DataException(String file, String message, Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /** Returns the same failure with the file named as the user gave it, in a column of its own. */
    public DataException at(String givenFile) {
        return new DataException(givenFile, getMessage(), this);
    }

    /** Returns the file as the user gave it, empty where it is not known. */
    public String file() {
        return file;
    }
}
