package org.diapason.io;

import tools.jackson.core.io.NumberOutput;

/** The one way in which numbers become text in files that are compared. */
public final class Text {
    private Text() {}

    /**
     * Returns the shortest decimal that reads back to the same double, without a trailing {@code
     * .0}: the same on every JDK, which {@code Double.toString} is not (JDK-4511638). NaN is empty
     * text: an empty cell.
     */
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        String text = NumberOutput.toString(value, true);
        if (text.endsWith(".0")) {
            return text.substring(0, text.length() - 2);
        }
        return text.replace(".0E", "E");
    }
}
