package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diapason.io.Choice;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * Which image a file of regions says it was drawn on.
 *
 * @param frame the frame of reference, empty where none is stated
 * @param series the series; may be none
 */
record References(Optional<String> frame, List<String> series) {

    /** What an image says of itself. */
    private record Identity(String frame, String series) {}

    boolean names(Path image) {
        return identity(image).map(i -> series.contains(i.series)).orElse(false);
    }

    /**
     * Compares with an image that was read from a path.
     *
     * @return what could not be made sure of, in a sentence
     * @throws DataException if both state a frame of reference and these differ
     */
    Optional<String> compare(String who, Path image) {
        Optional<Identity> identity = identity(image);
        if (identity.isEmpty() || frame.isEmpty() || identity.get().frame.isEmpty()) {
            String silent = frame.isEmpty() ? who : InputFile.name(image);
            return Optional.of(
                    silent
                            + " names no frame of reference, so that the region belongs to this image"
                            + " was not checked.");
        }
        if (!identity.get().frame.equals(frame.get())) {
            throw new DataException(
                    who
                            + ": lies in another frame of reference (0020,0052) than the image \""
                            + InputFile.name(image)
                            + "\", so its millimetres are not the image's. Give the image it was drawn"
                            + " on.");
        }
        return series.isEmpty() || series.contains(identity.get().series)
                ? Optional.empty()
                : Optional.of(
                        who
                                + " was drawn on another series than \""
                                + InputFile.name(image)
                                + "\", in the same frame of reference.");
    }

    /** Looks at the first slice, of what is chosen; empty where the image is not DICOM. */
    private static Optional<Identity> identity(Path image) {
        Choice choice = Choice.of(image);
        Optional<Path> slice =
                choice.what().isEmpty()
                        ? firstSlice(choice.path())
                        : Optional.of(DicomSeries.stack(image).frames().get(0).file().path());
        return slice.flatMap(DicomFile::readAll)
                .map(DicomFile::values)
                .map(
                        v ->
                                new Identity(
                                        uid(v, Keyword.FrameOfReferenceUID),
                                        uid(v, Keyword.SeriesInstanceUID)));
    }

    private static Optional<Path> firstSlice(Path image) {
        try (Stream<Path> files = Files.isDirectory(image) ? Files.list(image) : Stream.of(image)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(DicomFile::read)
                    .flatMap(Optional::stream)
                    .filter(DicomFile::isSlice)
                    .findFirst()
                    .map(DicomFile::path);
        } catch (IOException e) {
            throw InputFile.unreadable(image, e);
        }
    }

    static String uid(DataSet values, Keyword keyword) {
        return values.text(keyword).orElse("").strip();
    }
}
