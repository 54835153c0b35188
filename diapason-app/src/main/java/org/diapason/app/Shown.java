package org.diapason.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;

/** Numbers with intervals and p-values, as commands print and write them. */
final class Shown {
    private Shown() {}

    /** Returns {@code 0.824 (0.749 to 0.899)}; what is not defined is said to be none. */
    static String text(Estimate e) {
        return text(e, 3);
    }

    static String text(Estimate e, int digits) {
        if (Double.isNaN(e.value())) {
            return "none";
        }
        String value = Numbers.fixed(e.value(), digits);
        return Double.isNaN(e.low()) && Double.isNaN(e.high())
                ? value + " (no interval)"
                : value
                        + " ("
                        + Numbers.fixed(e.low(), digits)
                        + " to "
                        + Numbers.fixed(e.high(), digits)
                        + ")";
    }

    /** Returns {@code p = 0.0272}, or that it is below 0.0001. */
    static String p(double p) {
        return Double.isNaN(p) ? "no p" : p < 1e-4 ? "p < 0.0001" : "p = " + Numbers.fixed(p, 4);
    }

    /** Puts a number as {@code name}, {@code nameLow} and {@code nameHigh}. */
    static void put(Map<String, Object> fields, String name, Estimate e) {
        fields.put(name, e.value());
        fields.put(name + "Low", e.low());
        fields.put(name + "High", e.high());
    }

    /** Returns a number as {@code value}, {@code low} and {@code high}. */
    static Map<String, Object> fields(Estimate e) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", e.value());
        fields.put("low", e.low());
        fields.put("high", e.high());
        return fields;
    }
}
