package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.Choice;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads a CT, MR or PET series as one image of its stored numbers: one file a slice, multi-frame
 * files, and mosaics.
 *
 * <p>Files may lie in any order beside other files: what is no slice (structure sets, reports,
 * localizers, text) is skipped and counted in the tag {@code SkippedFiles}. What claims to be DICOM
 * and is broken stops the series, because a volume without one of its slices is not the patient;
 * where a series is chosen, only if it is not of another one ({@link SeriesFolder.Broken#of}). What
 * is only written wrongly is put right and told in the tag {@code ReaderWarnings}.
 */
public final class DicomSeries {
    private DicomSeries() {}

    /**
     * Returns the one series of a folder (not of its sub-folders), or one file as a single slice.
     *
     * <p>Values are the stored numbers with their sign; slope and intercept are left to the tags
     * {@code RescaleSlope} and {@code RescaleIntercept} of each slice. Axis i runs along a row, j
     * along a column, k along i × j. Files are read in parallel.
     *
     * @param path a folder, a file, or either with a choice, see {@link Choice}: {@code
     *     folder#EchoTime=4.6}
     * @throws DataException if there is no slice, several series are there and none is chosen, or
     *     slices do not form one regular stack
     */
    public static Image read(Path path) {
        return image(find(path));
    }

    /** A series that was chosen, and where it was. */
    private record Found(
            SubSeries one,
            List<SubSeries> all,
            SeriesChoice wanted,
            SeriesFolder folder,
            Warnings warnings) {
        SliceStack stack() {
            return SliceStack.of(one.frames(), wanted, warnings);
        }
    }

    private static Found find(Path path) {
        Choice choice = Choice.of(path);
        String name = InputFile.name(choice.path());
        SeriesChoice wanted = SeriesChoice.of(name, choice.what());
        SeriesFolder folder = SeriesFolder.of(files(choice.path()));
        List<SubSeries> all = SubSeries.of(folder.frames());
        boolean chosen = wanted.chooses() && !wanted.among(all).isEmpty();
        if (!chosen && !folder.broken().isEmpty()) {
            throw folder.broken().get(0).why();
        }
        if (all.isEmpty()) {
            throw new DataException(
                    name
                            + ": there is no CT, MR or PET image in it ("
                            + folder.skippedFiles()
                            + " files skipped"
                            + (folder.skipped().isEmpty() ? "" : ": " + folder.skippedText())
                            + "). Give the folder that holds the series.");
        }
        Found found = new Found(wanted.one(name, all), all, wanted, folder, new Warnings());
        folder.without(found.one, found.warnings);
        return found;
    }

    /** Returns the slices that {@link #read} would put together, in the order of k. */
    static SliceStack stack(Path path) {
        return find(path).stack();
    }

    /** Says whether a file is DICOM, sound or broken; reads no more than its head. */
    public static boolean isDicom(Path file) {
        if (SeriesFolder.claims(file)) {
            return true;
        }
        try {
            return DicomFile.read(file).isPresent();
        } catch (DataException e) {
            return true;
        }
    }

    private static Image image(Found found) {
        SliceStack stack = found.stack();
        Tags tags = SeriesTags.of(stack.frames());
        Map<String, String> series = new TreeMap<>(tags.series());
        SeriesTags.time(found.one, found.all).forEach(series::put);
        if (!stack.notes().isEmpty()) {
            series.put("GeometryNote", String.join("; ", stack.notes()));
        }
        if (!found.folder.skipped().isEmpty()) {
            series.put("SkippedFiles", Integer.toString(found.folder.skippedFiles()));
        }
        Warnings warnings = found.warnings;
        DicomFile last = null;
        for (Frame frame : stack.frames()) {
            if (frame.file() != last) {
                last = frame.file();
                warnings.addAll(last.values().warnings());
            }
        }
        float[] values = stack.pixels().get();
        PixelReader.tellRounded(stack.frames(), values, warnings);
        if (!warnings.isEmpty()) {
            series.put("ReaderWarnings", String.join(" ", warnings.sentences()));
        }
        Volume volume = Volume.of(stack.geometry(), values, Quantity.STORED);
        return new Image(
                volume.withResampled(stack.resampled()),
                new Tags(series, tags.slices()),
                Optional.empty());
    }

    /** Returns the regular files of a folder that are not hidden, by name; or the file itself. */
    static List<Path> files(Path folderOrFile) {
        if (!Files.isDirectory(folderOrFile)) {
            if (!Files.isRegularFile(folderOrFile)) {
                throw new DataException(
                        InputFile.name(folderOrFile) + ": there is no such file or folder.");
            }
            return List.of(folderOrFile);
        }
        try (Stream<Path> list = Files.list(folderOrFile)) {
            Path[] files =
                    list.filter(Files::isRegularFile)
                            .filter(p -> !InputFile.name(p).startsWith("."))
                            .toArray(Path[]::new);
            Arrays.sort(files, Comparator.comparing(InputFile::name));
            return List.of(files);
        } catch (IOException e) {
            throw InputFile.unreadable(folderOrFile, e);
        }
    }
}
