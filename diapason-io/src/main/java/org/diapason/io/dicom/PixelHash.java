package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/** Finds images that stand in a folder twice, by their UIDs and by the bytes of their pixels. */
final class PixelHash {
    private static final int BUFFER = 1 << 16;

    private PixelHash() {}

    /** Returns the SHA-256 of a file's pixel data as it stands there, compressed or not. */
    static String of(DicomFile file) {
        try (Source source = Source.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = Math.max(0, file.pixels().offset());
            long end = file.pixels().encapsulated() ? source.size() : at + file.pixels().length();
            while (at < end) {
                buffer.clear().limit((int) Math.min(BUFFER, end - at));
                source.read(buffer, at);
                at += buffer.position();
                digest.update(buffer.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says whether two files hold the same pixels, whichever way they are written or packed. */
    private static boolean same(DicomFile a, DicomFile b) {
        if (of(a).equals(of(b))) {
            return true;
        }
        try {
            return !a.syntax().equals(b.syntax()) && decoded(a).equals(decoded(b));
        } catch (DataException e) {
            return false;
        }
    }

    private static String decoded(DicomFile file) {
        StringBuilder hashes = new StringBuilder();
        for (Frame frame : Frame.of(file)) {
            int columns = frame.values().integer(Keyword.Columns, 1, 65535);
            int rows = frame.values().integer(Keyword.Rows, 1, 65535);
            Geometry plane = Geometry.of(columns, rows, 1, 1, 1, 1);
            hashes.append(of(PixelReader.read(List.of(frame), plane)));
        }
        return hashes.toString();
    }

    /** Returns the SHA-256 of stored numbers. */
    static String of(float[] values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (float value : values) {
                if (!buffer.hasRemaining()) {
                    digest.update(buffer.flip());
                    buffer.clear();
                }
                buffer.putFloat(value);
            }
            digest.update(buffer.flip());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the files with each image once.
     *
     * @throws DataException if two files have one SOPInstanceUID and different pixels
     */
    static List<DicomFile> once(List<DicomFile> files, Warnings warnings) {
        Map<String, DicomFile> seen = new LinkedHashMap<>();
        List<DicomFile> kept = new ArrayList<>();
        for (DicomFile file : files) {
            String uid = file.values().text(Keyword.SOPInstanceUID).orElse("");
            DicomFile before = uid.isEmpty() ? null : seen.putIfAbsent(uid, file);
            if (before == null) {
                kept.add(file);
            } else if (same(before, file)) {
                warnings.add(
                        "same file",
                        before.name()
                                + " and "
                                + file.name()
                                + " are the same image (same SOPInstanceUID, same pixels); it was"
                                + " used once.");
            } else {
                throw new DataException(
                        before.name()
                                + " and "
                                + file.name()
                                + " have the same SOPInstanceUID (0008,0018) and different pixels,"
                                + " so one of them is not what it says. Neither is used: export the"
                                + " series again.");
            }
        }
        return kept;
    }
}
