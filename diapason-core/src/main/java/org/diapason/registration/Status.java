package org.diapason.registration;

/** Whether a registration may be used. */
public enum Status {
    /** Nothing speaks against it. */
    PASS,
    /** Usable after a look at what the findings name. */
    WARN,
    /** Not to be used. */
    FAIL
}
