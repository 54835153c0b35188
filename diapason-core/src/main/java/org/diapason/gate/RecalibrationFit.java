package org.diapason.gate;

import org.diapason.gate.Recalibration.Method;
import org.diapason.stats.Calibration;
import org.diapason.stats.DeLong;
import org.diapason.stats.Isotonic;
import org.diapason.stats.Logistic;
import org.diapason.stats.Tails;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Learns a {@link Recalibration}, and chooses which the sample asks for. */
final class RecalibrationFit {
    private static final int ISOTONIC_ROWS = 1000;
    private static final double LEVEL = 0.05;
    private static final Numbers NOTHING = Numbers.of();

    private final double[] p;
    private final boolean[] event;
    private final double[] y;
    private final double[] logit;
    private final int events;
    private final int rarer;

    RecalibrationFit(double[] p, boolean[] event) {
        this.p = p;
        this.event = event;
        y = new double[p.length];
        logit = new double[p.length];
        int found = 0;
        for (int r = 0; r < p.length; r++) {
            y[r] = event[r] ? 1 : 0;
            logit[r] = Calibration.logit(p[r]);
            found += event[r] ? 1 : 0;
        }
        events = found;
        rarer = Math.min(events, p.length - events);
    }

    /** Coefficients in the order of the record, and −2 log likelihood. */
    private record Fit(Numbers coefficients, double deviance) {}

    Recalibration learn(Method method, String reason) {
        if (rarer < method.least() || method == Method.ISOTONIC && p.length < ISOTONIC_ROWS) {
            throw new RefusedException(
                    method.word()
                            + " recalibration needs "
                            + method.least()
                            + " rows of the rarer outcome"
                            + (method == Method.ISOTONIC ? " and 1000 rows" : "")
                            + ", found "
                            + rarer
                            + " of "
                            + p.length
                            + ". Collect more, or take a simpler method.");
        }
        if (method == Method.NONE) {
            return made(method, NOTHING, NOTHING, NOTHING, reason);
        }
        DeLong area = DeLong.of(p, event);
        if (area.high() < 0.5 || method == Method.ISOTONIC && area.auc() < 0.5) {
            throw falls("the area under its curve is " + Numbers.fixed(area.auc(), 3));
        }
        if (method == Method.ISOTONIC) {
            Isotonic fit = Isotonic.of(p, y, null);
            return made(method, NOTHING, fit.x(), fit.y(), reason);
        }
        try {
            return made(method, fit(method).coefficients, NOTHING, NOTHING, reason);
        } catch (Logistic.Separated e) {
            throw new RefusedException(
                    method.word()
                            + " recalibration cannot be learned: "
                            + e.getMessage()
                            + " Firth's and Platt's forms remain.");
        }
    }

    private Recalibration made(
            Method method, Numbers coefficients, Numbers places, Numbers values, String reason) {
        return new Recalibration(
                method, coefficients, places, values, events, p.length - events, reason);
    }

    private static RefusedException falls(String found) {
        return new RefusedException(
                "events become rarer as the predicted probability rises: "
                        + found
                        + ". Look for swapped labels; no recalibration can mend that.");
    }

    private static void rising(double slope) {
        if (slope <= 0) {
            throw falls("the slope is " + Numbers.fixed(slope, 3));
        }
    }

    private Fit fit(Method method) {
        return switch (method) {
            case NONE, ISOTONIC -> throw new IllegalStateException(method.word());
            case INTERCEPT -> of(Logistic.of(y, logit));
            case TEMPERATURE -> {
                Logistic fit = Logistic.throughOrigin(y, logit);
                rising(fit.coefficients().get(0));
                yield of(fit);
            }
            case FIRTH -> firth();
            case LOGISTIC -> line(y);
            case PLATT -> line(targets());
            case BETA -> beta();
        };
    }

    private static Fit of(Logistic fit) {
        return new Fit(fit.coefficients(), fit.deviance());
    }

    private Fit line(double[] outcome) {
        Logistic fit = Logistic.of(outcome, null, logit);
        rising(fit.coefficients().get(1));
        return of(fit);
    }

    private double[] targets() {
        double[] targets = new double[y.length];
        for (int r = 0; r < y.length; r++) {
            targets[r] = event[r] ? (events + 1.0) / (events + 2) : 1.0 / (y.length - events + 2);
        }
        return targets;
    }

    private Fit firth() {
        Logistic fit = Logistic.firth(y, null, logit);
        double slope = fit.coefficients().get(1);
        rising(slope);
        double[] offset = logit.clone();
        for (int r = 0; r < offset.length; r++) {
            offset[r] *= slope;
        }
        double intercept = Logistic.of(y, offset).coefficients().get(0);
        return new Fit(Numbers.of(intercept, slope), fit.deviance());
    }

    private Fit beta() {
        double[] up = new double[logit.length]; // ln p
        double[] down = new double[logit.length]; // −ln(1 − p)
        for (int r = 0; r < logit.length; r++) {
            up[r] = StrictMath.log(Logistic.probability(logit[r]));
            down[r] = -StrictMath.log(Logistic.probability(-logit[r]));
        }
        Logistic both = Logistic.of(y, null, up, down);
        double a = both.coefficients().get(1);
        double b = both.coefficients().get(2);
        if (a >= 0 && b >= 0) {
            return of(both);
        }
        if (a < 0 && b < 0) {
            throw falls("both slopes are negative");
        }
        Logistic one = Logistic.of(y, null, a < 0 ? down : up);
        double slope = one.coefficients().get(1);
        rising(slope);
        double c = one.coefficients().get(0);
        return new Fit(a < 0 ? Numbers.of(c, 0, slope) : Numbers.of(c, slope, 0), one.deviance());
    }

    Recalibration choose() {
        if (rarer < Method.INTERCEPT.least()) {
            return learn(
                    Method.NONE,
                    rarer + " rows of the rarer outcome are too few to learn from (10 needed)");
        }
        DeLong area = DeLong.of(p, event);
        if (area.high() < 0.5) {
            throw falls("the area under its curve is " + Numbers.fixed(area.auc(), 3));
        }
        try {
            return rarer < Method.LOGISTIC.least() ? few() : many();
        } catch (Logistic.Separated e) {
            return learn(
                    Method.FIRTH,
                    "the outcomes are separated, and Firth's penalty keeps the slope");
        }
    }

    /** Steps from Firth's line back to an intercept or nothing, by penalised likelihood ratios. */
    private Recalibration few() {
        Fit best = firth();
        double none = Logistic.firth(y, new double[] {0, 1}, logit).deviance();
        double moved = Logistic.firth(y, new double[] {Double.NaN, 1}, logit).deviance();
        double ofNone = Tails.chiSquared(none - best.deviance, 2);
        if (ofNone >= LEVEL) {
            return learn(Method.NONE, because(Method.FIRTH, ofNone));
        }
        double ofIntercept = Tails.chiSquared(moved - best.deviance, 1);
        return ofIntercept >= LEVEL
                ? learn(Method.INTERCEPT, because(Method.FIRTH, ofIntercept))
                : learn(Method.FIRTH, because(Method.FIRTH, Double.NaN));
    }

    private Recalibration many() {
        Method most = rarer < Method.BETA.least() ? Method.LOGISTIC : Method.BETA;
        double best = fit(most).deviance;
        double none = -2 * Calibration.logLikelihood(p, event);
        double ofNone = Tails.chiSquared(none - best, most.coefficients());
        if (ofNone >= LEVEL) {
            return learn(Method.NONE, because(most, ofNone));
        }
        double intercept = fit(Method.INTERCEPT).deviance;
        double temperature = fit(Method.TEMPERATURE).deviance;
        Method one = intercept <= temperature ? Method.INTERCEPT : Method.TEMPERATURE;
        double ofOne =
                Tails.chiSquared(Math.min(intercept, temperature) - best, most.coefficients() - 1);
        if (ofOne >= LEVEL) {
            return learn(one, because(most, ofOne));
        }
        double ofLine =
                most == Method.LOGISTIC
                        ? Double.NaN
                        : Tails.chiSquared(fit(Method.LOGISTIC).deviance - best, 1);
        return ofLine >= LEVEL
                ? learn(Method.LOGISTIC, because(most, ofLine))
                : learn(most, because(most, Double.NaN));
    }

    private String because(Method most, double chance) {
        String may = rarer + " rows of the rarer outcome allow " + most.word();
        return Double.isNaN(chance)
                ? may + ", and every simpler map fits worse (likelihood ratio, 5 %)"
                : may
                        + ", which fits no better than this (likelihood ratio, p = "
                        + Numbers.fixed(chance, 3)
                        + ")";
    }
}
