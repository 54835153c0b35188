package org.diapason.features.filter;

import java.util.Locale;
import org.diapason.math.Boundary;

/** The words of column names. */
final class Labels {
    private Labels() {}

    /** Returns the end of a label; mirror, the customary boundary, is not named. */
    static String end(Space space, Boundary boundary) {
        return "-" + space + (boundary == Boundary.MIRROR ? "" : "-" + word(boundary));
    }

    /** Returns "-max" and the like, or nothing. */
    static String of(Pooling pooling) {
        return pooling == Pooling.NONE ? "" : "-" + word(pooling);
    }

    /** Returns the constant as it is written in a recipe. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
