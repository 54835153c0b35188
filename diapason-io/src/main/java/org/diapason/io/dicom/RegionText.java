package org.diapason.io.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of regions as a terminal, a page and a cohort table can show them. */
final class RegionText {
    private static final int LONGEST = 64;

    /** Controls, invisible marks that change the direction of text, and what begins a tag. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}<>\"]");

    /** PS3.3 C.12.1.1.2, the sets without code extensions. */
    private static final Map<String, String> CHARSETS =
            Map.ofEntries(
                    Map.entry("ISO_IR 192", "UTF-8"),
                    Map.entry("GB18030", "GB18030"),
                    Map.entry("GBK", "GBK"),
                    Map.entry("ISO_IR 101", "ISO-8859-2"),
                    Map.entry("ISO_IR 109", "ISO-8859-3"),
                    Map.entry("ISO_IR 110", "ISO-8859-4"),
                    Map.entry("ISO_IR 144", "ISO-8859-5"),
                    Map.entry("ISO_IR 127", "ISO-8859-6"),
                    Map.entry("ISO_IR 126", "ISO-8859-7"),
                    Map.entry("ISO_IR 138", "ISO-8859-8"),
                    Map.entry("ISO_IR 148", "ISO-8859-9"),
                    Map.entry("ISO_IR 203", "ISO-8859-15"),
                    Map.entry("ISO_IR 166", "TIS-620"));

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
        String stated = file.text(Keyword.SpecificCharacterSet).orElse("");
        String java = CHARSETS.get(stated.replace("ISO 2022 IR", "ISO_IR").split("\\\\", 2)[0]);
        return java != null && Charset.isSupported(java)
                ? Charset.forName(java)
                : StandardCharsets.ISO_8859_1;
    }
}
