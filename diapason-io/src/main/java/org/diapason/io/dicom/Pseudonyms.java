package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for the UIDs, the patient and the dates of a file: an HMAC-SHA-256 (RFC 2104) of the
 * original under a key. The same key gives the same answers, so files that belong together stay
 * together; without the key nobody can go back, nor try out candidates.
 */
final class Pseudonyms {
    private static final Pattern DATE = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(.*)");
    private static final String STANDARD_ROOT = "1.2.840.10008.";
    private static final int LEAST_DAYS = 365;
    private static final int SPAN_DAYS = 3650;

    private final byte[] key;

    Pseudonyms(byte[] key) {
        this.key = key.clone();
    }

    /** Returns the UID that stands for another one; those of the standard name no instance. */
    String uid(String original) {
        return original.startsWith(STANDARD_ROOT) ? original : Uids.of(hash("uid/" + original));
    }

    /** Returns the identifier that stands for a patient. */
    String patient(String original) {
        return "P-" + hex("patient/" + original, 5);
    }

    /** Returns part of a file name. */
    String name(String original) {
        return hex("name/" + original, 8);
    }

    /** Returns by how many whole days a patient's dates go back: one to eleven years. */
    int days(String patient) {
        byte[] hash = hash("days/" + patient);
        int number = (hash[0] & 0xFF) << 16 | (hash[1] & 0xFF) << 8 | hash[2] & 0xFF;
        return LEAST_DAYS + number % SPAN_DAYS;
    }

    /**
     * Returns a date or a date with a time (DA, DT) earlier by whole days, the rest as it was: the
     * time between two events stays the same, across midnight too. Empty where the text is no date.
     */
    static Optional<String> earlier(String text, int days) {
        Matcher m = DATE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date =
                    LocalDate.of(
                                    Integer.parseInt(m.group(1)),
                                    Integer.parseInt(m.group(2)),
                                    Integer.parseInt(m.group(3)))
                            .minusDays(days);
            if (date.getYear() < 1) {
                return Optional.empty();
            }
            return Optional.of(date.toString().replace("-", "") + m.group(4));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String hex(String text, int bytes) {
        return HexFormat.of().formatHex(hash(text), 0, bytes);
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
