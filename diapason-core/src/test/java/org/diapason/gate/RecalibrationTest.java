package org.diapason.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.gate.Recalibration.Method;
import org.diapason.math.Rng;
import org.diapason.stats.Calibration;
import org.diapason.stats.Logistic;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RecalibrationTest {

    /** Probabilities and outcomes of the cancer prediction in the references. */
    private record Cancer(double[] p, boolean[] event) {
        static Cancer read() throws IOException {
            Path file =
                    Path.of(System.getProperty("diapason.data", "absent"))
                            .resolve("references/df_binary.csv");
            Assumptions.assumeTrue(Files.isRegularFile(file), file + " is absent");
            List<String[]> rows =
                    Files.readAllLines(file).stream().skip(1).map(l -> l.split(",")).toList();
            double[] p = rows.stream().mapToDouble(r -> Double.parseDouble(r[7])).toArray();
            boolean[] event = new boolean[p.length];
            IntStream.range(0, p.length).forEach(r -> event[r] = rows.get(r)[1].equals("TRUE"));
            return new Cancer(p, event);
        }
    }

    private static Cancer planted(long seed, int n, double intercept, double slope) {
        Rng rng = new Rng(seed);
        double[] p = new double[n];
        boolean[] event = new boolean[n];
        for (int r = 0; r < n; r++) {
            double l = -0.5 + 1.3 * rng.nextGaussian();
            p[r] = Logistic.probability(l);
            event[r] = rng.nextDouble() < Logistic.probability(intercept + slope * l);
        }
        return new Cancer(p, event);
    }

    // R 4.2: glm(y ~ log(p) + I(-log(1 - p)), binomial): 0.258677770097714, 1.095356590793455,
    // 0.735584217109307
    @Test
    void theBetaMapIsTheLogisticRegressionOnBothLogarithms() throws IOException {
        Cancer cancer = Cancer.read();
        Recalibration beta = Recalibration.learn(Method.BETA, cancer.p, cancer.event);
        assertEquals(0.258677770097714, beta.coefficients().get(0), 1e-9);
        assertEquals(1.095356590793455, beta.coefficients().get(1), 1e-9);
        assertEquals(0.735584217109307, beta.coefficients().get(2), 1e-9);
        double q = 0.3;
        double l = 0.258677770097714 + 1.095356590793455 * Math.log(q);
        l -= 0.735584217109307 * Math.log(1 - q);
        assertEquals(1 / (1 + Math.exp(-l)), beta.apply(q), 1e-12);
    }

    // calibration_reference.txt: isotonic Brier 0.0799822717956; R: isoreg
    @Test
    void theIsotonicMapHasTheBrierScoreOfTheReference() throws IOException {
        Cancer cancer = Cancer.read();
        RefusedException few =
                assertThrows(
                        RefusedException.class,
                        () -> Recalibration.learn(Method.ISOTONIC, cancer.p, cancer.event));
        assertEquals(
                "isotonic recalibration needs 500 rows of the rarer outcome and 1000 rows, found 105 of"
                        + " 750. Collect more, or take a simpler method.",
                few.getMessage());
        int times = 5; // the same rows five times: enough, and the same map
        double[] p = new double[times * cancer.p.length];
        boolean[] event = new boolean[p.length];
        for (int r = 0; r < p.length; r++) {
            p[r] = cancer.p[r % cancer.p.length];
            event[r] = cancer.event[r % cancer.p.length];
        }
        Recalibration map = Recalibration.learn(Method.ISOTONIC, p, event);
        double brier = 0;
        for (int r = 0; r < p.length; r++) {
            brier += Math.pow(map.apply(p[r]) - (event[r] ? 1 : 0), 2) / p.length;
        }
        assertEquals(0.0799822717956, brier, 1e-12);
        assertEquals(map.apply(0), map.values().get(0));
    }

    @Test
    void plattsTargetsKeepTheSlopeFromInfinity() {
        double[] ten = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
        boolean[] event = {true, true, true, false, true, false, false, false, false, true};
        double[] p = new double[40];
        boolean[] y = new boolean[40];
        for (int r = 0; r < 40; r++) {
            p[r] = ten[r % 10];
            y[r] = p[r] > 0.35; // separated
        }
        assertThrows(
                RefusedException.class,
                () -> Recalibration.learn(Method.PLATT, ten, event),
                "10 rows are too few");
        RefusedException separated =
                assertThrows(
                        RefusedException.class,
                        () -> Recalibration.learn(Method.INTERCEPT, p, all(40)));
        assertTrue(separated.getMessage().contains("found 0 of 40"), separated.getMessage());
        double[] twice = new double[50];
        boolean[] sick = new boolean[50];
        for (int r = 0; r < 50; r++) {
            twice[r] = ten[r % 10];
            sick[r] = twice[r] > 0.35;
        }
        assertThrows(
                RefusedException.class, () -> Recalibration.learn(Method.LOGISTIC, twice, sick));
        Recalibration platt = Recalibration.learn(Method.PLATT, twice, sick);
        assertTrue(Double.isFinite(platt.coefficients().get(1)));
        Recalibration chosen = Recalibration.choose(twice, sick);
        assertEquals(Method.FIRTH, chosen.method());
        assertEquals(
                "the outcomes are separated, and Firth's penalty keeps the slope", chosen.reason());
    }

    // R 4.2: coef(glm(ifelse(y == 1, 26/27, 1/27) ~ qlogis(p), binomial)), the ten rows five times
    @Test
    void plattsTargetsAreThoseOfTheCounts() {
        double[] ten = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
        double[] p = new double[50];
        boolean[] y = new boolean[50];
        for (int r = 0; r < 50; r++) {
            p[r] = ten[r % 10];
            y[r] = List.of(0, 1, 2, 4, 9).contains(r % 10);
        }
        Recalibration platt = Recalibration.learn(Method.PLATT, p, y);
        assertEquals(0.307582264664748, platt.coefficients().get(0), 1e-9);
        assertEquals(0.583158348275692, platt.coefficients().get(1), 1e-9);
    }

    private static boolean[] all(int n) {
        boolean[] all = new boolean[n];
        java.util.Arrays.fill(all, true);
        return all;
    }

    @Test
    void theMapIsChosenByEventsAndByWhatTheyAskFor() {
        int changed = 0; // 5 % of samples that need nothing, and two standard errors
        for (int seed = 0; seed < 200; seed++) {
            changed += choose(seed, 500, 0, 1) == Method.NONE ? 0 : 1;
        }
        assertTrue(changed <= 16, "changed " + changed);
        assertChosen(Method.INTERCEPT, 1, 1); // only the prevalence is off
        assertChosen(Method.TEMPERATURE, 0, 0.4); // too extreme about one half
        assertChosen(Method.LOGISTIC, 0.5, 0.5); // both
        Cancer few = planted(4, 20, 2, 1);
        Recalibration none = Recalibration.choose(few.p, few.event);
        assertEquals(Method.NONE, none.method());
        assertTrue(none.reason().endsWith("are too few to learn from (10 needed)"), none.reason());
    }

    private static Method choose(long seed, int n, double intercept, double slope) {
        Cancer sample = planted(seed, n, intercept, slope);
        return Recalibration.choose(sample.p, sample.event).method();
    }

    private static void assertChosen(Method method, double intercept, double slope) {
        int chosen = 0; // 95 of 100 and one and a half standard errors
        for (int seed = 0; seed < 20; seed++) {
            chosen += choose(seed, 3000, intercept, slope) == method ? 1 : 0;
        }
        assertTrue(chosen >= 17, method + " " + chosen);
    }

    private static final double[] TEN = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
    private static final boolean[] HAPPENED = {
        true, true, true, false, true, false, false, false, false, true
    };

    // R 4.2, brglm2 0.9: slope of glm(y ~ L, binomial, method = "brglmFit", type = "AS_mean"), then
    // coef(glm(y ~ 1, offset = slope * L, binomial)); 1/coef(glm(y ~ 0 + L, binomial)) = 1.7271136
    @Test
    void aFewEventsGiveFirthsLineOrOneTemperature() {
        Recalibration firth = Recalibration.learn(Method.FIRTH, TEN, HAPPENED);
        assertEquals(0.25355209110220206, firth.coefficients().get(0), 1e-8);
        assertEquals(0.48409654402008478, firth.coefficients().get(1), 1e-8);
        double mean = 0;
        for (double p : firth.apply(TEN)) {
            mean += p / TEN.length;
        }
        assertEquals(.5, mean, 1e-12, "as many as happened");
        double[] twice = new double[20];
        boolean[] event = new boolean[20];
        for (int r = 0; r < 20; r++) {
            twice[r] = TEN[r % 10];
            event[r] = HAPPENED[r % 10];
        }
        Recalibration temperature = Recalibration.learn(Method.TEMPERATURE, twice, event);
        assertEquals(1 / 1.7271135978882359, temperature.coefficients().get(0), 1e-9);
        assertEquals(
                Logistic.probability(Math.log(9) / 1.7271135978882359),
                temperature.apply(.9),
                1e-9);
        assertEquals(.5, temperature.apply(.5), 1e-15);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Recalibration(
                                Method.TEMPERATURE,
                                Numbers.of(-1),
                                Numbers.of(),
                                Numbers.of(),
                                9,
                                9,
                                ""));
    }

    /**
     * 10 to 19 events: of 300 samples that need nothing 5 % and two standard errors are changed;
     * where p is far too timid most are.
     */
    @Test
    void tenEventsAreJudgedByThePenalisedLikelihood() {
        int[] changed = new int[2];
        int[] samples = new int[2];
        for (int seed = 0; samples[0] < 300 || samples[1] < 50; seed++) {
            for (int timid = 0; timid < 2; timid++) {
                Cancer sample = shifted(seed, timid == 0 ? 1 : 2.5);
                int events = 0;
                for (boolean e : sample.event) {
                    events += e ? 1 : 0;
                }
                if (events >= 10 && events < 20) {
                    Method method = Recalibration.choose(sample.p, sample.event).method();
                    samples[timid]++;
                    changed[timid] += method == Method.NONE ? 0 : 1;
                    assertTrue(
                            List.of(Method.NONE, Method.INTERCEPT, Method.FIRTH).contains(method));
                }
            }
        }
        assertTrue(changed[0] <= 0.075 * samples[0], "changed " + changed[0] + "/" + samples[0]);
        assertTrue(changed[1] >= 0.8 * samples[1], "changed " + changed[1] + "/" + samples[1]);
    }

    private static Cancer shifted(long seed, double slope) {
        Rng rng = new Rng(Rng.seed(21, "sample " + seed));
        double[] p = new double[150];
        boolean[] event = new boolean[150];
        for (int r = 0; r < 150; r++) {
            double l = -2.5 + 1.3 * rng.nextGaussian();
            p[r] = Logistic.probability(l);
            event[r] = rng.nextDouble() < Logistic.probability(slope * l + (slope - 1) * 0.5);
        }
        return new Cancer(p, event);
    }

    /** Twelve events, each less probable than every other row: no intercept mends that. */
    @Test
    void aFewEventsThatPointTheWrongWayAreRefused() {
        double[] p = new double[100];
        boolean[] event = new boolean[100];
        for (int r = 0; r < 100; r++) {
            p[r] = 0.1 + 0.005 * r;
            event[r] = r < 12;
        }
        RefusedException e =
                assertThrows(RefusedException.class, () -> Recalibration.choose(p, event));
        assertTrue(e.getMessage().contains("the area under its curve is 0.000"), e.getMessage());
        assertThrows(RefusedException.class, () -> Recalibration.learn(Method.INTERCEPT, p, event));
    }

    /** Learned on one half, right on the other: slope 1 and intercept 0 lie in their intervals. */
    @Test
    void whatIsRecalibratedIsCalibratedOnOtherRows() {
        Cancer learned = planted(5, 4000, 0.8, 0.5);
        Cancer other = planted(6, 4000, 0.8, 0.5);
        for (Method method : List.of(Method.LOGISTIC, Method.PLATT, Method.BETA, Method.ISOTONIC)) {
            Recalibration map = Recalibration.learn(method, learned.p, learned.event);
            Calibration before = Calibration.of(other.p, other.event, 0, 1);
            Calibration after = Calibration.of(map.apply(other.p), other.event, 0, 1);
            assertTrue(before.slope().high() < 0.7, "before " + before.slope());
            if (method != Method.ISOTONIC) { // its outermost steps are 0 and 1, without log odds
                assertEquals(1, after.slope().value(), 0.12, method + " slope");
                assertEquals(0, after.inTheLarge().value(), 0.12, method + " in the large");
            }
            assertTrue(after.ici().value() < 0.05, method + " " + after.ici());
            assertTrue(after.brier().value() < before.brier().value(), method.toString());
        }
    }

    @Test
    void predictionsThatPointTheWrongWayAreRefused() {
        Cancer wrong = planted(7, 1000, 0, -1);
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> Recalibration.choose(wrong.p, wrong.event));
        assertTrue(
                e.getMessage().startsWith("events become rarer as the predicted probability rises"),
                e.getMessage());
        assertThrows(
                RefusedException.class,
                () -> Recalibration.learn(Method.LOGISTIC, wrong.p, wrong.event));
    }

    @Test
    void aMapThatCannotBeIsNotMade() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Recalibration(
                                Method.ISOTONIC,
                                Numbers.of(),
                                Numbers.of(0.1, 0.2),
                                Numbers.of(0.5, 0.4),
                                1,
                                1,
                                ""));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Recalibration(
                                Method.BETA,
                                Numbers.of(1, 1),
                                Numbers.of(),
                                Numbers.of(),
                                1,
                                1,
                                ""));
    }
}
