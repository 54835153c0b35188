package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LogisticTest {

    // R 4.2: summary(glm(cancer ~ age + famhistory + marker, binomial, df_binary,
    //   control = list(epsilon = 1e-15)))$coef; deviance
    @Test
    void coefficientsAndErrorsAreThoseOfR() throws IOException {
        Asah data = Asah.read("df_binary.csv");
        Logistic fit =
                Logistic.of(
                        zeroOrOne(data.is("cancer", "TRUE")),
                        null,
                        data.column("age"),
                        data.column("famhistory"),
                        data.column("marker"));
        double[] b = {-22.070294799475299, 0.281993331039544, 0.865180628551202, 0.978330771739044};
        double[] se = {
            2.2106213440856410, 0.0311945464972826, 0.3082190526499122, 0.1182140474158937
        };
        for (int c = 0; c < 4; c++) {
            assertEquals(b[c], fit.coefficients().get(c), 1e-9);
            assertEquals(se[c], fit.standardError(c), 1e-9);
        }
        assertEquals(427.78725257333, fit.deviance(), 1e-9);
        assertTrue(fit.iterations() < 10, "Newton doubles the digits: " + fit.iterations());
    }

    static double[] zeroOrOne(boolean[] event) {
        double[] y = new double[event.length];
        for (int r = 0; r < y.length; r++) {
            y[r] = event[r] ? 1 : 0;
        }
        return y;
    }

    @Test
    void separatedOutcomesAreRefusedWhollyOrButForTies() {
        double[] y = {0, 0, 0, 1, 1, 1};
        assertSeparated(y, new double[] {1, 2, 3, 4, 5, 6});
        assertSeparated(y, new double[] {1, 2, 3, 3, 5, 6});
        assertSeparated(y, new double[] {-1e-6, -2e-6, -3e-6, 1e-6, 2e-6, 3e-6});
        assertSeparated(new double[] {1, 1, 1}, new double[] {1, 2, 3});
        // told apart by the sum of two columns, by neither alone
        assertThrows(
                Logistic.Separated.class,
                () ->
                        Logistic.of(
                                y,
                                null,
                                new double[] {1, 5, 3, 2, 6, 4},
                                new double[] {4, 0, 2, 5, 1, 3}));
    }

    /** A site whose rows are all events separates, however much the rest overlaps. */
    @Test
    void oneSiteWithEventsOnlySeparates() {
        double[] y = new double[60];
        double[] x = new double[60];
        double[] site = new double[60];
        for (int r = 0; r < 60; r++) {
            site[r] = r < 10 ? 1 : 0;
            x[r] = r % 7;
            y[r] = r < 10 || r % 3 == 0 ? 1 : 0;
        }
        assertThrows(Logistic.Separated.class, () -> Logistic.of(y, null, x, site));
    }

    private static void assertSeparated(double[] y, double[] x) {
        assertThrows(Logistic.Separated.class, () -> Logistic.of(y, null, x));
    }

    /** One row in 10⁵ on the wrong side, and the maximum is there however steep it is. */
    @Test
    void aSteepSlopeIsNotTakenForSeparation() {
        int n = 100_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int r = 0; r < n; r++) {
            x[r] = r - n / 2 + 0.5;
            y[r] = x[r] > 0 ? 1 : 0;
        }
        y[n / 2 + 5] = 0;
        Logistic fit = Logistic.of(y, null, x);
        // the score equation of the slope, solved by bisection over all rows: 0.5 < b < 1
        assertTrue(fit.coefficients().get(1) > 0.1, "" + fit.coefficients().get(1));
        double gradient = 0;
        for (int r = 0; r < n; r++) {
            double l = fit.coefficients().get(0) + fit.coefficients().get(1) * x[r];
            gradient += (y[r] - Logistic.probability(l)) * x[r];
        }
        assertEquals(0, gradient, 1e-6);
    }

    @Test
    void columnsThatSayTheSameAreRefused() {
        double[] x = {1, 2, 3, 4};
        assertEquals(
                "the columns of a logistic regression are linearly dependent. Leave one out.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Logistic.of(new double[] {0, 1, 0, 1}, null, x, x))
                        .getMessage());
    }

    private static final double[] TEN = {
        2.197224577336219, 1.386294361119891, 0.8472978603872034, 0.4054651081081642,
        -0.40546510810816444, -0.8472978603872036, -1.3862943611198906, -2.197224577336219,
        -2.197224577336219, -2.9444389791664403
    };

    // R 4.2, brglm2 0.9: glm(y ~ L, binomial, method = "brglmFit", type = "AS_mean"); y of the ten
    // probabilities, then y = p > .35, which is separated
    @Test
    void firthsPenaltyGivesSeparatedOutcomesASlope() {
        double[] y = {1, 1, 1, 0, 1, 0, 0, 0, 0, 1};
        Logistic fit = Logistic.firth(y, null, TEN);
        assertEquals(0.24697576113447225, fit.coefficients().get(0), 1e-8);
        assertEquals(0.48409654402008478, fit.coefficients().get(1), 1e-8);
        assertEquals(0.71869260167979743, fit.standardError(0), 1e-8);
        assertEquals(0.44444116067671030, fit.standardError(1), 1e-8);
        double[] apart = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
        Logistic other = Logistic.firth(apart, null, TEN);
        assertEquals(0.94618260036802204, other.coefficients().get(0), 1e-7);
        assertEquals(1.66648727516690731, other.coefficients().get(1), 1e-7);
        // sum(y log q + (1 - y) log(1 - q)) + log(det(t(X) %*% (w * X)))/2 at the maximum, at (0,
        // 1), and by optimize() over the intercept at slope 1
        assertEquals(2 * 4.6967073841414999, fit.deviance(), 1e-9);
        assertEquals(
                2 * 5.6042084957788383,
                Logistic.firth(y, new double[] {0, 1}, TEN).deviance(),
                1e-9);
        Logistic held = Logistic.firth(y, new double[] {Double.NaN, 1}, TEN);
        assertEquals(2 * 5.3506397323316861, held.deviance(), 1e-9);
        assertEquals(0.53904158793306278, held.coefficients().get(0), 1e-6);
    }

    // R 4.2: coef(glm(y ~ 0 + L, binomial)) = 1/1.7271136
    @Test
    void withoutInterceptTheLineGoesThroughTheOrigin() {
        double[] y = {1, 1, 1, 0, 1, 0, 0, 0, 0, 1};
        Logistic fit = Logistic.throughOrigin(y, TEN);
        assertEquals(1, fit.coefficients().size());
        assertEquals(0.57900071033139155, fit.coefficients().get(0), 1e-9);
    }
}
