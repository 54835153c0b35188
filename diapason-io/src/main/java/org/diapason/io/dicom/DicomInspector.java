package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.Inspection;
import org.diapason.io.Text;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/** Summarises the DICOM series in one folder after another, sound or not. */
public final class DicomInspector {
    /** What SUV needs of a series and which column of a cohort table stands in for it. */
    private static final Map<Keyword, String> PET =
            Map.of(
                    Keyword.DecayCorrection, "decayCorrection",
                    Keyword.PatientWeight, "weightKg",
                    Keyword.RadionuclideTotalDose, "doseBq",
                    Keyword.RadionuclideHalfLife, "halfLifeSeconds",
                    Keyword.RadiopharmaceuticalStartTime, "injectionDateTime");

    /** Values in these units are SUV already: dose and times are of no account. */
    private static final Set<String> RATIOS = Set.of("GML", "CM2ML");

    private final List<Inspection.Part> parts;
    private final List<String> problems;
    private final SortedMap<String, Integer> skipped = new TreeMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Map<String, List<String>> uids = new HashMap<>();
    private final Map<Path, String> drawn = new LinkedHashMap<>();

    /**
     * Makes an inspector.
     *
     * @param parts takes a part for each series
     * @param problems takes a sentence for each broken file
     */
    public DicomInspector(List<Inspection.Part> parts, List<String> problems) {
        this.parts = parts;
        this.problems = problems;
    }

    /** Returns how many files were no slices, by what they are. */
    public SortedMap<String, Integer> skipped() {
        return skipped;
    }

    /**
     * Adds the series of one folder.
     *
     * @param name the name of the place, for messages
     * @param path the place relative to where the inspection began
     * @param what the series that are meant, as behind {@code #} in a path; empty for all
     */
    public void inspect(String name, String path, List<Path> files, String what) {
        SeriesFolder folder = SeriesFolder.of(files);
        folder.broken().stream().map(b -> b.why().getMessage()).distinct().forEach(problems::add);
        folder.skipped()
                .forEach(
                        (kind, count) -> {
                            if (!what.isEmpty() || !kind.matches(".*\\((RTSTRUCT|SEG)\\)")) {
                                skipped.merge(kind, count, Integer::sum);
                            }
                        });
        files.stream().filter(DicomDirectory::is).forEach(f -> DicomDirectory.check(f, problems));
        List<SubSeries> all = SubSeries.of(folder.frames());
        SeriesChoice choice = SeriesChoice.of(name, what);
        if (what.isEmpty()) {
            folder.regions().forEach(file -> drawn.put(file, path));
        }
        Map<Integer, String> labels = SeriesChoice.labels(all);
        // beside a broken file even an only series has to be chosen
        boolean alone = all.size() == 1 && folder.broken().isEmpty();
        for (int number : choice.among(all)) {
            String suffix = alone ? "" : "#series=" + number;
            String label = labels.get(number);
            String called = name + suffix + (label.isEmpty() ? "" : " (" + label + ")");
            SubSeries one = all.get(number - 1);
            Inspection.Part part = part(called, path + suffix, one, all, choice, folder);
            parts.add(part);
            uids.computeIfAbsent(one.text(Keyword.SeriesInstanceUID), u -> new ArrayList<>())
                    .add(part.path());
        }
    }

    /** Returns what the structure sets and segmentations of all folders hold. */
    public List<Inspection.RegionsFile> regions() {
        List<Inspection.RegionsFile> all = new ArrayList<>();
        drawn.forEach((file, path) -> all.add(RegionInspector.of(file, path, uids)));
        return all;
    }

    private Inspection.Part part(
            String name,
            String path,
            SubSeries series,
            List<SubSeries> all,
            SeriesChoice choice,
            SeriesFolder folder) {
        List<String> wrong = new ArrayList<>();
        Warnings warnings = new Warnings();
        try {
            folder.without(series, warnings);
        } catch (DataException e) {
            wrong.add("Cannot be read, since a file of this series is broken: " + e.getMessage());
        }
        Optional<Geometry> geometry = Optional.empty();
        Optional<Numbers> range = Optional.empty();
        List<Frame> ordered = series.frames();
        try {
            SliceStack stack = SliceStack.of(ordered, choice, warnings);
            geometry = Optional.of(stack.geometry());
            ordered = stack.frames();
            stack.notes().forEach(n -> warnings.add(n, "Geometry: " + n + "."));
            range = range(path, ordered.get(ordered.size() / 2), warnings);
        } catch (DataException e) {
            wrong.add(e.getMessage());
        }
        ordered.stream()
                .map(Frame::file)
                .distinct()
                .forEach(file -> warnings.addAll(file.values().warnings()));
        SortedMap<String, String> tags = new TreeMap<>();
        String modality = ordered.get(0).values().text(Keyword.Modality).orElse("");
        String quantity = "unknown";
        try {
            Tags own = SeriesTags.of(ordered);
            tags.putAll(own.series());
            own.slices().forEach((k, v) -> median(v).ifPresent(m -> tags.putIfAbsent(k, m)));
            tags.putAll(SeriesTags.time(series, all));
            missing(modality, own, ordered.size(), wrong);
            quantity = quantity(modality, own);
        } catch (DataException e) {
            wrong.add(e.getMessage());
        }
        int files = (int) series.frames().stream().map(Frame::file).distinct().count();
        return new Inspection.Part(
                name,
                files == series.frames().size() ? "DICOM series" : "DICOM series of many frames",
                modality,
                quantity,
                files,
                geometry,
                geometry.map(Inspection::orientation).orElse(""),
                tags,
                range,
                List.copyOf(wrong),
                path,
                warnings.sentences());
    }

    /** Returns the middle of what slices say each for itself, empty where some say nothing. */
    private static Optional<String> median(Numbers slices) {
        double[] sorted = slices.toArray();
        Arrays.sort(sorted);
        double middle = sorted[(sorted.length - 1) / 2];
        return Double.isNaN(sorted[sorted.length - 1])
                ? Optional.empty()
                : Optional.of(Text.of(middle));
    }

    /** Returns the extremes of a slice; warns where its pixels have been seen in another series. */
    private Optional<Numbers> range(String path, Frame slice, Warnings warnings) {
        int columns = slice.values().integer(Keyword.Columns, 1, 65535);
        int rows = slice.values().integer(Keyword.Rows, 1, 65535);
        Geometry plane = Geometry.of(columns, rows, 1, 1, 1, 1);
        float[] stored = PixelReader.read(List.of(slice), plane);
        PixelReader.tellRounded(List.of(slice), stored, warnings);
        Optional<Numbers> range =
                Inspection.range(
                        stored,
                        slice.values().number(Keyword.RescaleSlope).orElse(1),
                        slice.values().number(Keyword.RescaleIntercept).orElse(0));
        boolean flat = range.isEmpty() || range.get().get(0) == range.get().get(1);
        if (!flat) {
            String before = seen.putIfAbsent(PixelHash.of(stored), path);
            if (before != null) {
                warnings.add(
                        "seen",
                        "The middle slice has the pixels of the middle slice of "
                                + before
                                + ": one of the two series may be an export of the other, and"
                                + " should count once.");
            }
        }
        return range;
    }

    private static void missing(String modality, Tags tags, int slices, List<String> problems) {
        int before = problems.size();
        if (!modality.equals("MR")) {
            for (Keyword keyword : List.of(Keyword.RescaleSlope, Keyword.RescaleIntercept)) {
                long lacking =
                        tags.slices(keyword.name())
                                .map(n -> Arrays.stream(n.toArray()))
                                .map(n -> n.filter(Double::isNaN).count())
                                .orElse(-1L);
                if (lacking != 0) {
                    problems.add(
                            (lacking < 0 ? "All slices" : lacking + " slices")
                                    + " lack "
                                    + keyword.label()
                                    + ", so the values have no unit.");
                }
            }
        }
        Optional<String> refusal = modality.equals("PT") ? refusal(tags, slices) : Optional.empty();
        if (refusal.isPresent()) {
            new TreeMap<>(PET)
                    .forEach(
                            (keyword, column) -> {
                                if (lacks(tags, keyword)) {
                                    problems.add(
                                            "The series lacks "
                                                    + keyword.label()
                                                    + ", which SUV by body weight needs. Column "
                                                    + column
                                                    + " of the cohort table can say it.");
                                }
                            });
            if (tags.text(Keyword.Units.name()).isEmpty()) {
                problems.add(
                        "The series lacks "
                                + Keyword.Units.label()
                                + ", so its values have no unit. Column petUnits of the cohort table"
                                + " can say it.");
            }
            if (problems.size() == before) {
                problems.add("The series cannot become SUV: " + refusal.get());
            }
        }
        if (tags.text(Keyword.LossyImageCompression.name()).orElse("00").equals("01")) {
            problems.add(
                    "The pixels were once compressed with loss: texture is not the scanner's.");
        }
    }

    /** Returns why SUV by body weight is refused, by the very step that makes it. */
    private static Optional<String> refusal(Tags tags, int slices) {
        Geometry line = Geometry.of(1, 1, slices, 1, 1, 1);
        Volume nothing = Volume.of(line, new float[slices], Quantity.STORED);
        Image image = new Image(nothing, tags, Optional.empty());
        Exam exam = Exam.of("E", Map.of("pt", image), Map.of(), Map.of());
        try {
            new Units("*").apply(exam, new Trace());
            return Optional.empty();
        } catch (RefusedException | DataException e) {
            return Optional.of(e.getMessage().replaceFirst("^exam E, image pt: ", ""));
        }
    }

    private static boolean lacks(Tags tags, Keyword keyword) {
        String units = tags.text(Keyword.Units.name()).orElse("").strip();
        boolean suv =
                RATIOS.contains(units)
                        || units.equals("CNTS")
                                && tags.slices(Keyword.PhilipsSuvScaleFactor.name())
                                        .map(n -> Arrays.stream(n.toArray()).allMatch(f -> f > 0))
                                        .orElse(false);
        // a dose that the values were corrected to needs no time
        boolean admin =
                tags.text(Keyword.DecayCorrection.name()).orElse("").strip().equals("ADMIN");
        boolean byWeight = tags.text(Keyword.SUVType.name()).orElse("BW").strip().equals("BW");
        return switch (keyword) {
            case PatientWeight ->
                    tags.text(keyword.name()).isEmpty() && !(units.equals("GML") && byWeight);
            case RadiopharmaceuticalStartTime ->
                    !suv
                            && !admin
                            && Stream.of(
                                            keyword,
                                            Keyword.RadiopharmaceuticalStartDateTime,
                                            Keyword.GEAdministrationDateTime)
                                    .allMatch(k -> tags.text(k.name()).isEmpty());
            case RadionuclideHalfLife ->
                    !suv
                            && !admin
                            && tags.text(keyword.name()).isEmpty()
                            && tags.text("RadionuclideCode").isEmpty();
            default -> !suv && tags.text(keyword.name()).isEmpty();
        };
    }

    private static String quantity(String modality, Tags tags) {
        return switch (modality) {
            case "CT" -> {
                String type = tags.text(Keyword.RescaleType.name()).orElse("HU").strip();
                boolean known = tags.slices(Keyword.RescaleSlope.name()).isPresent();
                yield known ? type : "stored";
            }
            case "PT" -> {
                String unit = tags.text(Keyword.Units.name()).orElse("stored").strip();
                String type = tags.text(Keyword.SUVType.name()).orElse("").strip();
                yield switch (unit) {
                    case "BQML" -> "Bq/ml";
                    case "GML" -> "SUV" + (type.isEmpty() ? "bw" : type.toLowerCase(Locale.ROOT));
                    default -> unit;
                };
            }
            default -> "MR";
        };
    }
}
