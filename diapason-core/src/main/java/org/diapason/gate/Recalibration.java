package org.diapason.gate;

import java.util.Locale;
import org.diapason.stats.Calibration;
import org.diapason.stats.Estimate;
import org.diapason.stats.Isotonic;
import org.diapason.stats.Logistic;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

/**
 * A rising map from predicted probabilities to those with which events happen, learned from a
 * labelled sample. With L = logit p (0 and 1 moved to 1e-12 from the end):
 *
 * <ul>
 *   <li>{@code intercept}: {@code logit p' = a + L}; 10 events;
 *   <li>{@code logistic}: {@code a + b L}; 20 events;
 *   <li>{@code platt}: the same with targets {@code (N₊ + 1)/(N₊ + 2)} and {@code 1/(N₋ + 2)},
 *       which has a maximum even where outcomes are separated (Platt 1999; Lin, Lin and Weng 2007,
 *       doi:10.1007/s10994-007-5018-6);
 *   <li>{@code beta}: {@code c + a ln p − b ln(1 − p)}, a and b not negative (Kull, Silva Filho and
 *       Flach 2017, AISTATS, PMLR 54:623–631); 30 events;
 *   <li>{@code isotonic}: a rising step function of p, straight between its places and level
 *       outside; it makes ties, which may change the AUC; 1,000 rows and 500 events.
 * </ul>
 *
 * <p>Events are those of the rarer outcome. {@link #choose} takes the most complex of none,
 * intercept, logistic and beta that ten events per coefficient allow and a closed test of
 * likelihood ratios at 5 % asks for (Vergouwe and others 2017, Statistics in Medicine
 * 36(28):4529–4539, doi:10.1002/sim.7179); isotonic is taken on request only.
 *
 * @param method which map
 * @param coefficients of the map, intercept first; empty for none and isotonic
 * @param places of the isotonic map, rising
 * @param values at the places
 * @param events rows with the event it was learned from
 * @param others rows without
 * @param reason why this method
 */
public record Recalibration(
        Method method,
        Numbers coefficients,
        Numbers places,
        Numbers values,
        int events,
        int others,
        String reason) {

    /** The map. */
    public enum Method {
        NONE(0),
        INTERCEPT(10),
        LOGISTIC(20),
        PLATT(20),
        BETA(30),
        ISOTONIC(500);

        private final int least;

        Method(int least) {
            this.least = least;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int ISOTONIC_ROWS = 1000;
    private static final double LEVEL = 0.05;
    private static final Numbers NOTHING = Numbers.of();

    public Recalibration {
        int needed =
                switch (method) {
                    case NONE, ISOTONIC -> 0;
                    case INTERCEPT -> 1;
                    case LOGISTIC, PLATT -> 2;
                    case BETA -> 3;
                };
        if (coefficients.size() != needed
                || places.size() != values.size()
                || (method == Method.ISOTONIC) == (places.size() == 0)) {
            throw new IllegalArgumentException(
                    method.word()
                            + " recalibration needs "
                            + needed
                            + " coefficients and "
                            + (method == Method.ISOTONIC ? "places with values" : "no places")
                            + ", got "
                            + coefficients.size()
                            + " and "
                            + places.size());
        }
        for (int n = 0; n < places.size(); n++) {
            boolean rises =
                    n == 0
                            || places.get(n) > places.get(n - 1)
                                    && values.get(n) >= values.get(n - 1);
            if (!rises || !(values.get(n) >= 0 && values.get(n) <= 1)) {
                throw new IllegalArgumentException(
                        "isotonic recalibration needs rising places and values of 0 to 1 that do not"
                                + " fall");
            }
        }
        for (int n = 0; n < coefficients.size(); n++) {
            double c = coefficients.get(n);
            if (!Double.isFinite(c) || n > 0 && c < 0) {
                throw new IllegalArgumentException(
                        method.word() + " recalibration needs finite slopes that are not negative");
            }
        }
    }

    /**
     * Learns a map of the given method; arrays are not modified.
     *
     * @throws RefusedException if there are too few events, outcomes are separated, or events
     *     become rarer as p rises
     */
    public static Recalibration learn(Method method, double[] p, boolean[] event) {
        return learn(method, p, event, "as asked for");
    }

    private static Recalibration learn(Method method, double[] p, boolean[] event, String reason) {
        int events = count(event);
        int others = event.length - events;
        int rarer = Math.min(events, others);
        if (rarer < method.least || method == Method.ISOTONIC && p.length < ISOTONIC_ROWS) {
            throw new RefusedException(
                    method.word()
                            + " recalibration needs "
                            + method.least
                            + " rows of the rarer outcome"
                            + (method == Method.ISOTONIC ? " and 1000 rows" : "")
                            + ", found "
                            + rarer
                            + " of "
                            + p.length
                            + ". Collect more, or take a simpler method.");
        }
        Numbers coefficients = NOTHING;
        Numbers places = NOTHING;
        Numbers values = NOTHING;
        if (method == Method.ISOTONIC) {
            if (Calibration.of(p, event, 0, 0).auc().auc() < 0.5) {
                throw falls("the area under its curve is below 0.5");
            }
            Isotonic fit = Isotonic.of(checked(p), outcomes(event), null);
            places = fit.x();
            values = fit.y();
        } else if (method != Method.NONE) {
            coefficients = coefficients(method, p, event, events, others);
        }
        return new Recalibration(method, coefficients, places, values, events, others, reason);
    }

    private static double[] checked(double[] p) {
        for (double v : p) {
            Calibration.logit(v);
        }
        return p;
    }

    private static int count(boolean[] event) {
        int events = 0;
        for (boolean e : event) {
            events += e ? 1 : 0;
        }
        return events;
    }

    private static double[] outcomes(boolean[] event) {
        double[] y = new double[event.length];
        for (int r = 0; r < y.length; r++) {
            y[r] = event[r] ? 1 : 0;
        }
        return y;
    }

    private static RefusedException falls(String found) {
        return new RefusedException(
                "events become rarer as the predicted probability rises: "
                        + found
                        + ". Look for swapped labels; no recalibration can mend that.");
    }

    private static Numbers coefficients(
            Method method, double[] p, boolean[] event, int events, int others) {
        try {
            return fit(method, p, event, events, others).coefficients();
        } catch (Logistic.Separated e) {
            throw new RefusedException(
                    method.word()
                            + " recalibration cannot be learned: "
                            + e.getMessage()
                            + " Platt's form remains.");
        }
    }

    /** A fit, its coefficients in the order of the record. */
    private record Fit(Numbers coefficients, double deviance) {}

    private static Fit fit(Method method, double[] p, boolean[] event, int events, int others) {
        double[] y = outcomes(event);
        double[] logit = new double[p.length];
        for (int r = 0; r < p.length; r++) {
            logit[r] = Calibration.logit(p[r]);
        }
        if (method == Method.INTERCEPT) {
            Logistic fit = Logistic.of(y, logit);
            return new Fit(fit.coefficients(), fit.deviance());
        }
        if (method == Method.BETA) {
            return beta(y, logit);
        }
        if (method == Method.PLATT) {
            for (int r = 0; r < y.length; r++) {
                y[r] = event[r] ? (events + 1.0) / (events + 2) : 1.0 / (others + 2);
            }
        }
        Logistic fit = Logistic.of(y, null, logit);
        double slope = fit.coefficients().get(1);
        if (slope <= 0) {
            throw falls("the slope is " + Numbers.fixed(slope, 3));
        }
        return new Fit(fit.coefficients(), fit.deviance());
    }

    private static Fit beta(double[] y, double[] logit) {
        double[] up = new double[logit.length]; // ln p
        double[] down = new double[logit.length]; // −ln(1 − p)
        for (int r = 0; r < logit.length; r++) {
            double p = Logistic.probability(logit[r]);
            double q = Logistic.probability(-logit[r]);
            up[r] = StrictMath.log(p);
            down[r] = -StrictMath.log(q);
        }
        Logistic both = Logistic.of(y, null, up, down);
        double a = both.coefficients().get(1);
        double b = both.coefficients().get(2);
        if (a >= 0 && b >= 0) {
            return new Fit(both.coefficients(), both.deviance());
        }
        if (a < 0 && b < 0) {
            throw falls("both slopes are negative");
        }
        Logistic one = Logistic.of(y, null, a < 0 ? down : up);
        double slope = one.coefficients().get(1);
        if (slope <= 0) {
            throw falls("the slope is " + Numbers.fixed(slope, 3));
        }
        double c = one.coefficients().get(0);
        return new Fit(a < 0 ? Numbers.of(c, 0, slope) : Numbers.of(c, slope, 0), one.deviance());
    }

    /**
     * Learns the simplest map that the sample does not contradict.
     *
     * @throws RefusedException if events become rarer as p rises
     */
    public static Recalibration choose(double[] p, boolean[] event) {
        int events = count(event);
        int rarer = Math.min(events, event.length - events);
        Method most =
                rarer >= Method.BETA.least
                        ? Method.BETA
                        : rarer >= Method.LOGISTIC.least ? Method.LOGISTIC : Method.INTERCEPT;
        if (rarer < Method.INTERCEPT.least) {
            return learn(
                    Method.NONE,
                    p,
                    event,
                    rarer + " rows of the rarer outcome are too few to learn from (10 needed)");
        }
        Estimate slope = Calibration.of(p, event, 0, 0).slope();
        if (slope.high() <= 0) {
            throw falls("the slope is " + Numbers.fixed(slope.value(), 3));
        }
        Method[] ladder = {Method.NONE, Method.INTERCEPT, Method.LOGISTIC, Method.BETA};
        try {
            double best = deviance(most, p, event);
            for (int rung = 0; ladder[rung] != most; rung++) {
                double gain = deviance(ladder[rung], p, event) - best;
                int freedom = parameters(most) - parameters(ladder[rung]);
                double chance = 1 - new ChiSquaredDistribution(freedom).cumulativeProbability(gain);
                if (gain <= 0 || chance >= LEVEL) {
                    return learn(ladder[rung], p, event, because(rarer, most, chance));
                }
            }
        } catch (Logistic.Separated e) {
            return learn(
                    rarer >= Method.PLATT.least ? Method.PLATT : Method.NONE,
                    p,
                    event,
                    "the outcomes are separated, so only Platt's targets have a maximum");
        }
        return learn(most, p, event, because(rarer, most, 0));
    }

    private static String because(int rarer, Method most, double chance) {
        String may = rarer + " rows of the rarer outcome allow " + most.word();
        return chance == 0
                ? may + ", and every simpler map fits worse (likelihood ratio, 5 %)"
                : may
                        + ", which fits no better than this (likelihood ratio, p = "
                        + Numbers.fixed(chance, 3)
                        + ")";
    }

    private static int parameters(Method method) {
        return switch (method) {
            case INTERCEPT -> 1;
            case LOGISTIC, PLATT -> 2;
            case BETA -> 3;
            case NONE, ISOTONIC -> 0;
        };
    }

    private static double deviance(Method method, double[] p, boolean[] event) {
        if (method == Method.NONE) {
            return 2 * p.length * Calibration.of(p, event, 0, 0).logLoss();
        }
        int events = count(event);
        return fit(method, p, event, events, event.length - events).deviance();
    }

    /** Returns the recalibrated probability. */
    public double apply(double p) {
        double l = Calibration.logit(p);
        return switch (method) {
            case NONE -> p;
            case ISOTONIC -> new Isotonic(places, values).at(p);
            case INTERCEPT -> Logistic.probability(coefficients.get(0) + l);
            case LOGISTIC, PLATT ->
                    Logistic.probability(coefficients.get(0) + coefficients.get(1) * l);
            case BETA ->
                    Logistic.probability(
                            coefficients.get(0)
                                    + coefficients.get(1) * StrictMath.log(Logistic.probability(l))
                                    - coefficients.get(2)
                                            * StrictMath.log(Logistic.probability(-l)));
        };
    }

    /** Returns all of them recalibrated. */
    public double[] apply(double[] p) {
        double[] mapped = new double[p.length];
        for (int r = 0; r < p.length; r++) {
            mapped[r] = apply(p[r]);
        }
        return mapped;
    }
}
