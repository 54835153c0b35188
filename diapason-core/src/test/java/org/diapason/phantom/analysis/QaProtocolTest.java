package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.phantom.analysis.QaProtocol.Level;
import org.diapason.phantom.analysis.QaProtocol.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QaProtocolTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final Limit WATER = new Limit("hu.water", some(1), some(5), some(7), NONE, NONE);
    private static final Limit PIU = new Limit("piu", NONE, NONE, NONE, some(87.5), NONE);

    private static OptionalDouble some(double x) {
        return OptionalDouble.of(x);
    }

    private static Level level(Limit limit, double value) {
        QaProtocol one = new QaProtocol("p", "a test", List.of(limit), OptionalInt.empty());
        Measured figure = Measured.bare(limit.metric(), value, "HU", "");
        return one.judge(List.of(figure)).get(0).level();
    }

    @ParameterizedTest
    @CsvSource({"6, OK", "-4, OK", "6.1, TOLERANCE", "-6, TOLERANCE", "8.1, ACTION", "NaN, ACTION"})
    void aFigureIsJudgedByHowFarItIsOffItsBaseline(double value, Level level) {
        assertEquals(level, level(WATER, value));
    }

    @ParameterizedTest
    @CsvSource({"87.5, OK", "87.4, ACTION", "NaN, ACTION"})
    void aFigureIsJudgedByItsRange(double value, Level level) {
        assertEquals(level, level(PIU, value));
    }

    @Test
    void aFigureThatWasNotMeasuredIsMissingAndMustBeSeenTo() {
        QaProtocol both = new QaProtocol("p", "a test", List.of(WATER, PIU), OptionalInt.empty());
        List<QaProtocol.Verdict> said = both.judge(List.of(Measured.bare("piu", 90, "%", "")));
        assertEquals(List.of(Level.MISSING, Level.OK), said.stream().map(v -> v.level()).toList());
        assertTrue(QaProtocol.mustAct(said));
        assertFalse(QaProtocol.mustAct(said.subList(1, 2)));
        assertEquals("1 ± 5, action ± 7", WATER.text());
        assertEquals("from 87.5", PIU.text());
    }

    @Test
    void anActionLevelWithinTheToleranceIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Limit("piu", some(90), some(5), some(3), NONE, NONE));
        assertEquals(
                "limit of piu: it needs low or high, or a baseline with 0 <= tolerance <= action",
                e.getMessage());
    }
}
