package org.diapason.quality;

import java.util.Locale;

/** Which way a figure improves. */
public enum Better {
    HIGHER,
    LOWER;

    /** Returns the word of tables and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the arrow that people see. */
    public String arrow() {
        return this == HIGHER ? "↑" : "↓";
    }
}
