package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.CohortFile;
import org.diapason.io.table.Csv;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquisitionTableTest {
    private static final Geometry GRID = Geometry.of(4, 3, 2, 0.5, 0.75, 2.5);

    @TempDir Path temporary;

    private Path study() {
        return temporary.resolve("study");
    }

    private void series(String folder, String seed, Map<String, String> more) {
        Map<String, String> tags = new HashMap<>(more);
        tags.put("PatientName", "CANARY^ADA");
        tags.put("PatientID", "CANARY-4711");
        tags.put("PatientBirthDate", "19610203");
        tags.put("StudyDate", "20240105");
        tags.put("SeriesDate", "20240105");
        tags.put("AcquisitionDate", "20240105");
        tags.put("AcquisitionTime", "101500");
        tags.putIfAbsent("PatientWeight", "63.5");
        int intercept = "PT".equals(more.get("Modality")) ? 0 : -1024;
        DicomCtWriter.write(study().resolve(folder), seed, GRID, new float[24], 1, intercept, tags);
    }

    private Csv table() {
        Path csv = temporary.resolve("table.csv");
        AcquisitionTable.write(csv, Inspection.of(study()));
        return Csv.read(csv);
    }

    private static String cell(Csv csv, int row, String column) {
        return csv.rows().get(row).cells().get(csv.header().indexOf(column));
    }

    @Test
    void aRowSaysHowASeriesWasMadeAndWhereItIs() {
        series(
                "A/ct",
                "a",
                Map.of(
                        "Manufacturer", "SIEMENS",
                        "ConvolutionKernel", "B30f",
                        "KVP", "120",
                        "XRayTubeCurrent", "210",
                        "SliceThickness", "3"));
        series("B/two", "b1", Map.of("SeriesNumber", "2"));
        series("B/two", "b1", Map.of("SeriesNumber", "2"));
        Csv csv = table();
        assertEquals(2, csv.rows().size());
        assertEquals("A/ct", cell(csv, 0, "path"));
        assertEquals("CT", cell(csv, 0, "modality"));
        assertEquals("HU", cell(csv, 0, "quantity"));
        assertEquals("B30f", cell(csv, 0, "ConvolutionKernel"));
        assertEquals("120", cell(csv, 0, "KVP"));
        assertEquals("210", cell(csv, 0, "XRayTubeCurrent"));
        assertEquals("3", cell(csv, 0, "SliceThickness"));
        assertEquals("0.5", cell(csv, 0, "spacingI"));
        assertEquals("0.75", cell(csv, 0, "spacingJ"));
        assertEquals("2.5", cell(csv, 0, "spacingK"));
        assertEquals("4", cell(csv, 0, "columns"));
        assertEquals("2", cell(csv, 0, "slices"));
        assertEquals("yes", cell(csv, 0, "usable"));
        assertEquals("B/two", cell(csv, 1, "path"));
    }

    @Test
    void seriesOfOneFolderHaveRowsWhosePathsCanBeRead() throws IOException {
        series("x", "one", Map.of("SeriesNumber", "3", "ConvolutionKernel", "B30f"));
        for (int k = 1; k <= 2; k++) {
            Files.move(study().resolve("x/slice-000" + k + ".dcm"), study().resolve("x/a" + k));
        }
        series("x", "two", Map.of("SeriesNumber", "4", "ConvolutionKernel", "B60f"));
        Csv csv = table();
        assertEquals("x#series=1", cell(csv, 0, "path"));
        assertEquals("x#series=2", cell(csv, 1, "path"));
        for (int row = 0; row < 2; row++) {
            Path path = study().resolve(cell(csv, row, "path"));
            assertEquals(
                    cell(csv, row, "ConvolutionKernel"),
                    Images.read(path).tags().text("ConvolutionKernel").orElseThrow());
        }
    }

    @Test
    void noPatientAndNoDateIsInTheTable() throws IOException {
        series("A", "a", Map.of());
        Path csv = temporary.resolve("table.csv");
        AcquisitionTable.write(csv, Inspection.of(study()));
        String text = Files.readString(csv);
        assertFalse(text.contains("CANARY"), text);
        assertFalse(text.contains("1961") || text.contains("2024"), text);
        assertFalse(text.contains("63.5"), "the weight is for PET only");
        assertFalse(table().header().contains("PatientAge"));
    }

    @Test
    void aBodyIsDescribedWhereSuvNeedsIt() {
        Path pet = TestData.real("suv/dro/DRO_0_0/PT");
        Path csv = temporary.resolve("pet.csv");
        AcquisitionTable.write(csv, Inspection.of(pet));
        Csv table = Csv.read(csv);
        assertEquals(".", cell(table, 0, "path"));
        assertEquals("BQML", cell(table, 0, "Units"));
        assertEquals("START", cell(table, 0, "DecayCorrection"));
        assertFalse(cell(table, 0, "RadionuclideHalfLife").isEmpty());
        assertFalse(cell(table, 0, "PatientWeight").isEmpty());
    }

    @Test
    void whatCannotBeUsedSaysWhy() {
        series("A", "a", Map.of("RescaleSlope", ""));
        Csv csv = table();
        assertEquals("no", cell(csv, 0, "usable"));
        assertEquals(
                "All slices lack RescaleSlope (0028,1053), so the values have no unit.",
                cell(csv, 0, "problem"));
    }

    @Test
    void theCohortTableToBeginWithOpens() {
        series("A/ct", "a", Map.of("Manufacturer", "SIEMENS", "ManufacturerModelName", "S64"));
        series("B/first", "b", Map.of("Manufacturer", "GE"));
        series("B/second", "c", Map.of("Manufacturer", "GE", "ConvolutionKernel", "SOFT"));
        series("C", "d", Map.of("RescaleSlope", ""));
        Nifti.write(
                study().resolve("A/t1.nii.gz"), Volume.of(GRID, new float[24], Quantity.UNKNOWN));
        Path file = temporary.resolve("cohort.csv");
        AcquisitionTable.writeCohort(file, Inspection.of(study()), study());
        Csv csv = Csv.read(file);
        assertEquals(
                List.of("exam", "image.ct", "image.ct2", "image.other", "scanner"), csv.header());
        assertEquals(
                List.of("A", "study/A/ct", "", "study/A/t1.nii.gz", "SIEMENS S64"),
                csv.rows().get(0).cells());
        assertEquals(
                List.of("B", "study/B/first", "study/B/second", "", "GE"),
                csv.rows().get(1).cells());
        assertEquals(2, csv.rows().size(), "C has no unit and is left out");
        CohortFile cohort = CohortFile.read(file, null);
        assertEquals(List.of("A", "B"), cohort.ids());
        assertTrue(cohort.row("A").containsKey("scanner"));
    }

    private String cohortPath(Path root) {
        Path file = temporary.resolve("cohort.csv");
        AcquisitionTable.writeCohort(file, Inspection.of(root), root);
        return Csv.read(file).rows().get(0).cells().get(1);
    }

    @Test
    void whatWasLookedAtItselfHasAPathThatCanBeRead() {
        series("x", "one", Map.of("SeriesNumber", "3"));
        Nifti.write(study().resolve("t1.nii.gz"), Volume.of(GRID, new float[24], Quantity.UNKNOWN));
        assertEquals("study/x", cohortPath(study().resolve("x")));
        assertEquals("study/t1.nii.gz", cohortPath(study().resolve("t1.nii.gz")));
        series("y", "two", Map.of("SeriesNumber", "4", "KVP", "80"));
        study().resolve("y/slice-0001.dcm").toFile().renameTo(study().resolve("x/b").toFile());
        Path chosen = Path.of(study().resolve("x") + "#KVP=80");
        assertEquals("study/x#series=2", cohortPath(chosen));
    }

    @Test
    void foldersWhoseNamesDifferOnlyInSignsAreTwoExams() {
        series("A b", "a", Map.of());
        series("A+b", "b", Map.of());
        Path file = temporary.resolve("cohort.csv");
        AcquisitionTable.writeCohort(file, Inspection.of(study()), study());
        Csv csv = Csv.read(file);
        assertEquals("A-b", csv.rows().get(0).cells().get(0));
        assertEquals("A-b-2", csv.rows().get(1).cells().get(0));
    }

    @ParameterizedTest(name = "{0} {1} of type {2}: {3}, {4} problems")
    @CsvSource({
        "CT, '', '', HU, 0",
        "CT, '', US, US, 0",
        // weight, dose, half-life, injection and the kind of decay correction are lacking
        "PT, BQML, '', Bq/ml, 5",
        "PT, GML, '', SUVbw, 0",
        "PT, GML, LBM, SUVlbm, 1",
    })
    void theQuantityIsWhatTheFileSaysAndOnlyWhatIsNeededIsMissed(
            String modality, String units, String type, String quantity, int problems) {
        series(
                "A",
                "a",
                Map.of(
                        "Modality",
                        modality,
                        "PatientWeight",
                        "",
                        "Units",
                        units,
                        modality.equals("CT") ? "RescaleType" : "SUVType",
                        type));
        Inspection.Part part = Inspection.of(study()).parts().get(0);
        assertEquals(quantity, part.quantity());
        assertEquals(problems, part.problems().size(), part.problems()::toString);
    }

    /** What the step refuses the inspection refuses, and nothing else. */
    @Test
    void inspectionAndTheStepGoByOneRule() {
        Map<String, String> pet =
                Map.of(
                        "Modality", "PT",
                        "Units", "BQML",
                        "DecayCorrection", "ADMIN",
                        "RadionuclideTotalDose", "368080000");
        series("A", "a", pet);
        assertEquals(
                List.of(),
                Inspection.of(study()).parts().get(0).problems(),
                "a dose corrected to its administration needs no time");
        Map<String, String> other = new HashMap<>(pet);
        other.put("Units", "PROPCPS");
        series("B", "b", other);
        assertEquals(
                List.of(
                        "The series cannot become SUV: Units (0054,1001) is PROPCPS, which has no"
                                + " way to SUV; needed is BQML, GML, CM2ML, CNTS or CPS. Leave this"
                                + " image out, or give it as NIfTI in SUV with the column"
                                + " quantity.pt."),
                Inspection.of(study().resolve("B")).parts().get(0).problems());
    }

    /** A closed list shows its own words; any other word may be a name. */
    @Test
    void noNameComesThroughACodeString() {
        for (String keyword :
                List.of(
                        "Units",
                        "DecayCorrection",
                        "SUVType",
                        "PatientSex",
                        "BurnedInAnnotation")) {
            Map<String, String> pet =
                    new HashMap<>(
                            Map.of(
                                    "Modality", "PT",
                                    "Units", "BQML",
                                    "DecayCorrection", "ADMIN",
                                    "RadionuclideTotalDose", "368080000"));
            pet.put(keyword, "KANARIENVOGEL");
            series(keyword, keyword, pet);
            Inspection.Part part = Inspection.of(study().resolve(keyword)).parts().get(0);
            assertFalse(
                    part.toString().toUpperCase(java.util.Locale.ROOT).contains("KANARIENVOGEL"),
                    part::toString);
        }
        series("modality", "m", Map.of("Modality", "ZITAVOGEL"));
        Inspection found = Inspection.of(study().resolve("modality"));
        assertEquals(List.of("2 × other DICOM file (unknown)"), found.skippedKinds());
    }

    @Test
    void theMomentOfTheInjectionIsEnough() {
        series(
                "A",
                "a",
                Map.of(
                        "Modality", "PT",
                        "Units", "BQML",
                        "DecayCorrection", "START",
                        "RadiopharmaceuticalStartDateTime", "20240105091500",
                        "RadionuclideHalfLife", "6586.2"));
        assertEquals(
                List.of(
                        "The series lacks RadionuclideTotalDose (0018,1074), which SUV by body"
                                + " weight needs. Column doseBq of the cohort table can say it."),
                Inspection.of(study()).parts().get(0).problems());
    }
}
