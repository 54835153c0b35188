package org.diapason.math;

/** Which share of n values lies at or below one that occurs several times. */
public enum Cdf {
    /** {@code (number below + half the number equal)/n}: ties are averaged. */
    MID_RANK,
    /** {@code (number below + number equal)/n}, as scikit-image has it. */
    UPPER
}
