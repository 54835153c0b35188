package org.diapason.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.math.Parallel;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.PlantedCohort.Visit;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Progress;
import org.diapason.volume.Exam;
import org.diapason.volume.Volume;

/**
 * Writes a planted cohort as a hospital would hand it over: CT series and masks, a phantom scan per
 * scanner, two cohort tables and a recipe.
 */
public final class DemoData {
    private static final double SLOPE = 1;
    private static final double INTERCEPT = -1024;

    private final PlantedCohort planted;
    private final Path folder;

    public DemoData(PlantedCohort planted, Path folder) {
        this.planted = planted;
        this.folder = folder;
    }

    public Path recipe() {
        return folder.resolve("recipe.yaml");
    }

    /** Returns the table of the sixty exams that a run is fitted on. */
    public Path cohort() {
        return folder.resolve("cohort.csv");
    }

    /** Returns the table of the sixty exams that no fit sees. */
    public Path heldOut() {
        return folder.resolve("held-out.csv");
    }

    /** Returns the folder of a scanner's phantom scan. */
    public Path phantomScan(VirtualScanner scanner) {
        return folder.resolve("phantom").resolve(scanner.name());
    }

    /** Returns the calibration that the tables name for a scanner; measured by others. */
    public Path calibration(VirtualScanner scanner) {
        return folder.resolve("phantom").resolve("calibration-" + scanner.name() + ".json");
    }

    /** Writes everything but the calibrations. */
    public void write(Progress progress) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(recipe(), recipeText());
        for (VirtualScanner scanner : PlantedCohort.SCANNERS) {
            series(phantomScan(scanner), "phantom", scanner, planted.phantomScan(scanner));
        }
        List<Visit> visits = new ArrayList<>(planted.fitted());
        visits.addAll(planted.heldOut());
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                visits.size(),
                n -> {
                    exam(visits.get(n));
                    progress.at("writing the cohort", done.incrementAndGet(), visits.size(), 0);
                });
        table(cohort(), planted.fitted());
        table(heldOut(), planted.heldOut());
    }

    /** Returns the recipe that is written beside the data. */
    public static String recipeText() {
        try (InputStream in = DemoData.class.getResourceAsStream("recipe.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void exam(Visit visit) {
        Exam exam = planted.scan(visit);
        Path own = folder.resolve("exams").resolve(visit.id());
        series(
                own.resolve("ct"),
                visit.id(),
                visit.scanner(),
                exam.image(PlantedCohort.IMAGE).volume());
        Nifti.writeMask(own.resolve("lesion.nii.gz"), exam.mask(PlantedCohort.MASK));
    }

    private void series(Path own, String id, VirtualScanner scanner, Volume volume) {
        Map<String, String> attributes =
                Map.of(
                        "Manufacturer", "Diapason",
                        "ManufacturerModelName", "Virtual scanner",
                        "StationName", scanner.name(),
                        "SeriesDate", "20260101",
                        "SliceThickness", org.diapason.io.Text.of(scanner.slabMm()));
        String seed = "demo/" + planted.seed() + "/" + id;
        DicomCtWriter.write(
                own, seed, volume.geometry(), volume.values(), SLOPE, INTERCEPT, attributes);
    }

    private void table(Path file, List<Visit> visits) {
        List<List<String>> rows = new ArrayList<>();
        for (Visit visit : visits) {
            Map<String, String> c = visit.covariates();
            rows.add(
                    List.of(
                            visit.id(),
                            c.get("site"),
                            c.get("disease"),
                            c.get("age"),
                            "exams/" + visit.id() + "/ct",
                            "exams/" + visit.id() + "/lesion.nii.gz",
                            "phantom/" + calibration(visit.scanner()).getFileName()));
        }
        Csv.write(
                file,
                List.of("exam", "site", "disease", "age", "image.ct", "mask.lesion", "calibration"),
                rows);
    }
}
