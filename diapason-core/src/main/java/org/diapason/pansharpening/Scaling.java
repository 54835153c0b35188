package org.diapason.pansharpening;

/** How the sharp image and the intensity of the bands are brought to one scale. */
public enum Scaling {
    /**
     * The intensity is the mean of the bands; the sharp image gets its mean and standard deviation
     * and the sign of their correlation.
     */
    SIGNED,
    /** The same, but always with the sign plus, as in the papers. */
    POSITIVE,
    /**
     * The intensity is the sum of the bands that comes nearest to the sharp image at their
     * resolution, which stays as it is (Aiazzi and others 2007).
     */
    FITTED
}
