package org.diapason.io.dicom;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * The table of contents of a DICOM disk (PS3.10 8.6). It is never followed: files are found where
 * they lie. What it lists is compared with what is there.
 */
final class DicomDirectory {
    private static final int MOST_NAMED = 3;

    private DicomDirectory() {}

    static boolean is(Path file) {
        return InputFile.name(file).toUpperCase(Locale.ROOT).equals("DICOMDIR");
    }

    /** Adds a problem for files that are listed and absent, or listed outside the folder. */
    static void check(Path file, List<String> problems) {
        Optional<DicomFile> read;
        try {
            read = DicomFile.read(file);
        } catch (DataException e) {
            return; // the list of broken files names it
        }
        if (read.isEmpty()) {
            return;
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        List<String> missing = new ArrayList<>();
        int outside = 0;
        int listed = 0;
        for (DataSet record : read.get().values().items(Keyword.DirectoryRecordSequence)) {
            Optional<String> id = record.text(Keyword.ReferencedFileID);
            if (id.isEmpty()) {
                continue;
            }
            listed++;
            Path path = place(folder, id.get());
            if (path == null) {
                outside++;
            } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                missing.add(folder.relativize(path).toString().replace('\\', '/'));
            }
        }
        String name = InputFile.name(file);
        if (outside > 0) {
            problems.add(
                    name
                            + ": "
                            + outside
                            + " of "
                            + listed
                            + " listed files lie outside its folder; they were not looked at.");
        }
        if (!missing.isEmpty()) {
            String some =
                    String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())));
            problems.add(
                    name
                            + ": "
                            + missing.size()
                            + " of "
                            + listed
                            + " listed files are missing ("
                            + some
                            + (missing.size() > MOST_NAMED ? ", …" : "")
                            + "). Copy the whole disk again.");
        }
    }

    /** Returns where a file should lie; null for a place outside the folder. */
    private static Path place(Path folder, String id) {
        Path path = folder;
        for (String part : id.split("\\\\")) {
            if (part.isBlank() || part.contains("/") || part.contains("..") || part.contains(":")) {
                return null;
            }
            try {
                path = path.resolve(part.strip());
            } catch (InvalidPathException e) {
                return null;
            }
        }
        return path.normalize().startsWith(folder) ? path : null;
    }
}
