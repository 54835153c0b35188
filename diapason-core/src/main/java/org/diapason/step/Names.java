package org.diapason.step;

import java.util.List;
import java.util.Locale;

/** The one rule from a class to its name in recipes, on the command line, in traces and in docs. */
public final class Names {
    /** Names of methods that the literature writes with a capital inside. */
    private static final List<String> ONE_WORD = List.of("ComBat", "CovBat");

    private Names() {}

    /** Returns {@code MatchFwhm} as {@code match-fwhm}; a class inside another is named with it. */
    public static String of(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String own = kebab(type.getSimpleName());
        return outer == null ? own : of(outer) + "-" + own;
    }

    /** Returns the name of an operation, an extractor or a judge. */
    public static String of(Object value) {
        return of(value.getClass());
    }

    /** Returns {@code targetFwhmMm} as {@code target-fwhm-mm}. */
    public static String kebab(String name) {
        String camel = name;
        for (String word : ONE_WORD) {
            camel =
                    camel.replace(
                            word, word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
        }
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < camel.length(); c++) {
            char letter = camel.charAt(c);
            boolean upper = letter >= 'A' && letter <= 'Z';
            boolean afterLower = c > 0 && !isUpper(camel.charAt(c - 1));
            boolean beforeLower = c > 0 && c + 1 < camel.length() && isLower(camel.charAt(c + 1));
            if (upper && (afterLower || beforeLower)) {
                text.append('-');
            }
            text.append(upper ? (char) (letter + 'a' - 'A') : letter);
        }
        return text.toString();
    }

    private static boolean isUpper(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    private static boolean isLower(char letter) {
        return letter >= 'a' && letter <= 'z';
    }
}
