package org.diapason.decision;

import static org.diapason.decision.Panels.NO;
import static org.diapason.decision.Panels.decide;
import static org.diapason.decision.Panels.label;
import static org.diapason.decision.Panels.posterior;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoteTest {
    private static final Map<String, Expert> THREE =
            Map.of("a", posterior(0.5, NO), "b", posterior(0.5, NO), "c", label(0.9, 0.8, NO));

    private static Vote vote(double quorum, Map<String, Double> weights) {
        return new Vote(List.of(), new TreeMap<>(weights), quorum);
    }

    // weights a 3, b 1, c 1; the share of those who speak
    @ParameterizedTest(name = "{0}, {1}, {2} say {3} with {4}")
    @CsvSource({
        "0.5, 0.1, 0, YES, 0.6",
        "0.49, 0.9, 1, NO, 0.4",
        "NaN, 0.9, 0, UNKNOWN, NaN",
        "0.9, NaN, NaN, YES, 1",
        "NaN, NaN, NaN, UNKNOWN, NaN"
    })
    void theWeightOfThoseWhoSpeakDecides(
            double a, double b, double c, Answer answer, double share) {
        Decisions.Decided d =
                decide(0.5, vote(0.5, Map.of("a", 3.0)), THREE, Map.of("a", a, "b", b, "c", c));
        assertEquals(answer, d.answer()[0]);
        assertEquals(share, d.score()[0], 1e-15);
    }

    @Test
    void aDrawAndAMissingQuorumAreUnknownWithTheirReason() {
        Map<String, Double> row = Map.of("a", 0.9, "b", 0.1, "c", Double.NaN);
        Decisions.Decided draw = decide(0.5, vote(0.5, Map.of()), THREE, row);
        assertEquals(Answer.UNKNOWN, draw.answer()[0]);
        assertEquals("the votes are even", draw.reason()[0]);
        Decisions.Decided few = decide(0.5, vote(0.7, Map.of()), THREE, row);
        assertEquals("too few experts speak", few.reason()[0]);
        assertThrows(IllegalArgumentException.class, () -> vote(2, Map.of()));
    }

    @Test
    void aRuleInWordsDecidesRowByRow() {
        Logic logic = new Logic("2 of (a > 0.5, b > 0.5, c)");
        Map<String, Double> row = Map.of("a", 0.9, "b", Double.NaN, "c", 1.0);
        assertEquals(Answer.YES, decide(0.5, logic, THREE, row).answer()[0]);
        Map<String, Double> open = Map.of("a", 0.9, "b", Double.NaN, "c", 0.0);
        Decisions.Decided d = decide(0.5, logic, THREE, open);
        assertEquals(Answer.UNKNOWN, d.answer()[0]);
        assertEquals("what is missing could turn the rule", d.reason()[0]);
    }

    // in binary 0.1 + 0.2 is more than 0.3
    @Test
    void weightsThatAreEvenInTenthsAreEven() {
        Vote vote = vote(0.5, Map.of("a", 0.1, "b", 0.2, "c", 0.3));
        Decisions.Decided third = decide(0.5, vote, THREE, Map.of("a", 0.1, "b", 0.1, "c", 1.0));
        assertEquals("the votes are even", third.reason()[0]);
        Decisions.Decided others = decide(0.5, vote, THREE, Map.of("a", 0.9, "b", 0.9, "c", 0.0));
        assertEquals("the votes are even", others.reason()[0]);
        Vote nobody = vote(0.5, Map.of("a", 0.0, "b", 0.0, "c", 0.0));
        assertEquals(
                "weights must not all be 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        decide(
                                                0.5,
                                                nobody,
                                                THREE,
                                                Map.of("a", 1.0, "b", 0.5, "c", 1.0)))
                        .getMessage());
    }

    @Test
    void aRuleInWordsRefusesWhatIsNoProbabilityAndTakesRounding() {
        Logic logic = new Logic("a > 0.5 or c");
        Decisions.Decided d = decide(0.5, logic, THREE, Map.of("a", 1.5, "b", 0.5, "c", 1.0));
        assertEquals(Answer.REFUSED, d.answer()[0]);
        assertEquals("a gives 1.5, which is no probability", d.reason()[0]);
        // 255 · 0.003921569f: what a map of probabilities in bytes reads as
        Map<String, Double> bytes = Map.of("a", 1.0000001, "b", -1e-7, "c", 0.0);
        assertEquals(Answer.YES, decide(0.5, logic, THREE, bytes).answer()[0]);
    }
}
