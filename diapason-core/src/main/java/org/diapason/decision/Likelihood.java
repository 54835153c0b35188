package org.diapason.decision;

import org.diapason.stats.Calibration;
import org.diapason.stats.Isotonic;
import org.diapason.volume.Numbers;

/**
 * From what an expert says to the log of its likelihood ratio, {@code ln P(said | finding)/P(said |
 * no finding)}: 0 says nothing, above 0 speaks for the finding.
 */
public sealed interface Likelihood {

    /** Returns the log likelihood ratio; NaN of NaN. */
    double of(double said);

    /**
     * {@code intercept + slope · x} of a score x, or of the log odds of a probability; x no further
     * out than low and high, beyond which nothing was seen.
     */
    record Line(boolean logOdds, double intercept, double slope, double low, double high)
            implements Likelihood {
        @Override
        public double of(double said) {
            double x = logOdds ? odds(said) : said;
            return intercept + slope * Math.max(low, Math.min(high, x));
        }

        /** Returns the log odds of a probability, infinite of 0 and 1. */
        static double odds(double p) {
            return Double.isNaN(p)
                    ? p
                    : p == 0
                            ? Double.NEGATIVE_INFINITY
                            : p == 1 ? Double.POSITIVE_INFINITY : Calibration.logit(p);
        }
    }

    /** A rising curve of probabilities at places, less the log odds of the prior there. */
    record Steps(Numbers places, Numbers probabilities, double prior) implements Likelihood {
        @Override
        public double of(double said) {
            return Line.odds(new Isotonic(places, probabilities).at(said)) - Line.odds(prior);
        }
    }

    /** One ratio for yes (1), another for no (0). */
    record Reads(double yes, double no) implements Likelihood {
        static Reads of(double sensitivity, double specificity) {
            return new Reads(log(sensitivity, 1 - specificity), log(1 - sensitivity, specificity));
        }

        /** What is never said says nothing: 0 to 0. */
        private static double log(double with, double without) {
            return with == without ? 0 : StrictMath.log(with / without);
        }

        @Override
        public double of(double said) {
            return Double.isNaN(said) ? said : said == 1 ? yes : no;
        }
    }

    /** Nothing was shown that it could tell. */
    record Silent() implements Likelihood {
        @Override
        public double of(double said) {
            return Double.isNaN(said) ? said : 0;
        }
    }
}
