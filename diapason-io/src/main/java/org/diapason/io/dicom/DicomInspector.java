package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.Inspection;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Tags;

/** Summarises the DICOM series among some files, sound or not. */
public final class DicomInspector {
    private static final List<Keyword> PET =
            List.of(
                    Keyword.Units,
                    Keyword.PatientWeight,
                    Keyword.RadionuclideTotalDose,
                    Keyword.RadionuclideHalfLife,
                    Keyword.RadiopharmaceuticalStartTime);

    private DicomInspector() {}

    /**
     * Adds a part for each series, and a problem for each broken file.
     *
     * @param folder the name of the place, for the parts
     * @return how many files are no slices
     */
    public static int inspect(
            String folder, List<Path> files, List<Inspection.Part> parts, List<String> problems) {
        DicomSeries.Heads heads = DicomSeries.heads(files);
        heads.broken().values().forEach(e -> problems.add(e.getMessage()));
        SortedMap<String, List<DicomFile>> series = new TreeMap<>();
        for (DicomFile file : heads.slices()) {
            series.computeIfAbsent(file.series(), uid -> new ArrayList<>()).add(file);
        }
        int number = 0;
        for (List<DicomFile> slices : series.values()) {
            number++;
            String name = series.size() == 1 ? folder : folder + ", series " + number;
            parts.add(part(name, slices));
        }
        return heads.skipped();
    }

    private static Inspection.Part part(String name, List<DicomFile> slices) {
        List<String> problems = new ArrayList<>();
        Optional<Geometry> geometry = Optional.empty();
        Optional<Numbers> range = Optional.empty();
        List<Frame> ordered = List.of();
        try {
            ordered = DicomSeries.frames(slices);
            SliceStack stack = SliceStack.of(ordered);
            geometry = Optional.of(stack.geometry());
            ordered = stack.frames();
            stack.note().ifPresent(note -> problems.add("Geometry: " + note + "."));
            range = range(ordered.get(ordered.size() / 2), stack.geometry());
        } catch (DataException e) {
            problems.add(e.getMessage());
        }
        SortedMap<String, String> tags = new TreeMap<>();
        String modality = slices.get(0).modality();
        String quantity = "unknown";
        try {
            Tags all = SeriesTags.of(ordered);
            tags.putAll(all.series());
            missing(modality, all, problems);
            quantity = quantity(modality, all);
        } catch (DataException e) {
            problems.add(e.getMessage());
        }
        return new Inspection.Part(
                name,
                "DICOM series",
                modality,
                quantity,
                slices.size(),
                geometry,
                geometry.map(Inspection::orientation).orElse(""),
                tags,
                range,
                List.copyOf(problems));
    }

    private static Optional<Numbers> range(Frame slice, Geometry stack) {
        Geometry one =
                new Geometry(
                        stack.ni(),
                        stack.nj(),
                        1,
                        stack.spacingMm(),
                        stack.originMm(),
                        stack.direction());
        return Inspection.range(
                PixelReader.read(List.of(slice), one),
                slice.values().number(Keyword.RescaleSlope).orElse(1),
                slice.values().number(Keyword.RescaleIntercept).orElse(0));
    }

    private static void missing(String modality, Tags tags, List<String> problems) {
        if (!modality.equals("MR")) {
            for (Keyword keyword : List.of(Keyword.RescaleSlope, Keyword.RescaleIntercept)) {
                long lacking =
                        tags.slices(keyword.name())
                                .map(n -> java.util.Arrays.stream(n.toArray()))
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
        if (modality.equals("PT")) {
            for (Keyword keyword : PET) {
                if (tags.text(keyword.name()).isEmpty()) {
                    problems.add(
                            "The series lacks "
                                    + keyword.label()
                                    + ", which SUV by body weight needs.");
                }
            }
        }
        if (tags.text(Keyword.LossyImageCompression.name()).orElse("00").equals("01")) {
            problems.add(
                    "The pixels were once compressed with loss: texture is not the scanner's.");
        }
        tags.text("DiffersBetweenSlices")
                .filter(names -> names.contains(Keyword.ConvolutionKernel.name()))
                .ifPresent(names -> problems.add("Slices differ in ConvolutionKernel."));
    }

    private static String quantity(String modality, Tags tags) {
        Map<String, String> units = Map.of("BQML", "Bq/ml", "GML", "SUVbw");
        return switch (modality) {
            case "CT" -> tags.slices(Keyword.RescaleSlope.name()).isPresent() ? "HU" : "stored";
            case "PT" -> {
                String unit = tags.text(Keyword.Units.name()).orElse("stored");
                yield units.getOrDefault(unit, unit);
            }
            default -> "MR";
        };
    }
}
