package org.diapason.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings as they were written, before they have a type: texts, lists and named entries, each with
 * the place where it stands, so that a message can point there.
 */
public sealed interface Tree {

    /** Returns where this stands: {@code recipe.yaml, line 12, column 5}. */
    String where();

    /** A scalar; numbers are texts too. */
    record Text(String value, String where) implements Tree {}

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
}
