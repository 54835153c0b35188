package org.diapason.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.volume.Numbers;

/**
 * Settings as they were written, before they have a type: texts, lists and named entries, each with
 * the place where it stands, so that a message can point there.
 */
public sealed interface Tree {

    /** Returns where this stands: {@code recipe.yaml, line 12, column 5}. */
    String where();

    /** A scalar; numbers are texts too, unless they stand in quotes. */
    record Text(String value, boolean quoted, String where) implements Tree {
        public Text(String value, String where) {
            this(value, false, where);
        }
    }

    /** Entries in order. */
    record Items(List<Tree> values, String where) implements Tree {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Named entries in the order they were written. */
    record Fields(Map<String, Tree> values, String where) implements Tree {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Many numbers that stood in a file of their own. */
    record Values(Numbers values, String where) implements Tree {}
}
