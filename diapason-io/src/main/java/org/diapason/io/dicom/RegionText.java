package org.diapason.io.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

    /** Returns how a file writes names; Latin-1 where it says nothing, which cannot fail. */
    static Charset charset(DataSet file) {
        String first =
                file.text(Keyword.SpecificCharacterSet).orElse("").split("\\\\", 2)[0].strip();
        Charset stated = SpecificCharacterSet.charset(first);
        return first.isEmpty() || stated == null ? StandardCharsets.ISO_8859_1 : stated;
    }
}
