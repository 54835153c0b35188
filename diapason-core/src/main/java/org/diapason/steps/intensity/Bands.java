package org.diapason.steps.intensity;

/** What a histogram match does with an image of several channels. */
public enum Bands {
    /** It refuses the image. */
    REFUSE,
    /** Every channel gets a map of its own onto the same channel of the reference. */
    EACH,
    /** All channels are one histogram and get one map. */
    JOINT
}
