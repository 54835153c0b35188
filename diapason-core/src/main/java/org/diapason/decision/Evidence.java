package org.diapason.decision;

import java.util.OptionalDouble;
import org.diapason.volume.RefusedException;

/**
 * What an expert's words are worth: the likelihood ratio of each, no more than its error rate e
 * allows. An expert that is wrong in a share e of the cases, whatever it says, can have no ratio
 * beyond {@code (1 − e)/e}, as a label of sensitivity and specificity 1 − e has; so a probability
 * of 0 or 1 outvotes nobody for ever.
 *
 * @param likelihood the ratio
 * @param errorRate what caps it; empty where nothing does
 * @param cut from which value on it votes yes
 * @param rows of the calibration half it was learned from, 0 where it is as stated
 * @param how where the ratio comes from, in words
 */
public record Evidence(
        Likelihood likelihood, OptionalDouble errorRate, double cut, int rows, String how) {

    /** Returns whether it was not shown to tell anything. */
    public boolean silent() {
        return likelihood instanceof Likelihood.Silent;
    }

    /** Returns the largest log ratio it may have. */
    private double cap() {
        return errorRate.isEmpty()
                ? Double.POSITIVE_INFINITY
                : StrictMath.log((1 - errorRate.getAsDouble()) / errorRate.getAsDouble());
    }

    /**
     * Returns the log likelihood ratio of what was said, NaN of NaN.
     *
     * @throws RefusedException if that is infinite and no error rate caps it
     */
    public double logRatio(double said) {
        double ratio = likelihood.of(said);
        double cap = cap();
        if (Double.isInfinite(ratio) && Double.isInfinite(cap)) {
            throw new RefusedException(
                    "is certain (p = "
                            + (ratio > 0 ? 1 : 0)
                            + "), which would veto every other expert; give its error-rate");
        }
        return Math.max(-cap, Math.min(cap, ratio));
    }

    /** Returns whether the error rate caps what was said. */
    public boolean capped(double said) {
        return Math.abs(likelihood.of(said)) > cap();
    }
}
