package org.diapason.gate;

import java.util.Locale;
import org.diapason.stats.Calibration;
import org.diapason.stats.Isotonic;
import org.diapason.stats.Logistic;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * A rising map from predicted probabilities to those with which events happen, learned from a
 * labelled sample. With L = logit p (0 and 1 moved to 1e-12 from the end):
 *
 * <ul>
 *   <li>{@code intercept}: {@code logit p' = a + L}; 10 events;
 *   <li>{@code temperature}: {@code L/T}, the coefficient being 1/T (Guo and others 2017, ICML,
 *       PMLR 70:1321–1330); 10 events;
 *   <li>{@code firth}: {@code a + b L}, b by Firth's penalised likelihood, which has a maximum
 *       where outcomes are separated, then a by likelihood, so that as many events are predicted as
 *       there are (Puhr and others 2017, Statistics in Medicine 36(14):2302–2317,
 *       doi:10.1002/sim.7273); 5 events;
 *   <li>{@code logistic}: {@code a + b L}; 20 events;
 *   <li>{@code platt}: the same with targets {@code (N₊ + 1)/(N₊ + 2)} and {@code 1/(N₋ + 2)}
 *       (Platt 1999; Lin, Lin and Weng 2007, doi:10.1007/s10994-007-5018-6);
 *   <li>{@code beta}: {@code c + a ln p − b ln(1 − p)}, a and b not negative (Kull, Silva Filho and
 *       Flach 2017, AISTATS, PMLR 54:623–631); 30 events;
 *   <li>{@code isotonic}: a rising step function of p, straight between its places and level
 *       outside; it makes ties, which may change the AUC; 1,000 rows and 500 events.
 * </ul>
 *
 * <p>Events are those of the rarer outcome. {@link #choose} takes the most complex of none,
 * intercept or temperature (which fits better), logistic and beta that ten events per coefficient
 * allow and a closed test of likelihood ratios at 5 % asks for (Vergouwe and others 2017,
 * Statistics in Medicine 36(28):4529–4539, doi:10.1002/sim.7179). With 10 to 19 events it is none,
 * intercept or firth, by penalised likelihood ratios; where outcomes are separated, firth. Isotonic
 * and platt are taken on request only.
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
        NONE(0, 0),
        INTERCEPT(10, 1),
        TEMPERATURE(10, 1),
        FIRTH(5, 2),
        LOGISTIC(20, 2),
        PLATT(20, 2),
        BETA(30, 3),
        ISOTONIC(500, 0);

        private final int least;
        private final int coefficients;

        Method(int least, int coefficients) {
            this.least = least;
            this.coefficients = coefficients;
        }

        /** Returns how many rows of the rarer outcome it needs. */
        public int least() {
            return least;
        }

        int coefficients() {
            return coefficients;
        }

        /** Returns its name as it is typed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Recalibration {
        int needed = method.coefficients;
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
            boolean slope = n > 0 || method == Method.TEMPERATURE;
            if (!Double.isFinite(c) || slope && c < 0) {
                throw new IllegalArgumentException(
                        method.word() + " recalibration needs finite slopes that are not negative");
            }
        }
    }

    /**
     * Learns a map of the given method; arrays are not modified.
     *
     * @param p predicted probabilities, 0 to 1, one a row
     * @param event whether it happened, as many
     * @throws RefusedException if there are too few events, outcomes are separated, or events
     *     become rarer as p rises
     */
    public static Recalibration learn(Method method, double[] p, boolean[] event) {
        return new RecalibrationFit(p, event).learn(method, "as asked for");
    }

    /**
     * Learns the simplest map that the sample does not contradict; arrays are not modified.
     *
     * @param p predicted probabilities, 0 to 1, one a row
     * @param event whether it happened, as many
     * @throws RefusedException if events become rarer as p rises
     */
    public static Recalibration choose(double[] p, boolean[] event) {
        return new RecalibrationFit(p, event).choose();
    }

    /**
     * Returns the recalibrated probability.
     *
     * @param p the predicted one, 0 to 1
     */
    public double apply(double p) {
        double l = Calibration.logit(p);
        return switch (method) {
            case NONE -> p;
            case ISOTONIC -> new Isotonic(places, values).at(p);
            case INTERCEPT -> Logistic.probability(coefficients.get(0) + l);
            case TEMPERATURE -> Logistic.probability(coefficients.get(0) * l);
            case FIRTH, LOGISTIC, PLATT ->
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
