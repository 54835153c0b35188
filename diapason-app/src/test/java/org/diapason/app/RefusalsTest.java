package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run must not do, and how it says so. */
class RefusalsTest {
    private static final String FEATURES =
            """
            features:
              - ibsi: {image: ct, mask: lesion, discretisations: [{bin-width: 25}]}
            """;

    @TempDir Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private List<String> outcome(int row) {
        return TinyCohort.rows(out().resolve("outcomes.csv")).get(row);
    }

    @Test
    void aSiteThatHasAllTheCasesIsRefusedAndWhatWasMeasuredIsKept() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 12);
        for (int n = 1; n <= 12; n++) {
            cohort.set((n < 10 ? "E0" : "E") + n, "disease", n % 2 == 1 ? "sick" : "well");
        }
        Cli.Said said = cohort.run(TinyCohort.WITH_TABLE, out());
        String reason =
                "disease and site cannot be told apart: no exam with disease=well in A; no exam with"
                        + " disease=sick in B. Removing site would remove disease. Collect exams for"
                        + " what is missing, or use travelling subjects.";
        assertEquals(1, said.code());
        assertEquals(
                "12 done\nrefused for the whole cohort: "
                        + reason
                        + "\nwarnings of 12 exams are in the report\nreport: "
                        + out().resolve("report.html")
                        + "\n",
                said.out());
        assertEquals(List.of("*", "refused", "combat", "", reason), outcome(0));
        assertEquals(13, TinyCohort.rows(out().resolve("outcomes.csv")).size());
        assertEquals(12, TinyCohort.rows(out().resolve("features.csv")).size());
        assertFalse(Files.exists(out().resolve("features-harmonized.csv")));
        assertFalse(Files.exists(out().resolve("fitted.json")));
        assertTrue(Files.readString(out().resolve("report.html")).contains("cannot be told apart"));
    }

    @Test
    void anUnknownResolutionNamesTheColumn() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2);
        cohort.set("E02", "fwhm.ct", "4");
        Cli.Said said =
                cohort.run(
                        "images:\n  - units\n  - match-fwhm: {target-fwhm-mm: 6}\n" + FEATURES,
                        out());
        assertEquals(1, said.code());
        assertEquals(
                List.of(
                        "E01",
                        "refused",
                        "match-fwhm",
                        "E01/ct",
                        "exam E01, image ct: its resolution is not known, and slice thickness does not"
                                + " tell it. Add the column fwhm.ct (mm) or calibration to the cohort"
                                + " table, or leave the resolution step out."),
                outcome(0));
        assertEquals("done", outcome(1).get(1));
    }

    @Test
    void anImageThatIsSampledTooCoarselyIsRefusedWithThePredictedError() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 1);
        cohort.set("E01", "fwhm.ct", "1.2");
        Cli.Said said =
                cohort.run(
                        "images:\n  - units\n  - match-fwhm: {target-fwhm-mm: 2.4}\n" + FEATURES,
                        out());
        assertEquals(1, said.code());
        assertEquals(
                "exam E01, image ct: along axis i the resolution of 1.20 mm spans only 0.60 voxels of"
                        + " 2.00 mm (8.48 %), along axis j the resolution of 1.20 mm spans only 0.60"
                        + " voxels of 2.00 mm (8.48 %), along axis k the resolution of 1.20 mm spans"
                        + " only 0.60 voxels of 2.00 mm (8.48 %), so matched edges are off by up to"
                        + " 8.48 % of their height, more than 5 %. Use a series with thinner voxels or"
                        + " leave this exam out.",
                outcome(0).get(4));
    }

    @Test
    void aBlurCannotSharpen() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 1);
        cohort.set("E01", "fwhm.ct", "4 4 7.2");
        cohort.run("images:\n  - units\n  - match-fwhm: {target-fwhm-mm: 6}\n" + FEATURES, out());
        assertEquals(
                "exam E01, image ct: resolution along axis k is 7.20 mm, coarser than the target 6.00"
                        + " mm, and blur cannot sharpen it. Raise target-fwhm-mm to at least 7.20 or"
                        + " leave this exam out.",
                outcome(0).get(4));
    }

    @Test
    void theGridBeforeTheResolutionIsRefusedUnlessAllowed() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 1).setAll("fwhm.ct", "4");
        String recipe =
                "images:\n  - units\n  - isotropic: {spacing-mm: 2.5}\n"
                        + "  - match-fwhm: {target-fwhm-mm: 6}\n"
                        + FEATURES;
        assertEquals(1, cohort.run(recipe, out()).code());
        assertEquals(
                "exam E01, image ct: it was already put on another grid. Match the resolution first"
                        + " and only then change the grid, or set after-grid to true.",
                outcome(0).get(4));
        Path allowed = folder.resolve("allowed");
        String after = recipe.replace("6}", "6, after-grid: true}");
        assertEquals(0, cohort.run(after, allowed).code());
        assertTrue(
                Files.readString(allowed.resolve("traces/E01.json"))
                        .contains("\"ct.order\": \"matched after the grid (after-grid)\""));
    }

    @Test
    void aNiftiOfUnknownQuantityNamesTheColumn() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2);
        for (String id : List.of("E01", "E02")) {
            Volume ct = Images.read(cohort.folder.resolve(id + "/ct")).volume();
            Nifti.write(cohort.folder.resolve(id + "/ct.nii.gz"), ct);
            cohort.set(id, "image.ct", id + "/ct.nii.gz");
        }
        cohort.set("E01", "quantity.ct", "").set("E02", "quantity.ct", Quantity.HU.label());
        calibrated(cohort);
        Cli.Said said = cohort.run("images:\n  - hu-line\n" + FEATURES, out());
        assertEquals(1, said.code());
        assertEquals(
                "exam E01, image ct: its quantity is not known, and gain and offset are known for HU"
                        + " only. Say what the values are in the cohort table, column quantity.ct.",
                outcome(0).get(4));
        assertEquals("done", outcome(1).get(1));
    }

    private static void calibrated(TinyCohort cohort) throws IOException {
        Files.writeString(
                cohort.folder.resolve("a.json"),
                """
                {"scanner": "A", "date": "2026-01-01", "fwhm-mm": [4, 4, 4], "gain": 1,
                 "offset": 0, "inserts": {}}
                """);
        cohort.setAll("calibration", "a.json");
    }

    @Test
    void aHistogramMatchOnHounsfieldUnitsIsRefusedUnlessAllowed() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2);
        String recipe =
                "images:\n  - units\n  - histogram-reference: {mask: lesion}\n"
                        + FEATURES.replace("bin-width", "bin-count");
        assertEquals(1, cohort.run(recipe, out()).code());
        assertEquals(
                List.of(
                        "E01",
                        "refused",
                        "histogram-reference",
                        "E01/ct",
                        "exam E01, image ct: the quantity is HU, and histogram matching would destroy its"
                                + " scale. Leave the step out, or set allow-physical to true."),
                outcome(1));
        String allowed =
                recipe.replace("lesion}\nfeatures", "lesion, allow-physical: true}\nfeatures");
        assertEquals(0, cohort.run(allowed, folder.resolve("allowed")).code());
    }

    @Test
    void whenNoExamIsLeftTheRunStillEndsWithItsOutcomes() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2).setAll("mask.lesion", "");
        Cli.Said said = cohort.run(TinyCohort.WITH_TABLE, out());
        assertEquals(1, said.code());
        assertEquals("0 done, 2 failed", said.out().lines().findFirst().orElseThrow());
        assertTrue(Files.exists(out().resolve("report.html")));
    }

    @Test
    void aLearnerOfImagesThatSeesNoneRefusesTheWholeCohort() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2);
        Cli.Said said =
                cohort.run(
                        "images:\n  - units\n  - coarsest-fwhm: {image: pet}\n" + FEATURES, out());
        String reason =
                "the cohort has no image that matches \"pet\" and has a resolution above 0 mm. Correct"
                        + " image, or leave the resolution step out.";
        assertEquals(1, said.code());
        assertEquals("0 done, 2 refused", said.out().lines().findFirst().orElseThrow());
        assertEquals(List.of("*", "refused", "coarsest-fwhm", "", reason), outcome(0));
        assertEquals(List.of("E01", "refused", "*", "E01/ct", reason), outcome(1));
    }

    @Test
    void whatIsSaidAlikeOfManyExamsIsSaidOnceAndTheCohortIsNotBlamedForThem() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 8);
        Cli.Said said = cohort.run("images:\n  - units\n  - coarsest-fwhm\n" + FEATURES, out());
        assertEquals(1, said.code());
        assertEquals(
                "0 done, 8 refused\n  refused at coarsest-fwhm: exam E01, image ct: its resolution is"
                        + " not known, and slice thickness does not tell it. Add the column fwhm.ct (mm)"
                        + " or calibration to the cohort table, or leave the resolution step out. The"
                        + " same of E02, E03, E04, E05, E06 and 2 more.\n"
                        + "refused for the whole cohort: coarsest-fwhm has no exam to learn from: each"
                        + " was refused or failed, there or before. Do what their own reasons say.\n"
                        + "report: "
                        + out().resolve("report.html")
                        + "\n",
                said.out());
    }

    @Test
    void aRunWithoutBatchesWarnsAtItsEndAndItsReportNamesNoEmptyColumn() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2).setAll("fwhm.ct", "3");
        Cli.Said said =
                cohort.run(
                        "images:\n  - units\n  - match-fwhm: {target-fwhm-mm: 6}\n" + FEATURES,
                        out());
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("\nwarnings of 2 exams are in the report\n"), said.out());
        String report = Files.readString(out().resolve("report.html"));
        assertTrue(report.contains(">2 exams · Diapason "), "no batches by an empty name");
        assertTrue(
                report.contains("The exams that went through. The recipe names no batch column."));
    }
}
