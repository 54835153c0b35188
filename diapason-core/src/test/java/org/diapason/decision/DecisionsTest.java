package org.diapason.decision;

import static org.diapason.decision.Panels.NO;
import static org.diapason.decision.Panels.plan;
import static org.diapason.decision.Panels.readings;
import static org.diapason.decision.Panels.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Bayes FITTED = new Bayes(List.of(), new Dependence.Fitted());

    // a second; with a count of the calibration half for every row it is minutes
    @Test
    void manyRowsTakeTimeInProportion() {
        int n = 400_000;
        Rng rng = new Rng(3);
        double[] a = new double[n];
        List<Answer> truth = new ArrayList<>();
        for (int r = 0; r < n; r++) {
            truth.add(Answer.of(r % 4 == 0));
            a[r] = rng.nextGaussian() + (r % 4 == 0 ? 1 : 0);
        }
        Decisions all =
                assertTimeout(
                        Duration.ofSeconds(30),
                        () ->
                                Decisions.of(
                                        plan(true, NO, Map.of("a", score("x")), FITTED),
                                        readings(Map.of("a", a), truth)));
        assertEquals(0.25, all.prior(), 1e-12);
    }

    // eleven of either kind in the calibration half: too few for a line, and none is needed
    @Test
    void aRuleInWordsNeedsNothingToLearnFrom() {
        List<Answer> truth = new ArrayList<>();
        double[] a = new double[44];
        for (int r = 0; r < a.length; r++) {
            truth.add(Answer.of(r % 2 == 0));
            a[r] = r;
        }
        for (String words : List.of("a > 20", "not a > 20")) {
            Decisions.Decided d =
                    Decisions.of(
                                    plan(true, NO, Map.of("a", score("x")), new Logic(words)),
                                    readings(Map.of("a", a), truth))
                            .decided()
                            .get("fused");
            assertEquals(44, d.count(Answer.YES) + d.count(Answer.NO), words);
            assertTrue(Double.isNaN(d.probability()[0]), "no probability is made up");
        }
    }
}
