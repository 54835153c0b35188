package org.diapason.app.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diapason.volume.Numbers;

/** Puts numbers and names of the program into the words of a page. */
final class Words {
    /** Stands where there is no number. */
    static final String NONE = "–";

    private static final Map<String, String> UNITS =
            Map.of(
                    "Mm", "mm",
                    "Mm3", "mm³",
                    "Hu", "HU",
                    "Seconds", "s",
                    "Kg", "kg",
                    "Bq", "Bq",
                    "Percent", "%",
                    "Voxels", "voxels");

    /** A point that does not stand between two digits. */
    private static final String SEPARATOR = "(?<![0-9])\\.|\\.(?![0-9])";

    private Words() {}

    /** Three digits that count, whole numbers whole: 12345, 123, 12.3, 1.23, 0.0123. */
    static String number(double value) {
        return number(value, digits(value));
    }

    /** Returns numbers that stand side by side with the same decimals. */
    static List<String> alike(double... values) {
        int digits = 0;
        double largest = 0;
        boolean whole = true;
        for (double v : values) {
            if (Double.isFinite(v)) {
                largest = Math.max(largest, Math.abs(v));
                whole &= v == Math.rint(v);
            }
        }
        digits = whole ? 0 : Math.max(2, digits(largest));
        int decimals = largest >= 1000 ? 0 : largest >= 100 && !whole ? 1 : digits;
        return java.util.Arrays.stream(values).mapToObj(v -> number(v, decimals)).toList();
    }

    static String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? NONE : value > 0 ? "∞" : "−∞";
        }
        return Numbers.fixed(value, decimals).replace('-', '−');
    }

    /** Returns a share as a percentage. */
    static String percent(double share) {
        double percent = 100 * share;
        int decimals = Math.abs(percent) < 10 && Math.abs(percent) >= 0.05 ? 1 : 0;
        return Double.isNaN(share) ? NONE : number(percent, decimals) + " %";
    }

    private static int digits(double value) {
        double v = Math.abs(value);
        if (!Double.isFinite(v) || v == 0 || v == Math.rint(v) && v < 1e9) {
            return 0;
        }
        int digits = 2;
        for (double edge = 10; edge <= v && digits > 0; edge *= 10) {
            digits--;
        }
        for (double edge = 1; edge > v && digits < 9; edge /= 10) {
            digits++;
        }
        return digits;
    }

    /** {@code ct.extraFwhmMm} as {@code ct: extra FWHM}; a point between digits is a decimal's. */
    static String label(String key) {
        int dot = key.lastIndexOf('.');
        while (dot > 0 && decimal(key, dot)) {
            dot = key.lastIndexOf('.', dot - 1);
        }
        String tail = key.substring(dot + 1);
        String axis = "";
        int bracket = tail.indexOf('[');
        if (bracket > 0) {
            axis = " " + tail.substring(bracket + 1, tail.length() - 1);
            tail = tail.substring(0, bracket);
        }
        String unit = unitWord(tail);
        if (tail.length() > unit.length()) {
            tail = tail.substring(0, tail.length() - unit.length());
        }
        String words = tail;
        if (tail.matches("[a-z][A-Za-z0-9]*")) {
            String split = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";
            words = tail.replaceAll(split, " ").toLowerCase(Locale.ROOT);
        }
        words = words.replaceAll("\\bfwhm\\b", "FWHM").replaceAll("\\bhu\\b", "HU");
        words = words.replaceAll("\\bsuv\\b", "SUV").replaceAll("\\bwt\\b", "W/T");
        String place = dot < 0 ? "" : key.substring(0, dot).replaceAll(SEPARATOR, " ") + ": ";
        return place + words + axis;
    }

    private static boolean decimal(String key, int dot) {
        return dot + 1 < key.length()
                && Character.isDigit(key.charAt(dot - 1))
                && Character.isDigit(key.charAt(dot + 1));
    }

    /** The unit that ends a key, empty where none does. */
    static String unit(String key) {
        int bracket = key.indexOf('[');
        String plain = bracket > 0 ? key.substring(0, bracket) : key;
        String word = unitWord(plain);
        return word.isEmpty() ? "" : UNITS.get(word);
    }

    private static String unitWord(String key) {
        return UNITS.keySet().stream()
                .filter(key::endsWith)
                .filter(u -> key.length() > u.length() && !u.equals("Voxels"))
                .max(java.util.Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** {@code 1 exam}, {@code 2 exams}. */
    static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
