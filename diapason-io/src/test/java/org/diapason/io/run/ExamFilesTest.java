package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.features.Ibsi;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.dicom.RtStructWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.step.Recipe;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamFilesTest {
    private static final Geometry GRID = Geometry.of(4, 3, 2, 1, 1, 2);
    private static final Recipe RECIPE =
            new Recipe(List.of(), false, List.of(Ibsi.of("ct", "lesion")), List.of(), List.of(), 1);

    @TempDir Path folder;

    private final TreeMap<String, String> row = new TreeMap<>();

    @BeforeEach
    void anExam() throws IOException {
        Nifti.write(folder.resolve("ct.nii"), Volume.of(GRID, new float[24], Quantity.HU));
        Nifti.writeMask(folder.resolve("lesion.nii"), Mask.of(GRID, new boolean[24]));
        DicomCtWriter.write(folder.resolve("series"), "s", GRID, new float[24], 1, 0, Map.of());
        row.put("exam", "A");
        row.put("image.ct", "ct.nii");
        row.put("mask.lesion", "lesion.nii");
        row.put("site", "x");
    }

    private Exam open() {
        return CohortFile.ofRow("A", row, folder).of(RECIPE).open("A");
    }

    private void assertFailed(String message, String file) {
        DataException e = assertThrows(DataException.class, this::open);
        assertEquals(message, e.getMessage());
        assertEquals(file, e.file());
    }

    private void calibration(String name, double widthMm) throws IOException {
        ScannerCalibration made =
                new ScannerCalibration(
                        name, "2026-01-01", Numbers.of(widthMm, widthMm, 5), 1, 0, Map.of());
        Files.writeString(folder.resolve(name + ".json"), Json.text(Settings.write(made)));
    }

    private Optional<Numbers> fwhmMm() {
        return open().image("ct").volume().fwhmMm();
    }

    @Test
    void anExamHoldsWhatTheRecipeNamesAndNoMore() {
        row.put("image.pet", "absent.nii");
        row.put("mask.organ", "absent.nii");
        Exam exam = open();
        assertEquals("[ct]", exam.images().keySet().toString());
        assertEquals("[lesion]", exam.masks().keySet().toString());
        Map<String, String> acquired =
                Map.of(
                        "acquisition.ct.spacing-i", "1.0000",
                        "acquisition.ct.spacing-j", "1.0000",
                        "acquisition.ct.spacing-k", "2.0000",
                        "site", "x");
        assertEquals(acquired, exam.covariates());
        assertEquals(Quantity.UNKNOWN, exam.image("ct").volume().quantity());
        assertTrue(fwhmMm().isEmpty());
    }

    @Test
    void anEmptyCellAndAFileThatIsNotThereAreNamed() {
        row.put("image.ct", "");
        assertFailed(
                "exam A: the column image.ct is empty. Name the file there, or take the exam out of"
                        + " the table.",
                "");
        row.put("image.ct", "scans/ct.nii");
        assertFailed(
                "exam A: image.ct names \"scans/ct.nii\", which does not exist. Correct the path;"
                        + " relative ones start at the cohort table's folder or at --root.",
                "scans/ct.nii");
    }

    @Test
    void aBrokenFileIsNamedAsTheTableNamesIt() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("ct.nii"));
        Files.createDirectories(folder.resolve("scans"));
        Files.write(folder.resolve("scans/ct.nii"), java.util.Arrays.copyOf(bytes, 400));
        row.put("image.ct", "scans/ct.nii");
        assertFailed(
                "exam A: ct.nii, byte 400: the header needs 448 bytes, the file has 400: it is"
                        + " truncated or broken. Copy it again.",
                "scans/ct.nii");
    }

    @Test
    void theQuantityOfANiftiComesFromItsColumn() {
        row.put("quantity.ct", "hu");
        assertEquals(Quantity.HU, open().image("ct").volume().quantity());
        row.put("quantity.ct", "HUU");
        assertFailed(
                "exam A, column quantity.ct: quantity \"HUU\" is not known; known are stored, HU,"
                        + " SUVbw, SUVlbm, SUVlbm-james, SUVlbm-janma, SUVbsa, SUVibw, Bq/ml, MR, mapped, z-score, fused,"
                        + " picture, unknown.",
                "");
    }

    @Test
    void aQuantityBesideADicomSeriesIsAContradiction() {
        row.put("image.ct", "series");
        row.put("quantity.ct", "HU");
        assertFailed(
                "exam A: the file of image ct says what its values are (stored), and so does the"
                        + " column quantity.ct (HU). Leave the cell empty.",
                "");
    }

    @Test
    void resolutionIsOneWidthOrThree() {
        row.put("fwhm.ct", "4");
        assertEquals(Numbers.of(4, 4, 4), fwhmMm().orElseThrow());
        row.put("fwhm.ct", "4 4 5");
        assertEquals(Numbers.of(4, 4, 5), fwhmMm().orElseThrow());
        for (String wrong :
                List.of("4 5", "4 4 5 6", "0", "-1", "NaN", "Infinity", "4 mm", "4,4,5")) {
            row.put("fwhm.ct", wrong);
            assertFailed(
                    "exam A, column fwhm.ct: found \""
                            + wrong
                            + "\", needed one width in mm or three (along i, j, k) with blanks"
                            + " between them.",
                    "");
        }
    }

    @Test
    void theNearestWordOnResolutionCounts() throws IOException {
        calibration("all", 3);
        calibration("ct-only", 4);
        row.put("calibration", "all.json");
        assertEquals(Numbers.of(3, 3, 5), fwhmMm().orElseThrow());
        row.put("calibration.ct", "ct-only.json");
        assertEquals(Numbers.of(4, 4, 5), fwhmMm().orElseThrow());
        row.put("fwhm.ct", "6");
        assertEquals(Numbers.of(6, 6, 6), fwhmMm().orElseThrow());
        assertEquals("ct-only", open().image("ct").calibration().orElseThrow().scanner());
    }

    @Test
    void aBrokenCalibrationFailsItsExam() throws IOException {
        row.put("calibration", "a.json");
        Files.writeString(folder.resolve("a.json"), "{\"scanner\": \"A\",\n \"gian\": 1}");
        assertFailed(
                "exam A: a.json, line 2, column 10: scanner-calibration has no setting \"gian\"; did"
                        + " you mean \"gain\"?",
                "a.json");
        Files.writeString(folder.resolve("a.json"), "{\"scanner\": ");
        DataException e = assertThrows(DataException.class, this::open);
        assertTrue(e.getMessage().startsWith("exam A: a.json, line 1, column "), e.getMessage());
        assertEquals("a.json", e.file());
    }

    @Test
    void aMaskOnAnotherGridIsNamedWithBothGrids() {
        Geometry other = Geometry.of(4, 3, 3, 1, 1, 2);
        Nifti.writeMask(folder.resolve("lesion.nii"), Mask.of(other, new boolean[36]));
        assertFailed(
                "exam A: lesion.nii: the mask has 4 × 3 × 3 voxels of 1.000 × 1.000 × 2.000 mm from"
                        + " (0.00, 0.00, 0.00) mm, its image 4 × 3 × 2 of 1.000 × 1.000 × 2.000 mm"
                        + " from (0.00, 0.00, 0.00) mm. Draw or resample the mask on the image's"
                        + " grid.",
                "lesion.nii");
    }

    @Test
    void aStructureSetBelongsToTheImageItWasDrawnOn() {
        Geometry wide = Geometry.of(6, 5, 4, 1, 1, 2);
        Map<String, String> frame = Map.of("FrameOfReferenceUID", "1.2.3");
        DicomCtWriter.write(folder.resolve("a"), "a", GRID, new float[24], 1, 0, frame);
        DicomCtWriter.write(folder.resolve("b"), "b", wide, new float[120], 1, 0, frame);
        boolean[] voxels = new boolean[120];
        voxels[wide.index(1, 1, 1)] = true;
        TreeMap<String, Mask> masks = new TreeMap<>(Map.of("GTV 1", Mask.of(wide, voxels)));
        RtStructWriter.write(folder.resolve("rs.dcm"), masks, folder.resolve("b"));
        row.put("image.ct", "a");
        row.put("image.late", "b");
        row.put("mask.lesion", "rs.dcm#GTV 1");
        Recipe both =
                new Recipe(
                        List.of(),
                        false,
                        List.of(Ibsi.of("ct", "lesion"), Ibsi.of("late", "lesion")),
                        List.of(),
                        List.of(),
                        1);
        Mask mask = CohortFile.ofRow("A", row, folder).of(both).open("A").mask("lesion");
        assertEquals(120, mask.geometry().voxels());
        assertEquals(List.of(), mask.notes());
        // alone, the other image of the same frame of reference takes it, and that is said
        mask = open().mask("lesion");
        assertEquals(1, mask.count());
        assertEquals(24, mask.geometry().voxels());
        assertEquals(
                List.of(
                        "rs.dcm, region GTV 1 was drawn on another series than \"a\", in the same"
                                + " frame of reference."),
                mask.notes());
        row.put("mask.lesion", "rs.dcm#GTV 2");
        assertFailed(
                "exam A: rs.dcm: there is no region \"GTV 2\"; did you mean \"GTV 1\"? It holds"
                        + " \"GTV 1\".",
                "rs.dcm#GTV 2");
        row.put("mask.lesion", "absent.dcm#GTV 1");
        assertTrue(
                assertThrows(DataException.class, this::open)
                        .getMessage()
                        .contains("names \"absent.dcm#GTV 1\", which does not exist"));
    }

    @Test
    void sizesAreEstimatedWithoutReading() throws IOException {
        assertEquals(2 * 448, CohortFile.ofRow("A", row, folder).of(RECIPE).bytes("A"));
        Nifti.write(folder.resolve("ct.nii.gz"), Volume.of(GRID, new float[24], Quantity.HU));
        row.put("image.ct", "ct.nii.gz");
        assertEquals(2 * 448, CohortFile.ofRow("A", row, folder).of(RECIPE).bytes("A"));
        row.put("image.ct", "absent.nii");
        assertEquals(0, CohortFile.ofRow("A", row, folder).of(RECIPE).bytes("A"));
    }
}
