package org.diapason.io.dicom;

import java.util.regex.Pattern;

/** Names of regions as a terminal, a page and a cohort table can show them. */
final class RegionText {
    private static final int LONGEST = 64;

    /** Controls, invisible marks that change the direction of text, and what begins a tag. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}<>\"]");

    private RegionText() {}

    /**
     * Returns a name of at most 64 characters, empty where there is none; every character that
     * could steer what shows it is a question mark.
     */
    static String name(DataSet item, Keyword keyword) {
        String text = UNSAFE.matcher(item.text(keyword).orElse("")).replaceAll("?");
        int end =
                text.offsetByCodePoints(
                        0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        return text.substring(0, end).strip();
    }
}
