package org.diapason.io.dicom;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * How a data set is written down.
 *
 * @param uid the UID as the file states it
 * @param explicit whether each element states its value representation
 * @param order the order of bytes
 */
record TransferSyntax(String uid, boolean explicit, ByteOrder order) {
    static final TransferSyntax IMPLICIT_LITTLE =
            new TransferSyntax("1.2.840.10008.1.2", false, ByteOrder.LITTLE_ENDIAN);
    static final TransferSyntax EXPLICIT_LITTLE =
            new TransferSyntax("1.2.840.10008.1.2.1", true, ByteOrder.LITTLE_ENDIAN);
    static final TransferSyntax EXPLICIT_BIG =
            new TransferSyntax("1.2.840.10008.1.2.2", true, ByteOrder.BIG_ENDIAN);

    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    /** Names from PS3.6, table A-1. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("1.2.840.10008.1.2", "Implicit VR Little Endian"),
                    Map.entry("1.2.840.10008.1.2.1", "Explicit VR Little Endian"),
                    Map.entry("1.2.840.10008.1.2.2", "Explicit VR Big Endian"),
                    Map.entry(DEFLATED, "Deflated Explicit VR Little Endian"),
                    Map.entry("1.2.840.10008.1.2.4.50", "JPEG Baseline"),
                    Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended"),
                    Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
                    Map.entry("1.2.840.10008.1.2.4.70", "JPEG Lossless, first-order prediction"),
                    Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
                    Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
                    Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
                    Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
                    Map.entry("1.2.840.10008.1.2.4.201", "HTJ2K Lossless"),
                    Map.entry("1.2.840.10008.1.2.4.203", "HTJ2K"),
                    Map.entry("1.2.840.10008.1.2.5", "RLE Lossless"));

    /** Returns the syntax of a UID; compressed pixel data sit in explicit little-endian files. */
    static TransferSyntax of(String uid) {
        return uid.equals(IMPLICIT_LITTLE.uid)
                ? IMPLICIT_LITTLE
                : uid.equals(EXPLICIT_BIG.uid)
                        ? EXPLICIT_BIG
                        : new TransferSyntax(uid, true, ByteOrder.LITTLE_ENDIAN);
    }

    String label() {
        return NAMES.getOrDefault(uid, "unknown transfer syntax") + " (" + uid + ")";
    }

    boolean deflated() {
        return uid.equals(DEFLATED);
    }

    /** Returns why pixel data in this syntax cannot be read, and what to do; empty when it can. */
    Optional<String> refusal() {
        if (equals(IMPLICIT_LITTLE) || equals(EXPLICIT_LITTLE) || equals(EXPLICIT_BIG)) {
            return Optional.empty();
        }
        return Optional.of(
                "the transfer syntax is "
                        + label()
                        + "; uncompressed implicit and explicit VR are read. Decompress it first"
                        + " (dcmdjpeg, gdcmconv --raw).");
    }
}
