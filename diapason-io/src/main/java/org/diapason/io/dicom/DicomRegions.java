package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diapason.io.InputFile;
import org.diapason.io.Regions;
import org.diapason.volume.DataException;

/** Opens DICOM files that hold regions: structure sets and segmentations. */
public final class DicomRegions {
    private DicomRegions() {}

    /**
     * Returns the regions of a file, or of the one such file in a folder.
     *
     * @return empty where the path is a file and no DICOM file
     * @throws DataException if there is no such file, or several in the folder, or it is broken
     */
    public static Optional<Regions> open(Path fileOrFolder) {
        Path path = Files.isDirectory(fileOrFolder) ? only(fileOrFolder) : fileOrFolder;
        Optional<DicomFile> read = DicomFile.readAll(path);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(of(read.get()));
    }

    /** Returns the regions of a file of which all was read. */
    static DrawnRegions of(DicomFile file) {
        return switch (file.modality()) {
            case "RTSTRUCT" -> new RtStruct(file);
            case "SEG" -> new Segmentation(file);
            default ->
                    throw file.bad(
                            "is neither a structure set (modality RTSTRUCT) nor a segmentation"
                                    + " (SEG), but \""
                                    + file.modality()
                                    + "\".");
        };
    }

    private static Path only(Path folder) {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(Files::isRegularFile).filter(f -> holds(f)).sorted().toList();
        } catch (IOException e) {
            throw InputFile.unreadable(folder, e);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String names =
                String.join(", ", found.stream().limit(5).map(f -> InputFile.name(f)).toList());
        throw new DataException(
                InputFile.name(folder)
                        + ": there is "
                        + (found.isEmpty()
                                ? "no structure set or segmentation in it."
                                : "more than one structure set or segmentation in it: "
                                        + names
                                        + ".")
                        + " Name the file.");
    }

    private static boolean holds(Path file) {
        String modality = DicomFile.read(file).map(DicomFile::modality).orElse("");
        return modality.equals("RTSTRUCT") || modality.equals("SEG");
    }
}
