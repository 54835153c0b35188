package org.diapason.decision;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.stats.Calibration;
import org.diapason.stats.DeLong;
import org.diapason.stats.Isotonic;
import org.diapason.stats.Logistic;
import org.diapason.stats.Roc;
import org.diapason.stats.Tails;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns what an expert's words are worth from the rows of a calibration half, or takes what is
 * stated.
 *
 * <p>A score x, or the log odds x of a probability, is mapped by {@code logit P = a + b x} (by
 * maximum likelihood; Firth's where outcomes are separated); less the log odds of the finding among
 * those rows it is the log likelihood ratio (Brümmer and du Preez 2006, Computer Speech and
 * Language 20(2–3):230–275, doi:10.1016/j.csl.2005.08.001). Sensitivity and specificity are {@code
 * (count + ½)/(rows + 1)}. An expert whose area is not above ½, or whose slope does not rise, is
 * silent; one whose area is shown to be below ½ is refused.
 */
final class EvidenceFit {
    /** Rows of the rarer outcome that a line needs: ten for each coefficient. */
    static final int LEAST = 20;

    private static final int ISOTONIC_ROWS = 1000;
    private static final int ISOTONIC_LEAST = 500;

    /** A stated calibration is refused below this p. */
    private static final double CONTRADICTED = 0.01;

    private final String who;
    private final double[] said;
    private final boolean[] event;
    private final int events;

    /**
     * @param who in messages: {@code expert pet}
     * @param said what it said in the rows of the calibration half, NaN where nothing
     * @param truth whether the finding is there
     */
    EvidenceFit(String who, double[] said, boolean[] truth) {
        this.who = who;
        int[] rows = heard(said);
        this.said = new double[rows.length];
        event = new boolean[rows.length];
        int found = 0;
        for (int n = 0; n < rows.length; n++) {
            this.said[n] = said[rows[n]];
            event[n] = truth[rows[n]];
            found += event[n] ? 1 : 0;
        }
        events = found;
    }

    private static int[] heard(double[] said) {
        return java.util.stream.IntStream.range(0, said.length)
                .filter(r -> !Double.isNaN(said[r]))
                .toArray();
    }

    /** Takes what is stated, without a calibration half. */
    static Evidence stated(String who, Expert expert) {
        if (expert instanceof Expert.Posterior p && p.calibrated().isPresent()) {
            return new Evidence(
                    asItIs(p), p.errorRate(), p.cut(), 0, "as stated: " + p.calibrated().get());
        }
        if (expert instanceof Expert.Label l && l.sensitivity().isPresent()) {
            return new Evidence(
                    Likelihood.Reads.of(
                            l.sensitivity().getAsDouble(), l.specificity().getAsDouble()),
                    l.errorRate(),
                    1,
                    0,
                    "sensitivity and specificity as stated");
        }
        throw new RefusedException(
                who
                        + " is not calibrated: its "
                        + (expert instanceof Expert.Label ? "labels" : "numbers")
                        + " cannot be turned into evidence. Name the column of the truth, so that a"
                        + " calibration half can be fitted, or state "
                        + (expert instanceof Expert.Label
                                ? "sensitivity and specificity."
                                : "where its probability was shown to be calibrated (calibrated: and"
                                        + " prior:)."));
    }

    private static Likelihood asItIs(Expert.Posterior p) {
        double prior = Calibration.logit(p.prior().getAsDouble());
        return new Likelihood.Line(
                true, -prior, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Learns from the rows; what is stated stays, if they do not contradict. */
    Evidence of(Expert expert) {
        if (expert instanceof Expert.Label l) {
            return l.sensitivity().isPresent() ? stated(who, l) : counted(l);
        }
        if (expert instanceof Expert.Posterior p) {
            return p.calibrated().isPresent() ? checked(p) : fitted(true, p.errorRate(), p.cut());
        }
        Expert.Score s = (Expert.Score) expert;
        double cut = s.cut().orElseGet(() -> need() ? Roc.of(said, event).best().threshold() : 0);
        return s.curve() == Expert.Curve.ISOTONIC
                ? isotonic(s.errorRate(), cut)
                : fitted(false, s.errorRate(), cut);
    }

    private boolean need() {
        int rarer = Math.min(events, said.length - events);
        if (rarer < LEAST) {
            throw new RefusedException(
                    who
                            + " cannot be calibrated: the calibration half has "
                            + rarer
                            + " rows of the rarer outcome in which it says something, "
                            + LEAST
                            + " are needed. Collect more, or learn nothing (share: 0) and state"
                            + " what is known.");
        }
        return true;
    }

    /** Returns whether it tells nothing; refuses what points the other way. */
    private boolean useless() {
        DeLong area = DeLong.of(said, event);
        if (area.high() < 0.5) {
            throw new RefusedException(
                    who
                            + " points the other way: the area under its curve is "
                            + Numbers.fixed(area.auc(), 3)
                            + " on the calibration half. Look for exchanged labels; of a score say"
                            + " low: true.");
        }
        return area.auc() <= 0.5;
    }

    private Evidence made(Likelihood likelihood, OptionalDouble errorRate, double cut, String how) {
        double rate = errorRate.orElse(1.0 / (said.length + 2));
        return new Evidence(likelihood, OptionalDouble.of(rate), cut, said.length, how);
    }

    private Evidence silent(OptionalDouble errorRate, double cut) {
        return made(
                new Likelihood.Silent(),
                errorRate,
                cut,
                "not shown to tell the finding, so it says nothing");
    }

    private double prior() {
        return (double) events / said.length;
    }

    /** Fits the line; x no further out than was seen, certain probabilities a factor 2 further. */
    Evidence fitted(boolean logOdds, OptionalDouble errorRate, double cut) {
        need();
        double[] x = said.clone();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < x.length; n++) {
            x[n] = logOdds ? Likelihood.Line.odds(x[n]) : x[n];
            low = Double.isInfinite(x[n]) ? low : Math.min(low, x[n]);
            high = Double.isInfinite(x[n]) ? high : Math.max(high, x[n]);
        }
        if (low >= high || useless()) {
            return silent(errorRate, cut);
        }
        low -= logOdds ? StrictMath.log(2) : 0;
        high += logOdds ? StrictMath.log(2) : 0;
        for (int n = 0; n < x.length; n++) {
            x[n] = Math.max(low, Math.min(high, x[n]));
        }
        Logistic line = line(x);
        double a = line.coefficients().get(0);
        double b = line.coefficients().get(1);
        return b > 0
                ? made(
                        new Likelihood.Line(logOdds, a - Calibration.logit(prior()), b, low, high),
                        errorRate,
                        cut,
                        "logistic on "
                                + said.length
                                + " rows, slope "
                                + Numbers.fixed(b, 3)
                                + " ± "
                                + Numbers.fixed(line.standardError(1), 3))
                : silent(errorRate, cut);
    }

    private Logistic line(double[] x) {
        double[] y = outcomes();
        try {
            return Logistic.of(y, null, x);
        } catch (Logistic.Separated e) {
            return Logistic.firth(y, null, x);
        }
    }

    private double[] outcomes() {
        double[] y = new double[event.length];
        for (int n = 0; n < y.length; n++) {
            y[n] = event[n] ? 1 : 0;
        }
        return y;
    }

    private Evidence isotonic(OptionalDouble errorRate, double cut) {
        if (said.length < ISOTONIC_ROWS
                || Math.min(events, said.length - events) < ISOTONIC_LEAST) {
            throw new RefusedException(
                    who
                            + ": an isotonic curve needs 1000 rows and 500 of the rarer outcome in"
                            + " the calibration half, found "
                            + said.length
                            + " and "
                            + Math.min(events, said.length - events)
                            + ". Take curve: logistic.");
        }
        if (useless()) {
            return silent(errorRate, cut);
        }
        Isotonic fit = Isotonic.of(said, outcomes(), null);
        return made(
                new Likelihood.Steps(fit.x(), fit.y(), prior()),
                errorRate,
                cut,
                "isotonic on " + said.length + " rows");
    }

    private Evidence counted(Expert.Label label) {
        need();
        double yes = 0;
        double no = 0;
        for (int n = 0; n < said.length; n++) {
            yes += event[n] && said[n] == 1 ? 1 : 0;
            no += !event[n] && said[n] == 0 ? 1 : 0;
        }
        double sensitivity = (yes + 0.5) / (events + 1);
        double specificity = (no + 0.5) / (said.length - events + 1);
        if (useless()) {
            return silent(label.errorRate(), 1);
        }
        return made(
                Likelihood.Reads.of(sensitivity, specificity),
                label.errorRate(),
                1,
                "sensitivity "
                        + Numbers.fixed(sensitivity, 3)
                        + ", specificity "
                        + Numbers.fixed(specificity, 3)
                        + " on "
                        + said.length
                        + " rows");
    }

    /** Takes a stated probability, unless a line on the calibration half is surely better. */
    private Evidence checked(Expert.Posterior p) {
        Evidence stated = stated(who, p);
        need();
        double[] here = new double[said.length];
        double[] x = new double[said.length];
        for (int n = 0; n < here.length; n++) {
            double l = Likelihood.Line.odds(said[n]) - Calibration.logit(p.prior().getAsDouble());
            here[n] = Logistic.probability(l + Calibration.logit(prior()));
            x[n] = Calibration.logit(here[n]);
        }
        if (Arrays.stream(x).distinct().count() > 1) {
            Logistic line = line(x);
            double gain = -2 * Calibration.logLikelihood(here, event) - line.deviance();
            double chance = Tails.chiSquared(gain, 2);
            if (chance < CONTRADICTED) {
                throw new RefusedException(
                        who
                                + " is stated to be calibrated ("
                                + p.calibrated().get()
                                + "), but the calibration half contradicts: slope "
                                + Numbers.fixed(line.coefficients().get(1), 3)
                                + ", intercept "
                                + Numbers.fixed(line.coefficients().get(0), 3)
                                + " instead of 1 and 0 ("
                                + (chance < 1e-4 ? "p < 0.0001" : "p = " + Numbers.fixed(chance, 4))
                                + "). Leave out calibrated: to have it mended here.");
            }
        }
        return new Evidence(stated.likelihood(), p.errorRate(), p.cut(), said.length, stated.how());
    }
}
