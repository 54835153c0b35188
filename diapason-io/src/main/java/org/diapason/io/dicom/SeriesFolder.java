package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.InputFile;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;

/**
 * What some files hold: images that may become volumes, files to skip, and files that are broken.
 *
 * @param frames the images of all sound files, in the order of the files; each image once
 * @param skipped how many files are no slices, by what they are
 * @param broken files that cannot be used, in the order of the files
 * @param regions structure sets and segmentations among those skipped
 */
record SeriesFolder(
        List<Frame> frames,
        SortedMap<String, Integer> skipped,
        List<Broken> broken,
        List<Path> regions) {

    /** Whether a broken file is one of a series. */
    enum Fate {
        BELONGS,
        ELSEWHERE,
        /** It broke off before it said. */
        UNKNOWN
    }

    /**
     * A file that cannot be used.
     *
     * @param head what could be read of it; may be nothing
     */
    record Broken(String name, DataException why, DataSet head) {
        private static final String MANY_FRAMES =
                "1\\.2\\.840\\.10008\\.5\\.1\\.4\\.1\\.1\\.(2\\.[12]|4\\.[1-4]|128\\.1|130)";

        /**
         * Says whether it is of a series: elsewhere where it says anything that its series has only
         * one of and that differs, unknown where it does not name its series.
         */
        Fate of(SubSeries series) {
            DataSet ours = series.frames().get(0).values();
            try {
                boolean many = head.text(Keyword.SOPClassUID).orElse("").matches(MANY_FRAMES);
                for (Keyword keyword : SubSeries.ALWAYS) {
                    // of many frames each has its own type, which the file does not say
                    boolean asked = !many || keyword != Keyword.ImageType;
                    Optional<String> says = head.text(keyword);
                    if (asked
                            && says.isPresent()
                            && !SubSeries.alike(says.get(), ours.text(keyword).orElse(""))) {
                        return Fate.ELSEWHERE;
                    }
                }
                return head.text(Keyword.SeriesInstanceUID).isPresent()
                        ? Fate.BELONGS
                        : Fate.UNKNOWN;
            } catch (DataException e) {
                return Fate.UNKNOWN;
            }
        }
    }

    /** Says whether a folder or file holds no slice, sound or broken. */
    static boolean isNone(Path folderOrFile) {
        SeriesFolder folder = of(DicomSeries.files(folderOrFile));
        return folder.frames.isEmpty() && folder.broken.isEmpty();
    }

    /** Reads the heads of files, in parallel. */
    static SeriesFolder of(List<Path> files) {
        Object[] found = new Object[files.size()];
        Parallel.forEach(
                (found.length + 7) / 8,
                block -> {
                    for (int n = 8 * block; n < Math.min(found.length, 8 * block + 8); n++) {
                        found[n] = head(files.get(n));
                    }
                });
        List<DicomFile> slices = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        List<Path> regions = new ArrayList<>();
        SortedMap<String, Integer> skipped = new TreeMap<>();
        for (int n = 0; n < found.length; n++) {
            if (found[n] instanceof Broken b) {
                broken.add(b);
            } else if (found[n] instanceof DicomFile file && file.isSlice()) {
                slices.add(file);
            } else {
                String kind = found[n] instanceof DicomFile f ? f.kind() : "no DICOM file";
                skipped.merge(kind, 1, Integer::sum);
                if (kind.endsWith("(RTSTRUCT)") || kind.endsWith("(SEG)")) {
                    regions.add(files.get(n));
                }
            }
        }
        List<Frame> frames = new ArrayList<>();
        for (DicomFile file : PixelHash.once(slices, broken)) {
            try {
                frames.addAll(Frame.of(file));
            } catch (DataException e) {
                broken.add(new Broken(file.name(), e, file.values()));
            }
        }
        return new SeriesFolder(frames, skipped, broken, regions);
    }

    /** Returns a file, why it is broken, or null where it is no DICOM file. */
    private static Object head(Path path) {
        String name = InputFile.name(path);
        try {
            Optional<DicomFile> file = DicomFile.read(path);
            if (file.isEmpty() && claims(path)) {
                DataException why =
                        new DataException(
                                name
                                        + ": is named like a DICOM file and is none. Copy it again"
                                        + " or remove it.");
                return new Broken(name, why, new DataSet(name));
            }
            return file.orElse(null);
        } catch (DataException e) {
            return new Broken(name, e, DicomParser.untilBroken(path));
        }
    }

    /** Says whether a file has a name that only DICOM files have. */
    static boolean claims(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        return name.endsWith(".dcm") || name.endsWith(".ima");
    }

    int skippedFiles() {
        return skipped.values().stream().mapToInt(n -> n).sum();
    }

    /** Returns what was skipped, in words. */
    String skippedText() {
        List<String> parts = new ArrayList<>();
        skipped.forEach((kind, count) -> parts.add(count + " × " + kind));
        return String.join(", ", parts);
    }

    /**
     * Makes sure that no broken file is one of a series, and warns of the others.
     *
     * @throws DataException that of the first broken file that is
     */
    void without(SubSeries series, Warnings warnings) {
        for (Broken b : broken) {
            switch (b.of(series)) {
                case BELONGS -> throw b.why;
                case ELSEWHERE ->
                        warnings.add(
                                "broken elsewhere",
                                b.name
                                        + " is broken and is no image of the chosen series; it was"
                                        + " left aside.");
                case UNKNOWN ->
                        warnings.add(
                                "broken unknown",
                                b.name
                                        + " is broken and does not say which series it is of; it was"
                                        + " left aside. If it was the first or the last slice of the"
                                        + " chosen series, the volume lacks it.");
            }
        }
    }
}
