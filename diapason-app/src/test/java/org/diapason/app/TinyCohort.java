package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/**
 * CT series of 12 × 12 × 10 voxels with masks, as a hospital would hand them over: sites A and B in
 * turn, disease in every second pair, ages 50 to 77. Site B adds 12 HU and half as much noise
 * again.
 */
final class TinyCohort {
    static final Geometry GRID = Geometry.of(12, 12, 10, 2, 2, 2);

    static final String RECIPE =
            """
            seed: 1
            images:
              - units
              - isotropic: {spacing-mm: 2.5}
            features:
              - ibsi: {image: ct, mask: lesion}
            """;

    static final String WITH_TABLE =
            RECIPE
                    + """
                    table:
                      - combat: {batch: site, protect: [disease]}
                    """;

    final Path folder;
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    private TinyCohort(Path folder) {
        this.folder = folder;
    }

    /** Writes so many exams, E01, E02, … */
    static TinyCohort of(Path folder, int exams) {
        TinyCohort cohort = new TinyCohort(folder);
        for (int n = 1; n <= exams; n++) {
            cohort.add(n);
        }
        return cohort;
    }

    private void add(int n) {
        String id = (n < 10 ? "E0" : "E") + n;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("exam", id);
        row.put("site", n % 2 == 1 ? "A" : "B");
        row.put("disease", String.valueOf((n - 1) / 2 % 2));
        row.put("age", String.valueOf(50 + 7 * n % 28));
        row.put("image.ct", id + "/ct");
        row.put("mask.lesion", id + "/lesion.nii.gz");
        rows.put(id, row);
        series(id, Map.of());
        boolean[] lesion = new boolean[GRID.voxels()];
        for (int k = 2; k < 8; k++) {
            for (int j = 3; j < 9; j++) {
                for (int i = 3; i < 9; i++) {
                    lesion[GRID.index(i, j, k)] = true;
                }
            }
        }
        Nifti.writeMask(folder.resolve(row.get("mask.lesion")), Mask.of(GRID, lesion));
    }

    /** Writes the series of an exam again, with attributes of its own; empty text removes one. */
    void series(String id, Map<String, String> attributes) {
        DicomCtWriter.write(
                folder.resolve(id).resolve("ct"), id, GRID, hu(id), 1, -1024, attributes);
    }

    /** Returns what the series of an exam holds. */
    float[] hu(String id) {
        Map<String, String> row = rows.get(id);
        boolean b = row.get("site").equals("B");
        double mean = 40 + (row.get("disease").equals("1") ? 15 : 0) + (b ? 12 : 0);
        Rng rng = new Rng(Rng.seed(7, id));
        float[] hu = new float[GRID.voxels()];
        for (int v = 0; v < hu.length; v++) {
            hu[v] = (float) (mean + (b ? 15 : 10) * rng.nextGaussian());
        }
        return hu;
    }

    /** Sets a cell, in a new column where there is none of the name. */
    TinyCohort set(String id, String column, String text) {
        rows.get(id).put(column, text);
        return this;
    }

    /** Sets a cell of every exam. */
    TinyCohort setAll(String column, String text) {
        rows.values().forEach(row -> row.put(column, text));
        return this;
    }

    /** Takes a column away. */
    TinyCohort without(String column) {
        rows.values().forEach(row -> row.remove(column));
        return this;
    }

    /** Writes the cohort table and returns it. */
    Path table() {
        List<String> header = new ArrayList<>();
        rows.values()
                .forEach(
                        row ->
                                row.keySet().stream()
                                        .filter(c -> !header.contains(c))
                                        .forEach(header::add));
        Path file = folder.resolve("cohort.csv");
        Csv.write(
                file,
                header,
                rows.values().stream()
                        .map(row -> header.stream().map(c -> row.getOrDefault(c, "")).toList())
                        .toList());
        return file;
    }

    /** Writes a recipe and returns it. */
    Path recipe(String text) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), text);
    }

    /** Runs a recipe on the cohort. */
    Cli.Said run(String recipe, Path out, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("run", recipe(recipe)));
        words.addAll(List.of("--cohort", table(), "--out", out));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    /** Returns the rows of a table that a run wrote, each as its cells. */
    static List<List<String>> rows(Path csv) {
        return Csv.read(csv).rows().stream().map(Csv.Row::cells).toList();
    }
}
