package org.diapason.io.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.catalogue.Settings;
import org.diapason.io.Choice;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.step.Cohort;
import org.diapason.volume.Acquisition;
import org.diapason.volume.DataException;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/** Opens the exams of a cohort table: the images and masks that a recipe names, and no more. */
final class ExamFiles implements Cohort<Exam> {

    private final CohortFile table;
    private final SortedSet<String> imageNames;
    private final SortedSet<String> maskNames;

    ExamFiles(CohortFile table, SortedSet<String> imageNames, SortedSet<String> maskNames) {
        this.table = table;
        this.imageNames = imageNames;
        this.maskNames = maskNames;
    }

    @Override
    public List<String> ids() {
        return table.ids();
    }

    @Override
    public Exam open(String id) {
        SortedMap<String, String> row = table.row(id);
        SortedMap<String, Image> images = new TreeMap<>();
        for (String name : imageNames) {
            images.put(name, image(id, name, row));
        }
        SortedMap<String, Mask> masks = new TreeMap<>();
        for (String name : maskNames) {
            masks.put(name, mask(id, name, row, images));
        }
        SortedMap<String, String> columns = Acquisition.of(images);
        columns.putAll(table.covariates(id));
        return new Exam(id, images, masks, columns);
    }

    private Image image(String id, String name, SortedMap<String, String> row) {
        Path path = file(id, "image." + name, row);
        Image image = named(id, row.get("image." + name), () -> Images.read(path));
        Volume volume = image.volume();
        String quantity = row.getOrDefault("quantity." + name, "");
        if (!quantity.isEmpty()) {
            volume = volume.withQuantity(quantity(id, name, quantity, volume.quantity()));
        }
        Optional<ScannerCalibration> calibration = calibration(id, name, row);
        Numbers fwhm = calibration.flatMap(ScannerCalibration::fwhmMm).orElse(null);
        String own = row.getOrDefault("fwhm." + name, "");
        volume = volume.withFwhmMm(own.isEmpty() ? fwhm : widths(id, name, own));
        return new Image(volume, image.tags(), calibration, detector(id, name, row));
    }

    private static Quantity quantity(String id, String name, String text, Quantity inFile) {
        Quantity given;
        try {
            given = Quantity.of(text);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "exam " + id + ", column quantity." + name + ": " + e.getMessage() + ".", e);
        }
        if (inFile != Quantity.UNKNOWN) {
            throw new DataException(
                    "exam "
                            + id
                            + ": the file of image "
                            + name
                            + " says what its values are ("
                            + inFile.label()
                            + "), and so does the column quantity."
                            + name
                            + " ("
                            + given.label()
                            + "). Leave the cell empty.");
        }
        return given;
    }

    private static Numbers widths(String id, String name, String text) {
        String[] parts = text.trim().split("[\\s;]+");
        double[] mm = new double[3];
        for (int a = 0; a < 3; a++) {
            try {
                mm[a] = Double.parseDouble(parts.length == 1 ? parts[0] : parts[a]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                mm[a] = Double.NaN;
            }
            if (!(mm[a] > 0) || Double.isInfinite(mm[a]) || parts.length > 3) {
                throw new DataException(
                        "exam "
                                + id
                                + ", column fwhm."
                                + name
                                + ": found \""
                                + text
                                + "\", needed one width in mm"
                                + " or three (along i, j, k) with blanks between them.");
            }
        }
        return Numbers.of(mm);
    }

    private Optional<ScannerCalibration> calibration(
            String id, String name, SortedMap<String, String> row) {
        String own = row.getOrDefault("calibration." + name, "");
        String column = own.isEmpty() ? "calibration" : "calibration." + name;
        if (row.getOrDefault(column, "").isEmpty()) {
            return Optional.empty();
        }
        Path path = file(id, column, row);
        try {
            return Optional.of(Settings.read(ScannerCalibration.class, Json.read(path)));
        } catch (IllegalArgumentException | DataException e) {
            throw new DataException("exam " + id + ": " + e.getMessage(), e).at(row.get(column));
        }
    }

    private Optional<DetectorCalibration> detector(
            String id, String name, SortedMap<String, String> row) {
        String own = row.getOrDefault("detectorCalibration." + name, "");
        String column = own.isEmpty() ? "detectorCalibration" : "detectorCalibration." + name;
        if (row.getOrDefault(column, "").isEmpty()) {
            return Optional.empty();
        }
        Path path = file(id, column, row);
        try {
            return Optional.of(DetectorFile.read(path));
        } catch (IllegalArgumentException | DataException e) {
            throw new DataException("exam " + id + ": " + e.getMessage(), e).at(row.get(column));
        }
    }

    private Mask mask(
            String id, String name, SortedMap<String, String> row, Map<String, Image> images) {
        Path path = file(id, "mask." + name, row);
        return named(id, row.get("mask." + name), () -> onSomeGrid(path, row, images));
    }

    /**
     * A mask belongs to the image it was drawn on, else to the first on whose grid it lies; when it
     * fits none, the first says why.
     */
    private Mask onSomeGrid(Path path, SortedMap<String, String> row, Map<String, Image> images) {
        DataException first = null;
        List<String> names = new ArrayList<>(images.keySet());
        names.sort(Comparator.comparing(name -> !Masks.drawnOn(path, image(name, row))));
        for (String name : names) {
            try {
                Geometry grid = images.get(name).volume().geometry();
                return Masks.read(path, grid, Optional.of(image(name, row)));
            } catch (DataException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new DataException("there is no image the mask could lie on.") : first;
    }

    private Path image(String name, SortedMap<String, String> row) {
        return table.root().resolve(row.get("image." + name));
    }

    private Path file(String id, String column, SortedMap<String, String> row) {
        String cell = row.getOrDefault(column, "");
        if (cell.isEmpty()) {
            throw new DataException(
                    "exam "
                            + id
                            + ": the column "
                            + column
                            + " is empty. Name the file there, or take the exam"
                            + " out of the table.");
        }
        Path path = table.root().resolve(cell);
        if (!(column.startsWith("mask.") ? Masks.exists(path) : Choice.of(path).exists())) {
            throw new DataException(
                            "exam "
                                    + id
                                    + ": "
                                    + column
                                    + " names \""
                                    + cell
                                    + "\", which does not exist. Correct the path; relative ones start at the"
                                    + " cohort table's folder or at --root.")
                    .at(cell);
        }
        return path;
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T named(String id, String cell, Reading<T> reading) {
        try {
            return reading.read();
        } catch (DataException e) {
            throw new DataException("exam " + id + ": " + e.getMessage(), e).at(cell);
        }
    }

    /**
     * Bytes on disk say enough: 16-bit DICOM doubles as float, and gzip tells what it unpacks to.
     */
    @Override
    public long bytes(String id) {
        long sum = 0;
        for (String name : imageNames) {
            String cell = table.row(id).getOrDefault("image." + name, "");
            Path path = Choice.of(table.root().resolve(cell)).path();
            try {
                if (!cell.isEmpty() && Files.isDirectory(path)) {
                    try (Stream<Path> files = Files.list(path)) {
                        sum += 2 * files.mapToLong(p -> p.toFile().length()).sum();
                    }
                } else if (!cell.isEmpty() && Files.isRegularFile(path)) {
                    sum += 2 * (cell.endsWith(".gz") ? unpacked(path) : Files.size(path));
                }
            } catch (IOException | UncheckedIOException e) {
                continue; // opening the exam will say what is wrong with it
            }
        }
        return sum;
    }

    private static long unpacked(Path gz) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(gz.toFile(), "r")) {
            if (file.length() < 18) {
                return 0;
            }
            file.seek(file.length() - 4);
            return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
        }
    }
}
