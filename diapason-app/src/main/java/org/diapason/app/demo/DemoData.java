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
import org.diapason.io.Text;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.math.Parallel;
import org.diapason.phantom.CohortPlan;
import org.diapason.phantom.LesionObject;
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
        Files.writeString(recipe(), recipeText(planted.plan()));
        for (VirtualScanner scanner : planted.plan().scanners()) {
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
        if (!planted.heldOut().isEmpty()) {
            table(heldOut(), planted.heldOut());
        }
    }

    /** Returns the recipe that is written beside the data; it protects what was planted. */
    static String recipeText(CohortPlan plan) {
        try (InputStream in = DemoData.class.getResourceAsStream("recipe.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> names =
                    plan.covariates().stream().map(CohortPlan.Covariate::name).toList();
            List<String> protect = new ArrayList<>(List.of("disease"));
            protect.addAll(names);
            return text.replace("[disease, age]", protect.toString())
                    .replace("covariates: [age]", "covariates: " + names);
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
                        "SliceThickness", Text.of(scanner.slabMm()));
        String seed = "demo/" + planted.seed() + "/" + id;
        DicomCtWriter.write(
                own, seed, volume.geometry(), volume.values(), SLOPE, INTERCEPT, attributes);
    }

    private void table(Path file, List<Visit> visits) {
        List<String> columns = new ArrayList<>(List.of("site", "disease"));
        planted.plan().covariates().forEach(c -> columns.add(c.name()));
        List<String> header = new ArrayList<>(List.of("exam"));
        header.addAll(columns);
        header.addAll(List.of("image.ct", "mask.lesion", "calibration"));
        List<List<String>> rows = new ArrayList<>();
        for (Visit visit : visits) {
            List<String> row = new ArrayList<>(List.of(visit.id()));
            columns.forEach(c -> row.add(visit.covariates().get(c)));
            row.add("exams/" + visit.id() + "/ct");
            row.add("exams/" + visit.id() + "/lesion.nii.gz");
            row.add("phantom/" + calibration(visit.scanner()).getFileName());
            rows.add(row);
        }
        Csv.write(file, header, rows);
    }

    /** Writes what was planted in each exam. */
    public void writeTruth(Path file) {
        List<Visit> visits = new ArrayList<>(planted.fitted());
        visits.addAll(planted.heldOut());
        List<List<String>> rows = new ArrayList<>();
        for (Visit visit : visits) {
            LesionObject object = planted.object(visit);
            rows.add(
                    List.of(
                            visit.id(),
                            visit.object(),
                            visit.scanner().name(),
                            visit.disease() ? "1" : "0",
                            Text.of(object.meanHu()),
                            Text.of(object.textureSdHu()),
                            Text.of(object.correlationMm()),
                            Text.of(object.volumeMm3())));
        }
        Csv.write(
                file,
                List.of(
                        "exam",
                        "object",
                        "site",
                        "disease",
                        "meanHu",
                        "textureHu",
                        "correlationMm",
                        "volumeMm3"),
                rows);
    }
}
