package org.diapason.io.dicom;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.codec.Codec;

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

    private static final String ROOT = "1.2.840.10008.1.2";
    private static final String DEFLATED = ROOT + ".1.99";

    /** Names from PS3.6, table A-1. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry(ROOT, "Implicit VR Little Endian"),
                    Map.entry(ROOT + ".1", "Explicit VR Little Endian"),
                    Map.entry(ROOT + ".1.98", "Encapsulated Uncompressed Explicit VR"),
                    Map.entry(ROOT + ".2", "Explicit VR Big Endian"),
                    Map.entry(DEFLATED, "Deflated Explicit VR Little Endian"),
                    Map.entry(ROOT + ".4.50", "JPEG Baseline"),
                    Map.entry(ROOT + ".4.51", "JPEG Extended"),
                    Map.entry(ROOT + ".4.53", "JPEG Spectral Selection"),
                    Map.entry(ROOT + ".4.55", "JPEG Full Progression"),
                    Map.entry(ROOT + ".4.57", "JPEG Lossless"),
                    Map.entry(ROOT + ".4.70", "JPEG Lossless, first-order prediction"),
                    Map.entry(ROOT + ".4.80", "JPEG-LS Lossless"),
                    Map.entry(ROOT + ".4.81", "JPEG-LS Near-Lossless"),
                    Map.entry(ROOT + ".4.90", "JPEG 2000 Lossless"),
                    Map.entry(ROOT + ".4.91", "JPEG 2000"),
                    Map.entry(ROOT + ".4.92", "JPEG 2000 Part 2 Lossless"),
                    Map.entry(ROOT + ".4.93", "JPEG 2000 Part 2"),
                    Map.entry(ROOT + ".4.94", "JPIP Referenced"),
                    Map.entry(ROOT + ".4.95", "JPIP Referenced Deflate"),
                    Map.entry(ROOT + ".4.100", "MPEG2 Main Level"),
                    Map.entry(ROOT + ".4.101", "MPEG2 High Level"),
                    Map.entry(ROOT + ".4.102", "MPEG-4 AVC/H.264"),
                    Map.entry(ROOT + ".4.103", "MPEG-4 AVC/H.264 BD"),
                    Map.entry(ROOT + ".4.104", "MPEG-4 AVC/H.264 2D"),
                    Map.entry(ROOT + ".4.105", "MPEG-4 AVC/H.264 3D"),
                    Map.entry(ROOT + ".4.106", "MPEG-4 AVC/H.264 Stereo"),
                    Map.entry(ROOT + ".4.107", "HEVC/H.265 Main"),
                    Map.entry(ROOT + ".4.108", "HEVC/H.265 Main 10"),
                    Map.entry(ROOT + ".4.110", "JPEG XL Lossless"),
                    Map.entry(ROOT + ".4.111", "JPEG XL JPEG Recompression"),
                    Map.entry(ROOT + ".4.112", "JPEG XL"),
                    Map.entry(ROOT + ".4.201", "HTJ2K Lossless"),
                    Map.entry(ROOT + ".4.202", "HTJ2K Lossless RPCL"),
                    Map.entry(ROOT + ".4.203", "HTJ2K"),
                    Map.entry(ROOT + ".4.204", "JPIP HTJ2K Referenced"),
                    Map.entry(ROOT + ".4.205", "JPIP HTJ2K Referenced Deflate"),
                    Map.entry(ROOT + ".5", "RLE Lossless"),
                    Map.entry(ROOT + ".8.1", "Deflated Image Frame"));

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

    /** Returns what decodes the pixels; empty where they are plain or nothing does. */
    Optional<Codec> codec() {
        return Codec.of(uid);
    }

    /** Says whether pixels are not compressed, in one of the three ways of writing a data set. */
    boolean plain() {
        return equals(IMPLICIT_LITTLE) || equals(EXPLICIT_LITTLE) || equals(EXPLICIT_BIG);
    }

    /** Returns why pixel data in this syntax cannot be read, and what to do; empty when it can. */
    Optional<String> refusal() {
        if (plain() || deflated() || codec().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                "the transfer syntax is "
                        + label()
                        + ", which is not read. Read are uncompressed and deflated files, RLE, JPEG"
                        + " (baseline, extended, lossless), JPEG-LS and JPEG 2000. Convert it first"
                        + " (gdcmconv --raw).");
    }
}
