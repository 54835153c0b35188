package org.diapason.compositing;

import java.util.Locale;

/**
 * How a picture S is laid on a picture D: what each gives to the result, in shares of the other's
 * opacity.
 *
 * <p>T. Porter, T. Duff: Compositing digital images, SIGGRAPH 1984, doi:10.1145/800031.808606,
 * table on page 255.
 */
public enum PorterDuff {
    /** S on D. */
    OVER,
    /** S beneath D. */
    UNDER,
    /** S where D is. */
    IN,
    /** S where D is, and D elsewhere. */
    ATOP,
    /** The sum of both, as far as there is room. */
    PLUS;

    /** Returns the share of S, opacities from 0 to {@code white}. */
    double ofSource(double target, double white) {
        return switch (this) {
            case OVER, PLUS -> white;
            case UNDER -> white - target;
            case IN, ATOP -> target;
        };
    }

    /** Returns the share of D. */
    double ofTarget(double source, double white) {
        return switch (this) {
            case UNDER, PLUS -> white;
            case IN -> 0;
            case OVER, ATOP -> white - source;
        };
    }

    /** Returns the word used on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
