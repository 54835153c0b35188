package org.diapason.app;

/** Text in columns, for terminals: every letter is as wide as any other. */
final class Columns {
    private static final int LABEL = 12;

    private Columns() {}

    /** Returns a line of two columns: a label and what is said of it. */
    static String line(String label, String words) {
        return left(label, LABEL) + words + "\n";
    }

    /** Returns a text with the blanks that fill its column; at least one follows it. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** Returns a text behind the blanks that bring it to the end of its column. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
