package org.diapason.io.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Makes UIDs from what they stand for: the same thing has the same UID, without a register. */
final class Uids {
    private Uids() {}

    /** Returns the UID of a seed, from its SHA-256. */
    static String of(String seed) {
        try {
            return of(
                    MessageDigest.getInstance("SHA-256")
                            .digest(seed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns a UID under 2.25 (PS3.5 B.2): the first 128 bits of a hash as a UUID of version 8
     * (RFC 9562, 5.8), written as a decimal number.
     */
    static String of(byte[] hash) {
        byte[] uuid = Arrays.copyOf(hash, 16);
        uuid[6] = (byte) (uuid[6] & 0x0F | 0x80);
        uuid[8] = (byte) (uuid[8] & 0x3F | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }
}
