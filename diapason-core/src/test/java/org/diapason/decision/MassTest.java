package org.diapason.decision;

import static org.diapason.decision.Panels.INDEPENDENT;
import static org.diapason.decision.Panels.NO;
import static org.diapason.decision.Panels.decide;
import static org.diapason.decision.Panels.posterior;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MassTest {
    private static void same(Mass expected, Mass found) {
        assertEquals(expected.yes(), found.yes(), 1e-14);
        assertEquals(expected.no(), found.no(), 1e-14);
        assertEquals(expected.either(), found.either(), 1e-14);
        assertEquals(expected.conflict(), found.conflict(), 1e-14);
    }

    // by hand: 0.6·0.7 + 0.6·0.2 + 0.3·0.7 = 0.75; 0.1·0.1 + 0.1·0.2 + 0.3·0.1 = 0.06; 0.3·0.2;
    // K = 0.6·0.1 + 0.1·0.7 = 0.13
    @Test
    void twoMassesAreCombinedByHand() {
        Mass a = new Mass(0.6, 0.1, 0.3, 0);
        Mass b = new Mass(0.7, 0.1, 0.2, 0);
        Mass both = a.and(b);
        same(new Mass(0.75, 0.06, 0.06, 0.13), both);
        same(both, b.and(a));
        same(
                new Mass(0.75 / 0.87, 0.06 / 0.87, 0.06 / 0.87, 0),
                both.normalised(Mass.Normalisation.DEMPSTER));
        same(new Mass(0.75, 0.06, 0.19, 0), both.normalised(Mass.Normalisation.YAGER));
    }

    @Test
    void ignoranceChangesNothingAndOrderDoesNotMatter() {
        Mass a = Mass.of(2);
        Mass b = Mass.of(-1);
        Mass c = new Mass(0.2, 0.5, 0.3, 0);
        same(a, a.and(Mass.VACUOUS));
        same(a.and(b).and(c), c.and(a.and(b)));
        same(a.and(b).and(c), a.and(c).and(b));
        Mass d = new Mass(0.4, 0.3, 0.3, 0);
        same(a.and(b).and(c).and(d), a.and(b).and(c.and(d)));
        Mass all = a.and(b).and(c);
        assertEquals(1, all.yes() + all.no() + all.either() + all.conflict(), 1e-15);
        same(Mass.VACUOUS, a.discounted(0));
        same(a, a.discounted(1));
    }

    // two certain experts who contradict each other nearly wholly, in the manner of Zadeh 1979:
    // Dempster knows by the rest that is left, Yager knows nothing
    @Test
    void whoContradictsLeavesYagerIgnorantAndDempsterSure() {
        Mass a = new Mass(0.99, 0, 0.01, 0);
        Mass b = new Mass(0, 0.9, 0.1, 0);
        Mass both = a.and(b);
        assertEquals(0.891, both.conflict(), 1e-15);
        assertEquals(0.099 / 0.109, both.normalised(Mass.Normalisation.DEMPSTER).yes(), 1e-12);
        assertEquals(0.892, both.normalised(Mass.Normalisation.YAGER).either(), 1e-15);
    }

    // Denœux 2019, equation 24 ff.: normalised plausibilities are the logistic of the summed
    // weights
    @ParameterizedTest
    @CsvSource({"2, 1, -0.5", "-3, 0.2, 0.1", "0, 0, 0", "5, -5, 1"})
    void plausibilitiesOfSimpleMassesAreBayes(double a, double b, double c) {
        Mass m = Mass.of(a).and(Mass.of(b)).and(Mass.of(c)).normalised(Mass.Normalisation.DEMPSTER);
        double yes = m.yes() + m.either();
        double no = m.no() + m.either();
        assertEquals(1 / (1 + Math.exp(-(a + b + c))), yes / (yes + no), 1e-12);
    }

    @Test
    void theRuleSaysBeliefPlausibilityAndConflict() {
        Map<String, Expert> two = Map.of("a", posterior(0.5, NO), "b", posterior(0.5, NO));
        Map<String, Double> row = Map.of("a", 0.9, "b", 0.2);
        Decisions.Decided dempster =
                decide(0.5, rule(Mass.Normalisation.DEMPSTER, Map.of()), two, row);
        // λ = ln 9 and −ln 4: yes 8/9, no 3/4, K = 2/3; 8/9·1/4 = 2/9, 1/9·3/4, 1/9·1/4, over 1/3
        Mass m = dempster.masses().orElseThrow()[0];
        same(new Mass(2.0 / 3, 1.0 / 4, 1.0 / 12, 2.0 / 3), m);
        assertEquals(2.0 / 3 + 1.0 / 24, dempster.probability()[0], 1e-14);
        Decisions.Decided yager = decide(0.5, rule(Mass.Normalisation.YAGER, Map.of()), two, row);
        same(new Mass(2.0 / 9, 1.0 / 12, 25.0 / 36, 2.0 / 3), yager.masses().orElseThrow()[0]);
        Decisions.Decided trusted =
                decide(0.5, rule(Mass.Normalisation.DEMPSTER, Map.of("b", 0.0)), two, row);
        same(new Mass(8.0 / 9, 0, 1.0 / 9, 0), trusted.masses().orElseThrow()[0]);
    }

    @Test
    void certaintyIsCappedAndAllMissingStaysUnknown() {
        OptionalDouble errs = OptionalDouble.of(0.01);
        Map<String, Expert> two = Map.of("a", posterior(0.5, errs), "b", posterior(0.5, errs));
        DempsterShafer rule = rule(Mass.Normalisation.DEMPSTER, Map.of());
        Decisions.Decided d = decide(0.5, rule, two, Map.of("a", 1.0, "b", 0.0));
        assertEquals(0.5, d.probability()[0], 1e-12);
        Decisions.Decided none = decide(0.5, rule, two, Map.of("a", Double.NaN, "b", Double.NaN));
        assertEquals(Answer.UNKNOWN, none.answer()[0]);
        assertEquals(null, none.masses().orElseThrow()[0]);
    }

    // e^−690 on each side of each of two pairs is no number any more
    @Test
    void whollyContradictingExpertsAreRefusedByDempsterAndUnknownToYager() {
        OptionalDouble never = OptionalDouble.of(1e-300);
        Map<String, Expert> four = new TreeMap<>();
        Map<String, Double> row = new TreeMap<>();
        for (int e = 0; e < 4; e++) {
            four.put("e" + e, posterior(0.5, never));
            row.put("e" + e, e % 2 == 0 ? 1.0 : 0.0);
        }
        Decisions.Decided d = decide(0.5, rule(Mass.Normalisation.DEMPSTER, Map.of()), four, row);
        assertEquals(Answer.REFUSED, d.answer()[0]);
        assertEquals(
                "the experts contradict each other wholly, and nothing is left", d.reason()[0]);
        Decisions.Decided yager = decide(0.5, rule(Mass.Normalisation.YAGER, Map.of()), four, row);
        assertEquals(0.5, yager.probability()[0], 1e-12);
    }

    private static DempsterShafer rule(Mass.Normalisation by, Map<String, Double> reliability) {
        return new DempsterShafer(List.of(), INDEPENDENT, new TreeMap<>(reliability), by);
    }
}
