package org.diapason.io.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import org.diapason.volume.Numbers;

/**
 * Finds values that are not what their value representation promises (PS3.5 6.2), and notes them:
 * whether one stands in the way is for the reader to say who needs it.
 */
final class FieldCheck {
    private static final Set<String> TEXT =
            Set.of(
                    "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM",
                    "UC", "UI", "UR", "UT");
    private static final int UID_LENGTH = 64;

    private static final Pattern TIME =
            Pattern.compile("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d{1,6})?)?)?");
    private static final Pattern MOMENT =
            Pattern.compile(
                    "\\d{4}((0[1-9]|1[0-2])(\\d\\d(([01]\\d|2[0-3])([0-5]\\d([0-5]\\d|60)?)?)?)?)?"
                            + "(\\.\\d{1,6})?([+-]\\d{4})?");

    private FieldCheck() {}

    /** Adds a warning for each faulty value that is read, at every depth. */
    static void of(DataSet values) {
        for (DataSet.Element element : values.elements()) {
            if (element.isSequence()) {
                element.items().forEach(FieldCheck::of);
                continue;
            }
            Keyword keyword = Keyword.of(element.tag());
            if (keyword != null && keyword.use() != Keyword.Use.WRITER) {
                check(values, element, keyword);
            }
        }
    }

    private static void check(DataSet values, DataSet.Element element, Keyword keyword) {
        String vr = element.vr();
        if (!TEXT.contains(vr) || vr.equals("CS") && plain(element.bytes())) {
            return;
        }
        SpecificCharacterSet.Text text = values.decode(element);
        if (!text.faults().isEmpty()) {
            warn(values, element, keyword, "cannot be decoded in full, " + text.faults());
        } else if (steers(text.value())) {
            warn(values, element, keyword, "holds control characters, which were taken out");
        }
        String kind =
                switch (vr) {
                    case "DS" -> "a decimal number";
                    case "IS" -> "a whole number";
                    case "DA" -> "a date YYYYMMDD";
                    case "TM" -> "a time HHMMSS";
                    case "DT" -> "a date and time YYYYMMDDHHMMSS";
                    case "UI" -> "a UID of digits and points, 64 characters at most";
                    default -> "";
                };
        if (kind.isEmpty()) {
            return;
        }
        for (String part : DataSet.clean(text.value()).split("\\\\", -1)) {
            String value = part.strip();
            if (!value.isEmpty() && !valid(vr, value)) {
                String found = DataSet.shown(vr, value);
                warn(values, element, keyword, "is not " + kind + ": found \"" + found + "\"");
                return;
            }
        }
    }

    private static boolean plain(byte[] bytes) {
        return SpecificCharacterSet.plain(bytes);
    }

    private static boolean digits(String value, int longest) {
        for (int n = 0; n < value.length(); n++) {
            char c = value.charAt(n);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return value.length() <= longest;
    }

    private static boolean steers(String text) {
        if (DataSet.printable(text)) {
            return false;
        }
        String body = text.replaceAll("[\\s\\x00]+$", "");
        return !DataSet.clean(body).equals(body.strip());
    }

    private static boolean valid(String vr, String value) {
        return switch (vr) {
            case "DS" -> finite(value);
            case "IS" -> digits(value.substring(value.matches("[+-]\\d.*") ? 1 : 0), 12);
            case "DA" -> date(value.replace(".", ""));
            case "TM" -> TIME.matcher(value).matches();
            case "DT" ->
                    MOMENT.matcher(value).matches()
                            && (value.length() < 8 || date(value.substring(0, 8)));
            default -> value.length() <= UID_LENGTH && uid(value);
        };
    }

    /** Says whether a text is parts of digits between points, none empty or with a leading zero. */
    private static boolean uid(String value) {
        int start = 0;
        for (int n = 0; n <= value.length(); n++) {
            char c = n == value.length() ? '.' : value.charAt(n);
            if (c == '.') {
                if (n == start || value.charAt(start) == '0' && n > start + 1) {
                    return false;
                }
                start = n + 1;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Says whether a text is a finite number as DICOM writes it: no NaN, no hexadecimals, no 1f.
     */
    static boolean finite(String value) {
        return Numbers.parse(value).isPresent();
    }

    private static boolean date(String value) {
        if (value.length() != 8 || !digits(value, 8)) {
            return false;
        }
        try {
            LocalDate.of(
                    Integer.parseInt(value.substring(0, 4)),
                    Integer.parseInt(value.substring(4, 6)),
                    Integer.parseInt(value.substring(6, 8)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void warn(
            DataSet values, DataSet.Element element, Keyword keyword, String what) {
        values.warnings()
                .add(
                        keyword.name() + what.split(":")[0],
                        values.file()
                                + ", byte "
                                + element.offset()
                                + ": "
                                + keyword.label()
                                + " "
                                + what
                                + ".");
    }
}
