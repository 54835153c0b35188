package org.diapason.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.diapason.io.dicom.DicomInspector;
import org.diapason.io.dicom.DicomPicture;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * What lies at a path: each image with its meaning, grid and scanner, and everything that stands in
 * the way of using it. Broken files are findings, not failures.
 *
 * @param name the last part of the path
 * @param parts the images found, by folder and name
 * @param skipped files that are no images
 * @param skippedKinds what they are, with their counts
 * @param problems sentences about files that belong to no image
 * @param regions the structure sets and segmentations found
 */
public record Inspection(
        String name,
        List<Part> parts,
        int skipped,
        List<String> skippedKinds,
        List<String> problems,
        List<RegionsFile> regions) {
    private static final int DEEPEST = 4;
    private static final int MOST_FOLDERS = 5000;

    /**
     * One image: a DICOM series or a file of an {@link ImageFormat}.
     *
     * @param name the folder of the series, or the file
     * @param kind {@code DICOM series}, {@code NIfTI}, {@code NRRD}, {@code PNG}, … and the number
     *     of channels where there are several
     * @param modality {@code CT}, {@code MR}, {@code PT}, or {@code unknown}
     * @param quantity what the values are once slope and tags are applied, as far as the file tells
     * @param files the number of files
     * @param geometry the grid, where the slices form one
     * @param orientation where the axes run, in words; empty without a grid
     * @param tags what the scanner says
     * @param range smallest and largest value, of the middle slice of a series
     * @param problems sentences about what stands in the way
     * @param path where it lies from the folder that was looked at, as a cohort table names it
     * @param warnings sentences about what was put right or assumed
     */
    public record Part(
            String name,
            String kind,
            String modality,
            String quantity,
            int files,
            Optional<Geometry> geometry,
            String orientation,
            SortedMap<String, String> tags,
            Optional<Numbers> range,
            List<String> problems,
            String path,
            List<String> warnings) {}

    /**
     * A structure set or a segmentation.
     *
     * @param path where it lies from the folder that was looked at, as a cohort table names it
     * @param kind {@code RTSTRUCT} or {@code SEG}; empty where it cannot be read
     * @param regions what can be chosen from it
     * @param drawnOn the paths of the series it refers to, as far as they were found
     * @param absent how many series it refers to that were not found
     * @param problems sentences about what stands in the way
     */
    public record RegionsFile(
            String path,
            String kind,
            List<Regions.Region> regions,
            List<String> drawnOn,
            int absent,
            List<String> problems) {}

    /**
     * Looks at a file, or at a folder and up to four levels of folders in it; never throws on what
     * is there. A path with a {@link Choice} means the chosen series of that one folder.
     */
    public static Inspection of(Path asked) {
        Choice choice = Choice.of(asked);
        Path path = choice.path();
        List<Part> parts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        DicomInspector dicom = new DicomInspector(parts, problems);
        List<Path> places = places(path, problems);
        for (Path place : choice.what().isEmpty() ? places : places.subList(0, 1)) {
            List<Path> others = new ArrayList<>();
            for (Path file : files(place, problems)) {
                Optional<ImageFormat> format = ImageFormat.of(file);
                if (format.isPresent()) {
                    ImageFormat known = format.get();
                    String at = relative(path, file);
                    parts.add(one(file, at, known.label(), known.placed(), () -> known.read(file)));
                } else if (file.equals(path) && DicomPicture.is(file)) {
                    parts.add(
                            one(file, ".", "DICOM picture", false, () -> DicomPicture.read(asked)));
                } else {
                    others.add(file);
                }
            }
            try {
                dicom.inspect(name(path, place), relative(path, place), others, choice.what());
            } catch (DataException e) {
                problems.add(e.getMessage());
            }
        }
        List<RegionsFile> regions = dicom.regions();
        if (parts.isEmpty() && problems.isEmpty() && regions.isEmpty()) {
            problems.add(
                    InputFile.name(path)
                            + ": there is no image in it that can be read (DICOM CT, MR, PET;"
                            + " NIfTI, NRRD, MetaImage, PNG, TIFF, JPEG).");
        }
        List<String> kinds = new ArrayList<>();
        dicom.skipped().forEach((kind, count) -> kinds.add(count + " × " + kind));
        int skipped = dicom.skipped().values().stream().mapToInt(n -> n).sum();
        return new Inspection(
                InputFile.name(path), List.copyOf(parts), skipped, kinds, problems, regions);
    }

    private static String relative(Path path, Path place) {
        String relative = path.relativize(place).toString().replace('\\', '/');
        return relative.isEmpty() ? "." : relative;
    }

    private static List<Path> places(Path path, List<String> problems) {
        List<Path> places = new ArrayList<>();
        places.add(path);
        if (Files.isDirectory(path)) {
            below(path, 1, places, problems);
            if (places.size() > MOST_FOLDERS) {
                places.remove(MOST_FOLDERS);
                problems.add(
                        InputFile.name(path)
                                + ": more than "
                                + MOST_FOLDERS
                                + " folders; the rest was not looked at. Name a folder further down.");
            }
        } else if (!Files.exists(path)) {
            problems.add(InputFile.name(path) + ": there is no such file or folder.");
            places.clear();
        }
        return places;
    }

    private static void below(Path folder, int depth, List<Path> places, List<String> problems) {
        for (Path inner : list(folder, problems)) {
            if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (places.size() > MOST_FOLDERS) {
                return;
            }
            places.add(inner);
            if (depth < DEEPEST) {
                below(inner, depth + 1, places, problems);
            }
        }
    }

    private static String name(Path path, Path place) {
        return path.equals(place)
                ? InputFile.name(path)
                : path.relativize(place).toString().replace('\\', '/');
    }

    private static List<Path> files(Path place, List<String> problems) {
        return Files.isDirectory(place)
                ? list(place, problems).stream().filter(Files::isRegularFile).toList()
                : List.of(place);
    }

    private static List<Path> list(Path folder, List<String> problems) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(p -> !InputFile.name(p).startsWith("."))
                    .sorted(Comparator.comparing(InputFile::name))
                    .toList();
        } catch (IOException e) {
            problems.add(InputFile.unreadable(folder, e).getMessage());
            return List.of();
        }
    }

    private static Part one(
            Path file, String path, String kind, boolean placed, Supplier<Image> reader) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Optional<Volume> volume = Optional.empty();
        SortedMap<String, String> tags = new TreeMap<>();
        try {
            Image image = reader.get();
            volume = Optional.of(image.volume());
            tags.putAll(image.tags().series());
            image.tags().text("GeometryNote").ifPresent(note -> problems.add("Geometry: " + note));
            Optional.ofNullable(tags.remove("ReaderWarnings")).ifPresent(warnings::add);
        } catch (DataException e) {
            problems.add(e.getMessage());
        }
        Optional<Geometry> geometry = volume.map(Volume::geometry);
        return new Part(
                InputFile.name(file),
                kind + volume.map(Inspection::several).orElse(""),
                "unknown",
                volume.map(v -> v.quantity().label()).orElse("unknown"),
                1,
                geometry,
                placed ? geometry.map(Inspection::orientation).orElse("") : "",
                tags,
                volume.flatMap(Inspection::range),
                List.copyOf(problems),
                path,
                List.copyOf(warnings));
    }

    private static String several(Volume volume) {
        return volume.channels() > 1
                ? " of " + volume.channels() + " " + volume.meaning().kind().plural()
                : "";
    }

    /** Returns the extremes of all channels, empty where all are NaN. */
    public static Optional<Numbers> range(Volume volume) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < volume.channels(); c++) {
            Optional<Numbers> one = range(volume.channel(c), 1, 0);
            low = Math.min(low, one.map(n -> n.get(0)).orElse(low));
            high = Math.max(high, one.map(n -> n.get(1)).orElse(high));
        }
        return low <= high ? Optional.of(Numbers.of(low, high)) : Optional.empty();
    }

    /** Returns the extremes of scaled values, empty where all are NaN. */
    public static Optional<Numbers> range(float[] values, double slope, double intercept) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float v : values) {
            if (v == v) {
                double scaled = v * slope + intercept;
                low = Math.min(low, scaled);
                high = Math.max(high, scaled);
            }
        }
        return low <= high ? Optional.of(Numbers.of(low, high)) : Optional.empty();
    }

    /** Returns words such as {@code i to the left, j to the back, k to the head}. */
    public static String orientation(Geometry g) {
        String[] plus = {"left", "back", "head"};
        String[] minus = {"right", "front", "feet"};
        StringBuilder words = new StringBuilder();
        double least = 1;
        for (int a = 0; a < 3; a++) {
            int main = 0;
            for (int r = 1; r < 3; r++) {
                if (Math.abs(g.direction().get(3 * r + a))
                        > Math.abs(g.direction().get(3 * main + a))) {
                    main = r;
                }
            }
            double along = g.direction().get(3 * main + a);
            least = Math.min(least, Math.abs(along));
            words.append(a == 0 ? "" : ", ")
                    .append("ijk".charAt(a))
                    .append(" to the ")
                    .append(along > 0 ? plus[main] : minus[main]);
        }
        if (least < 0.9999) {
            double degrees = StrictMath.toDegrees(StrictMath.acos(least));
            words.append(", oblique by ").append(Numbers.fixed(degrees, 1)).append("°");
        }
        return words.toString();
    }
}
