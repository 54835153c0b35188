package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.Choice;
import org.diapason.io.InputFile;
import org.diapason.math.Parallel;
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
 * and is broken stops the series, because a volume without one of its slices is not the patient.
 * What is only written wrongly is put right and told in the tag {@code ReaderWarnings}.
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
        Choice choice = Choice.of(path);
        String name = InputFile.name(choice.path());
        SeriesChoice wanted = SeriesChoice.of(name, choice.what());
        Heads heads = sound(choice.path());
        Warnings warnings = new Warnings();
        List<SubSeries> all = SubSeries.of(frames(PixelHash.once(heads.slices, warnings)));
        SubSeries one = wanted.one(name, all);
        return image(one, all, wanted, heads, warnings);
    }

    /** Returns heads none of which is broken and one of which at least is a slice. */
    private static Heads sound(Path folderOrFile) {
        Heads heads = heads(files(folderOrFile));
        if (!heads.broken.isEmpty()) {
            throw heads.broken.values().iterator().next();
        }
        if (heads.slices.isEmpty()) {
            throw new DataException(
                    InputFile.name(folderOrFile)
                            + ": there is no CT, MR or PET image in it ("
                            + heads.skippedFiles()
                            + " files skipped"
                            + (heads.skipped.isEmpty() ? "" : ": " + heads.skippedText())
                            + "). Give the folder that holds the series.");
        }
        return heads;
    }

    /** Returns the slices that {@link #read} would put together, in the order of k. */
    static SliceStack stack(Path path) {
        Choice choice = Choice.of(path);
        String name = InputFile.name(choice.path());
        SeriesChoice wanted = SeriesChoice.of(name, choice.what());
        Heads heads = sound(choice.path());
        List<SubSeries> all = SubSeries.of(frames(heads.slices));
        return SliceStack.of(wanted.one(name, all).frames(), wanted, new Warnings());
    }

    /** Says whether a file is DICOM, sound or broken; reads no more than its head. */
    public static boolean isDicom(Path file) {
        if (claims(file)) {
            return true;
        }
        try {
            return DicomFile.read(file).isPresent();
        } catch (DataException e) {
            return true;
        }
    }

    private static Image image(
            SubSeries one,
            List<SubSeries> all,
            SeriesChoice wanted,
            Heads heads,
            Warnings warnings) {
        SliceStack stack = SliceStack.of(one.frames(), wanted, warnings);
        Tags tags = SeriesTags.of(stack.frames());
        Map<String, String> series = new TreeMap<>(tags.series());
        SeriesTags.time(one, all).forEach(series::put);
        if (!stack.notes().isEmpty()) {
            series.put("GeometryNote", String.join("; ", stack.notes()));
        }
        if (!heads.skipped.isEmpty()) {
            series.put("SkippedFiles", Integer.toString(heads.skippedFiles()));
        }
        DicomFile last = null;
        for (Frame frame : stack.frames()) {
            if (frame.file() != last) {
                last = frame.file();
                warnings.addAll(last.values().warnings());
            }
        }
        if (!warnings.isEmpty()) {
            series.put("ReaderWarnings", String.join(" ", warnings.sentences()));
        }
        Volume volume = Volume.of(stack.geometry(), stack.pixels().get(), Quantity.STORED);
        return new Image(
                volume.withResampled(stack.resampled()),
                new Tags(series, tags.slices()),
                Optional.empty());
    }

    /** Returns the images in some files. */
    static List<Frame> frames(List<DicomFile> files) {
        return files.stream().flatMap(file -> Frame.of(file).stream()).toList();
    }

    /** The heads of many files, in the order of the files. */
    record Heads(
            List<DicomFile> slices,
            SortedMap<String, Integer> skipped,
            Map<String, DataException> broken) {
        int skippedFiles() {
            return skipped.values().stream().mapToInt(n -> n).sum();
        }

        /** Returns what was skipped, in words. */
        String skippedText() {
            List<String> parts = new ArrayList<>();
            skipped.forEach((kind, count) -> parts.add(count + " × " + kind));
            return String.join(", ", parts);
        }
    }

    static Heads heads(List<Path> files) {
        Object[] found = new Object[files.size()];
        Parallel.forEach(
                (found.length + 7) / 8,
                block -> {
                    for (int n = 8 * block; n < Math.min(found.length, 8 * block + 8); n++) {
                        found[n] = head(files.get(n));
                    }
                });
        List<DicomFile> slices = new ArrayList<>();
        Map<String, DataException> broken = new TreeMap<>();
        SortedMap<String, Integer> skipped = new TreeMap<>();
        for (int n = 0; n < found.length; n++) {
            if (found[n] instanceof DicomFile file) {
                slices.add(file);
            } else if (found[n] instanceof DataException e) {
                broken.put(InputFile.name(files.get(n)), e);
            } else {
                skipped.merge((String) found[n], 1, Integer::sum);
            }
        }
        return new Heads(List.copyOf(slices), skipped, broken);
    }

    /** Returns a slice, why it is broken, or the kind of a file to skip. */
    private static Object head(Path path) {
        try {
            Optional<DicomFile> file = DicomFile.read(path);
            if (file.isEmpty() && claims(path)) {
                return new DataException(
                        InputFile.name(path)
                                + ": is named like a DICOM file and is none. Copy it again or"
                                + " remove it.");
            }
            return file.map(f -> f.isSlice() ? (Object) f : f.kind()).orElse("no DICOM file");
        } catch (DataException e) {
            return e;
        }
    }

    private static boolean claims(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        return name.endsWith(".dcm") || name.endsWith(".ima");
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
            Arrays.sort(files, java.util.Comparator.comparing(InputFile::name));
            return List.of(files);
        } catch (IOException e) {
            throw InputFile.unreadable(folderOrFile, e);
        }
    }
}
