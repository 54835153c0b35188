package org.diapason.io.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Turns the bytes of a text into characters as SpecificCharacterSet (0008,0005) says (PS3.3
 * C.12.1.1.2, PS3.5 6.1), code extensions of ISO 2022 among them.
 *
 * <p>Decoding never fails: what means nothing becomes U+FFFD, and {@link Text#faults} says so.
 *
 * @param terms the defined terms, the first one for what stands before any escape sequence
 */
record SpecificCharacterSet(List<String> terms) {
    static final SpecificCharacterSet ASCII = new SpecificCharacterSet(List.of());

    private static final char REPLACEMENT = '\uFFFD';

    /**
     * A decoded text.
     *
     * @param faults what could not be decoded, in words; empty where all could
     */
    record Text(String value, String faults) {}

    /**
     * One coded set.
     *
     * @param charset which decoder knows it
     * @param bytes bytes a character
     * @param upper whether it is called by bytes above 0x80 (G1) or below (G0)
     * @param prefix a byte that the decoder wants before each character, 0 for none
     */
    private record Coded(String charset, int bytes, boolean upper, int prefix) {}

    private static final Coded PLAIN = new Coded("US-ASCII", 1, false, 0);
    private static final Coded KATAKANA = new Coded("JIS_X0201", 1, true, 0);

    /** Escape sequences of PS3.3 tables C.12-3 and C.12-4, without the escape itself. */
    private static final Map<String, Coded> ESCAPES =
            Map.ofEntries(
                    Map.entry("(B", PLAIN),
                    Map.entry("(J", PLAIN),
                    Map.entry(")I", KATAKANA),
                    Map.entry("$B", new Coded("EUC-JP", 2, false, 0)),
                    Map.entry("$(D", new Coded("EUC-JP", 2, false, 0x8F)),
                    Map.entry("$)C", new Coded("EUC-KR", 2, true, 0)),
                    Map.entry("$)A", new Coded("GB2312", 2, true, 0)),
                    Map.entry("-A", upper("ISO-8859-1")),
                    Map.entry("-B", upper("ISO-8859-2")),
                    Map.entry("-C", upper("ISO-8859-3")),
                    Map.entry("-D", upper("ISO-8859-4")),
                    Map.entry("-L", upper("ISO-8859-5")),
                    Map.entry("-G", upper("ISO-8859-6")),
                    Map.entry("-F", upper("ISO-8859-7")),
                    Map.entry("-H", upper("ISO-8859-8")),
                    Map.entry("-M", upper("ISO-8859-9")),
                    Map.entry("-T", upper("TIS-620")),
                    Map.entry("-b", upper("ISO-8859-15")));

    private static final Map<String, String> SINGLE =
            Map.ofEntries(
                    Map.entry("6", "US-ASCII"),
                    Map.entry("13", "JIS_X0201"),
                    Map.entry("100", "ISO-8859-1"),
                    Map.entry("101", "ISO-8859-2"),
                    Map.entry("109", "ISO-8859-3"),
                    Map.entry("110", "ISO-8859-4"),
                    Map.entry("144", "ISO-8859-5"),
                    Map.entry("127", "ISO-8859-6"),
                    Map.entry("126", "ISO-8859-7"),
                    Map.entry("138", "ISO-8859-8"),
                    Map.entry("148", "ISO-8859-9"),
                    Map.entry("166", "TIS-620"),
                    Map.entry("203", "ISO-8859-15"),
                    Map.entry("192", "UTF-8"));

    private static Coded upper(String charset) {
        return new Coded(charset, 1, true, 0);
    }

    /** Returns what the bytes say. */
    Text decode(byte[] bytes) {
        if (plain(bytes)) {
            return new Text(new String(bytes, StandardCharsets.US_ASCII), "");
        }
        String first = terms.isEmpty() ? "" : terms.get(0);
        if (terms.size() > 1 || first.startsWith("ISO 2022")) {
            return extended(bytes, first);
        }
        Charset charset = charset(first);
        if (charset == null) {
            Text text = whole(bytes, StandardCharsets.US_ASCII, "ASCII");
            return new Text(text.value, "the character set \"" + first + "\" is not known");
        }
        return whole(bytes, charset, first.isEmpty() ? "ASCII, as none is stated" : first);
    }

    /** Says whether bytes mean the same in every character set. */
    static boolean plain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x20 && b != 0) {
                return false;
            }
        }
        return true;
    }

    private static Text whole(byte[] bytes, Charset charset, String name) {
        String value = new String(bytes, charset);
        boolean faulty = value.indexOf(REPLACEMENT) >= 0;
        return new Text(value, faulty ? "some bytes mean nothing in " + name : "");
    }

    static Charset charset(String term) {
        String name =
                term.isEmpty()
                        ? "US-ASCII"
                        : term.equals("GB18030") || term.equals("GBK")
                                ? term
                                : SINGLE.get(number(term));
        return name == null || !Charset.isSupported(name) ? null : Charset.forName(name);
    }

    private static String number(String term) {
        return term.replaceFirst("^ISO(_IR| 2022 IR) ", "");
    }

    private static Text extended(byte[] b, String first) {
        Coded start =
                switch (number(first)) {
                    case "13" -> KATAKANA;
                    case "149" -> ESCAPES.get("$)C");
                    case "58" -> ESCAPES.get("$)A");
                    default -> upper(SINGLE.getOrDefault(number(first), "US-ASCII"));
                };
        Coded low = PLAIN;
        Coded high = start;
        StringBuilder text = new StringBuilder();
        String fault = "";
        int at = 0;
        while (at < b.length) {
            int c = b[at] & 0xFF;
            if (c == 0x1B) {
                int length = escape(b, at + 1);
                Coded next = ESCAPES.get(new String(b, at + 1, length, StandardCharsets.US_ASCII));
                if (next == null) {
                    fault = "an escape sequence is not known";
                    text.append(REPLACEMENT);
                } else if (next.upper) {
                    high = next;
                } else {
                    low = next;
                }
                at += 1 + length;
                continue;
            }
            boolean delimiter = c < 0x20 || low.bytes == 1 && (c == '\\' || c == '^' || c == '=');
            if (delimiter) {
                low = PLAIN;
                high = start;
                text.append((char) c);
                at++;
                continue;
            }
            Coded set = c < 0x80 ? low : high;
            int count = Math.min(set.bytes, b.length - at);
            text.append(character(b, at, count, set));
            at += count;
        }
        if (fault.isEmpty() && text.indexOf(String.valueOf(REPLACEMENT)) >= 0) {
            fault = "some bytes mean nothing in it";
        }
        return new Text(text.toString(), fault);
    }

    /** Returns how many bytes follow an escape: intermediates 0x20–0x2F and a final byte. */
    private static int escape(byte[] b, int at) {
        int end = at;
        while (end < b.length && end - at < 3 && b[end] >= 0x20 && b[end] <= 0x2F) {
            end++;
        }
        return Math.min(end + 1, b.length) - at;
    }

    private static String character(byte[] b, int at, int count, Coded set) {
        if (count < set.bytes || !Charset.isSupported(set.charset)) {
            return String.valueOf(REPLACEMENT);
        }
        int prefix = set.prefix == 0 ? 0 : 1;
        byte[] one = new byte[prefix + count];
        one[0] = (byte) set.prefix;
        for (int n = 0; n < count; n++) {
            one[prefix + n] = (byte) (set.bytes == 2 ? b[at + n] | 0x80 : b[at + n]);
        }
        return new String(one, Charset.forName(set.charset));
    }
}
