package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    // R 4.2: glm(y ~ L, binomial), glm(y ~ 1, offset = L), pROC::auc, ResourceSelection-like
    // deciles
    // by rank; the file calibration_reference.txt of the references
    @Test
    void theReferencesOfTheCancerPredictionAreMet() throws IOException {
        Asah data = Asah.read("df_binary.csv");
        double[] p = data.column("cancerpredmarker");
        boolean[] y = data.is("cancer", "TRUE");
        Calibration c = Calibration.of(p, y, 0, 1);
        assertEquals(750, c.n());
        assertEquals(105, c.events());
        assertEquals(4.03003511874e-08, c.intercept().value(), 1e-9);
        assertEquals(1.00000002870, c.slope().value(), 1e-9);
        assertEquals(3.11070413221e-09, c.inTheLarge().value(), 1e-9);
        assertEquals(0.084929097797, c.brier().value(), 1e-11);
        assertEquals(0.294608822284, c.scaledBrier(), 1e-11);
        assertEquals(0.285191488624, c.logLoss(), 1e-11);
        assertEquals(0.860627537837, c.auc().auc(), 1e-11);
        assertEquals(14.4006402172, c.hosmerLemeshow(), 1e-9);
        assertEquals(0.0719022521388, c.hosmerLemeshowP(), 1e-9);
        assertEquals(0.0218550072, c.ece().value(), 1e-9);
        // confint.default of the two fits
        assertEquals(0.812327976826739, c.slope().low(), 1e-8);
        assertEquals(1.187672080582847, c.slope().high(), 1e-8);
        assertEquals(-0.344742391082438, c.intercept().low(), 1e-8);
        assertEquals(1.959963984540054 * 0.124677777428618, c.inTheLarge().high(), 1e-8);
    }

    // R 4.2: e <- abs(predict(loess(y ~ p, control = loess.control(surface = "direct")), p) - p);
    //   mean(e), quantile(e, .9), max(e); one of 750 fitted values is below 0 and is cut here
    @Test
    void theDistanceFromTheSmoothCurveIsThatOfLoess() throws IOException {
        Asah data = Asah.read("df_binary.csv");
        double[] p = data.column("cancerpredmarker");
        boolean[] y = data.is("cancer", "TRUE");
        double[] at = {p[0], p[1], p[2], p[3]};
        double[] smooth = Loess.smooth(p, LogisticTest.zeroOrOne(y), 0.75, at);
        assertEquals(0.047739874661566803, smooth[0], 1e-7);
        assertEquals(0.622705878866678497, smooth[1], 1e-7);
        assertEquals(0.027151780583799884, smooth[2], 1e-7);
        assertEquals(-0.000735124407823435, smooth[3], 1e-7);
        Calibration c = Calibration.of(p, y, 50, 1);
        assertEquals(0.0183892166295324, c.ici().value(), 3e-4);
        assertEquals(0.0473958697272527, c.e90(), 1e-6);
        assertEquals(0.1410333933516428, c.eMax(), 1e-6);
        assertTrue(c.ici().low() < c.ici().value() && c.ici().value() < c.ici().high());
        assertTrue(c.ece().low() < c.ece().value() && c.ece().value() < c.ece().high());
    }

    private static final double[] P = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
    private static final boolean[] Y = {
        true, true, true, false, true, false, false, false, false, true
    };

    // R 4.2: glm(y ~ L), glm(y ~ 1, offset = L), pROC::var; closed forms for the rest
    @Test
    void slopeAndInterceptOfTenRowsAreThoseOfR() {
        Calibration c = Calibration.of(P, Y, 0, 1);
        assertEquals(0.341487326662550, c.intercept().value(), 1e-9);
        assertEquals(0.644487867854962, c.slope().value(), 1e-9);
        assertEquals(0.544397, c.inTheLarge().value(), 1e-6);
        assertEquals(.19125, c.brier().value(), 1e-15);
        assertEquals(.630403, c.logLoss(), 1e-6);
        assertEquals(.76, c.auc().auc(), 1e-15);
        assertEquals(.0392, c.auc().variance(), 1e-15);
        assertEquals(5 / 4.15, c.observedOverExpected(), 1e-14);
        assertTrue(Double.isNaN(c.hosmerLemeshow()), "too few rows for ten groups");
    }

    @Test
    void certaintyIsCountedAndOneOfItThatIsWrongCosts() {
        double[] p = P.clone();
        p[9] = 0; // and the event happened
        Calibration c = Calibration.of(p, Y, 0, 1);
        assertEquals(1, c.clipped());
        assertTrue(c.logLoss() > 2.7, "−log(1e-12)/10 alone is 2.76: " + c.logLoss());
        assertTrue(Double.isFinite(c.slope().value()));
        assertEquals(
                "a probability must be 0 … 1, got 1.5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Calibration.of(new double[] {0.1, 1.5}, two(), 0, 1))
                        .getMessage());
    }

    private static boolean[] two() {
        return new boolean[] {false, true};
    }

    @Test
    void separatedOrEqualPredictionsHaveNoSlope() {
        assertTrue(
                Double.isNaN(Calibration.of(new double[] {.1, .9}, two(), 0, 1).slope().value()));
        assertEquals(
                0.5, Calibration.of(new double[] {0.0, -0.0}, two(), 0, 1).ici().value(), 1e-15);
        Calibration level = Calibration.of(new double[] {.3, .3}, two(), 0, 1);
        assertTrue(Double.isNaN(level.slope().value()));
        assertEquals(Math.log(.7 / .3), level.inTheLarge().value(), 1e-9);
        double[] alike = {.3, .3000001, .3, .3000001};
        boolean[] turns = {true, false, false, true};
        assertTrue(Double.isNaN(Calibration.of(alike, turns, 0, 1).slope().value()));
    }

    @Test
    void binsAreClosedBelowAndOneIsInTheLast() {
        List<CalibrationCurve.Bin> bins =
                CalibrationCurve.bins(
                        new double[] {.1, .19, .3, 1}, new boolean[] {true, false, false, true});
        assertEquals(3, bins.size());
        assertEquals(2, bins.get(0).n());
        assertEquals(.145, bins.get(0).predicted(), 1e-15);
        // Wilson 1927 for 1 of 2: R: binom::binom.confint(1, 2, methods = "wilson")
        assertEquals(0.09453120573, bins.get(0).observed().low(), 1e-9);
        assertEquals(1, bins.get(2).predicted());
    }

    /** The same rows, twice: as a whole and in groups, the curve is one curve. */
    @Test
    void manyRowsAreGroupedWithoutMovingTheCurve() {
        Rng rng = new Rng(8);
        double[] p = new double[19_999];
        boolean[] y = new boolean[p.length];
        double[] twice = new double[2 * p.length];
        boolean[] both = new boolean[twice.length];
        for (int r = 0; r < p.length; r++) {
            p[r] = rng.nextDouble();
            y[r] = rng.nextDouble() < p[r] * p[r];
            twice[2 * r] = p[r];
            twice[2 * r + 1] = p[r];
            both[2 * r] = y[r];
            both[2 * r + 1] = y[r];
        }
        Calibration one = Calibration.of(p, y, 0, 1);
        Calibration two = Calibration.of(twice, both, 0, 1);
        // ∫ |p − p²| = 1/6 where all is known
        assertEquals(1 / 6.0, one.ici().value(), 0.01);
        assertEquals(one.ici().value(), two.ici().value(), 1e-4);
        assertEquals(one.eMax(), two.eMax(), 1e-3);
    }

    @Test
    void aGroupThatIsCertainAndWrongIsInfinitelyFar() {
        double[] p = new double[40];
        boolean[] y = new boolean[40];
        for (int r = 0; r < 40; r++) {
            p[r] = r < 20 ? 0 : 0.5;
            y[r] = r % 2 == 0;
        }
        Calibration c = Calibration.of(p, y, 0, 1);
        assertEquals(Double.POSITIVE_INFINITY, c.hosmerLemeshow());
        assertEquals(0, c.hosmerLemeshowP());
    }

    /**
     * Intervals of slope and calibration in the large hold the truth in 93 to 97 of 100 samples.
     */
    @Test
    void intervalsHoldTheTruth() {
        int slope = 0;
        int large = 0;
        for (int sample = 0; sample < 1000; sample++) {
            Rng rng = new Rng(Rng.seed(3, "sample " + sample));
            double[] p = new double[300];
            boolean[] y = new boolean[300];
            for (int r = 0; r < 300; r++) {
                double truth = -1 + 1.2 * rng.nextGaussian();
                y[r] = rng.nextDouble() < Logistic.probability(truth);
                p[r] = Logistic.probability((truth - 0.4) / 0.8); // slope 0.8, intercept 0.4
            }
            Calibration c = Calibration.of(p, y, 0, 1);
            slope += c.slope().low() <= 0.8 && 0.8 <= c.slope().high() ? 1 : 0;
            large += c.intercept().low() <= 0.4 && 0.4 <= c.intercept().high() ? 1 : 0;
        }
        assertTrue(slope >= 930 && slope <= 970, "slope " + slope);
        assertTrue(large >= 930 && large <= 970, "intercept " + large);
    }
}
