package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            if ((double) columns * rows > Integer.MAX_VALUE - 8) {
                throw frame.bad("is too large to be held.");
            }
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
     * Returns the files with each image once; of one that stands there twice the first has a
     * warning.
     *
     * @param broken takes all files of a SOPInstanceUID under which there are different pixels
     */
    static List<DicomFile> once(List<DicomFile> files, List<SeriesFolder.Broken> broken) {
        Map<String, List<DicomFile>> byUid = new LinkedHashMap<>();
        for (DicomFile file : files) {
            String uid = file.values().text(Keyword.SOPInstanceUID).orElse(file.path().toString());
            byUid.computeIfAbsent(uid, u -> new ArrayList<>()).add(file);
        }
        List<DicomFile> kept = new ArrayList<>();
        for (List<DicomFile> group : byUid.values()) {
            DicomFile first = group.get(0);
            List<DicomFile> copies = group.subList(1, group.size());
            Optional<DicomFile> other = copies.stream().filter(f -> !same(first, f)).findFirst();
            if (other.isPresent()) {
                DataException why = different(first, other.get());
                group.forEach(f -> broken.add(new SeriesFolder.Broken(f.name(), why, f.values())));
                continue;
            }
            kept.add(first);
            for (DicomFile copy : copies) {
                first.values()
                        .warnings()
                        .add(
                                "same file",
                                first.name()
                                        + " and "
                                        + copy.name()
                                        + " are the same image (same SOPInstanceUID, same pixels);"
                                        + " it was used once.");
            }
        }
        return kept;
    }

    private static DataException different(DicomFile a, DicomFile b) {
        return new DataException(
                a.name()
                        + " and "
                        + b.name()
                        + " have the same SOPInstanceUID (0008,0018) and different pixels,"
                        + " so one of them is not what it says. Neither is used: export the"
                        + " series again.");
    }
}
