package org.diapason.math;

/** What a map does with values beyond its first and last knot. */
public enum Tails {
    /** They get the value of the knot. */
    CLAMP,
    /** The first and the last line go on. */
    EXTEND
}
