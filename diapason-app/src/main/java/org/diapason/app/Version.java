package org.diapason.app;

/** Which Diapason this is. */
final class Version {
    /** Kept in step with the Maven version by a test. */
    static final String NUMBER = "0.1.0";

    private Version() {}

    static String line() {
        return "diapason " + NUMBER;
    }
}
