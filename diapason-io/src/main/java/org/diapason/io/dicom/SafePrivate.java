package org.diapason.io.dicom;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The private elements that stay: numbers and times without which values lose their unit, PS3.15
 * table E.3.10-1 and two times of GE that SUV needs. Everything else that is private goes.
 */
final class SafePrivate {
    /** Representation by group, creator in small letters, and element within the block. */
    private static final Map<String, String> SAFE =
            Map.of(
                    "7053 philips pet private group 00", "DS", // SUV scale factor
                    "7053 philips pet private group 09", "DS", // activity concentration factor
                    "0009 gems_petd_01 0d", "DT", // start of the scan
                    "0009 gems_petd_01 3b", "DT", // administration
                    "2005 philips mr imaging dd 001 0d", "FL", // scale intercept
                    "2005 philips mr imaging dd 001 0e", "FL"); // scale slope

    private SafePrivate() {}

    /** Returns the representation of a private element that is safe, else nothing. */
    static Optional<String> vr(DataSet set, int tag) {
        int creator = tag & 0xFFFF0000 | (tag & 0xFF00) >>> 8;
        if (!Dictionary.isCreator(creator)) {
            return Optional.empty();
        }
        String prefix = hex(tag >>> 16, 4) + ' ';
        return set.element(creator)
                .filter(e -> !e.isSequence())
                .map(e -> SAFE.get(prefix + small(DataSet.text(e)) + ' ' + hex(tag & 0xFF, 2)));
    }

    /** Says whether a creator reserves a block in which something is safe. */
    static boolean keeps(int group, String creator) {
        return SAFE.keySet().stream()
                .anyMatch(k -> k.startsWith(hex(group, 4) + ' ' + small(creator) + ' '));
    }

    /** Creators are compared as readers do ({@link DataSet}): exports change their capitals. */
    private static String small(String creator) {
        return creator.toLowerCase(Locale.ROOT);
    }

    private static String hex(int number, int digits) {
        String text = Integer.toHexString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
