package org.diapason.reconstruction;

import java.util.function.DoubleUnaryOperator;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds the prior's weight at which the residual is as large as the noise: the root of a function
 * that grows with the weight, on the scale of logarithms of both, by steps of four until it is
 * enclosed, then by the Illinois form of false position.
 */
final class WeightSearch {
    private static final double STEP = 4;
    private static final double NEAR = 0.02;
    private static final int MOST = 24;

    /** Of what is missing; a step that brings less, twice in turn, leads nowhere. */
    private static final double FLAT = 0.05;

    private WeightSearch() {}

    /**
     * @param discrepancy from a weight to the residual's mean square over the noise's
     * @param hasty whether to give up where steps lead nowhere, before all are tried
     * @throws RefusedException if no weight gives 1
     */
    static double of(double first, boolean hasty, DoubleUnaryOperator discrepancy) {
        double low = Double.NaN;
        double high = Double.NaN;
        double atLow = Double.NaN;
        double atHigh = Double.NaN;
        double weight = first;
        double now = Double.NaN;
        int flat = 0;
        for (int trial = 0; trial < MOST; trial++) {
            double was = now;
            now = discrepancy.applyAsDouble(weight);
            if (Math.abs(now - 1) <= NEAR) {
                return weight;
            }
            double log = StrictMath.log(Math.max(now, Double.MIN_NORMAL));
            if (log < 0) {
                atHigh = was < 1 ? atHigh / 2 : atHigh;
                low = StrictMath.log(weight);
                atLow = log;
            } else {
                atLow = was > 1 ? atLow / 2 : atLow;
                high = StrictMath.log(weight);
                atHigh = log;
            }
            flat = Math.abs(was - now) < FLAT * Math.abs(now - 1) ? flat + 1 : 0;
            if (hasty && Double.isNaN(low) && flat == 2) {
                throw tooLarge(now);
            }
            if (Double.isNaN(low) || Double.isNaN(high)) {
                weight *= log < 0 ? STEP : 1 / STEP;
                requireReached(first, weight, now);
            } else {
                weight = StrictMath.exp(low - atLow * (high - low) / (atHigh - atLow));
            }
        }
        return weight;
    }

    private static void requireReached(double first, double weight, double now) {
        if (weight < first * 1e-6) {
            throw tooLarge(now);
        }
        if (weight > first * 1e9) {
            throw new RefusedException(
                    "even the smoothest image leaves a residual of only "
                            + Numbers.fixed(now, 2)
                            + " times the noise's variance: nothing in the image rises above such"
                            + " noise. Check --noise, or say --weight.");
        }
    }

    private static RefusedException tooLarge(double now) {
        return new RefusedException(
                "even without a prior the residual is "
                        + Numbers.fixed(now, 2)
                        + " times the noise's variance: the image is not what a blur of this"
                        + " width gives, or its noise is larger. Check --fwhm-mm, or say"
                        + " --noise or --weight.");
    }
}
