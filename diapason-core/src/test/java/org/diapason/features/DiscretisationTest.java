package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretisationTest {

    @Test
    void fixedSizeCountsBinsFromTheOriginAndPutsLowerValuesIntoTheFirst() {
        Levels levels =
                Discretisation.fixedWidth(25)
                        .apply(values(-1001, -1000, -975, -974.9f, 400), -1000, "x");
        assertArrayEquals(new short[] {1, 1, 2, 2, 57}, levels.values());
        assertEquals(57, levels.count());
        assertEquals(1, levels.below());
    }

    @Test
    void fixedNumberPutsTheMaximumIntoTheLastBin() {
        Levels levels = Discretisation.fixedCount(4).apply(values(0, 0.99f, 1, 2, 3, 4), 0, "x");
        assertArrayEquals(new short[] {1, 1, 2, 3, 4, 4}, levels.values());
        assertEquals(4, levels.count());
    }

    @Test
    void fixedNumberOfOneValueIsASingleLevel() {
        Levels levels = Discretisation.fixedCount(32).apply(values(7, 7), 0, "x");
        assertArrayEquals(new short[] {1, 1}, levels.values());
        assertEquals(1, levels.count());
    }

    /** Float 0.7 is 0.69999999: at a width of 0.1 a plain floor puts 38 of 101 edges too low. */
    @ParameterizedTest(name = "width {0} from {1}")
    @CsvSource({"0.1, 0", "0.01, 0", "0.1, -0.3", "0.3, 1000.1", "0.7, -50.4"})
    void everyDecimalEdgeBelongsToTheUpperBin(double width, double origin) {
        for (int edge = 0; edge <= 100; edge++) {
            float value =
                    new java.math.BigDecimal(text(width))
                            .multiply(java.math.BigDecimal.valueOf(edge))
                            .add(new java.math.BigDecimal(text(origin)))
                            .floatValue();
            Levels levels = Discretisation.fixedWidth(width).apply(values(value), origin, "x");
            assertEquals(edge + 1, levels.values()[0], "edge " + value);
        }
    }

    @ParameterizedTest(name = "{0} with width 0.1 is level {1}")
    @CsvSource({"0.6999, 7", "0.69999, 7", "0.699999, 7", "0.7, 8", "0.70001, 8"})
    void aValueClearlyBelowAnEdgeStaysBelow(float value, int level) {
        assertEquals(
                level, Discretisation.fixedWidth(0.1).apply(values(value), 0, "x").values()[0]);
    }

    @Test
    void fixedNumberDoesNotSeeGainAndOffset() {
        float[] values = new float[301];
        float[] other = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = v * 7 % 301;
            other[v] = 0.3f * values[v] - 20;
        }
        assertArrayEquals(
                Discretisation.fixedCount(32).apply(values, 0, "x").values(),
                Discretisation.fixedCount(32).apply(other, 0, "x").values());
    }

    @Test
    void levelsAreTakenAsTheyAre() {
        assertArrayEquals(
                new short[] {1, 6, 3},
                Discretisation.asLevels().apply(values(1, 6, 3), 0, "x").values());
    }

    @ParameterizedTest(name = "{0} is no level")
    @CsvSource({"0, 0.000", "-3, -3.000", "2.5, 2.500"})
    void whatIsNoLevelIsRefused(float value, String found) {
        assertRefused(
                "exam P017: levels must be whole numbers from 1, found "
                        + found
                        + ". Use bin-width or bin-count instead of levels.",
                Discretisation.asLevels(),
                value);
    }

    @Test
    void moreLevelsThanAMatrixHoldsAreRefused() {
        String end = " levels, more than 4096. Raise bin-width, set upper-bound, or use bin-count.";
        assertRefused(
                "exam P017: the values need 30001" + end, Discretisation.fixedWidth(0.1), 3000);
        assertRefused("exam P017: the values need 5000" + end, Discretisation.asLevels(), 5000);
        assertEquals(4096, Discretisation.fixedWidth(1).apply(values(4095.5f), 0, "x").count());
    }

    @Test
    void theOriginIsTheOneGivenElseTheLowerBoundElseTheCustomaryOne() {
        OptionalDouble none = OptionalDouble.empty();
        OptionalDouble bound = OptionalDouble.of(-500);
        Discretisation free = Discretisation.fixedWidth(25);
        assertEquals(-1000, Discretisation.fixedWidth(25, -1000).origin(Quantity.HU, bound, ""));
        assertEquals(-500, free.origin(Quantity.HU, bound, ""));
        assertEquals(-200, free.origin(Quantity.HU, none, ""));
        assertEquals(0, free.origin(Quantity.SUV_BW, none, ""));
        assertEquals(
                "exam P017: bins of fixed width need an origin, and MR has no customary one. Set"
                        + " bin-origin or lower-bound, or use bin-count.",
                assertThrows(
                                RefusedException.class,
                                () -> free.origin(Quantity.MR, none, "exam P017"))
                        .getMessage());
        assertEquals(
                "exam P017: bins of fixed width need an origin, and unknown has no customary one. Set"
                        + " bin-origin or lower-bound, or use bin-count, or say in the column"
                        + " quantity.<image> what the values are.",
                assertThrows(
                                RefusedException.class,
                                () -> free.origin(Quantity.UNKNOWN, none, "exam P017"))
                        .getMessage());
    }

    @Test
    void theQuantityChoosesTheRuleWhereNoneIsGiven() {
        assertEquals(Discretisation.fixedWidth(10), Discretisation.of(Quantity.HU));
        assertEquals(Discretisation.fixedWidth(0.5), Discretisation.of(Quantity.SUV_BW));
        assertEquals(Discretisation.fixedCount(32), Discretisation.of(Quantity.MR));
        assertEquals(Discretisation.fixedCount(32), Discretisation.of(Quantity.UNKNOWN));
    }

    @Test
    void theSuffixIsTheShortestText() {
        assertEquals("fbs10", Discretisation.fixedWidth(10).suffix());
        assertEquals("fbs0.1", Discretisation.fixedWidth(0.1).suffix());
        assertEquals("fbs1000", Discretisation.fixedWidth(1000).suffix());
        assertEquals("fbn32", Discretisation.fixedCount(32).suffix());
        assertEquals("levels", Discretisation.asLevels().suffix());
    }

    @Test
    void exactlyOneRuleIsGiven() {
        OptionalDouble none = OptionalDouble.empty();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Discretisation(none, none, OptionalInt.empty(), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Discretisation(none, none, OptionalInt.of(8), true));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Discretisation(none, OptionalDouble.of(1), OptionalInt.of(8), false));
        assertThrows(IllegalArgumentException.class, () -> Discretisation.fixedWidth(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Discretisation.fixedWidth(0));
        assertThrows(IllegalArgumentException.class, () -> Discretisation.fixedCount(1));
        assertThrows(IllegalArgumentException.class, () -> Discretisation.fixedCount(4097));
    }

    private static void assertRefused(String message, Discretisation rule, float value) {
        assertEquals(
                message,
                assertThrows(
                                RefusedException.class,
                                () -> rule.apply(values(value), 0, "exam P017"))
                        .getMessage());
    }

    private static String text(double value) {
        return Numbers.plain(value);
    }

    private static float[] values(float... values) {
        return values;
    }
}
