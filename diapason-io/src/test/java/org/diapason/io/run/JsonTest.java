package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Mixed(
            String text,
            double number,
            Numbers numbers,
            List<String> list,
            Map<String, Double> map) {}

    @Test
    void aRecordComesBackAsItWas() {
        Mixed mixed =
                new Mixed(
                        "ü \"quoted\"\n\t\\ \u0001",
                        -0.1,
                        Numbers.of(1, Double.NaN, 1e300, 4.9e-324, -0.0),
                        List.of("a, b", ""),
                        Map.of("x", 1.5, "y", Double.NaN));
        String json = Json.text(Settings.write(mixed));
        assertEquals(mixed, Settings.read(Mixed.class, Json.parse("m.json", json)));
    }

    @Test
    void numbersAreWrittenAsInTablesAndWhatIsNoneAsNull() {
        for (double value : new double[] {0.1, 2, 1e21, 1.0E-7, 2.2250738585072014E-308, 1 / 3.0}) {
            assertEquals(Text.of(value) + "\n", Json.text(value));
        }
        assertEquals("0.1\n", Json.text(0.1)); // R 4.2: sprintf("%.15g", 0.1)
        assertEquals(
                "[null, null, null, 1]\n",
                Json.text(
                        Numbers.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                1)));
        assertEquals("[7, true, null, \"x\"]\n", Json.text(listOf(7L, true, null, "x")));
    }

    private static List<Object> listOf(Object... items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            list.add(item);
        }
        return list;
    }

    @Test
    void whatIsShortStandsOnOneLineAndWhatIsLongIsBroken() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", "x".repeat(60));
        map.put("a", Map.of("in", "y".repeat(60)));
        map.put("none", List.of());
        assertEquals(
                "{\n  \"b\": \""
                        + "x".repeat(60)
                        + "\",\n  \"a\": {\"in\": \""
                        + "y".repeat(60)
                        + "\"},\n  \"none\": []\n}\n",
                Json.text(map));
    }

    @Test
    void aTextInQuotesIsToldFromANumber() {
        Tree.Items items = (Tree.Items) Json.parse("m", "[\"1.5\", 1.5]");
        assertEquals(new Tree.Text("1.5", true, "m, line 1, column 2"), items.values().get(0));
        assertEquals(new Tree.Text("1.5", false, "m, line 1, column 9"), items.values().get(1));
    }

    @Test
    void brokenJsonIsNamedWithItsPlace() {
        assertBroken("m.json, line 2, column 7: not JSON: ", "{\"a\": 1,\n \"b\": x}");
        assertBroken("m.json, line 1, column 8: not JSON: ", "[1, 2, ");
        assertBroken("m.json: the file is empty.", "");
        assertBroken("m.json, line 1, column 4: something stands after the end.", "[] []");
        assertBroken("m.json, line 1, column 9: \"a\" stands here twice.", "{\"a\":1, \"a\":2}");
    }

    @Test
    void aBombOfBracketsIsBrokenJson() {
        assertBroken("m.json: not JSON: ", "[".repeat(100_000));
    }

    private static void assertBroken(String start, String json) {
        String message =
                assertThrows(DataException.class, () -> Json.parse("m.json", json)).getMessage();
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }
}
