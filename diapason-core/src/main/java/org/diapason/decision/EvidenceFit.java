package org.diapason.decision;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.diapason.stats.Calibration;
import org.diapason.stats.Clusters;
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
 * silent; one whose area is below ½ by more than chance allows (one-sided p < 0.001, rows of one
 * patient counted together) is refused.
 */
final class EvidenceFit {
    /** Rows of the rarer outcome that a line needs: ten for each coefficient. */
    static final int LEAST = 20;

    private static final int ISOTONIC_ROWS = 1000;
    private static final int ISOTONIC_LEAST = 500;

    /** A stated calibration is refused below this p. */
    private static final double CONTRADICTED = 0.01;

    /** Standard errors below ½ that show an expert to point the other way: one chance in 1,000. */
    private static final double WRONG_WAY = 3.09;

    private final String who;
    private final double[] said;
    private final boolean[] event;
    private final Clusters clusters;
    private final int events;

    /**
     * @param who in messages: {@code expert pet}
     * @param said what it said in the rows of the calibration half, NaN where nothing
     * @param truth whether the finding is there
     * @param patients whose the rows are
     */
    EvidenceFit(String who, double[] said, boolean[] truth, Clusters patients) {
        this.who = who;
        int[] rows = heard(said);
        clusters = patients.of(rows);
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
        return IntStream.range(0, said.length).filter(r -> !Double.isNaN(said[r])).toArray();
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
            return l.sensitivity().isPresent() ? checked(l) : counted(l);
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

    private int rarer() {
        return Math.min(events, said.length - events);
    }

    private boolean need() {
        int rarer = rarer();
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
        DeLong area = DeLong.of(said, event, clusters);
        if (wrongWay(area)) {
            throw new RefusedException(
                    who
                            + " points the other way: the area under its curve is "
                            + Numbers.fixed(area.auc(), 3)
                            + " on the calibration half. Look for exchanged labels; of a score say"
                            + " low: true.");
        }
        return area.auc() <= 0.5;
    }

    private static boolean wrongWay(DeLong area) {
        return 0.5 - area.auc() > WRONG_WAY * area.standardError();
    }

    /** Says whether a line can be fitted: there are rows enough, and it does not point down. */
    boolean teaches() {
        return rarer() >= LEAST && !wrongWay(DeLong.of(said, event, clusters));
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
        Logistic line = line(outcomes(), x);
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

    private static Logistic line(double[] y, double[] x) {
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
        if (said.length < ISOTONIC_ROWS || rarer() < ISOTONIC_LEAST) {
            throw new RefusedException(
                    who
                            + ": an isotonic curve needs 1000 rows and 500 of the rarer outcome in"
                            + " the calibration half, found "
                            + said.length
                            + " and "
                            + rarer()
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
        // who is certain without an error rate is refused row by row
        int[] rows =
                IntStream.range(0, said.length)
                        .filter(r -> p.errorRate().isPresent() || said[r] > 0 && said[r] < 1)
                        .toArray();
        double[] x = new double[rows.length];
        double[] here = new double[rows.length];
        double[] y = new double[rows.length];
        boolean[] found = new boolean[rows.length];
        for (int n = 0; n < rows.length; n++) {
            x[n] = stated.logRatio(said[rows[n]]) + Calibration.logit(prior());
            here[n] = Logistic.probability(x[n]);
            found[n] = event[rows[n]];
            y[n] = found[n] ? 1 : 0;
        }
        if (Arrays.stream(x).distinct().count() > 1) {
            Logistic line = line(y, x);
            contradict(
                    p.calibrated().get(),
                    -2 * Calibration.logLikelihood(here, found) - line.deviance(),
                    "slope "
                            + Numbers.fixed(line.coefficients().get(1), 3)
                            + ", intercept "
                            + Numbers.fixed(line.coefficients().get(0), 3)
                            + " instead of 1 and 0",
                    "Leave out calibrated: to have it mended here.");
        }
        return new Evidence(stated.likelihood(), p.errorRate(), p.cut(), said.length, stated.how());
    }

    /** Takes stated sensitivity and specificity, unless counts on the calibration half differ. */
    private Evidence checked(Expert.Label label) {
        Evidence stated = stated(who, label);
        if (rarer() < LEAST) {
            return stated;
        }
        double error = label.errorRate().orElse(0);
        int yes = 0;
        int no = 0;
        for (int n = 0; n < said.length; n++) {
            yes += event[n] && said[n] == 1 ? 1 : 0;
            no += !event[n] && said[n] == 0 ? 1 : 0;
        }
        int without = said.length - events;
        contradict(
                "sensitivity and specificity",
                gain(yes, events, label.sensitivity().getAsDouble(), error)
                        + gain(no, without, label.specificity().getAsDouble(), error),
                "sensitivity "
                        + Numbers.fixed((double) yes / events, 3)
                        + ", specificity "
                        + Numbers.fixed((double) no / without, 3),
                "Leave both out to have them counted here.");
        return stated;
    }

    /** Returns twice the log likelihood that the share counted has more than the one stated. */
    private static double gain(int count, int of, double stated, double error) {
        double p = Math.max(error, Math.min(1 - error, stated));
        return 2 * (part(count, of, p) + part(of - count, of, 1 - p));
    }

    private static double part(int count, int of, double p) {
        return count == 0 ? 0 : count * StrictMath.log(count / (of * p));
    }

    private void contradict(String stated, double gain, String found, String advice) {
        double chance = Tails.chiSquared(Math.max(0, gain), 2);
        if (chance < CONTRADICTED) {
            throw new RefusedException(
                    who
                            + " is stated to be calibrated ("
                            + stated
                            + "), but the calibration half contradicts: "
                            + found
                            + " ("
                            + (chance < 1e-4 ? "p < 0.0001" : "p = " + Numbers.fixed(chance, 4))
                            + "). "
                            + advice);
        }
    }
}
