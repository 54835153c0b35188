package org.diapason.decision;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Default;

/**
 * Somebody or something that speaks of a finding: a model, a reader, a laboratory test. What it
 * says stands in one column, and it names the finding it speaks of, so that evidence for different
 * things is never multiplied.
 */
public sealed interface Expert {

    /** Returns the column in which it speaks. */
    String column();

    /** Returns the finding it speaks of. */
    String finding();

    /** Returns how often it is wrong where it is certain. */
    OptionalDouble errorRate();

    private static void check(String column, String finding, OptionalDouble errorRate) {
        if (column.isBlank() || finding.isBlank()) {
            throw new IllegalArgumentException("an expert needs a column and a finding");
        }
        double e = errorRate.orElse(0.1);
        if (!(e > 0 && e < 0.5)) {
            throw new IllegalArgumentException(
                    "error-rate must be above 0 and below 0.5, got " + e);
        }
    }

    private static void share(String name, OptionalDouble share) {
        double s = share.orElse(0.5);
        if (!(s > 0 && s < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, got " + s);
        }
    }

    /**
     * Gives the probability of the finding.
     *
     * @param column where it stands, 0 to 1
     * @param finding what it is the probability of
     * @param prior the probability of the finding that it was made under; needed where it is taken
     *     as it is
     * @param calibrated where its calibration was shown (a study, a report): it is then taken as it
     *     is, and refused where the calibration half contradicts; without it the calibration half
     *     mends it
     * @param errorRate how often it is wrong where it is certain; caps what it can add. Without it
     *     1/(n + 2) of the n rows it is calibrated on
     * @param cut from which probability on it votes yes
     */
    record Posterior(
            String column,
            String finding,
            OptionalDouble prior,
            Optional<String> calibrated,
            OptionalDouble errorRate,
            @Default("0.5") double cut)
            implements Expert {
        public Posterior {
            check(column, finding, errorRate);
            share("prior", prior);
            if (calibrated.isPresent() && prior.isEmpty()) {
                throw new IllegalArgumentException(
                        "a probability that is taken as it is needs the prior it was made under");
            }
            if (!(cut >= 0 && cut <= 1)) {
                throw new IllegalArgumentException("cut must be 0 to 1, got " + cut);
            }
        }
    }

    /**
     * Gives a number that is no probability; it needs a calibration half.
     *
     * @param column where it stands
     * @param finding what it speaks of
     * @param low whether low values speak for the finding
     * @param curve how it is calibrated
     * @param errorRate how often it is wrong where it is certain; caps what it can add. Without it
     *     1/(n + 2) of the n rows it is calibrated on
     * @param cut from which value on it votes yes; without it the point of Youden on the
     *     calibration half
     */
    record Score(
            String column,
            String finding,
            @Default("false") boolean low,
            @Default("logistic") Curve curve,
            OptionalDouble errorRate,
            OptionalDouble cut)
            implements Expert {
        public Score {
            check(column, finding, errorRate);
        }
    }

    /** A rising map from a score to a probability. */
    enum Curve {
        /** A line of the log odds. */
        LOGISTIC,
        /** Isotonic regression; from 1,000 rows and 500 of the rarer outcome. */
        ISOTONIC
    }

    /**
     * Says yes or no.
     *
     * @param column where it stands: 0 and 1, yes and no, or two words
     * @param finding what it speaks of
     * @param sensitivity share of yes where the finding is there; without it (and specificity) it
     *     is counted on the calibration half
     * @param specificity share of no where it is not
     * @param positive the word for yes, where it is not plain
     * @param negative the word for no, where it is not plain
     * @param errorRate how often it is wrong where it is certain; needed where sensitivity or
     *     specificity is 1
     */
    record Label(
            String column,
            String finding,
            OptionalDouble sensitivity,
            OptionalDouble specificity,
            Optional<String> positive,
            Optional<String> negative,
            OptionalDouble errorRate)
            implements Expert {
        public Label {
            check(column, finding, errorRate);
            if (sensitivity.isPresent() != specificity.isPresent()) {
                throw new IllegalArgumentException(
                        "sensitivity and specificity go together; give both, or neither and have"
                                + " them counted on the calibration half");
            }
            if (positive.isPresent() != negative.isPresent()) {
                throw new IllegalArgumentException(
                        "positive and negative go together: name both words");
            }
            if (sensitivity.isPresent()) {
                rates(sensitivity.getAsDouble(), specificity.getAsDouble(), errorRate);
            }
        }

        private static void rates(double sensitivity, double specificity, OptionalDouble error) {
            if (!(sensitivity >= 0 && sensitivity <= 1 && specificity >= 0 && specificity <= 1)) {
                throw new IllegalArgumentException(
                        "sensitivity and specificity must be 0 to 1, got "
                                + sensitivity
                                + " and "
                                + specificity);
            }
            if (sensitivity + specificity < 1) {
                throw new IllegalArgumentException(
                        "sensitivity + specificity is below 1: its yes speaks against the finding."
                                + " Exchange positive and negative");
            }
            if (Math.max(sensitivity, specificity) == 1 && error.isEmpty()) {
                throw new IllegalArgumentException(
                        "a sensitivity or specificity of 1 would veto every other expert; give its"
                                + " error-rate");
            }
        }
    }
}
