package org.diapason.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.io.table.Csv;

/**
 * How every series of a folder was acquired, as a table: what a batch may be made of, and no
 * patient.
 */
public final class AcquisitionTable {
    /** DICOM keywords; the columns have their names. */
    private static final List<String> PARAMETERS =
            List.of(
                    "Manufacturer",
                    "ManufacturerModelName",
                    "StationName",
                    "SoftwareVersions",
                    "ImageType",
                    "ConvolutionKernel",
                    "FilterType",
                    "KVP",
                    "XRayTubeCurrent",
                    "ExposureTime",
                    "Exposure",
                    "ReconstructionDiameter",
                    "GantryDetectorTilt",
                    "RescaleType",
                    "SliceThickness",
                    "ContrastBolusAgent",
                    "ScanOptions",
                    "MagneticFieldStrength",
                    "ScanningSequence",
                    "SequenceVariant",
                    "MRAcquisitionType",
                    "ReceiveCoilName",
                    "RepetitionTime",
                    "EchoTime",
                    "EchoNumbers",
                    "InversionTime",
                    "FlipAngle",
                    "EchoTrainLength",
                    "NumberOfAverages",
                    "PixelBandwidth",
                    "DiffusionBValue",
                    "ComplexImageComponent",
                    "TemporalPositionIdentifier",
                    "NominalPercentageOfCardiacPhase",
                    "FrameStartSeconds",
                    "FrameDurationSeconds",
                    "Units",
                    "SUVType",
                    "DecayCorrection",
                    "CorrectedImage",
                    "AttenuationCorrectionMethod",
                    "ScatterCorrectionMethod",
                    "RandomsCorrectionMethod",
                    "ReconstructionMethod",
                    "Radiopharmaceutical",
                    "RadionuclideHalfLife",
                    "LossyImageCompression",
                    "BurnedInAnnotation",
                    "DiffersBetweenSlices");

    /** What SUV needs of the patient, for PET only. */
    private static final List<String> BODY = List.of("PatientSex", "PatientWeight", "PatientSize");

    private static final List<String> GRID =
            List.of("columns", "rows", "slices", "spacingI", "spacingJ", "spacingK");

    private AcquisitionTable() {}

    /** Writes a row for each series: its path, which a cohort table takes, and how it was made. */
    public static void write(Path file, Inspection found) {
        List<String> header = new ArrayList<>(List.of("path", "modality", "quantity", "files"));
        header.addAll(GRID);
        header.addAll(PARAMETERS);
        header.addAll(BODY);
        header.addAll(List.of("usable", "problem"));
        List<List<String>> rows = new ArrayList<>();
        for (Inspection.Part part : found.parts()) {
            List<String> row = new ArrayList<>();
            row.add(part.path());
            row.add(part.modality());
            row.add(part.quantity());
            row.add(Integer.toString(part.files()));
            for (int axis = 0; axis < 6; axis++) {
                int a = axis;
                row.add(
                        part.geometry()
                                .map(
                                        g ->
                                                a < 3
                                                        ? Integer.toString(g.size(a))
                                                        : Text.of(g.spacing(a - 3)))
                                .orElse(""));
            }
            PARAMETERS.forEach(keyword -> row.add(cell(part, keyword)));
            boolean pet = part.modality().equals("PT");
            BODY.forEach(keyword -> row.add(pet ? cell(part, keyword) : ""));
            row.add(part.problems().isEmpty() ? "yes" : "no");
            row.add(part.problems().isEmpty() ? "" : part.problems().get(0));
            rows.add(row);
        }
        Csv.write(file, header, rows);
    }

    private static String cell(Inspection.Part part, String keyword) {
        return part.tags().getOrDefault(keyword, "").strip();
    }

    /**
     * Writes a cohort table to begin with: a row for each folder right below the one that was
     * looked at, with its usable series as {@code image.ct}, {@code image.pt}, {@code image.mr},
     * {@code image.mr2}, …, {@code image.other} where no modality is known, and the scanner of the
     * first one as {@code scanner}.
     *
     * @param root the folder that was looked at; paths are written relative to the table's folder
     */
    public static void writeCohort(Path file, Inspection found, Path root) {
        Path absolute = Choice.of(root).path().toAbsolutePath().normalize();
        Path table = file.toAbsolutePath().normalize().getParent();
        String up = table.relativize(absolute).toString().replace('\\', '/');
        Map<String, SortedMap<String, String>> exams = new LinkedHashMap<>();
        Map<String, String> ids = new HashMap<>();
        TreeSet<String> columns = new TreeSet<>(AcquisitionTable::byNumber);
        for (Inspection.Part part : found.parts()) {
            if (!part.problems().isEmpty()) {
                continue;
            }
            String id =
                    ids.computeIfAbsent(
                            part.path().split("/", 2)[0].split("#", 2)[0],
                            first -> exam(first, ids.values()));
            SortedMap<String, String> row = exams.computeIfAbsent(id, i -> new TreeMap<>());
            boolean known = part.modality().matches("[A-Z]{2}");
            String kind = known ? part.modality().toLowerCase(Locale.ROOT) : "other";
            String column = "image." + kind;
            for (int n = 2; row.containsKey(column); n++) {
                column = "image." + kind + n;
            }
            columns.add(column);
            row.put(column, up.isEmpty() ? part.path() : below(up, part.path()));
            String scanner = cell(part, "Manufacturer") + " " + cell(part, "ManufacturerModelName");
            if (!scanner.isBlank()) {
                row.putIfAbsent("scanner", scanner.strip());
            }
        }
        List<String> header = new ArrayList<>(List.of("exam"));
        header.addAll(columns);
        header.add("scanner");
        List<List<String>> rows = new ArrayList<>();
        exams.forEach(
                (id, cells) -> {
                    List<String> row = new ArrayList<>(List.of(id));
                    header.subList(1, header.size())
                            .forEach(c -> row.add(cells.getOrDefault(c, "")));
                    rows.add(row);
                });
        Csv.write(file, header, rows);
    }

    /** Returns the path of a part of what lies at {@code up}, which may be a file itself. */
    private static String below(String up, String path) {
        boolean itself = path.equals(".") || path.startsWith(".#");
        return itself ? up + path.substring(1) : up + "/" + path;
    }

    /** Puts image.ct before image.ct2, and that before image.ct10 and image.mr. */
    private static int byNumber(String a, String b) {
        String bare = a.replaceAll("\\d+$", "");
        int names = bare.compareTo(b.replaceAll("\\d+$", ""));
        int lengths = Integer.compare(a.length(), b.length());
        return names != 0 ? names : lengths != 0 ? lengths : a.compareTo(b);
    }

    /** Returns a name for an exam that no other folder has. */
    private static String exam(String folder, Collection<String> taken) {
        String id = folder.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String base = id.isEmpty() ? "exam" : id;
        String free = base;
        for (int n = 2; taken.contains(free); n++) {
            free = base + "-" + n;
        }
        return free;
    }
}
