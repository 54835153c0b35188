package org.diapason.step;

/** How one exam ended. in = done + refused + failed. */
public sealed interface Outcome {

    /** The exam went through every operation. */
    record Done() implements Outcome {}

    /** The exam is sound, but {@code operation} must not be applied to it. */
    record Refused(String operation, String reason) implements Outcome {}

    /**
     * The exam is missing, broken or contradictory; {@code file} is empty where it is not known.
     */
    record Failed(String operation, String file, String reason) implements Outcome {}
}
