package org.diapason.decision;

/** How much of what experts say is said by the others already. */
public sealed interface Dependence {

    /** From the correlation of their evidence within each class of the calibration half. */
    record Fitted() implements Dependence {}

    /** Nothing: given the finding, they err independently. A claim, and a strong one. */
    record Independent() implements Dependence {}

    /**
     * One factor for all.
     *
     * @param factor by which every log likelihood ratio is multiplied, above 0 to 1
     */
    record Shrink(double factor) implements Dependence {
        public Shrink {
            if (!(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException("factor must be above 0 to 1, got " + factor);
            }
        }
    }
}
